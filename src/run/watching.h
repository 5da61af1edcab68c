/* SPDX-License-Identifier: GPL-3.0-or-later */
/* watching.h - what a run that watches directories (input/watch.h) has beside others:
 * puts the watch, the manifest, the metrics and the signal that flushes together. */
#ifndef EXTRACT_RUN_WATCHING_H
#define EXTRACT_RUN_WATCHING_H

#include "cli/settings.h"
#include "run/metrics.h"
#include "run/report.h"
#include "run/resume.h"
#include "sched/sched.h"
#include "store/forget.h"

struct watching; /* opaque */

/* SIGUSR1 flushes from now on. Before signals_start. */
void watching_prepare(void);

/* Borrows all; CONFIG is that of the source, with what it owns and wakes it. REPORT tells
 * of what is out, and FORGET takes out what its archive has lost; NULL: it stays. Never
 * NULL; one in a program. */
struct watching *watching_create(const struct settings *settings,
                                 const struct source_config *config,
                                 struct resume *resume, struct forget *forget,
                                 struct metrics *metrics, struct report *report);

/* The source's. */
struct watch *watching_watch(struct watching *w);

/* CONFIG tells of what joins. */
void watching_join(struct watching *w, struct sched_config *config);

/* How it goes on: what others outside may want to know. Called with each notice of the
 * watch, in the thread of the source. CALL may be NULL. */
void watching_set_notice(struct watching *w,
                         void (*call)(void *ctx, enum watch_notice notice), void *ctx);

void watching_destroy(struct watching *w); /* takes NULL */

#endif
