/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sched.c - THE one OpenMP region. Its `single` thread is the producer: it
 * reads the source, which may be a slow pipe, and is none of the lanes. The
 * ready queue decides what runs; OpenMP tasks, at most one a lane, are the
 * hands: each takes work from the ready queue until there is none that may
 * start, and ends; whoever makes work startable sends out hands again. So no
 * task ever blocks but on the writer's full queue, and their number stays far
 * below what the runtime would make the producer run inline (64 a thread in
 * libgomp). */
#include <config.h>

#include <limits.h>
#include <omp.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/diag.h"
#include "base/limits.h"
#include "sched/state.h"
#include "sched/step.h"

/* Documents that wait at most: enough to find the long ones early. */
#define SCHED_AHEAD 256
#define SCHED_AHEAD_PER_LANE 16
/* Documents that may wait for a permit beside them, so that a list that
 * begins with a thousand EPUBs does not leave lanes idle. */
#define SCHED_PARKED_MOST 1024

static void sched_hand(struct sched *s, struct sched_lane *l);

struct sched *sched_create(const struct sched_config *config,
                           struct writer *writer, struct metrics *metrics)
{
    struct sched *s = xcalloc(1, sizeof *s);
    s->config = *config;
    s->writer = writer;
    s->metrics = metrics;
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->moved, NULL);
    pthread_cond_init(&s->over, NULL);
    gate_init(&s->gate, config->lanes, config->permits);
    ready_init(&s->ready, &s->gate);
    ration_init(&s->ration);
    s->hands_able = config->lanes;
    s->hands_most = config->lanes_start > 0 ? config->lanes_start : config->lanes;
    gate_limit(&s->gate, s->hands_most, s->hands_most);
    s->wake_at = -1;
    return s;
}

int sched_not_reached(struct error *e)
{
    return error_set(e, ERROR_INTERRUPTED, "not reached: the run was stopped");
}

void sched_wake(struct sched *s, bool idle)
{
    if (s->wake_at >= 0 && (idle || ready_waiting(&s->ready) <= s->wake_at))
        pthread_cond_signal(&s->moved);
}

/* The producer sleeps until documents move and no more than AT of them wait, a
 * lane is idle, or the run is stopped. Under the lock. */
static void sched_sleep(struct sched *s, int at)
{
    s->wake_at = at;
    pthread_cond_wait(&s->moved, &s->lock);
    s->wake_at = -1;
}

void sched_share_memory(struct sched *s)
{
    gate_limit(&s->gate, s->hands_most, ration_heavy(&s->ration, s->hands_most));
}

/* A lane for one hand more, if there is work for it; NULL: none is to be sent out. It
 * is taken here, not when the hand begins, so that a governor sees it go. Under the
 * lock. */
static struct sched_lane *sched_take_lane(struct sched *s)
{
    if (s->hands >= s->hands_able || s->hands - s->resting >= s->hands_most ||
        s->free_count == 0 || !ready_is_startable(&s->ready))
        return NULL;
    struct sched_lane *l = s->free[--s->free_count];
    l->rested = false;
    s->hands++;
    return l;
}

void sched_send_hand(struct sched *s)
{
    pthread_mutex_lock(&s->lock);
    struct sched_lane *l = sched_take_lane(s);
    pthread_mutex_unlock(&s->lock);
    if (l) {
/* In a team of one the producer is the only hand, at once. */
#pragma omp task firstprivate(s, l) if (omp_get_num_threads() > 1)
        sched_hand(s, l);
    }
}

/* L has no hand any more. Under the lock. */
static void sched_return_lane(struct sched *s, struct sched_lane *l)
{
    int at = s->free_count++;
    /* Who has no worker comes last. */
    for (; l->rested && at > 0; at--)
        s->free[at] = s->free[at - 1];
    s->free[at] = l;
}

/* L and those within it give back what they have. It has no hand, and is not to be
 * had. */
static void sched_rest_lane(struct sched *s, struct sched_lane *l)
{
    for (; l; l = l->inner) {
        if (l->held)
            step_release(s, l, l->held);
        if (l->lane)
            lane_rest(l->lane);
    }
}

/* The hand of L, which counts as resting, is one too many and ends. */
static void sched_end_hand(struct sched *s, struct sched_lane *l)
{
    sched_rest_lane(s, l);
    pthread_mutex_lock(&s->lock);
    l->rested = true;
    s->hands--;
    s->resting--;
    sched_return_lane(s, l);
    sched_wake(s, true);
    pthread_mutex_unlock(&s->lock);
    /* For what has come meanwhile and found all hands taken. */
    sched_send_hand(s);
}

