/* SPDX-License-Identifier: GPL-3.0-or-later */
/* showing.h - all that shows a run while it goes on, but for the progress line: files
 * (publish.h) and answers by HTTP (exporter.h). */
#ifndef EXTRACT_RUN_SHOWING_H
#define EXTRACT_RUN_SHOWING_H

#include "cli/settings.h"
#include "run/stats.h"
#include "run/view.h"

struct showing;

/* Threads and descriptors that it needs for SETTINGS. */
int showing_threads(const struct settings *settings);
int showing_descriptors(const struct settings *settings);

/* Takes the places where it is to be shown, and answers from now on. Borrows METRICS
 * and POOL until showing_destroy. NULL and E: one of them cannot be had. */
struct showing *showing_create(const struct settings *settings, struct metrics *metrics,
                         struct worker_pool *pool, struct error *e);

/* The run begins. STATS and STATE (the file for `extract status`) may be NULL. All is
 * borrowed until showing_forget. */
void showing_begin(struct showing *s, struct sched *sched, struct writer *writer,
                struct stats *stats, const char *state);

/* The run is over: no more is shown in files, and view_forget follows. */
void showing_forget(struct showing *s);

/* What there is to see. */
void showing_read(struct showing *s, struct metrics_snapshot *totals);

/* TOTALS are the last ones, and are left in the file of --metrics-file. 0, or -1 and
 * E. */
int showing_conclude(struct showing *s, const struct metrics_snapshot *totals, struct error *e);

void showing_destroy(struct showing *s); /* takes NULL */

#endif
