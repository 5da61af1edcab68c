/* SPDX-License-Identifier: GPL-3.0-or-later */
/* worker.h - process lanes: each drives one sandboxed worker process, which it
 * starts on first need and replaces when it dies. */
#ifndef EXTRACT_LANE_WORKER_H
#define EXTRACT_LANE_WORKER_H

#include <stdint.h>

#include "lane/lane.h"
#include "lane/roster.h"
#include "lane/sandbox.h"

/* What all process lanes of a run share. Zeroed, then the first part filled
 * in; must outlive its lanes. */
struct worker_pool {
    uint64_t memory_limit; /* bytes of data a worker may have */
    double page_timeout;   /* seconds */
    int retries;           /* of a page whose worker is ended from outside; once
                              at least */
    enum sandbox_mode sandbox;
    /* Ways in which workers ended, for --stats. */
    _Atomic uint64_t started, crashed, timed_out, out_of_memory, trapped, killed,
        recycled;
    /* The format that the first worker was started for, and whether one has been
     * met since that needs other libraries. */
    const struct format *_Atomic first;
    _Atomic int mixed;
    struct roster *roster; /* of the workers that are alive */
    /* The lane in this process that all share when no worker can be started. */
    struct fallback *fallback;
    _Atomic int fell_back; /* to that lane */
    _Atomic int said;      /* notes that are given once */
    /* --sandbox=require, and a layer is missing: nothing is parsed. */
    _Atomic int refused;
};

void worker_pool_init(struct worker_pool *pool);
void worker_pool_clear(struct worker_pool *pool);

/* A process lane. Never NULL; no worker is started yet. */
struct lane *lane_create_worker(struct worker_pool *pool);

#endif
