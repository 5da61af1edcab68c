/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gather.c - what comes here may come from an attacker: names are bytes, and
 * sizes are counted, never believed. */
#include <config.h>

#include "sched/gather.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "sched/step.h"

/* Numbers of members begin where no list of inputs ends. */
#define GATHER_ORDINALS ((uint64_t)1 << 63)

static struct nest *gather_nest(struct gather *g)
{
    struct task *t = g->task;
    if (!t->nest)
        t->nest = nest_create(t->within, t->within ? t->share
                                                   : nest_whole(&g->sched->config.nest));
    return t->nest;
}

/* OUTER!/NAME: without slashes before it; a number where it has none. */
static char *gather_path(struct gather *g, const char *name)
{
    name += strspn(name, "/");
    if (*name)
        return xasprintf("%s!/%s", g->task->path, name);
    return xasprintf("%s!/%llu", g->task->path,
                     (unsigned long long)g->task->result->members + 1);
}

static int gather_refuse(struct gather *g)
{
    const struct nest_limits *limits = &g->sched->config.nest;
    return error_set(&g->error, ERROR_LIMIT,
                     "it has more members than %d, and was not read any further",
                     limits->members);
}

int gather_begin(struct gather *g, const struct member *member)
{
    struct sched *s = g->sched;
    const struct nest_limits *limits = &s->config.nest;
    struct nest *nest = gather_nest(g);
    if (s->stopping)
        return -1;
    size_t length = strlen(member->name);
    bool cut = length > (size_t)limits->name;
    char *name = xstrndup(member->name, cut ? (size_t)limits->name : length);
    char *path = gather_path(g, name);
    free(name);
    if (s->config.filter && !filter_takes(s->config.filter, path)) {
        free(path);
        return 1;
    }
    if (nest->members >= (uint64_t)limits->members) {
        free(path);
        return gather_refuse(g);
    }
    nest->members++;
    nest->bytes += NEST_MEMBER;
    spool_init(&g->spool);
    g->open = true;
    g->path = path;
    g->mtime_ns = member->mtime_ns ? member->mtime_ns : g->task->result->item.mtime_ns;
    error_clear(&g->flaw);
    if (!cut)
        return 0;
    error_set(&g->flaw, ERROR_LIMIT, "its name is longer than %d bytes", limits->name);
    return gather_end(g, NULL) == 0 ? 1 : -1;
}

/* Whether what came out is within bounds, with SIZE bytes more. */
static int gather_count(struct gather *g, size_t size)
{
    const struct nest_limits *limits = &g->sched->config.nest;
    struct nest *nest = g->task->nest;
    nest->bytes += size;
    if (nest_is_bomb(nest, g->task->document.bytes))
        return error_set(&g->error, ERROR_LIMIT,
                         "a bomb: it unpacks to more than %.3g times its size, and was "
                         "not read any further", nest->share.ratio);
    if (nest->bytes > limits->bytes)
        return error_set(&g->error, ERROR_LIMIT,
                         "it unpacks to more than %zu bytes, and was not read any "
                         "further", limits->bytes);
    return 0;
}

int gather_data(struct gather *g, const void *data, size_t size)
{
    if (g->sched->aborting)
        return -1;
    if (g->flaw.kind != ERROR_NONE)
        return 0;
    if (gather_count(g, size) != 0) {
        g->flaw = g->error;
        spool_clear(&g->spool);
        gather_end(g, NULL);
        return -1;
    }
    if (spool_append(&g->spool, data, size, &g->flaw) != 0)
        spool_clear(&g->spool);
    return 0;
}

/* The member as an item of its own, admitted to the output behind those before. */
static struct result *gather_admit(struct gather *g)
{
    static _Atomic uint64_t next = GATHER_ORDINALS;
    struct item item = {
        .ordinal = atomic_fetch_add(&next, 1),
        .origin = g->task->result->item.origin,
        .priority = g->task->result->item.priority,
        .path = g->path,
        .bytes = g->spool.size,
        .mtime_ns = g->mtime_ns,
    };
    g->path = NULL;
    struct result *r = result_create(&item);
    metrics_admit_member(g->sched->metrics, &r->item);
    if (g->sched->config.joined)
        g->sched->config.joined(g->sched->config.joined_ctx, &r->item);
    g->task->result->members++;
    writer_admit_member(g->sched->writer, r, g->task->result);
    return r;
}

