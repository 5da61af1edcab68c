/* SPDX-License-Identifier: GPL-3.0-or-later */
/* show.h - all that shows a run while it goes on, but for the progress line: files
 * (publish.h) and answers by HTTP (exporter.h). */
#ifndef EXTRACT_RUN_SHOW_H
#define EXTRACT_RUN_SHOW_H

#include "cli/settings.h"
#include "run/stats.h"
#include "run/view.h"

struct show;

/* Threads and descriptors that it needs for SETTINGS. */
int show_threads(const struct settings *settings);
int show_descriptors(const struct settings *settings);

/* Takes the places where it is to be shown, and answers from now on. Borrows METRICS
 * and POOL until show_destroy. NULL and E: one of them cannot be had. */
struct show *show_create(const struct settings *settings, struct metrics *metrics,
                         struct worker_pool *pool, struct error *e);

/* The run begins. STATS and STATE (the file for `extract status`) may be NULL. All is
 * borrowed until show_forget. */
void show_begin(struct show *s, struct sched *sched, struct writer *writer,
                struct stats *stats, const char *state);

/* The run is over: no more is shown in files, and view_forget follows. */
void show_forget(struct show *s);

/* What there is to see. */
void show_read(struct show *s, struct metrics_snapshot *totals);

/* TOTALS are the last ones, and are left in the file of --metrics-file. 0, or -1 and
 * E. */
int show_conclude(struct show *s, const struct metrics_snapshot *totals, struct error *e);

void show_destroy(struct show *s); /* takes NULL */

#endif
