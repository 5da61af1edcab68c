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
#include "base/clock.h"
#include "base/diag.h"
#include "base/limits.h"
#include "sched/ahead.h"
#include "sched/extract.h"
#include "sched/ready.h"
#include "sched/sched.h"

/* Documents that wait at most: enough to find the long ones early. */
#define SCHED_AHEAD 256
#define SCHED_AHEAD_PER_LANE 16
/* Documents that may wait for a permit beside them, so that a list that
 * begins with a thousand EPUBs does not leave lanes idle. */
#define SCHED_PARKED_MOST 1024
/* Ranges of a document that the lanes may be ahead of its first unfinished
 * one. */
#define SCHED_WINDOW 4

struct sched_lane {
    struct lane *lane; /* NULL: not needed so far */
    /* A long document that it has open and comes back to; or NULL. One at
     * most, so that those at work are hardly more than there are lanes. */
    struct task *held;
};

struct sched {
    struct sched_config config;
    struct writer *writer;
    struct metrics *metrics;
    struct sched_lane *lanes; /* by OpenMP thread */
    struct ahead ahead;
    atomic_bool stopping, aborting;

    pthread_mutex_t lock; /* all below */
    pthread_cond_t moved; /* room in the ready queue, or all done */
    struct gate gate;
    struct ready ready;
    int hands;      /* OpenMP tasks sent out */
    int hands_most; /* as many as can run at once */
    int at_work; /* tasks taken from the ready queue and not ended */
    int wake_at; /* the producer sleeps until so few documents wait; -1: it
                    does not */
};

static void sched_hand(struct sched *s);

struct sched *sched_create(const struct sched_config *config,
                           struct writer *writer, struct metrics *metrics)
{
    struct sched *s = xcalloc(1, sizeof *s);
    s->config = *config;
    s->writer = writer;
    s->metrics = metrics;
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->moved, NULL);
    gate_init(&s->gate, config->lanes, config->permits);
    ready_init(&s->ready, &s->gate);
    s->hands_most = config->lanes;
    s->wake_at = -1;
    return s;
}

/* Something moved that the producer may sleep for; IDLE: a lane finds nothing to
 * do. Under the lock. */
static void sched_wake(struct sched *s, bool idle)
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

/* Sends out a hand when there is work for one more. */
static void sched_send_hand(struct sched *s)
{
    pthread_mutex_lock(&s->lock);
    bool send = s->hands < s->hands_most && ready_is_startable(&s->ready);
    s->hands += send;
    pthread_mutex_unlock(&s->lock);
    if (send) {
/* In a team of one the producer is the only hand, at once. */
#pragma omp task firstprivate(s) if (omp_get_num_threads() > 1)
        sched_hand(s);
    }
}

/* Extracts the pages of RANGE. False: the output takes no more. */
static bool sched_extract(struct sched *s, struct sched_lane *l, struct task *t,
                          struct range *range)
{
    struct extract x = {
        .lane = l->lane,
        .task = t,
        .range = range,
        .pages = s->config.pages,
        .retries = s->config.retries,
        .metrics = s->metrics,
        .abort = &s->aborting,
    };
    double start = clock_now();
    bool whole = extract(&x);
    timeline_add(s->config.timeline, omp_get_thread_num(), start, t->result,
                 pages_at(s->config.pages, range->first), range->count);
    bool good = merge_finish(&t->merge, range) == 0 && !s->aborting;
    pthread_mutex_lock(&s->lock);
    t->cut |= !whole;
    t->given_up |= !good;
    pthread_mutex_unlock(&s->lock);
    return good;
}

static void sched_conclude(struct sched *s, struct task *t)
{
    bool permit = t->has_permit;
    struct result *r = task_conclude(t);
    writer_end(s->writer, r);
    pthread_mutex_lock(&s->lock);
    if (permit)
        gate_return_permit(&s->gate);
    s->at_work--;
    t->concluded = true;
    bool last = t->holders == 0;
    sched_wake(s, false);
    pthread_mutex_unlock(&s->lock);
    if (last)
        task_destroy(t);
}

/* The lane closes T, which ends with the last one that does. */
static void sched_release(struct sched *s, struct sched_lane *l, struct task *t)
{
    lane_close(l->lane, t->document.id);
    if (l->held == t)
        l->held = NULL;
    pthread_mutex_lock(&s->lock);
    bool last = --t->holders == 0 && t->concluded;
    pthread_mutex_unlock(&s->lock);
    if (last)
        task_destroy(t);
}

static int sched_not_reached(struct error *e)
{
    return error_set(e, ERROR_INTERRUPTED, "not reached: the run was stopped");
}