/* Takes work while there is any that may start. */
static void sched_hand(struct sched *s, struct sched_lane *l)
{
    if (!l->lane)
        l->lane = s->config.lane_create(s->config.lane_ctx);
    for (;;) {
        enum gate_class class;
        pthread_mutex_lock(&s->lock);
        struct task *held = l->held;
        uint64_t own = held ? held->document.id : UINT64_MAX;
        bool rest = s->hands - s->resting > s->hands_most;
        struct task *t = rest ? NULL : ready_pick(&s->ready, own, &class);
        /* Others have taken the last of its pages. */
        bool stale = held && (held->given_up || held->claimed == held->total);
        if (t) {
            gate_enter(&s->gate, class);
            t->lanes++;
            t->holders += t != held;
            s->at_work += !t->merging;
            sched_wake(s, false);
        } else if (rest) {
            s->resting++;
        } else if (!stale) {
            s->hands--;
            sched_return_lane(s, l);
            sched_wake(s, true);
        }
        pthread_mutex_unlock(&s->lock);
        if (rest) {
            sched_end_hand(s, l);
            return;
        }
        if (stale)
            step_release(s, l, held); /* and looks again, if there was nothing */
        else if (!t)
            return;
        if (!t)
            continue;
        sched_send_hand(s);
        step(s, l, t);
    }
}

/* Ends RESULT without a lane. */
void sched_refuse(struct sched *s, struct result *r, const struct error *e)
{
    if (e != &r->error)
        r->error = *e;
    result_conclude(r);
    writer_end(s->writer, r);
}

/* After a stop: what waits is not begun, but gets its result, since output in
 * input order counts on one for each item. */
static void sched_drain(struct sched *s)
{
    for (;;) {
        pthread_mutex_lock(&s->lock);
        struct task *t = ready_drain(&s->ready);
        pthread_mutex_unlock(&s->lock);
        if (!t)
            return;
        sched_not_reached(&t->result->error);
        writer_end(s->writer, task_conclude(t));
        pthread_mutex_lock(&s->lock);
        task_leave_nest(t);
        pthread_mutex_unlock(&s->lock);
        task_destroy(t);
    }
}

/* Waits for room in the look-ahead, once it is full for a quarter of it: to wake
 * for each document cost 4 % of a run of tiny ones. False: the run is being
 * stopped. */
static bool sched_wait_room(struct sched *s)
{
    int ahead = SCHED_AHEAD + SCHED_AHEAD_PER_LANE * s->config.lanes;
    pthread_mutex_lock(&s->lock);
    for (;;) {
        bool parked = s->ready.parked.count >= SCHED_PARKED_MOST;
        if (s->stopping || (!parked && ready_waiting(&s->ready) < ahead))
            break;
        sched_sleep(s, parked ? INT_MAX : ahead - ahead / 4);
        /* It may have been woken since more lanes are wanted. */
        pthread_mutex_unlock(&s->lock);
        sched_send_hand(s);
        pthread_mutex_lock(&s->lock);
    }
    pthread_mutex_unlock(&s->lock);
    return !s->stopping;
}

static void sched_wait_end(struct sched *s)
{
    for (bool over = false; !over;) {
        if (s->stopping)
            sched_drain(s);
        pthread_mutex_lock(&s->lock);
        bool waiting = s->ready.parked.count > 0 || ready_waiting(&s->ready) > 0;
        over = !s->at_work && !s->hands && !waiting;
        /* A stop that came after the drain has had its signal. */
        if (!over && !(waiting && s->stopping))
            sched_sleep(s, INT_MAX);
        pthread_mutex_unlock(&s->lock);
        if (!over)
            sched_send_hand(s);
    }
}

/* What comes now has to wait for others. */
static bool sched_is_busy(struct sched *s)
{
    pthread_mutex_lock(&s->lock);
    bool busy = ready_waiting(&s->ready) > 0;
    pthread_mutex_unlock(&s->lock);
    return busy;
}

/* The producer: turns items into tasks until the source ends. */
static int sched_produce(struct sched *s, struct source *source, struct error *e)
{
    struct item item;
    int rc = 0;
    while (sched_wait_room(s) && (rc = source_next(source, &item, e)) > 0) {
        struct result *r = result_create(&item);
        metrics_admit(s->metrics, &r->item);
        if (writer_admit(s->writer, r) != 0) {
            struct error why = { 0 };
            sched_not_reached(&why);
            sched_refuse(s, r, &why);
            break;
        }
        if (r->item.error.kind != ERROR_NONE) {
            sched_refuse(s, r, &r->item.error);
            continue;
        }
        if (s->config.is_done && !r->item.fresh &&
            s->config.is_done(s->config.is_done_ctx, r)) {
            sched_refuse(s, r, &r->error);
            continue;
        }
        struct task *t = task_create(r, &s->config.limits);
        if (sched_is_busy(s))
            t->ahead = ahead_ask(&s->ahead, t->path, r->item.bytes);
        pthread_mutex_lock(&s->lock);
        ready_push(&s->ready, t);
        pthread_mutex_unlock(&s->lock);
        sched_send_hand(s);
    }
    sched_wait_end(s);
    return rc < 0 ? -1 : 0;
}

