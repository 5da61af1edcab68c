/* SPDX-License-Identifier: GPL-3.0-or-later */
/* governor.h - how many lanes are to be at work, from how the machine is. Nothing in
 * here looks or waits: samples go in, a number comes out, the same ones for the same
 * samples. One thread. */
#ifndef EXTRACT_SCHED_GOVERNOR_H
#define EXTRACT_SCHED_GOVERNOR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/machine.h"

/* A worker's memory until some have been measured, in bytes. */
#define GOVERNOR_WORKER ((uint64_t)500 << 20)

struct governor_config {
    int minimum, maximum; /* lanes; 1 <= minimum <= maximum */
    bool yields;    /* steps down when others want the CPUs */
    double target;  /* of the usable CPUs, the share that this run and others may use
                       together; 0: no such bound */
    uint64_t reserve; /* bytes of memory that are kept free */
};

/* The memory that is kept free unless it is said: 1.5 GiB, or a tenth of TOTAL where
 * that is less. */
uint64_t governor_reserve(uint64_t total);

/* What the run itself is doing. */
struct governor_work {
    int active;       /* lanes at work */
    bool waiting;     /* there is more to do than they can take up */
    uint64_t memory;  /* bytes of a worker that counts as usual; 0: not known yet */
    uint64_t documents; /* that have ended so far */
    uint64_t strained;  /* of these: for want of memory, time or devices */
};

enum governor_reason {
    GOVERNOR_NONE,        /* nothing has changed */
    GOVERNOR_START,       /* the first sample */
    GOVERNOR_ROOM,        /* up: there is headroom, and documents wait */
    GOVERNOR_CPU,         /* down: others want more than 85 % of the CPUs */
    GOVERNOR_TARGET,      /* down: more than the target is in use */
    GOVERNOR_MEMORY,      /* down: less than half of the reserve is free */
    GOVERNOR_PRESSURE,    /* down: tasks wait for memory */
    GOVERNOR_DESCRIPTORS, /* down: more than 80 % are open */
    GOVERNOR_ERRORS,      /* down: more documents fail for want of something */
    GOVERNOR_REASONS
};

struct governor_decision {
    int lanes;
    enum governor_reason reason;
};

struct governor; /* opaque */

struct governor *governor_create(const struct governor_config *config); /* not NULL */

/* One sample a second is expected; the first one gives the number to start with. One
 * bad sample may be chance: it takes two to step down (one where memory is short),
 * three good ones to step up, and longer after each step up that had to be taken back
 * (5 seconds at first, 60 at most), so that the number does not swing. */
struct governor_decision governor_step(struct governor *g, const struct machine_sample *s,
                                       const struct governor_work *w);

/* "cpu", "memory", ...: stable, for figures. */
const char *governor_reason_name(enum governor_reason reason);

/* For people, as in "others use the CPUs". */
const char *governor_reason_text(enum governor_reason reason);

void governor_destroy(struct governor *g); /* takes NULL */

#endif
