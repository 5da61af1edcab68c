/* SPDX-License-Identifier: GPL-3.0-or-later */
/* governor.c - steps down at once and by a quarter, up by a half and with patience. */
#include <config.h>

#include "sched/governor.h"

#include <math.h>
#include <stdlib.h>

#include "base/alloc.h"

/* Shares above which something is short, and below which there is room. Between the two
 * nothing happens. */
#define GOVERNOR_CPU_HIGH 0.85
#define GOVERNOR_CPU_LOW 0.70
#define GOVERNOR_DESCRIPTORS_HIGH 0.80
#define GOVERNOR_DESCRIPTORS_LOW 0.70
#define GOVERNOR_PRESSURE_HIGH 0.10
#define GOVERNOR_PRESSURE_LOW 0.02
/* A machine whose CPUs are as busy as this has tasks that wait for them. */
#define GOVERNOR_SATURATED 0.95
/* Errors climb: their share of the last documents is so much above what it was. */
#define GOVERNOR_ERRORS_RISE 0.20
#define GOVERNOR_BAD_SAMPLES 2
#define GOVERNOR_GOOD_SAMPLES 3
#define GOVERNOR_PATIENCE 5.0 /* seconds */
#define GOVERNOR_PATIENCE_MOST 60.0

struct governor {
    struct governor_config config;
    bool started;
    int lanes;
    int bad, good; /* samples of each kind in a row */
    double demand;           /* CPUs that others want, smoothed */
    double up, down;         /* when it last stepped so; or -infinity */
    double patience;
    uint64_t documents, strained;
    double strain_short, strain_long; /* shares of strained documents, smoothed */
};

uint64_t governor_reserve(uint64_t total)
{
    uint64_t most = (uint64_t)3 << 29; /* 1.5 GiB */
    return total / 10 < most ? total / 10 : most;
}

struct governor *governor_create(const struct governor_config *config)
{
    struct governor *g = xcalloc(1, sizeof *g);
    g->config = *config;
    g->lanes = config->maximum;
    g->up = g->down = -INFINITY;
    g->patience = GOVERNOR_PATIENCE;
    return g;
}

static int governor_clamp(const struct governor *g, double lanes)
{
    if (lanes >= g->config.maximum)
        return g->config.maximum;
    return lanes > g->config.minimum ? (int)lanes : g->config.minimum;
}

/* CPUs' worth of work that others have. What they use is less than that when they have
 * to share with us: of those who wait while all is busy, the ones that are not ours
 * want a CPU each. */
static double governor_demand(const struct machine_sample *s, int active)
{
    double used = s->busy - s->own;
    double waiting = s->runnable - active - 1; /* and the one that looks */
    if (s->busy >= GOVERNOR_SATURATED * s->cpus && waiting > used)
        used = waiting;
    return used < 0 ? 0 : used < s->cpus ? used : s->cpus;
}

static uint64_t governor_free(const struct governor *g, const struct machine_sample *s)
{
    return s->memory_available > g->config.reserve ? s->memory_available - g->config.reserve
                                                   : 0;
}

/* Lanes that the target leaves to us. */
static double governor_allowed(const struct governor *g, const struct machine_sample *s)
{
    if (g->config.target <= 0)
        return g->config.maximum;
    /* A hundredth more, for what the sums lose. */
    return g->config.target * s->cpus - g->demand + 0.01;
}

/* The load of a minute may be of what has ended, and the tasks of a moment may be
 * chance; the less of both counts. */
static int governor_start(struct governor *g, const struct machine_sample *s)
{
    double runnable = s->runnable > 1 ? s->runnable - 1 : 0;
    double lanes = g->config.maximum;
    g->demand = s->load < runnable ? s->load : runnable;
    if (g->demand > s->cpus)
        g->demand = s->cpus;
    if (g->config.yields && g->demand > GOVERNOR_CPU_HIGH * s->cpus)
        lanes = s->cpus - g->demand;
    if (lanes > governor_allowed(g, s))
        lanes = governor_allowed(g, s);
    double fit = (double)governor_free(g, s) / (double)GOVERNOR_WORKER;
    return governor_clamp(g, lanes < fit ? lanes : fit);
}

/* Whether more documents fail for want of something than did before. */
static bool governor_errors_climb(struct governor *g, const struct governor_work *w)
{
    uint64_t documents = w->documents - g->documents;
    uint64_t strained = w->strained - g->strained;
    if (documents == 0)
        return false;
    double share = (double)strained / (double)documents;
    g->documents = w->documents;
    g->strained = w->strained;
    bool climb = strained > 1 && share > g->strain_long + GOVERNOR_ERRORS_RISE;
    g->strain_short += 0.5 * (share - g->strain_short);
    g->strain_long += 0.05 * (share - g->strain_long);
    return climb && g->strain_short > g->strain_long + GOVERNOR_ERRORS_RISE / 2;
}

