/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gate.h - who may start: shares of the starts, caps on lanes, and permits.
 * Nothing here waits; all of it is under the scheduler's lock. */
#ifndef EXTRACT_SCHED_GATE_H
#define EXTRACT_SCHED_GATE_H

#include <stdbool.h>

#include "document/tier.h"

/* What shares of the starts are counted by. */
enum gate_class {
    GATE_QUICK,  /* tiny and small */
    GATE_MEDIUM, /* medium */
    GATE_HEAVY,  /* large and huge, and their ranges */
    GATE_CLASSES
};

enum gate_class gate_class_of(enum tier tier);

struct gate {
    int lanes;      /* that may be at work */
    int heavy_most; /* of these, on heavy documents, whatever else there is to do */
    int active[GATE_CLASSES];  /* lanes at work, by class */
    double pass[GATE_CLASSES]; /* stride scheduling: starts / share */
    double now;                /* the pass of the last start */
    int permits;               /* that are free; below 0: more are out, see
                                  ready_pick_within */
};

/* From now on as many LANES, of which HEAVY may be at work on heavy documents. */
void gate_limit(struct gate *g, int lanes, int heavy);

/* Whether no lane may start with heavy documents, for want of memory. */
bool gate_is_full(const struct gate *g);

void gate_init(struct gate *g, int lanes, int permits);

/* Which of the classes with work (STARTABLE) is next: about 60 % of the
 * starts go to quick ones, 30 % to medium, 10 % to heavy, so that quick
 * results keep coming while long work starts early. Medium and heavy ones get
 * at most half of the lanes each (but one at least) while others have work, and
 * heavy ones heavy_most in any case.
 * GATE_CLASSES: none is startable. */
enum gate_class gate_choose(const struct gate *g,
                            const bool startable[GATE_CLASSES]);

void gate_enter(struct gate *g, enum gate_class class);
void gate_leave(struct gate *g, enum gate_class class);
/* One that is at work turns out to be of another class. */
void gate_move(struct gate *g, enum gate_class from, enum gate_class to);

bool gate_try_permit(struct gate *g);
void gate_return_permit(struct gate *g);

#endif
