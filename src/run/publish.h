/* SPDX-License-Identifier: GPL-3.0-or-later */
/* publish.h - the files that tell of a run while it goes on, kept up to date by a
 * thread. A file that cannot be written is said once and tried again: it ends no
 * run. */
#ifndef EXTRACT_RUN_PUBLISH_H
#define EXTRACT_RUN_PUBLISH_H

#include "run/stats.h"
#include "run/view.h"

/* Strings are borrowed until publish_stop; each of the first three may be NULL. */
struct publish_config {
    struct stats *stats;  /* --stats */
    const char *metrics;  /* the file of --metrics-file */
    const char *state;    /* the file for `extract status`, which goes at the end */
    struct view *view;    /* looked at each two seconds for its trail */
};

struct publish;

/* NULL when no thread can be had, which is said: a run can do without. */
struct publish *publish_start(const struct publish_config *config);

/* Ends the thread and removes the state. Takes NULL. */
void publish_stop(struct publish *p);

/* Removes STATE that a run has left which was killed. */
void publish_clean(const char *state);

/* Writes S to the file of --metrics-file. 0, or -1 and E. */
int publish_metrics(const char *path, const struct metrics_snapshot *s, bool running,
                    struct error *e);

#endif
