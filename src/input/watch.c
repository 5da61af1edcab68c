/* SPDX-License-Identifier: GPL-3.0-or-later */
/* watch.c - events go into a table of what waits (pending); what is due there goes
 * first, then what walks find (rounds). */
#include <config.h>

#include "input/watch.h"

#include <errno.h>
#include <math.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/diag.h"
#include "base/machine.h"
#include "input/pending.h"
#include "input/rounds.h"

/* Whole paths that are taken up at once, without waiting for quiet. */
#define WATCH_BATCH 50
/* Seconds between signs of life, and between looks at the memory. */
#define WATCH_ALIVE_SECONDS 5
#define WATCH_MEMORY_SECONDS 1

struct watch {
    struct watch_config config;
    struct filter critical, batch;
    int wake; /* an eventfd: there is something new; -1: none */
    atomic_bool flush;
    pthread_mutex_t lock; /* of: */
    struct pending *pending;
    bool sleeps; /* watch_next waits, and is to be woken */
    /* All below is the thread's of watch_next. */
    struct rounds *rounds; /* NULL: it has not begun */
    uint64_t sweeps; /* of the rounds, of which what is at work knows */
    bool walked;  /* what was there at the start was told of as done */
    bool busy;    /* there was work since the last notice */
    bool tight;   /* memory is short */
    double look_at_memory, alive_at;
    struct machine *machine;
    uint64_t ordinal;
    struct watch_counts counts;
};

struct watch *watch_create(const struct watch_config *config)
{
    struct watch *w = xcalloc(1, sizeof *w);
    struct pending_config pending = {
        .debounce = config->debounce,
        .batch = config->debounce > 0 ? WATCH_BATCH : 1,
    };
    w->config = *config;
    w->critical = (struct filter){ .includes = config->critical,
                                   .include_count = config->critical_count };
    w->batch = (struct filter){ .includes = config->batch,
                                .include_count = config->batch_count };
    w->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    pthread_mutex_init(&w->lock, NULL);
    w->pending = pending_create(&pending);
    w->machine = machine_create("");
    return w;
}

static enum item_priority watch_priority(const struct watch *w, const char *path)
{
    if (w->config.critical_count && filter_takes(&w->critical, path))
        return ITEM_CRITICAL;
    return w->config.batch_count && filter_takes(&w->batch, path) ? ITEM_BATCH
                                                                  : ITEM_NORMAL;
}

static void watch_tell(struct watch *w, enum watch_notice notice)
{
    if (w->config.notice)
        w->config.notice(w->config.ctx, notice);
}

/* Whether ITEM was written so lately that somebody may be at it. */
static bool watch_is_new(const struct item *item)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    double age = (double)now.tv_sec + (double)now.tv_nsec / 1e9 -
                 (double)item->mtime_ns / 1e9;
    return item->error.kind == ERROR_NONE && fabs(age) < PENDING_STABLE;
}

/* ITEM goes out, unless its path is at work, or waits. */
static bool watch_begin(struct watch *w, struct item *item, double now)
{
    pthread_mutex_lock(&w->lock);
    bool begun = pending_begin(w->pending, item->path, w->ordinal, item->fresh,
                               item->priority, now);
    pthread_mutex_unlock(&w->lock);
    if (begun)
        item->ordinal = item->origin = w->ordinal++;
    w->busy |= begun;
    return begun;
}

/* The same for one that a walk has found. */
static bool watch_begin_found(struct watch *w, struct item *item, double now)
{
    item->priority = watch_priority(w, item->path);
    if (item->fresh)
        return watch_begin(w, item, now);
    pthread_mutex_lock(&w->lock);
    bool held = pending_has(w->pending, item->path) ||
                (watch_is_new(item) && pending_note(w->pending, item->path, PENDING_FOUND,
                                                    item->priority, now) != PENDING_FULL);
    pthread_mutex_unlock(&w->lock);
    return !held && watch_begin(w, item, now);
}

