/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report.h - the end of each result: a line on stderr when something is wrong
 * with it, the metrics, and its row in the statistics. */
#ifndef EXTRACT_RUN_REPORT_H
#define EXTRACT_RUN_REPORT_H

#include "run/metrics.h"
#include "run/stats.h"
#include "sink/sink.h"

struct report {
    struct sink_report sink;
    struct metrics *metrics;
    struct stats *stats; /* NULL: none */
    /* Called last, in the writer thread. NULL: nobody is. */
    void (*landed)(void *ctx, const struct result *result);
    void *landed_ctx;
};

/* Borrows both until the last result. */
void report_init(struct report *report, struct metrics *metrics,
                 struct stats *stats);

#endif
