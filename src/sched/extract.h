/* SPDX-License-Identifier: GPL-3.0-or-later */
/* extract.h - one range of a document in one lane, from its claim until it can
 * be finished; what fails for a reason that may pass is tried again. */
#ifndef EXTRACT_SCHED_EXTRACT_H
#define EXTRACT_SCHED_EXTRACT_H

#include <stdatomic.h>
#include <stdbool.h>

#include "document/pages.h"
#include "lane/lane.h"
#include "run/metrics.h"
#include "sched/gather.h"
#include "sched/merge.h"
#include "sched/task.h"

struct extract {
    struct lane_output out; /* the module's own */
    /* Set by the caller; borrowed. */
    struct lane *lane;
    struct task *task;
    struct range *range;
    const struct pages *pages; /* of the run; NULL: all */
    int retries;               /* of a page, each after a pause */
    struct metrics *metrics;
    const atomic_bool *abort; /* once it is set no page is begun */
    struct gather *gather;    /* takes members; NULL: they are not wanted */
    /* The module's own. */
    int done;     /* pages */
    int attempts; /* at the page that is at work */
    bool again;   /* it is to be tried again */
};

/* Takes RANGE's pages to the merge, each with its text or an error. Blocks as
 * the lane does. False: the output took no more, and pages were left out. */
bool extract(struct extract *x);

#endif
