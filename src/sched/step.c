/* SPDX-License-Identifier: GPL-3.0-or-later */
/* step.c - what a lane does with a document that it has taken: it begins it, works
 * on it, and leaves it. */
#include <config.h>

#include "base/clock.h"
#include "sched/extract.h"
#include "sched/gather.h"
#include "sched/step.h"

/* Ranges of a document that the lanes may be ahead of its first unfinished
 * one. */
#define STEP_WINDOW 4

/* What is wanted of T: of what is in an archive its members' pages. */
static const struct pages *step_pages(const struct sched *s, const struct task *t)
{
    return t->document.format->flags & FORMAT_ARCHIVE ? NULL : s->config.pages;
}

/* Extracts the pages of RANGE. False: the output takes no more. */
static bool step_extract(struct sched *s, struct sched_lane *l, struct task *t,
                         struct range *range)
{
    struct gather gather = { .sched = s, .lane = l, .task = t };
    struct extract x = {
        .gather = t->document.members ? &gather : NULL,
        .lane = l->lane,
        .task = t,
        .range = range,
        .pages = step_pages(s, t),
        .retries = s->config.retries,
        .metrics = s->metrics,
        .abort = &s->aborting,
    };
    double start = clock_now();
    bool whole = extract(&x);
    timeline_add(s->config.timeline, l->index, start, t->result,
                 pages_at(step_pages(s, t), range->first), range->count);
    bool good = merge_finish(&t->merge, range) == 0 && !s->aborting;
    pthread_mutex_lock(&s->lock);
    t->cut |= !whole;
    t->given_up |= !good;
    pthread_mutex_unlock(&s->lock);
    return good;
}

static void step_conclude(struct sched *s, struct task *t)
{
    bool permit = t->has_permit;
    struct result *r = task_conclude(t);
    writer_end(s->writer, r);
    pthread_mutex_lock(&s->lock);
    if (permit)
        gate_return_permit(&s->gate);
    s->at_work--;
    if (ration_finish(&s->ration, t->class))
        sched_share_memory(s);
    task_leave_nest(t);
    if (t->within)
        pthread_cond_broadcast(&s->over);
    t->concluded = true;
    bool last = t->holders == 0;
    sched_wake(s, false);
    pthread_mutex_unlock(&s->lock);
    if (last)
        task_destroy(t);
}

void step_release(struct sched *s, struct sched_lane *l, struct task *t)
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

/* Whether R, which has its hash now, is done, be it that it cannot be read. */
static bool step_is_known(struct sched *s, struct result *r)
{
    return r->sha256[0] && s->config.is_done && !r->item.fresh && r->error.kind != ERROR_FILTERED &&
           r->error.kind != ERROR_INTERRUPTED &&
           s->config.is_done(s->config.is_done_ctx, r);
}

/* Whether members of T are wanted; else, for an archive, there is nothing to do,
 * which its result says. */
static bool step_enters(const struct sched *s, struct task *t)
{
    const struct nest_limits *limits = &s->config.nest;
    int depth = t->within ? t->within->depth : 0;
    /* One that splits may have so many pages that it had better be. */
    unsigned flags = t->document.format->flags;
    bool whole = !(flags & FORMAT_SPLITS) || (flags & FORMAT_HOLDS) ||
                 (s->config.options && s->config.options->attachments);
    t->document.members = whole && limits->enter && depth < limits->depth;
    if (t->document.members || !(t->document.format->flags & FORMAT_ARCHIVE))
        return true;
    if (limits->enter)
        error_set(&t->result->error, ERROR_LIMIT,
                  "archives in archives are not entered beyond a depth of %d",
                  limits->depth);
    else
        error_set(&t->result->error, ERROR_UNSUPPORTED, "%s is not entered",
                  t->document.format->media_type);
    return false;
}

enum step_begun { STEP_OPEN, STEP_OVER, STEP_PARKED, STEP_DEFERRED };

/* Detects and opens a new document. */
static enum step_begun step_begin(struct sched *s, struct sched_lane *l,
                                  struct task *t)
{
    enum step_begun begun = STEP_OVER;
    ahead_give_back(&s->ahead, t->ahead);
    t->ahead = 0;
    if (s->stopping)
        sched_not_reached(&t->result->error);
    else if (task_detect(t, s->config.types, s->config.type_count,
                         s->config.retries) == 0)
        begun = STEP_OPEN;
    else if (s->config.vanishing && t->result->error.kind == ERROR_MISSING)
        error_set(&t->result->error, ERROR_GONE, "gone before it was read");
    /* Of what is skipped and of what is no document too. */
    if (s->config.hash && task_hash(t, &s->stopping, s->config.retries) != 0)
        begun = STEP_OVER;
    if (step_is_known(s, t->result))
        begun = STEP_OVER;
    if (begun == STEP_OPEN && !step_enters(s, t))
        begun = STEP_OVER;
    if (begun == STEP_OPEN && t->needs_permit && !t->has_permit) {
        pthread_mutex_lock(&s->lock);
        t->has_permit = gate_try_permit(&s->gate);
        pthread_mutex_unlock(&s->lock);
        if (!t->has_permit) {
            task_close(t);
            return STEP_PARKED;
        }
    }
    t->document.password = s->config.password;
    t->document.options = s->config.options;
    t->budget.limit = s->config.timeout;
    unsigned window = STEP_WINDOW * (unsigned)s->config.lanes;
    if (begun == STEP_OPEN &&
        task_open(t, l->lane, &s->config.limits, step_pages(s, t), s->writer,
                  window, s->config.retries) != 0)
        begun = STEP_OVER;
    if (begun == STEP_OVER) {
        pthread_mutex_lock(&s->lock);
        t->given_up = true;
        pthread_mutex_unlock(&s->lock);
    }
    return begun;
}