static bool watch_take_walked(struct watch *w, struct item *item, double now)
{
    if (rounds_sweeps(w->rounds) != w->sweeps) {
        w->sweeps = rounds_sweeps(w->rounds);
        pthread_mutex_lock(&w->lock);
        pending_doubt(w->pending, now);
        pthread_mutex_unlock(&w->lock);
    }
    if (!rounds_next(w->rounds, item, now))
        return false;
    if (watch_begin_found(w, item, now))
        return true;
    item_clear(item);
    return false;
}

/* --- events --- */

static void watch_note(struct watch *w, const char *path, enum pending_change change,
                       double now)
{
    enum item_priority priority = watch_priority(w, path);
    pthread_mutex_lock(&w->lock);
    enum pending_noted noted = pending_note(w->pending, path, change, priority, now);
    pthread_mutex_unlock(&w->lock);
    w->counts.merged += noted == PENDING_MERGED;
    if (noted == PENDING_FULL) {
        w->counts.overflows++;
        rounds_want(w->rounds);
    }
}

/* Something was removed. What only waited needs no work any more. */
static void watch_note_gone(struct watch *w, const char *path, bool folder, double now)
{
    if (w->config.prunes) {
        if (folder) {
            pthread_mutex_lock(&w->lock);
            pending_gone_below(w->pending, path, now);
            pthread_mutex_unlock(&w->lock);
        }
        watch_note(w, path, PENDING_GONE, now);
    } else if (!folder) {
        pthread_mutex_lock(&w->lock);
        pending_forget(w->pending, path);
        pthread_mutex_unlock(&w->lock);
    }
}

static void watch_note_folder(struct watch *w, const char *path)
{
    struct item item;
    enum walk_kind kind = rounds_look(w->rounds, path, &item);
    if (kind == WALK_FOLDER)
        rounds_add(w->rounds, path);
    else if (kind == WALK_ITEM)
        item_clear(&item); /* it is none any more, which another event tells */
}

static void watch_handle(struct watch *w, const struct changes_event *event, double now)
{
    static const enum pending_change changes[] = {
        [CHANGES_WRITING] = PENDING_WRITING,
        [CHANGES_WRITTEN] = PENDING_WRITTEN,
        [CHANGES_TOUCHED] = PENDING_TOUCHED,
    };
    switch (event->kind) {
    case CHANGES_WRITING: /* or a link to a directory, of which no glob of files tells */
        watch_note(w, event->path, PENDING_WRITING, now);
        break;
    case CHANGES_WRITTEN:
    case CHANGES_TOUCHED:
        if (filter_takes(w->config.filter, event->path))
            watch_note(w, event->path, changes[event->kind], now);
        break;
    case CHANGES_GONE:
        watch_note_gone(w, event->path, false, now);
        break;
    case CHANGES_FOLDER_GONE:
        watch_note_gone(w, event->path, true, now);
        break;
    case CHANGES_FOLDER:
        watch_note_folder(w, event->path);
        break;
    case CHANGES_LOST:
        w->counts.overflows++;
        rounds_want(w->rounds);
        break;
    case CHANGES_CUT:
        rounds_cut(w->rounds, event->path);
        break;
    }
}

static struct pending_counts watch_queue(struct watch *w)
{
    struct pending_counts counts;
    pthread_mutex_lock(&w->lock);
    pending_count(w->pending, &counts);
    pthread_mutex_unlock(&w->lock);
    return counts;
}

static void watch_look_at_memory(struct watch *w, size_t at_work, double now)
{
    struct machine_sample sample;
    if (at_work == 0)
        w->tight = false;
    if (at_work == 0 || now < w->look_at_memory)
        return;
    w->look_at_memory = now + WATCH_MEMORY_SECONDS;
    machine_look(w->machine, now, 0, &sample);
    w->tight = sample.memory_available != UINT64_MAX && sample.memory_total > 0 &&
               (double)sample.memory_available <
                   (1 - WATCH_MEMORY_MOST) * (double)sample.memory_total;
}

