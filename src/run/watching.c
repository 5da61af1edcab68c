/* SPDX-License-Identifier: GPL-3.0-or-later */
/* watching.c - calls of the watch go to the manifest and the metrics, those of the
 * report, the scheduler and the signal thread to the watch. */
#include <config.h>

#include "run/watching.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/diag.h"
#include "base/fingerprints.h"
#include "base/signals.h"

/* The members of an input that have come out so far. */
struct watching_family {
    uint64_t origin;           /* the input's ordinal */
    char *path;                /* the input's, once it is out itself */
    struct fingerprints *met;  /* as in forget.h */
    bool broken;               /* there may be more of them */
    struct watching_family *next;
};

struct watching {
    struct filter filter;
    struct watch *watch;
    struct resume *resume;
    struct forget *forget;
    bool chooses; /* among members, by more than their names */
    struct watching_family *families; /* the writer thread's */
    struct metrics *metrics;
    struct watch_counts told;
    void (*call)(void *ctx, enum watch_notice notice);
    void *ctx;
};

/* The signal thread is there before the watch is, and after it. */
static pthread_mutex_t watching_lock = PTHREAD_MUTEX_INITIALIZER;
static struct watch *watching_now;

static void watching_set_now(struct watch *watch)
{
    pthread_mutex_lock(&watching_lock);
    watching_now = watch;
    pthread_mutex_unlock(&watching_lock);
}

static void watching_flush(void)
{
    pthread_mutex_lock(&watching_lock);
    if (watching_now)
        watch_flush(watching_now);
    pthread_mutex_unlock(&watching_lock);
}

void watching_prepare(void)
{
    signals_call(SIGUSR1, watching_flush);
}

static char *watching_gone(void *ctx, const char *after)
{
    struct watching *w = ctx;
    return resume_gone_after(w->resume, after);
}

static void watching_rest(void *ctx)
{
    struct watching *w = ctx;
    resume_rest(w->resume);
}

static void watching_notice(void *ctx, enum watch_notice notice)
{
    struct watching *w = ctx;
    if (notice == WATCH_WALKED && diag_level() >= DIAG_VERBOSE)
        diag_note(NULL, "what was there is done; watching");
    if (w->call)
        w->call(w->ctx, notice);
}

static void watching_count(void *ctx, const struct watch_counts *counts)
{
    struct watching *w = ctx;
    metrics_set_watch(w->metrics, counts);
    if (counts->overflows > w->told.overflows && diag_level() >= DIAG_VERBOSE)
        diag_note(NULL, "events were lost; all directories are walked again");
    if (counts->pauses > w->told.pauses && diag_level() >= DIAG_VERBOSE)
        diag_note(NULL, "for a while no events were read: %d files at work or ready, or "
                        "memory short", WATCH_QUEUED_MOST);
    w->told = *counts;
}

static struct watching_family *watching_family(struct watching *w, uint64_t origin)
{
    struct watching_family *f = w->families;
    while (f && f->origin != origin)
        f = f->next;
    if (f)
        return f;
    f = xcalloc(1, sizeof *f);
    f->origin = origin;
    f->met = fingerprints_create();
    f->next = w->families;
    w->families = f;
    return f;
}

static void watching_part(struct watching *w, struct watching_family *f)
{
    struct watching_family **at = &w->families;
    while (*at != f)
        at = &(*at)->next;
    *at = f->next;
    fingerprints_destroy(f->met);
    free(f->path);
    free(f);
}

/* R is out, and nothing of its input is to come: what was in it before is not any
 * more. */
static void watching_end(struct watching *w, struct watching_family *f)
{
    struct error e = { 0 };
    if (f->path && !f->broken &&
        forget_members(w->forget, f->path, &w->filter, f->met, !w->chooses, &e) != 0)
        diag_warning(f->path, "%s", e.detail);
    watching_part(w, f);
}

static void watching_landed(void *ctx, const struct result *r)
{
    struct watching *w = ctx;
    struct watching_family *f = NULL;
    if (w->forget)
        f = watching_family(w, r->item.origin);
    if (f && r->item.origin != r->item.ordinal) {
        fingerprints_add(f->met, forget_hash(r->item.path));
        f->broken |= r->members > 0 && r->status != STATUS_OK;
    } else if (f) {
        f->path = xstrdup(r->item.path);
        f->broken |= r->status != STATUS_OK;
    }
    if (watch_landed(w->watch, &r->item) && f)
        watching_end(w, f);
}

static void watching_joined(void *ctx, const struct item *item)
{
    struct watching *w = ctx;
    watch_joined(w->watch, item);
}

struct watching *watching_create(const struct settings *settings,
                                 const struct source_config *config,
                                 struct resume *resume, struct forget *forget,
                                 struct metrics *metrics, struct report *report)
{
    const struct settings_watch *s = &settings->watch;
    struct watching *w = xcalloc(1, sizeof *w);
    w->resume = resume;
    w->forget = forget;
    w->chooses = settings->type_count || !settings->nest.enter;
    w->metrics = metrics;
    w->filter = (struct filter){
        .includes = config->includes,
        .include_count = config->include_count,
        .excludes = config->excludes,
        .exclude_count = config->exclude_count,
        .owns = config->owns,
        .owns_ctx = config->owns_ctx,
        .owns_since = config->owns_since,
    };
    struct watch_config watch = {
        .roots = config->paths,
        .root_count = config->path_count,
        .filter = &w->filter,
        .critical = s->critical,
        .critical_count = s->critical_count,
        .batch = s->batch,
        .batch_count = s->batch_count,
        .debounce = s->debounce,
        .prunes = s->prunes,
        .retries = settings->retries,
        .wake_fd = config->wake_fd,
        .gone = watching_gone,
        .rest = watching_rest,
        .notice = watching_notice,
        .count = watching_count,
        .ctx = w,
    };
    w->watch = watch_create(&watch);
    report->landed = watching_landed;
    report->landed_ctx = w;
    watching_set_now(w->watch);
    return w;
}

struct watch *watching_watch(struct watching *w)
{
    return w->watch;
}

void watching_join(struct watching *w, struct sched_config *config)
{
    config->joined = watching_joined;
    config->joined_ctx = w;
    config->vanishing = true;
}

void watching_set_notice(struct watching *w,
                         void (*call)(void *ctx, enum watch_notice notice), void *ctx)
{
    w->call = call;
    w->ctx = ctx;
}

void watching_destroy(struct watching *w)
{
    if (!w)
        return;
    watching_set_now(NULL);
    while (w->families)
        watching_part(w, w->families);
    watch_destroy(w->watch);
    free(w);
}
