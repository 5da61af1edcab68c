/* SPDX-License-Identifier: GPL-3.0-or-later */
/* task.h - a document on its way through the scheduler, from the ready queue
 * to its concluded result. */
#ifndef EXTRACT_SCHED_TASK_H
#define EXTRACT_SCHED_TASK_H

#include <stdatomic.h>

#include "detect/classify.h"
#include "detect/detect.h"
#include "document/pages.h"
#include "lane/lane.h"
#include "sched/gate.h"
#include "sched/merge.h"
#include "sched/nest.h"
#include "sched/spool.h"

struct task {
    struct task *next; /* in the queue that holds it */
    struct result *result;
    struct lane_document document; /* fd: -1 while closed */
    struct budget budget;          /* its limit is the base, until it is open */
    char *path;                    /* of the document; outlives the result */
    enum gate_class class;
    struct nest *within; /* its container's; NULL: it is a file */
    struct spool spool;  /* of a member: its bytes */
    struct nest_entry entry; /* how it counts there */
    struct error flaw;   /* of a member: why it is not whole */
    struct nest_share share; /* of a member: that of its own members */
    struct nest *nest;   /* of its own members; NULL: none so far */
    bool detected;    /* document.format is known */
    bool needs_permit;
    bool has_permit;
    bool shared;      /* on the ready queue's list of shared tasks */
    bool merging;     /* merge is set up */
    uint64_t ahead;   /* bytes asked for ahead of it, not given back */
    struct merge merge;
    int total;        /* wanted pages */
    int claimed;      /* of them; under the scheduler's lock */
    int lanes;        /* at work on it; under the scheduler's lock */
    int holders;      /* lanes that have it open; under the lock */
    bool given_up;    /* no more ranges: aborted; under the lock */
    bool cut;         /* pages of a range were left out; under the lock */
    bool concluded;   /* under the lock */
};

/* Takes RESULT over; its tier and class follow from its bytes. */
struct task *task_create(struct result *result, const struct tier_limits *limits);

/* Opens the file and detects its type. What may pass (error.h) is tried again up to
 * RETRIES times, after a pause. 0; or -1:
 * result.error and the status it implies are set, the task is at its end. */
int task_detect(struct task *t, const struct format *const *types,
                size_t type_count, int retries);

/* Sets result.sha256, once, if task_detect has left the file open. RETRIES as
 * above. 0; or -1: result.error is set, why it could not be read, or that *STOP
 * was set meanwhile. */
int task_hash(struct task *t, const atomic_bool *stop, int retries);

/* Opens the document in LANE, with RETRIES as above, extends its budget by its
 * size, classifies it by its pages and sets up its merge. 0; or -1 as above. */
int task_open(struct task *t, struct lane *lane, const struct tier_limits *limits,
              const struct pages *pages, struct writer *writer, unsigned window,
              int retries);

/* Opens its journal and passes on what an earlier run has saved in it. T is open, and
 * nobody else is at work on it. */
void task_recover(struct task *t, const struct journals *journals);

/* Whether a lane may claim a range. Under the scheduler's lock. */
bool task_has_range(const struct task *t);

/* Claims up to MOST pages, fewer near the end, so that LANES lanes end at the
 * same time. Under the scheduler's lock. */
struct range *task_claim(struct task *t, int most, int lanes);

/* As it was before task_detect, but for what that found, and for the tier: it
 * waits to be begun anew. */
void task_close(struct task *t);

/* Gives the result up, which has its times and its status then. What lanes
 * may still have open stays until task_destroy. */
struct result *task_conclude(struct task *t);

/* A member that is concluded makes room for others of its container. Under the
 * scheduler's lock. */
void task_leave_nest(struct task *t);

void task_destroy(struct task *t);

#endif
