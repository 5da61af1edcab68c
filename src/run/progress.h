/* SPDX-License-Identifier: GPL-3.0-or-later */
/* progress.h - the progress of a run on stderr, drawn by one thread: a bar on a
 * terminal, else a plain line every few seconds; and the summary at its end. */
#ifndef EXTRACT_RUN_PROGRESS_H
#define EXTRACT_RUN_PROGRESS_H

#include <stdbool.h>

#include "run/metrics.h"
#include "run/survey.h"

struct progress;

/* Borrows METRICS and SURVEY (which may be NULL) until progress_stop. NULL
 * when no thread can be had: a run can do without. */
struct progress *progress_start(struct metrics *metrics, const struct survey *survey,
                                bool terminal);

/* Wipes the bar and ends the thread; takes NULL. */
void progress_stop(struct progress *progress);

/* The summary, one line. */
void progress_summary(struct metrics *metrics);

#endif
