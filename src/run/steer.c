/* SPDX-License-Identifier: GPL-3.0-or-later */
/* steer.c - what the governor is told, and what is done with what it says. */
#include <config.h>

#include "run/steer.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/diag.h"
#include "base/machine.h"

#define STEER_SECONDS 1

struct steer {
    struct machine *machine;
    struct governor *governor;
    struct worker_pool *pool;
    uint64_t reserve;
    int most, lanes;
    struct machine_sample first; /* look */
    struct sched *sched;
    struct metrics *metrics;
    bool running; /* there is a thread */
    pthread_t thread;
    pthread_mutex_t lock; /* of: */
    pthread_cond_t ended;
    bool stopping;
};

static void steer_look(struct steer *st, struct roster_use *use, struct machine_sample *s)
{
    roster_read(st->pool->roster, use);
    machine_look(st->machine, clock_now(), clock_cpu() + use->cpu, s);
}

struct steer *steer_create(const struct governor_config *config,
                           struct worker_pool *pool)
{
    struct steer *st = xcalloc(1, sizeof *st);
    struct governor_config own = *config;
    struct governor_work work = { 0 };
    struct roster_use use;
    pthread_condattr_t attr;

    st->machine = machine_create("");
    st->pool = pool;
    st->most = config->maximum;
    steer_look(st, &use, &st->first);
    if (own.reserve == 0)
        own.reserve = governor_reserve(st->first.memory_total);
    st->reserve = own.reserve;
    st->governor = governor_create(&own);
    st->lanes = governor_step(st->governor, &st->first, &work).lanes;
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(&st->ended, &attr);
    pthread_condattr_destroy(&attr);
    pthread_mutex_init(&st->lock, NULL);
    return st;
}

int steer_lanes(const struct steer *st)
{
    return st->lanes;
}

/* Documents that failed for want of memory, time or a device, which fewer at once might
 * not have. */
static uint64_t steer_strained(const struct metrics_snapshot *m)
{
    static const enum error_kind kinds[] = { ERROR_MEMORY, ERROR_OOM, ERROR_TIMEOUT,
                                             ERROR_KILLED, ERROR_IO };
    uint64_t sum = 0;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        sum += m->errors[kinds[i]];
    return sum;
}

static struct governor_work steer_work(struct steer *st, const struct roster_use *use)
{
    struct metrics_snapshot m;
    struct sched_glance glance;
    uint64_t documents = 0;

    metrics_read(st->metrics, &m);
    sched_look(st->sched, &glance);
    for (int i = 0; i < STATUSES; i++)
        documents += m.all.documents[i];
    return (struct governor_work){
        .active = glance.at_work,
        .waiting = glance.waiting > 0 && glance.at_work >= glance.lanes,
        .memory = use->largest,
        .documents = documents,
        .strained = steer_strained(&m),
    };
}

/* Bytes that all lanes together may have: what they have, and what is free but for the
 * reserve. */
static uint64_t steer_budget(const struct steer *st, uint64_t available, uint64_t memory)
{
    if (available == UINT64_MAX)
        return UINT64_MAX;
    uint64_t all = available + memory;
    return all > st->reserve ? all - st->reserve : 0;
}

static void steer_say(const struct steer *st, const struct governor_decision *d,
                      const struct machine_sample *s)
{
    if (diag_level() < DIAG_VERBOSE)
        return;
    diag_note(NULL, "%d of %d lanes at work: %s (CPUs %.1f of %.1f busy, %.1f with others; "
              "%llu MiB of memory free; pressure %.0f %% CPU, %.0f %% memory)",
              d->lanes, st->most, governor_reason_text(d->reason), s->busy, s->cpus,
              s->busy - s->own, (unsigned long long)(s->memory_available >> 20),
              100 * s->cpu_pressure, 100 * s->memory_pressure);
}

static void steer_once(struct steer *st)
{
    struct roster_use use;
    struct machine_sample sample;
    steer_look(st, &use, &sample);
    metrics_set_machine(st->metrics, &sample, &use);
    struct governor_work work = steer_work(st, &use);
    struct governor_decision d = governor_step(st->governor, &sample, &work);
    st->lanes = d.lanes;
    sched_set_lanes(st->sched, d.lanes,
                    steer_budget(st, sample.memory_available, use.memory));
    if (d.reason != GOVERNOR_NONE) {
        metrics_set_lanes(st->metrics, d.lanes, d.reason);
        steer_say(st, &d, &sample);
    }
}

/* Waits for the next second. False: the run is over. */
static bool steer_wait(struct steer *st)
{
    struct timespec until;
    int rc = 0;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += STEER_SECONDS;
    pthread_mutex_lock(&st->lock);
    while (!st->stopping && rc == 0)
        rc = pthread_cond_timedwait(&st->ended, &st->lock, &until);
    bool more = !st->stopping;
    pthread_mutex_unlock(&st->lock);
    return more;
}

static void *steer_main(void *ctx)
{
    struct steer *st = ctx;
    while (steer_wait(st))
        steer_once(st);
    return NULL;
}

void steer_start(struct steer *st, struct sched *sched, struct metrics *metrics)
{
    const struct roster_use none = { 0 };
    st->sched = sched;
    st->metrics = metrics;
    metrics_set_machine(metrics, &st->first, &none);
    metrics_set_lanes(metrics, st->lanes, GOVERNOR_START);
    sched_set_lanes(sched, st->lanes, steer_budget(st, st->first.memory_available, 0));
    if (st->lanes < st->most && diag_level() >= DIAG_VERBOSE)
        diag_note(NULL, "%d of %d lanes at work: %s", st->lanes, st->most,
                  governor_reason_text(GOVERNOR_START));
    int errnum = pthread_create(&st->thread, NULL, steer_main, st);
    st->running = errnum == 0;
    if (errnum != 0)
        diag_warning(NULL, "the number of lanes stays at %d: no thread to look after it: %s",
                     st->lanes, strerror(errnum));
}

void steer_stop(struct steer *st)
{
    if (!st)
        return;
    if (st->running) {
        pthread_mutex_lock(&st->lock);
        st->stopping = true;
        pthread_cond_signal(&st->ended);
        pthread_mutex_unlock(&st->lock);
        pthread_join(st->thread, NULL);
    }
    pthread_cond_destroy(&st->ended);
    pthread_mutex_destroy(&st->lock);
    governor_destroy(st->governor);
    machine_destroy(st->machine);
    free(st);
}