static enum governor_reason governor_trouble(struct governor *g,
                                             const struct machine_sample *s,
                                             const struct governor_work *w)
{
    bool errors = governor_errors_climb(g, w);
    if (s->memory_available < g->config.reserve / 2)
        return GOVERNOR_MEMORY;
    if (s->memory_pressure > GOVERNOR_PRESSURE_HIGH)
        return GOVERNOR_PRESSURE;
    if (s->descriptors > GOVERNOR_DESCRIPTORS_HIGH)
        return GOVERNOR_DESCRIPTORS;
    if (errors)
        return GOVERNOR_ERRORS;
    if (g->config.yields && g->demand > GOVERNOR_CPU_HIGH * s->cpus)
        return GOVERNOR_CPU;
    if (g->lanes > governor_allowed(g, s))
        return GOVERNOR_TARGET;
    return GOVERNOR_NONE;
}

/* How many lanes more there is room for. */
static int governor_headroom(const struct governor *g, const struct machine_sample *s,
                             const struct governor_work *w)
{
    uint64_t worker = w->memory > 0 ? w->memory : GOVERNOR_WORKER;
    double by_memory = (double)governor_free(g, s) / (double)worker;
    double by_target = governor_allowed(g, s) - g->lanes;
    double step = g->lanes / 2 > 1 ? g->lanes / 2 : 1;
    if (s->memory_pressure > GOVERNOR_PRESSURE_LOW ||
        s->descriptors > GOVERNOR_DESCRIPTORS_LOW ||
        (g->config.yields && g->demand > GOVERNOR_CPU_LOW * s->cpus))
        return 0;
    step = step < by_memory ? step : by_memory;
    step = step < by_target ? step : by_target;
    return governor_clamp(g, g->lanes + step) - g->lanes;
}

static struct governor_decision governor_set(struct governor *g, int lanes,
                                             enum governor_reason reason)
{
    bool same = lanes == g->lanes && reason != GOVERNOR_START;
    g->lanes = lanes;
    g->good = g->bad = 0;
    return (struct governor_decision){ lanes, same ? GOVERNOR_NONE : reason };
}

static struct governor_decision governor_down(struct governor *g, double now,
                                              enum governor_reason why)
{
    int step = g->lanes / 4 > 1 ? g->lanes / 4 : 1;
    /* The last step up was one too many. */
    if (now - g->up < 2 * g->patience)
        g->patience = fmin(2 * g->patience, GOVERNOR_PATIENCE_MOST);
    else if (now - g->up > 4 * GOVERNOR_PATIENCE_MOST)
        g->patience = GOVERNOR_PATIENCE;
    g->down = now;
    return governor_set(g, governor_clamp(g, g->lanes - step), why);
}

struct governor_decision governor_step(struct governor *g, const struct machine_sample *s,
                                       const struct governor_work *w)
{
    if (!g->started) {
        g->started = true;
        return governor_set(g, governor_start(g, s), GOVERNOR_START);
    }
    g->demand += 0.5 * (governor_demand(s, w->active) - g->demand);
    enum governor_reason why = governor_trouble(g, s, w);
    if (why != GOVERNOR_NONE) {
        g->good = 0;
        g->bad++;
        if (g->lanes > g->config.minimum &&
            (g->bad >= GOVERNOR_BAD_SAMPLES || why == GOVERNOR_MEMORY))
            return governor_down(g, s->time, why);
        return (struct governor_decision){ g->lanes, GOVERNOR_NONE };
    }
    g->bad = 0;
    int room = w->waiting ? governor_headroom(g, s, w) : 0;
    g->good = room > 0 ? g->good + 1 : 0;
    if (g->good < GOVERNOR_GOOD_SAMPLES || s->time - g->down < g->patience)
        return (struct governor_decision){ g->lanes, GOVERNOR_NONE };
    g->up = s->time;
    return governor_set(g, g->lanes + room, GOVERNOR_ROOM);
}

const char *governor_reason_name(enum governor_reason reason)
{
    static const char *const names[GOVERNOR_REASONS] = {
        [GOVERNOR_NONE] = "none",
        [GOVERNOR_START] = "start",
        [GOVERNOR_ROOM] = "room",
        [GOVERNOR_CPU] = "cpu",
        [GOVERNOR_TARGET] = "target",
        [GOVERNOR_MEMORY] = "memory",
        [GOVERNOR_PRESSURE] = "pressure",
        [GOVERNOR_DESCRIPTORS] = "descriptors",
        [GOVERNOR_ERRORS] = "errors",
    };
    return names[reason];
}

const char *governor_reason_text(enum governor_reason reason)
{
    static const char *const texts[GOVERNOR_REASONS] = {
        [GOVERNOR_NONE] = "nothing has changed",
        [GOVERNOR_START] = "as the machine is at the start",
        [GOVERNOR_ROOM] = "there is room, and documents wait",
        [GOVERNOR_CPU] = "others want the CPUs",
        [GOVERNOR_TARGET] = "the CPUs are busier than wanted",
        [GOVERNOR_MEMORY] = "memory is short",
        [GOVERNOR_PRESSURE] = "tasks wait for memory",
        [GOVERNOR_DESCRIPTORS] = "too many files are open",
        [GOVERNOR_ERRORS] = "more documents fail for want of memory or time",
    };
    return texts[reason];
}

void governor_destroy(struct governor *g)
{
    free(g);
}
