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
    int members;      /* of one container */
    size_t bytes;     /* the same of what they unpack to */
    int ratio;        /* of what a named container unpacks to, past NEST_FLOOR, to its
                         own size */
    int name;         /* bytes of a member's name */
};
#define NEST_DEPTH_MAX 64
#define NEST_FLOOR ((uint64_t)1 << 20)

/* What a container may unpack to: RATIO times its own size, but FLOOR at least. Where
 * containers are cut must not depend on which of them is read first, so they do not
 * share a count. Instead each member has its share when it has come to its end, by
 * what its container has unpacked to so far:
 *  - if that is r times the container's size, the ratio of the member's own members
 *    is r times smaller. So all that comes out of the members is at most 1 + ln(ratio)
 *    times what the ratio allows for the container itself (the sum of size / i). A
 *    quarter of the ratio at each level is left in any case, down to 1: many real
 *    archives are of archives that are much alike;
 *  - the floor is that of its container, divided by the member's number, once this is
 *    past NEST_FREE in a named container: else many small ones would have one each. */
struct nest_share {
    double ratio;
    uint64_t floor;
};
#define NEST_FREE 64
/* What a member without any bytes counts as, to bound how many there are of these. */
#define NEST_MEMBER 16

/* The window: members that wait or are at work, their bytes, and those of them
 * that have a descriptor for themselves. */
#define NEST_WAITING 128
#define NEST_BYTES ((uint64_t)64 << 20)
#define NEST_FILES 4
/* Where members are put out in their order: how many the lane may be ahead of the
 * first that is not over, behind which the others wait with 1.4 KB each. */
#define NEST_AHEAD 4096

struct nest {
    struct nest *outer; /* that this document is a member of; NULL: of none */
    int depth;          /* of its members: 1, 2, ... */
    atomic_int users;
    struct nest_share share;
    /* What came out so far: of the thread that reads it. */
    uint64_t members, bytes;
    /* Of members that are not over; under the scheduler's lock. */
    int waiting, files;
    uint64_t held;
    uint64_t open[NEST_WAITING]; /* the numbers of those that wait, in no order */
};

/* What the scheduler knows of a member. */
struct nest_entry {
    uint64_t number; /* from 1: the members of its container with it */
    uint64_t held;   /* its bytes */
    bool filed;      /* they have a descriptor for themselves */
};

/* For a member of OUTER, which it uses; NULL: for a document that is none. Its SHARE
 * is what nest_share says, or nest_whole. */
struct nest *nest_create(struct nest *outer, struct nest_share share);

/* Of a named document. */
struct nest_share nest_whole(const struct nest_limits *limits);

/* Of the member that came last out of N, a container of SIZE bytes. */
struct nest_share nest_share(const struct nest *n, uint64_t size,
                             const struct nest_limits *limits);

/* Whether N, a container of SIZE bytes, has unpacked to more than its share. */
bool nest_is_bomb(const struct nest *n, uint64_t size);

struct nest *nest_use(struct nest *n); /* takes NULL; N */
void nest_release(struct nest *n);     /* takes NULL */

/* A member is put where documents wait; is over. Under the lock. */
void nest_enter(struct nest *n, struct nest_entry entry);
void nest_leave(struct nest *n, struct nest_entry entry);

/* Whether there is room in the window; IN_ORDER: they are put out in their order.
 * Under the lock, in the thread that reads N. */
bool nest_has_room(const struct nest *n, bool in_order);

#endif