/* Whether R, which has its hash now, is done, be it that it cannot be read. */
static bool sched_is_known(struct sched *s, struct result *r)
{
    return r->sha256[0] && s->config.is_done && r->error.kind != ERROR_FILTERED &&
           r->error.kind != ERROR_INTERRUPTED &&
           s->config.is_done(s->config.is_done_ctx, r);
}

enum sched_begun { SCHED_OPEN, SCHED_OVER, SCHED_PARKED, SCHED_DEFERRED };

/* Detects and opens a new document. */
static enum sched_begun sched_begin(struct sched *s, struct sched_lane *l,
                                    struct task *t)
{
    enum sched_begun begun = SCHED_OVER;
    ahead_give_back(&s->ahead, t->ahead);
    t->ahead = 0;
    if (s->stopping)
        sched_not_reached(&t->result->error);
    else if (task_detect(t, s->config.types, s->config.type_count,
                         s->config.retries) == 0)
        begun = SCHED_OPEN;
    /* Of what is skipped and of what is no document too. */
    if (s->config.hash && task_hash(t, &s->stopping, s->config.retries) != 0)
        begun = SCHED_OVER;
    if (sched_is_known(s, t->result))
        begun = SCHED_OVER;
    if (begun == SCHED_OPEN && t->needs_permit && !t->has_permit) {
        pthread_mutex_lock(&s->lock);
        t->has_permit = gate_try_permit(&s->gate);
        pthread_mutex_unlock(&s->lock);
        if (!t->has_permit) {
            task_close(t);
            return SCHED_PARKED;
        }
    }
    t->document.password = s->config.password;
    t->document.options = s->config.options;
    t->budget.limit = s->config.timeout;
    unsigned window = SCHED_WINDOW * (unsigned)s->config.lanes;
    if (begun == SCHED_OPEN &&
        task_open(t, l->lane, &s->config.limits, s->config.pages, s->writer,
                  window, s->config.retries) != 0)
        begun = SCHED_OVER;
    if (begun == SCHED_OVER) {
        pthread_mutex_lock(&s->lock);
        t->given_up = true;
        pthread_mutex_unlock(&s->lock);
    }
    return begun;
}

/* Works on T, range by range: on a document of its own to the end, on a
 * large one for one range, since the mix decides what is next. */
static void sched_work(struct sched *s, struct sched_lane *l, struct task *t)
{
    bool more = true;
    while (more) {
        pthread_mutex_lock(&s->lock);
        t->given_up |= s->aborting;
        struct range *range =
            task_has_range(t)
                ? task_claim(t, s->config.split_pages, s->config.lanes)
                : NULL;
        bool stays = !t->shared || t->class != GATE_HEAVY;
        pthread_mutex_unlock(&s->lock);
        if (!range)
            return;
        sched_send_hand(s); /* another lane may want the next range */
        more = sched_extract(s, l, t, range) && stays;
    }
}

/* The lane has a long document to come back to, with pages left. */
static bool sched_is_taken(const struct sched_lane *l)
{
    return l->held && !l->held->given_up && l->held->claimed < l->held->total;
}

/* T is open: its pages may have put it in a higher tier, and other lanes may
 * help. A lane that has a long document keeps to it: what turns out long too
 * waits with its like, or all of a list of long ones would be at work at once,
 * each with an open file and the text that waits for its turn. */
static enum sched_begun sched_opened(struct sched *s, struct sched_lane *l,
                                     struct task *t)
{
    enum sched_begun begun = SCHED_OPEN;
    pthread_mutex_lock(&s->lock);
    enum gate_class class = gate_class_of(t->result->tier);
    bool splits = t->document.format->flags & FORMAT_SPLITS;
    if (splits && class == GATE_HEAVY && t->class != class && sched_is_taken(l)) {
        begun = SCHED_DEFERRED;
    } else {
        gate_move(&s->gate, t->class, class);
        t->class = class;
    }
    pthread_mutex_unlock(&s->lock);
    if (begun == SCHED_DEFERRED) {
        lane_close(l->lane, t->document.id);
        task_close(t);
        return begun;
    }
    if (!splits)
        return begun;
    if (s->config.journals && class == GATE_HEAVY)
        task_recover(t, s->config.journals);
    pthread_mutex_lock(&s->lock);
    ready_share(&s->ready, t);
    pthread_mutex_unlock(&s->lock);
    return begun;
}