/* Makes a task of RESULT, which takes the spool. */
static void gather_push(struct gather *g, struct result *r)
{
    struct sched *s = g->sched;
    struct task *t = task_create(r, &s->config.limits);
    t->within = nest_use(g->task->nest);
    t->share = nest_share(t->within, g->task->document.bytes, &s->config.nest);
    t->spool = g->spool;
    t->flaw = g->flaw;
    t->entry = (struct nest_entry){ t->within->members, g->spool.size,
                                    g->spool.fd >= 0 };
    spool_init(&g->spool);
    pthread_mutex_lock(&s->lock);
    nest_enter(t->within, t->entry);
    ready_push(&s->ready, t);
    pthread_mutex_unlock(&s->lock);
    sched_send_hand(s);
}

/* The lane that members are worked on in, beneath the one that reads. */
static struct sched_lane *gather_lane(struct gather *g)
{
    struct sched_lane *l = g->lane;
    if (!l->inner) {
        l->inner = xcalloc(1, sizeof *l->inner);
        l->inner->index = l->index;
        l->inner->lane = g->sched->config.lane_create(g->sched->config.lane_ctx);
    }
    return l->inner;
}

/* Works on one member of the container, or waits for those at work. Under the
 * lock, which is given up meanwhile. */
static void gather_help(struct gather *g)
{
    struct sched *s = g->sched;
    struct sched_lane *l = gather_lane(g);
    enum gate_class class;
    struct task *t = ready_pick_within(&s->ready, g->task->nest, &class);
    if (!t) {
        pthread_cond_wait(&s->over, &s->lock);
        return;
    }
    gate_enter(&s->gate, class);
    t->lanes++;
    t->holders += t != l->held;
    s->at_work += !t->merging;
    pthread_mutex_unlock(&s->lock);
    step(s, l, t);
    pthread_mutex_lock(&s->lock);
}

/* Until there is room in the window, or the run is stopped. */
static void gather_wait(struct gather *g)
{
    struct sched *s = g->sched;
    struct nest *nest = g->task->nest;
    bool in_order = writer_keeps_order(s->writer);
    pthread_mutex_lock(&s->lock);
    if (nest_has_room(nest, in_order)) {
        pthread_mutex_unlock(&s->lock);
        return;
    }
    /* The lane is not at work on the container meanwhile. */
    enum gate_class class = g->task->class;
    gate_leave(&s->gate, class);
    metrics_lane_idle(s->metrics);
    double start = clock_now();
    while (!nest_has_room(nest, in_order) && !s->stopping)
        gather_help(g);
    gate_enter(&s->gate, class);
    pthread_mutex_unlock(&s->lock);
    metrics_lane_busy(s->metrics);
    struct sched_lane *inner = gather_lane(g);
    if (inner->held)
        step_release(s, inner, inner->held);
    g->lane->away += clock_now() - start;
}

int gather_end(struct gather *g, const struct error *e)
{
    struct sched *s = g->sched;
    g->open = false;
    if (e && g->flaw.kind == ERROR_NONE)
        g->flaw = *e;
    struct result *r = gather_admit(g);
    if (s->config.is_done && s->config.is_done(s->config.is_done_ctx, r)) {
        spool_clear(&g->spool);
        sched_refuse(s, r, &r->error);
    } else {
        gather_push(g, r);
    }
    gather_wait(g);
    return s->stopping ? -1 : 0;
}

void gather_finish(struct gather *g, const struct error *e)
{
    if (!g->open)
        return;
    if (e) {
        gather_end(g, e);
        return;
    }
    g->open = false;
    spool_clear(&g->spool);
    free(g->path);
    g->path = NULL;
}
