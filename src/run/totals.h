/* SPDX-License-Identifier: GPL-3.0-or-later */
/* totals.h - the figures of a run as a JSON object: --stats, /stats, and what
 * `extract status` shows of a run that is at work. */
#ifndef EXTRACT_RUN_TOTALS_H
#define EXTRACT_RUN_TOTALS_H

#include <jansson.h>
#include <stdbool.h>

#include "run/metrics.h"

/* To be released by json_decref. RUNNING: the run has not ended. */
json_t *totals_json(const struct metrics_snapshot *t, bool running);

/* Seconds that the share Q (0 to 1) of the documents in L took at most; within a
 * bucket they count as spread evenly. Past the last bound it gives that, 0 for none. */
double totals_quantile(const struct metrics_latency *l, double q);

#endif