/* T waits for its permit, or for a lane that has no other long document. */
static void sched_put_back(struct sched *s, struct task *t, enum sched_begun begun)
{
    s->at_work--;
    t->holders--;
    if (begun == SCHED_PARKED) {
        ready_park(&s->ready, t);
    } else {
        t->class = gate_class_of(t->result->tier);
        ready_push(&s->ready, t);
    }
}

/* The lane leaves T, which may be over, or have to wait. */
static void sched_leave(struct sched *s, struct sched_lane *l, struct task *t,
                        enum sched_begun begun, double seconds)
{
    pthread_mutex_lock(&s->lock);
    gate_leave(&s->gate, t->class);
    t->lanes--;
    t->result->lane_seconds += seconds;
    if (begun == SCHED_PARKED || begun == SCHED_DEFERRED) {
        sched_put_back(s, t, begun);
        pthread_mutex_unlock(&s->lock);
        return;
    }
    bool no_more = t->given_up || t->claimed == t->total;
    if (no_more)
        ready_unshare(&s->ready, t);
    bool over = no_more && t->lanes == 0;
    bool returns = !no_more && t->class == GATE_HEAVY;
    pthread_mutex_unlock(&s->lock);
    if (!returns) {
        sched_release(s, l, t);
    } else if (l->held != t) {
        if (l->held)
            sched_release(s, l, l->held);
        l->held = t;
    }
    if (over)
        sched_conclude(s, t);
}

/* Takes T one step further in this lane, as the gate let it in. */
static void sched_step(struct sched *s, struct sched_lane *l, struct task *t)
{
    double start = clock_now();
    metrics_lane_busy(s->metrics);
    enum sched_begun begun = SCHED_OPEN;
    if (!t->merging) {
        begun = sched_begin(s, l, t);
        timeline_add(s->config.timeline, omp_get_thread_num(), start, t->result, 0, 0);
        if (begun == SCHED_OPEN)
            begun = sched_opened(s, l, t);
    }
    if (begun == SCHED_OPEN)
        sched_work(s, l, t);
    double seconds = clock_now() - start;
    metrics_lane_idle(s->metrics);
    sched_leave(s, l, t, begun, seconds);
}

/* Takes work while there is any that may start. */
static void sched_hand(struct sched *s)
{
    struct sched_lane *l = s->lanes + omp_get_thread_num();
    if (!l->lane)
        l->lane = s->config.lane_create(s->config.lane_ctx);
    for (;;) {
        enum gate_class class;
        pthread_mutex_lock(&s->lock);
        struct task *held = l->held;
        uint64_t own = held ? held->document.id : UINT64_MAX;
        struct task *t = ready_pick(&s->ready, own, &class);
        if (t) {
            gate_enter(&s->gate, class);
            t->lanes++;
            t->holders += t != held;
            s->at_work += !t->merging;
        } else {
            s->hands--;
        }
        /* Others have taken the last of its pages. */
        bool stale = held && (held->given_up || held->claimed == held->total);
        sched_wake(s, !t);
        pthread_mutex_unlock(&s->lock);
        if (stale)
            sched_release(s, l, held);
        if (!t)
            return;
        sched_send_hand(s);
        sched_step(s, l, t);
    }
}

/* Ends RESULT without a lane. */
static void sched_refuse(struct sched *s, struct result *r, const struct error *e)
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
        if (s->config.is_done && s->config.is_done(s->config.is_done_ctx, r)) {
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

int sched_run(struct sched *s, struct source *source, struct error *e)
{
    int rc = 0;
    omp_set_dynamic(0);
    s->lanes = xcalloc((size_t)s->config.lanes + 1, sizeof *s->lanes);
    /* The runtime ends the program when it does not get its threads. */
    int threads = limits_threads(s->config.lanes) + 1;
#pragma omp parallel num_threads(threads)
#pragma omp single
    {
        int others = omp_get_num_threads() - 1;
        s->hands_most = others > 0 ? others : 1;
        if (s->hands_most < s->config.lanes)
            diag_warning(NULL, "only %d of %d lanes can be had", s->hands_most,
                         s->config.lanes);
        rc = sched_produce(s, source, e);
    }
    for (int i = 0; i <= s->config.lanes; i++) {
        struct sched_lane *l = s->lanes + i;
        if (l->held)
            sched_release(s, l, l->held);
        lane_destroy(l->lane);
    }
    free(s->lanes);
    s->lanes = NULL;
    return rc;
}

void sched_stop(struct sched *s)
{
    s->stopping = true;
    writer_abandon(s->writer);
    pthread_mutex_lock(&s->lock);
    pthread_cond_broadcast(&s->moved);
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
    pthread_mutex_destroy(&s->lock);
    pthread_cond_destroy(&s->moved);
    free(s);
}
