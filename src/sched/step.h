/* SPDX-License-Identifier: GPL-3.0-or-later */
/* step.h - one step of a document in one lane. */
#ifndef EXTRACT_SCHED_STEP_H
#define EXTRACT_SCHED_STEP_H

#include "sched/state.h"

/* Takes T one step further in this lane, as the gate let it in. */
void step(struct sched *s, struct sched_lane *l, struct task *t);

/* The lane closes T, which ends with the last one that does. */
void step_release(struct sched *s, struct sched_lane *l, struct task *t);

#endif
