/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gate.c - stride scheduling over three classes: each start moves its class's
 * pass on by 1/share, and the class with the lowest pass is next. */
#include <config.h>

#include "sched/gate.h"

/* 60/30/10: the mix that the write-ups behind this program settled on. */
static const double gate_share[GATE_CLASSES] = { 0.6, 0.3, 0.1 };

enum gate_class gate_class_of(enum tier tier)
{
    return tier <= TIER_SMALL    ? GATE_QUICK
           : tier == TIER_MEDIUM ? GATE_MEDIUM
                                 : GATE_HEAVY;
}

void gate_init(struct gate *g, int lanes, int permits)
{
    *g = (struct gate){ .lanes = lanes, .heavy_most = lanes, .permits = permits };
}

void gate_limit(struct gate *g, int lanes, int heavy)
{
    g->lanes = lanes;
    g->heavy_most = heavy;
}

bool gate_is_full(const struct gate *g)
{
    return g->active[GATE_HEAVY] > 0 && g->active[GATE_HEAVY] >= g->heavy_most;
}

static bool gate_is_capped(const struct gate *g, enum gate_class class)
{
    int cap = g->lanes / 2 > 0 ? g->lanes / 2 : 1;
    return class != GATE_QUICK && g->active[class] >= cap;
}

enum gate_class gate_choose(const struct gate *g,
                            const bool startable[GATE_CLASSES])
{
    /* Long work before short at a tie: it starts early. */
    static const enum gate_class order[] = { GATE_HEAVY, GATE_MEDIUM, GATE_QUICK };
    enum gate_class best = GATE_CLASSES, capped = GATE_CLASSES;
    for (int i = 0; i < GATE_CLASSES; i++) {
        enum gate_class c = order[i];
        if (!startable[c] || (c == GATE_HEAVY && gate_is_full(g)))
            continue;
        if (gate_is_capped(g, c)) {
            if (capped == GATE_CLASSES || g->pass[c] < g->pass[capped])
                capped = c;
        } else if (best == GATE_CLASSES || g->pass[c] < g->pass[best]) {
            best = c;
        }
    }
    /* A cap holds only while others have work. */
    return best != GATE_CLASSES ? best : capped;
}

void gate_enter(struct gate *g, enum gate_class class)
{
    /* A class that had nothing to do for a while must not catch up in a
     * burst: it goes on from where the others are. */
    if (g->pass[class] > g->now)
        g->now = g->pass[class];
    g->pass[class] = g->now + 1 / gate_share[class];
    g->active[class]++;
}

void gate_leave(struct gate *g, enum gate_class class)
{
    g->active[class]--;
}

void gate_move(struct gate *g, enum gate_class from, enum gate_class to)
{
    g->active[from]--;
    g->active[to]++;
}

bool gate_try_permit(struct gate *g)
{
    if (g->permits <= 0)
        return false;
    g->permits--;
    return true;
}

void gate_return_permit(struct gate *g)
{
    g->permits++;
}
