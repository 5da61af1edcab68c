/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sched.h - the scheduler: takes items from a source, runs them on N lanes in
 * one OpenMP region, and hands their text and results to the writer. */
#ifndef EXTRACT_SCHED_SCHED_H
#define EXTRACT_SCHED_SCHED_H

#include "base/error.h"
#include "detect/classify.h"
#include "document/pages.h"
#include "format/format.h"
#include "input/filter.h"
#include "input/source.h"
#include "lane/lane.h"
#include "run/metrics.h"
#include "run/timeline.h"
#include "sched/nest.h"
#include "sink/writer.h"
#include "store/journal.h"

/* Strings and pointers are borrowed until sched_destroy. */
struct sched_config {
    int lanes;       /* documents or ranges at work at once, at most */
    int lanes_start; /* of these, at first: until sched_set_lanes */
    int split_pages; /* pages in a range, at most */
    int permits;     /* documents at once that need one (EPUB) */
    struct tier_limits limits;
    const struct pages *pages; /* NULL: all */
    const char *password;      /* NULL: none */
    const struct format_options *options; /* NULL: as by default */
    const struct format *const *types;
    size_t type_count; /* 0: all types */
    double timeout; /* seconds for a document, its share not counted */
    int retries;    /* of what may pass */
    bool hash;      /* results have the SHA-256 of their files */
    /* Whether there is nothing to do for RESULT, whose error says why then; before
     * it is opened, and with the hash. NULL: there always is. Any thread. */
    bool (*is_done)(void *ctx, struct result *result);
    void *is_done_ctx;
    /* ITEM, a member of a document, was admitted. NULL: nobody asks. Any thread. */
    void (*joined)(void *ctx, const struct item *item);
    void *joined_ctx;
    bool vanishing; /* what is not there any more is gone (ERROR_GONE), not missing */
    struct nest_limits nest;
    const struct filter *filter; /* for members; NULL: all are taken */
    const struct journals *journals; /* of large documents; NULL: none */
    struct timeline *timeline; /* NULL: none */
    struct lane *(*lane_create)(void *ctx); /* called in the lane's thread */
    void *lane_ctx;
};

struct sched;

struct sched *sched_create(const struct sched_config *config,
                           struct writer *writer, struct metrics *metrics);

/* Runs until the source has ended and every document has been handed to the
 * writer. Call once, from the main thread. 0, or -1 and E: the source could
 * not be read to its end (what came before has been extracted). */
int sched_run(struct sched *s, struct source *source, struct error *e);

/* From now on LANES are at work, 1 to config.lanes, as soon as those beyond have ended
 * what they are at; these give their workers' memory back. What is large starts only
 * where it fits into BUDGET bytes of memory for all lanes together (UINT64_MAX: no
 * bound). The text is the same. One thread, also while sched_run is running; may wait
 * a second for a worker to leave. */
void sched_set_lanes(struct sched *s, int lanes, uint64_t budget);

/* What the scheduler is doing at a moment. */
struct sched_glance {
    int lanes;   /* that may be at work */
    int at_work; /* of these, that are */
    int waiting; /* documents that wait for a lane, parked ones not counted */
    int parked;  /* documents that wait for a permit */
};

/* Any thread. */
void sched_look(struct sched *s, struct sched_glance *glance);

/* Takes up no more documents; those at work are finished, those that wait end
 * as ERROR_INTERRUPTED. Any thread. */
void sched_stop(struct sched *s);

/* The same, and those at work end after their page. Any thread. */
void sched_abort(struct sched *s);

void sched_destroy(struct sched *s); /* takes NULL */

#endif