/* Works on T, range by range: on a document of its own to the end, on a
 * large one for one range, since the mix decides what is next. */
static void step_work(struct sched *s, struct sched_lane *l, struct task *t)
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
        more = step_extract(s, l, t, range) && stays;
    }
}

/* The lane has a long document to come back to, with pages left. */
static bool step_is_taken(const struct sched_lane *l)
{
    return l->held && !l->held->given_up && l->held->claimed < l->held->total;
}

/* T is open: its pages may have put it in a higher tier, and other lanes may
 * help. A lane that has a long document keeps to it: what turns out long too
 * waits with its like, or all of a list of long ones would be at work at once,
 * each with an open file and the text that waits for its turn; and so it does when
 * memory is short. */
static enum step_begun step_opened(struct sched *s, struct sched_lane *l,
                                   struct task *t)
{
    enum step_begun begun = STEP_OPEN;
    pthread_mutex_lock(&s->lock);
    enum gate_class class = gate_class_of(t->result->tier);
    bool splits = t->document.format->flags & FORMAT_SPLITS && !t->document.members;
    if (splits && class == GATE_HEAVY && t->class != class &&
        (step_is_taken(l) || gate_is_full(&s->gate))) {
        begun = STEP_DEFERRED;
    } else {
        gate_move(&s->gate, t->class, class);
        t->class = class;
    }
    pthread_mutex_unlock(&s->lock);
    if (begun == STEP_DEFERRED) {
        lane_close(l->lane, t->document.id);
        task_close(t);
        return begun;
    }
    if (!splits)
        return begun;
    /* A member has its bytes from its container alone, which is read anew. */
    if (s->config.journals && class == GATE_HEAVY && !t->within)
        task_recover(t, s->config.journals);
    pthread_mutex_lock(&s->lock);
    ready_share(&s->ready, t);
    pthread_mutex_unlock(&s->lock);
    return begun;
}

/* T waits for its permit, or for a lane that has no other long document. */
static void step_put_back(struct sched *s, struct task *t, enum step_begun begun)
{
    s->at_work--;
    t->holders--;
    if (begun == STEP_PARKED) {
        ready_park(&s->ready, t);
    } else {
        t->class = gate_class_of(t->result->tier);
        ready_push(&s->ready, t);
    }
}

/* Quick documents are alike, and a look takes 10 us. */
#define STEP_LOOK_EACH 32

/* Sees what memory the lane has come to need for T. */
static void step_weigh(struct sched *s, struct sched_lane *l, const struct task *t)
{
    if (t->class == GATE_QUICK && l->steps++ % STEP_LOOK_EACH != 0)
        return;
    uint64_t memory = lane_memory(l->lane);
    if (memory == 0)
        return;
    pthread_mutex_lock(&s->lock);
    ration_observe(&s->ration, t->class, memory);
    sched_share_memory(s);
    pthread_mutex_unlock(&s->lock);
}

/* The lane leaves T, which may be over, or have to wait. */
static void step_leave(struct sched *s, struct sched_lane *l, struct task *t,
                       enum step_begun begun, double seconds)
{
    pthread_mutex_lock(&s->lock);
    gate_leave(&s->gate, t->class);
    t->lanes--;
    t->result->lane_seconds += seconds;
    if (t->within)
        pthread_cond_broadcast(&s->over);
    if (begun == STEP_PARKED || begun == STEP_DEFERRED) {
        step_put_back(s, t, begun);
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
        step_release(s, l, t);
    } else if (l->held != t) {
        if (l->held)
            step_release(s, l, l->held);
        l->held = t;
    }
    if (over)
        step_conclude(s, t);
}

void step(struct sched *s, struct sched_lane *l, struct task *t)
{
    double start = clock_now();
    l->away = 0;
    metrics_lane_busy(s->metrics);
    enum step_begun begun = STEP_OPEN;
    if (!t->merging) {
        begun = step_begin(s, l, t);
        timeline_add(s->config.timeline, l->index, start, t->result, 0, 0);
        if (begun == STEP_OPEN)
            begun = step_opened(s, l, t);
    }
    if (begun == STEP_OPEN)
        step_work(s, l, t);
    double seconds = clock_now() - start - l->away;
    metrics_lane_idle(s->metrics);
    step_weigh(s, l, t);
    step_leave(s, l, t, begun, seconds);
}
