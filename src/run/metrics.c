/* SPDX-License-Identifier: GPL-3.0-or-later */
/* metrics.c - pages are counted by atomics, since every page comes by; lanes and
 * documents under a mutex. */
#include <config.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "run/metrics.h"

const double metrics_bounds[METRICS_BOUNDS] = {
    0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300,
};

struct metrics {
    double started;
    _Atomic uint64_t pages_live, bytes_live;
    pthread_mutex_t lock; /* of all below */
    double changed;   /* when a lane last took up work or ended it */
    double full;      /* when all were last at work */
    double full_busy; /* lanes_busy_seconds then */
    double wanted;    /* seconds that wanted lanes had up to now, and then */
    double full_wanted;
    struct metrics_snapshot totals;
};

struct metrics *metrics_create(int lanes)
{
    struct metrics *m = xcalloc(1, sizeof *m);
    m->started = m->changed = m->full = clock_now();
    m->totals.lanes = m->totals.lanes_wanted = lanes;
    m->totals.started = clock_time();
    pthread_mutex_init(&m->lock, NULL);
    return m;
}

void metrics_admit(struct metrics *m, const struct item *item)
{
    if (item->error.kind == ERROR_GONE)
        return;
    pthread_mutex_lock(&m->lock);
    m->totals.admitted++;
    m->totals.admitted_bytes += item->bytes;
    pthread_mutex_unlock(&m->lock);
}

void metrics_admit_member(struct metrics *m, const struct item *item)
{
    metrics_admit(m, item);
    pthread_mutex_lock(&m->lock);
    m->totals.members++;
    m->totals.member_bytes += item->bytes;
    pthread_mutex_unlock(&m->lock);
}

void metrics_page(struct metrics *m, uint64_t bytes)
{
    atomic_fetch_add_explicit(&m->bytes_live, bytes, memory_order_relaxed);
    atomic_fetch_add_explicit(&m->pages_live, 1, memory_order_relaxed);
}

/* Under the lock: counts what the lanes did up to now. */
static void metrics_advance(struct metrics *m)
{
    struct metrics_snapshot *t = &m->totals;
    double now = clock_now();
    t->lanes_busy_seconds += t->lanes_active * (now - m->changed);
    /* A lane that is no longer wanted still ends what it is at. */
    m->wanted += (t->lanes_active > t->lanes_wanted ? t->lanes_active : t->lanes_wanted) *
                 (now - m->changed);
    m->changed = now;
    if (t->lanes_active >= t->lanes_wanted) {
        m->full = now;
        m->full_busy = t->lanes_busy_seconds;
        m->full_wanted = m->wanted;
    }
    t->lanes_idle_share = m->full_wanted > 0 ? 1 - m->full_busy / m->full_wanted : 0;
    t->tail_seconds = now - m->full;
}

static void metrics_lane(struct metrics *m, int change)
{
    pthread_mutex_lock(&m->lock);
    metrics_advance(m);
    m->totals.lanes_active += change;
    pthread_mutex_unlock(&m->lock);
}

void metrics_lane_busy(struct metrics *m)
{
    metrics_lane(m, 1);
}

void metrics_lane_idle(struct metrics *m)
{
    metrics_lane(m, -1);
}

void metrics_set_lanes(struct metrics *m, int lanes, enum governor_reason reason)
{
    pthread_mutex_lock(&m->lock);
    metrics_advance(m);
    m->totals.lanes_wanted = lanes;
    m->totals.steering.reason = reason;
    m->totals.steering.decisions[reason]++;
    pthread_mutex_unlock(&m->lock);
}

void metrics_set_machine(struct metrics *m, const struct machine_sample *machine,
                         const struct roster_use *workers)
{
    pthread_mutex_lock(&m->lock);
    m->totals.steering.looked = true;
    m->totals.steering.machine = *machine;
    m->totals.steering.workers = *workers;
    pthread_mutex_unlock(&m->lock);
}

void metrics_set_watch(struct metrics *m, const struct watch_counts *counts)
{
    pthread_mutex_lock(&m->lock);
    m->totals.watches = true;
    m->totals.watch = *counts;
    pthread_mutex_unlock(&m->lock);
}