/* Whether the queue is so long, or memory so short, that events stay where they are.
 * Once it was it stays so until a quarter of the queue is done. */
static bool watch_is_pressed(struct watch *w, double now)
{
    struct pending_counts counts = watch_queue(w);
    size_t queued = counts.whole + counts.at_work;
    size_t most = w->counts.paused ? WATCH_QUEUED_MOST * 3 / 4 : WATCH_QUEUED_MOST;
    watch_look_at_memory(w, counts.at_work, now);
    bool pressed = queued > most || w->tight;
    w->counts.pauses += pressed && !w->counts.paused;
    w->counts.paused = pressed;
    return pressed;
}

static void watch_read(struct watch *w, double now)
{
    struct changes_event event;
    while (!watch_is_pressed(w, now) && changes_next(rounds_changes(w->rounds), &event)) {
        w->counts.events++;
        watch_handle(w, &event, now);
    }
}

/* Whether DUE is not there any more, which is to be told. Its end may be one of the
 * events that were lost. */
static bool watch_misses(const struct watch *w, const struct pending_due *due)
{
    struct stat st;
    return lstat(due->path, &st) != 0 &&
           (due->change == PENDING_GONE ||
            (w->config.prunes && (errno == ENOENT || errno == ENOTDIR) &&
             rounds_cover(w->rounds, due->path)));
}

/* What DUE, of which the path is taken, comes to; false: nothing. */
static bool watch_resolve(struct watch *w, struct pending_due *due, struct item *item,
                          double now)
{
    if (watch_misses(w, due)) {
        rounds_make_gone(item, due->path);
        item->priority = due->priority;
        return true;
    }
    if (due->change == PENDING_DOUBTED) { /* the walk has seen to it */
        free(due->path);
        return false;
    }
    enum walk_kind kind = rounds_look(w->rounds, due->path, item);
    if (kind == WALK_FOLDER)
        rounds_add(w->rounds, due->path);
    bool good = kind == WALK_ITEM && !rounds_vanished(item);
    if (good && due->change == PENDING_FOUND && watch_is_new(item)) {
        watch_note(w, due->path, PENDING_FOUND, now);
        good = false;
    }
    if (kind == WALK_ITEM && !good)
        item_clear(item);
    item->fresh = due->fresh;
    item->priority = due->priority;
    free(due->path);
    return good;
}

static bool watch_take_due(struct watch *w, struct item *item, double now)
{
    struct pending_due due;
    pthread_mutex_lock(&w->lock);
    if (atomic_exchange(&w->flush, false))
        pending_flush(w->pending, now);
    bool taken = pending_take(w->pending, now, &due);
    pthread_mutex_unlock(&w->lock);
    if (!taken || !watch_resolve(w, &due, item, now))
        return false;
    if (watch_begin(w, item, now))
        return true;
    item_clear(item);
    return false;
}

/* --- waiting --- */

static void watch_count(struct watch *w, const struct pending_counts *counts)
{
    w->counts.walks = rounds_count(w->rounds);
    w->counts.blind = rounds_are_blind(w->rounds);
    w->counts.folders = changes_count(rounds_changes(w->rounds));
    w->counts.waiting = counts->waiting;
    w->counts.at_work = counts->at_work;
    if (w->config.count)
        w->config.count(w->config.ctx, &w->counts);
}

/* Nothing can go out now, with COUNTS: tells how it stands. Seconds until something
 * may. */
static double watch_rest(struct watch *w, const struct pending_counts *counts, double now)
{
    if (counts->at_work == 0 && counts->found == 0 && !w->walked) {
        w->walked = true;
        watch_tell(w, WATCH_WALKED);
    }
    if (counts->at_work == 0 && w->busy) {
        w->busy = false;
        w->counts.batches++;
        watch_tell(w, WATCH_IDLE);
    }
    watch_count(w, counts);
    double until = w->alive_at;
    if (!w->counts.paused)
        until = fmin(until, rounds_due(w->rounds));
    if (w->tight)
        until = fmin(until, w->look_at_memory);
    return until - now;
}

