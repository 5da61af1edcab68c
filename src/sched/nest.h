/* SPDX-License-Identifier: GPL-3.0-or-later */
/* nest.h - a document whose members are documents of their own, as these and the
 * lane that reads it know it; and the bounds on them.
 *
 * The lane that reads a container makes a task of each member when it has come
 * to its end, and puts it where all documents wait. When its members that are
 * not over hold more than a window allows, it reads no further: its worker
 * waits at a full socket, and the lane itself works on members of this very
 * container until there is room (gather.h). So
 *  - what members hold is bounded by the window for each container that is being
 *    read, and of these there are lanes times NEST_DEPTH_MAX at most;
 *  - the stack of one lane grows by one level for each level of nesting alone,
 *    each with a worker of its own;
 *  - nothing can lock: a lane waits only while all members of its container that
 *    are not over are at work in other lanes, whose containers are nested deeper
 *    and so, in the end, in lanes that wait for nothing. A member never waits for
 *    a permit that a lane holds which waits for it: it is taken without one. */
#ifndef EXTRACT_SCHED_NEST_H
#define EXTRACT_SCHED_NEST_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct nest_limits {
    bool enter;       /* members are wanted at all */
    int depth;        /* of members within members */
    int members;      /* of a named document, at any depth */
    size_t bytes;     /* the same of what they unpack to */
    int ratio;        /* of what a container unpacks to, past NEST_RATIO_FROM, to
                         its own size */
    int name;         /* bytes of a member's name */
};
#define NEST_DEPTH_MAX 64
#define NEST_RATIO_FROM ((uint64_t)1 << 20)

/* The window: members that wait or are at work, their bytes, and those of them
 * that have a descriptor for themselves. */
#define NEST_WAITING 128
#define NEST_BYTES ((uint64_t)64 << 20)
#define NEST_FILES 4

struct nest {
    struct nest *outer; /* that this document is a member of; NULL: of none */
    int depth;          /* of its members: 1, 2, ... */
    atomic_int users;
    /* Of the outermost alone: all that came out so far. */
    _Atomic uint64_t members, bytes;
    /* Of members that are not over; under the scheduler's lock. */
    int waiting, files;
    uint64_t held;
};

/* For a member of OUTER, which it uses; NULL: for a document that is none. */
struct nest *nest_create(struct nest *outer);

struct nest *nest_use(struct nest *n); /* takes NULL; N */
void nest_release(struct nest *n);     /* takes NULL */

struct nest *nest_outermost(struct nest *n);

/* Whether there is room in the window. Under the lock. */
bool nest_has_room(const struct nest *n);

#endif
