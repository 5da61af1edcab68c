/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ready.h - the look-ahead: documents that wait for a lane, and documents at
 * work with ranges to claim. All under the scheduler's lock; nothing waits. */
#ifndef EXTRACT_SCHED_READY_H
#define EXTRACT_SCHED_READY_H

#include "sched/gate.h"
#include "sched/task.h"

/* First in, first out. */
struct ready_list {
    struct task *first, *last;
    int count;
};

/* Of an item's priority, from the one that goes first. */
#define READY_PRIORITIES (ITEM_BATCH - ITEM_CRITICAL + 1)

/* A heap by priority, then by bytes, the longest on top; among equals the earlier. */
struct ready_heap {
    struct task **tasks;
    int count, capacity;
};

struct ready {
    struct gate *gate;
    struct ready_list quick[READY_PRIORITIES];
    struct ready_heap medium, heavy;
    struct ready_list parked; /* detected, and in want of a permit */
    struct ready_list shared; /* at work, with pages left to claim */
};

void ready_init(struct ready *r, struct gate *gate);
void ready_clear(struct ready *r); /* the lists must be empty */

/* Documents that wait, the parked ones not counted. */
int ready_waiting(const struct ready *r);

void ready_push(struct ready *r, struct task *task);

/* Puts a task that wants a permit aside; whoever returns one makes it
 * startable. */
void ready_park(struct ready *r, struct task *task);

void ready_share(struct ready *r, struct task *task);
void ready_unshare(struct ready *r, struct task *task);

/* What a lane should do next: of what has the highest priority that anything
 * startable has, by the gate's choice. Within a class: parked
 * ones whose permit is free, then the document OWN (its id) that the lane has
 * open, then new ones, the longest first, then ranges of others. A document
 * at work that one lane suffices for (below large) is only helped when nothing
 * else is startable. NULL: nothing is startable. A parked task comes with its
 * permit; *CLASS is what the gate is to be entered with. */
struct task *ready_pick(struct ready *r, uint64_t own, enum gate_class *class);

/* The same for a lane that can do nothing but members of the container NEST: also
 * one that wants a permit, if there is none, for who has it may wait as well. */
struct task *ready_pick_within(struct ready *r, const struct nest *nest,
                               enum gate_class *class);

/* Whether ready_pick would give something. */
bool ready_is_startable(struct ready *r);

/* Any waiting task, for the end of a stopped run; NULL: none is left. */
struct task *ready_drain(struct ready *r);

#endif
