/* SPDX-License-Identifier: GPL-3.0-or-later */
/* steer.h - the thread that looks at the machine each second and lets the governor say
 * how many lanes are at work. */
#ifndef EXTRACT_RUN_STEER_H
#define EXTRACT_RUN_STEER_H

#include "lane/worker.h"
#include "run/metrics.h"
#include "sched/governor.h"
#include "sched/sched.h"

struct steer;

/* Takes the first look. RESERVE 0: by the machine's memory. Never NULL. POOL: of the
 * workers, borrowed until steer_stop. */
struct steer *steer_create(const struct governor_config *config,
                           struct worker_pool *pool);

/* How many lanes to start with. */
int steer_lanes(const struct steer *st);

/* Steers SCHED, and tells METRICS, until steer_stop, all borrowed. Without a thread it
 * stays with the first number, which it says. */
void steer_start(struct steer *st, struct sched *sched, struct metrics *metrics);

/* Ends the thread, before sched_destroy. Takes NULL. */
void steer_stop(struct steer *st);

#endif
