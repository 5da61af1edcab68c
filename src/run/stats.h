/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stats.h - the --stats file: totals, and a row for each document. */
#ifndef EXTRACT_RUN_STATS_H
#define EXTRACT_RUN_STATS_H

#include "base/error.h"
#include "document/result.h"
#include "run/metrics.h"

struct stats;

/* For the file PATH ("-": stdout), borrowed. NULL and E when its folder
 * cannot be written to: better said before the run than after it. */
struct stats *stats_create(const char *path, struct error *e);

/* Adds RESULT's row, to memory and past a MiB to a temporary file. One
 * thread. */
void stats_add(struct stats *s, const struct result *result);

/* The same as stats_write while the run goes on, but for the rows, of which there may
 * be very many: their array is empty. Nothing when PATH is not a regular file. Another
 * thread than that of stats_add may call it. */
int stats_show(struct stats *s, const struct metrics_snapshot *totals, struct error *e);

/* Writes the JSON text: to a temporary file beside PATH, then renamed (what is
 * not a regular file is written to directly). 0, or -1 and E. */
int stats_write(struct stats *s, const struct metrics_snapshot *totals,
                struct error *e);

void stats_destroy(struct stats *s); /* takes NULL */

#endif