/* Waits SECONDS, or until something happens. False: it is to end. */
static bool watch_wait(struct watch *w, double seconds)
{
    struct pollfd fds[] = {
        { w->config.wake_fd, POLLIN, 0 },
        { w->wake, POLLIN, 0 },
        { w->counts.paused ? -1 : changes_fd(rounds_changes(w->rounds)), POLLIN, 0 },
    };
    uint64_t value;
    int rc = poll(fds, sizeof fds / sizeof *fds, (int)ceil(fmax(0, seconds) * 1000));
    if (rc > 0 && fds[1].revents && read(w->wake, &value, sizeof value) < 0)
        diag_bug("cannot read the event descriptor");
    return rc <= 0 || !fds[0].revents;
}

/* Waits, unless something has come out meanwhile, or is due. */
static bool watch_sleep(struct watch *w, double now)
{
    struct pending_counts before = watch_queue(w), counts;
    double seconds = watch_rest(w, &before, now);
    pthread_mutex_lock(&w->lock);
    pending_count(w->pending, &counts);
    if (counts.at_work != before.at_work || w->flush)
        seconds = 0;
    seconds = fmin(seconds, pending_next(w->pending) - now);
    w->sleeps = true;
    pthread_mutex_unlock(&w->lock);
    bool more = watch_wait(w, seconds);
    pthread_mutex_lock(&w->lock);
    w->sleeps = false;
    pthread_mutex_unlock(&w->lock);
    return more;
}

static void watch_start(struct watch *w)
{
    struct rounds_config config = {
        .roots = w->config.roots,
        .root_count = w->config.root_count,
        .filter = w->config.filter,
        .retries = w->config.retries,
        .gone = w->config.prunes ? w->config.gone : NULL,
        .rest = w->config.rest,
        .ctx = w->config.ctx,
    };
    w->rounds = rounds_create(&config);
}

bool watch_next(struct watch *w, struct item *item)
{
    if (!w->rounds)
        watch_start(w);
    while (watch_wait(w, 0)) {
        double now = clock_now();
        if (now >= w->alive_at) {
            w->alive_at = now + WATCH_ALIVE_SECONDS;
            watch_tell(w, WATCH_ALIVE);
        }
        watch_read(w, now);
        if (!w->counts.paused)
            rounds_step(w->rounds, now);
        if (watch_take_due(w, item, now) || watch_take_walked(w, item, now))
            return true;
        if (!rounds_are_on(w->rounds) && !watch_sleep(w, now))
            break;
    }
    watch_tell(w, WATCH_ENDED);
    return false;
}

/* --- other threads --- */

/* Under the lock. */
static void watch_wake(struct watch *w)
{
    if (w->sleeps && w->wake >= 0)
        eventfd_write(w->wake, 1);
}

void watch_joined(struct watch *w, const struct item *member)
{
    pthread_mutex_lock(&w->lock);
    pending_join(w->pending, member->origin);
    pthread_mutex_unlock(&w->lock);
}

bool watch_landed(struct watch *w, const struct item *item)
{
    pthread_mutex_lock(&w->lock);
    bool last = pending_land(w->pending, item->origin, clock_now());
    if (last)
        watch_wake(w);
    pthread_mutex_unlock(&w->lock);
    return last;
}

void watch_flush(struct watch *w)
{
    atomic_store(&w->flush, true);
    pthread_mutex_lock(&w->lock);
    watch_wake(w);
    pthread_mutex_unlock(&w->lock);
}

void watch_destroy(struct watch *w)
{
    if (!w)
        return;
    pending_destroy(w->pending);
    rounds_destroy(w->rounds);
    machine_destroy(w->machine);
    if (w->wake >= 0)
        close(w->wake);
    pthread_mutex_destroy(&w->lock);
    free(w);
}