/* And those beneath it, of which the last has no more to hold. */
static void sched_clear_lane(struct sched *s, struct sched_lane *l)
{
    if (l->held)
        step_release(s, l, l->held);
    lane_destroy(l->lane);
    if (l->inner)
        sched_clear_lane(s, l->inner);
    free(l->inner);
}

static void sched_create_lanes(struct sched *s)
{
    pthread_mutex_lock(&s->lock);
    s->lanes = xcalloc((size_t)s->config.lanes, sizeof *s->lanes);
    s->free = xcalloc((size_t)s->config.lanes, sizeof *s->free);
    for (int i = s->config.lanes; i-- > 0;) {
        s->lanes[i] = (struct sched_lane){ .index = i, .rested = true };
        s->free[s->free_count++] = &s->lanes[i];
    }
    pthread_mutex_unlock(&s->lock);
}

/* A lane without a hand, of those that have something to give back, beyond what hands
 * may need at once; or NULL: there is none. It is not to be had until it is returned.
 * Under the lock. */
static struct sched_lane *sched_take_idle(struct sched *s)
{
    int needed = s->hands_most - (s->hands - s->resting);
    for (int i = s->free_count - (needed > 0 ? needed : 0); i-- > 0;) {
        struct sched_lane *l = s->free[i];
        if (l->rested)
            continue;
        s->free_count--;
        for (; i < s->free_count; i++)
            s->free[i] = s->free[i + 1];
        return l;
    }
    return NULL;
}

void sched_set_lanes(struct sched *s, int lanes, uint64_t budget)
{
    struct sched_lane *l;
    pthread_mutex_lock(&s->lock);
    s->hands_most = lanes < s->config.lanes ? lanes : s->config.lanes;
    s->ration.budget = budget;
    sched_share_memory(s);
    pthread_cond_signal(&s->moved);
    while ((l = sched_take_idle(s))) {
        pthread_mutex_unlock(&s->lock);
        sched_rest_lane(s, l);
        pthread_mutex_lock(&s->lock);
        l->rested = true;
        sched_return_lane(s, l);
        pthread_cond_signal(&s->moved);
    }
    pthread_mutex_unlock(&s->lock);
}

void sched_look(struct sched *s, struct sched_glance *glance)
{
    pthread_mutex_lock(&s->lock);
    *glance = (struct sched_glance){
        .lanes = s->hands_most,
        .at_work = s->hands - s->resting,
        .waiting = ready_waiting(&s->ready),
        .parked = s->ready.parked.count,
    };
    pthread_mutex_unlock(&s->lock);
}

static void sched_destroy_lanes(struct sched *s)
{
    pthread_mutex_lock(&s->lock);
    /* One may be resting, at the word of a governor. */
    while (s->free_count < s->config.lanes)
        pthread_cond_wait(&s->moved, &s->lock);
    struct sched_lane *lanes = s->lanes;
    s->lanes = NULL;
    s->free_count = 0; /* a governor finds none to rest */
    pthread_mutex_unlock(&s->lock);
    for (int i = 0; i < s->config.lanes; i++)
        sched_clear_lane(s, lanes + i);
    free(lanes);
}

/* On machines with few CPUs a team has a thread more than these, if need be one that
 * never has work: only then does the runtime (libgomp) not let those that wait spin for
 * 4 ms, on the CPU that the others need. */
#define SCHED_FEW_CPUS 8

/* How many threads: each lane's, and the producer's. */
static int sched_threads(const struct sched *s)
{
    int threads = limits_threads(s->config.lanes) + 1, cpus = omp_get_num_procs();
    bool spins = threads > 1 && threads <= cpus && cpus <= SCHED_FEW_CPUS;
    /* The runtime ends the program when it does not get its threads. */
    return spins ? limits_threads(cpus) + 1 : threads;
}

int sched_run(struct sched *s, struct source *source, struct error *e)
{
    int rc = 0;
    omp_set_dynamic(0);
    sched_create_lanes(s);
    int threads = sched_threads(s);
#pragma omp parallel num_threads(threads)
#pragma omp single
    {
        int others = omp_get_num_threads() - 1;
        s->hands_able = others > 0 ? others : 1;
        if (s->hands_able < s->config.lanes)
            diag_warning(NULL, "only %d of %d lanes can be had", s->hands_able,
                         s->config.lanes);
        rc = sched_produce(s, source, e);
    }
    sched_destroy_lanes(s);
    return rc;
}

void sched_stop(struct sched *s)
{
    s->stopping = true;
    writer_abandon(s->writer);
    pthread_mutex_lock(&s->lock);
    pthread_cond_broadcast(&s->moved);
    pthread_cond_broadcast(&s->over);
    pthread_mutex_unlock(&s->lock);
}

void sched_abort(struct sched *s)
{
    s->aborting = true;
    sched_stop(s);
}

void sched_destroy(struct sched *s)
{
    if (!s)
        return;
    ready_clear(&s->ready);
    free(s->free);
    pthread_mutex_destroy(&s->lock);
    pthread_cond_destroy(&s->moved);
    pthread_cond_destroy(&s->over);
    free(s);
}
