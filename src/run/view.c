/* SPDX-License-Identifier: GPL-3.0-or-later */
/* view.c - see view.h. */
#include <config.h>

#include "run/view.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/limits.h"
#include "run/trail.h"

struct view {
    struct metrics *metrics;
    struct worker_pool *pool;
    pthread_mutex_t lock; /* all below */
    struct sched *sched;   /* NULL: not begun, or forgotten */
    struct writer *writer; /* the same; what it has done: */
    struct writer_count written;
    struct trail trail;
};

struct view *view_create(struct metrics *metrics, struct worker_pool *pool)
{
    struct view *v = xcalloc(1, sizeof *v);
    v->metrics = metrics;
    v->pool = pool;
    pthread_mutex_init(&v->lock, NULL);
    return v;
}

void view_watch(struct view *v, struct sched *sched, struct writer *writer)
{
    pthread_mutex_lock(&v->lock);
    v->sched = sched;
    v->writer = writer;
    pthread_mutex_unlock(&v->lock);
}

static struct metrics_workers view_workers(const struct worker_pool *pool)
{
    return (struct metrics_workers){
        .started = pool->started,
        .crashed = pool->crashed,
        .timed_out = pool->timed_out,
        .out_of_memory = pool->out_of_memory,
        .trapped = pool->trapped,
        .killed = pool->killed,
        .recycled = pool->recycled,
    };
}

/* Under the lock. */
static void view_take(struct view *v, struct metrics_snapshot *s)
{
    metrics_read(v->metrics, s);
    s->workers = view_workers(v->pool);
    s->cpu_seconds = clock_cpu() + s->steering.workers.cpu;
    s->memory = roster_memory(getpid());
    s->descriptors = limits_open(&s->descriptors_most);
    if (v->writer)
        writer_look(v->writer, &v->written);
    s->writer = v->written;
    if (v->sched) {
        struct sched_glance glance;
        sched_look(v->sched, &glance);
        s->waiting = glance.waiting;
        s->parked = glance.parked;
    } else {
        /* Those of the last look have been waited for. */
        s->cpu_seconds = clock_cpu();
        s->steering.workers = (struct roster_use){ 0 };
    }
    s->pages_per_minute = trail_rate(&v->trail, s->wall_seconds, s->pages_live);
}

void view_read(struct view *v, struct metrics_snapshot *s)
{
    pthread_mutex_lock(&v->lock);
    view_take(v, s);
    pthread_mutex_unlock(&v->lock);
}

void view_look(struct view *v, struct metrics_snapshot *s)
{
    pthread_mutex_lock(&v->lock);
    view_take(v, s);
    trail_add(&v->trail, s);
    pthread_mutex_unlock(&v->lock);
}

json_t *view_trail(struct view *v)
{
    pthread_mutex_lock(&v->lock);
    json_t *trail = trail_json(&v->trail);
    pthread_mutex_unlock(&v->lock);
    return trail;
}

void view_forget(struct view *v)
{
    pthread_mutex_lock(&v->lock);
    if (v->writer)
        writer_look(v->writer, &v->written);
    v->writer = NULL;
    v->sched = NULL;
    pthread_mutex_unlock(&v->lock);
}

void view_destroy(struct view *v)
{
    if (!v)
        return;
    pthread_mutex_destroy(&v->lock);
    free(v);
}