/* The place of the format NAME. */
static int metrics_type(struct metrics_snapshot *t, const char *name)
{
    int i = 0;
    while (i < t->type_count && strcmp(t->types[i].name, name) != 0)
        i++;
    if (i == METRICS_TYPES)
        i--;
    else if (i == t->type_count)
        t->types[t->type_count++].name = name;
    return i;
}

static void metrics_add(struct metrics_group *g, const struct result *r)
{
    g->documents[r->status]++;
    g->pages += (uint64_t)(r->pages - r->pages_failed);
    g->bytes += r->item.bytes;
    g->seconds += r->lane_seconds;
}

static void metrics_add_cell(struct metrics_cell *c, const struct result *r)
{
    c->documents[r->status]++;
    c->pages += (uint64_t)(r->pages - r->pages_failed);
    c->pages_failed += (uint64_t)r->pages_failed;
}

static void metrics_add_latency(struct metrics_latency *l, double seconds)
{
    int i = 0;
    while (i < METRICS_BOUNDS && seconds > metrics_bounds[i])
        i++;
    l->buckets[i]++;
    l->count++;
    l->seconds += seconds;
}

static void metrics_add_gone(struct metrics *m, const struct result *r)
{
    pthread_mutex_lock(&m->lock);
    m->totals.gone += r->forgotten;
    /* It went after it had been counted. */
    if (r->item.error.kind != ERROR_GONE) {
        m->totals.admitted--;
        m->totals.admitted_bytes -= r->item.bytes;
    }
    pthread_mutex_unlock(&m->lock);
}

void metrics_finish(struct metrics *m, const struct result *r)
{
    struct metrics_snapshot *t = &m->totals;
    if (r->error.kind == ERROR_INTERRUPTED)
        return;
    if (r->error.kind == ERROR_GONE) {
        metrics_add_gone(m, r);
        return;
    }
    double latency = clock_now() - r->admitted;
    pthread_mutex_lock(&m->lock);
    m->bytes_live += r->pages ? r->item.bytes % (uint64_t)r->pages : r->item.bytes;
    metrics_add(&t->all, r);
    metrics_add(&t->tiers[r->tier], r);
    int type = metrics_type(t, r->format ? r->format : "none");
    metrics_add(&t->types[type].group, r);
    metrics_add_cell(&t->types[type].tiers[r->tier], r);
    if (r->status != STATUS_SKIPPED)
        metrics_add_latency(&t->latency[r->tier], latency);
    t->pages_failed += (uint64_t)r->pages_failed;
    t->text_bytes += r->text_bytes;
    t->documents_no_text += result_has_no_text(r);
    t->pages_no_text += (uint64_t)r->pages_no_text;
    t->documents_garbled += r->garbled;
    t->pages_garbled += (uint64_t)r->pages_garbled;
    for (int i = 0; i < READER_REASONS; i++)
        t->pages_declined[i] += (uint64_t)r->pages_declined[i];
    t->trouble += result_is_trouble(r);
    if (r->error.kind != ERROR_NONE)
        t->errors[r->error.kind]++;
    for (size_t i = 0; i < r->page_error_count; i++)
        t->errors[r->page_errors[i].error.kind]++;
    pthread_mutex_unlock(&m->lock);
}

void metrics_read(struct metrics *m, struct metrics_snapshot *s)
{
    pthread_mutex_lock(&m->lock);
    if (m->totals.lanes_active > 0)
        metrics_advance(m);
    *s = m->totals;
    pthread_mutex_unlock(&m->lock);
    s->wall_seconds = clock_now() - m->started;
    s->pages_live = atomic_load_explicit(&m->pages_live, memory_order_relaxed);
    s->bytes_live = m->bytes_live;
    s->not_reached = s->admitted;
    for (int i = 0; i < STATUSES; i++)
        s->not_reached -= s->all.documents[i];
}

int metrics_lanes_idle(const struct metrics_snapshot *s)
{
    int idle = s->lanes_wanted - s->lanes_active;
    return idle > 0 ? idle : 0;
}

int metrics_lanes_parked(const struct metrics_snapshot *s)
{
    int most = s->lanes_wanted > s->lanes_active ? s->lanes_wanted : s->lanes_active;
    return s->lanes > most ? s->lanes - most : 0;
}

void metrics_destroy(struct metrics *m)
{
    if (!m)
        return;
    pthread_mutex_destroy(&m->lock);
    free(m);
}
