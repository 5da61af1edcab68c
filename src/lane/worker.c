/* SPDX-License-Identifier: GPL-3.0-or-later */
/* worker.c - one request at a time to one worker. A page that kills the worker
 * costs that page: the culprit is the one after the last page frame, and the
 * request goes on behind it with a new worker. */
#include <config.h>

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/backoff.h"
#include "lane/attend.h"
#include "lane/fallback.h"
#include "lane/frame.h"
#include "lane/process.h"
#include "lane/spawn.h"
#include "lane/worker.h"

/* A worker is replaced after so many documents, should a library leak. */
#define WORKER_DOCUMENTS 2000

struct worker_lane {
    struct lane lane;
    struct worker_pool *pool;
    struct process process;
    struct buffer held; /* text of the page that is at work */
    unsigned documents; /* opened in this worker */
    uint64_t last;      /* of those, the last one's id */
};

void worker_pool_init(struct worker_pool *pool)
{
    pool->fallback = fallback_create();
    pool->roster = roster_create();
}

void worker_pool_clear(struct worker_pool *pool)
{
    fallback_destroy(pool->fallback);
    pool->fallback = NULL;
    roster_destroy(pool->roster);
    pool->roster = NULL;
    spawn_reap();
}

/* What a worker is to parse that is started for a document of FORMAT. Loading
 * all libraries takes as long as all else of a start, and most runs need those
 * of one format; but a run that has met a second one may go on with a mixture,
 * and each worker is replaced for that once at most. */
static const struct format *worker_scope(struct worker_lane *w,
                                         const struct format *format)
{
    const struct format *first = NULL;
    if (!atomic_compare_exchange_strong(&w->pool->first, &first, format) &&
        first->prepare != format->prepare)
        w->pool->mixed = 1;
    return w->pool->mixed ? NULL : format;
}

/* Sees to it that there is a worker that waits for a document of FORMAT: one
 * that has died meanwhile, or has something to say unasked, is replaced, which
 * is not the next document's doing. 0, or -1 and E. */
static int worker_start(struct worker_lane *w, const struct format *format,
                        struct error *e)
{
    struct process *p = &w->process;
    if (p->pid && frame_is_pending(&p->in))
        process_end(p);
    if (p->pid && p->only && p->only->prepare != format->prepare)
        process_dismiss(p);
    if (p->pid)
        return 0;
    w->documents = 0;
    w->last = UINT64_MAX;
    return process_start(p, w->pool, worker_scope(w, format), !w->pool->fell_back, e);
}

/* Asks for COUNT pages; 0: to open the document. */
static int worker_request(struct worker_lane *w, const struct lane_document *d,
                          const int *pages, int count)
{
    if (w->last != d->id) {
        w->last = d->id;
        w->documents++;
    }
    frame_begin(&w->process.out, FRAME_REQUEST);
    frame_put_u64(&w->process.out, d->id);
    frame_put_string(&w->process.out, d->format->name);
    frame_put_string(&w->process.out, d->path);
    frame_put_u32(&w->process.out, d->password != NULL);
    if (d->password)
        frame_put_string(&w->process.out, d->password);
    frame_put_options(&w->process.out, d->options);
    frame_put_u32(&w->process.out, d->members);
    frame_put_u32(&w->process.out, (uint32_t)count);
    for (int i = 0; i < count; i++)
        frame_put_u32(&w->process.out, (uint32_t)pages[i]);
    return frame_send(w->process.fd, &w->process.out, d->fd, true);
}

/* A request for pages, over several workers when it must be. */
struct worker_run {
    struct attend a;
    int retried; /* index of the page that was tried again; or -1 */
    int retries; /* of it, so far */
};

/* No worker could be started so far, and that has been said: each document
 * would wait for one in vain. */
static bool worker_is_hopeless(const struct worker_lane *w, struct error *e)
{
    if (!w->pool->fell_back || w->pool->started > 0)
        return false;
    error_set(e, ERROR_INTERNAL, "no worker can be started");
    return true;
}

/* Starts a worker if need be, sends the request and attends to it.
 * *UNSTARTED: there is none that takes a request. */
static enum attend_end worker_try(struct worker_lane *w, struct attend *a,
                                  bool *unstarted, struct error *e)
{
    int left = a->count - a->done;
    if (left > FRAME_PAGES_MAX)
        left = FRAME_PAGES_MAX;
    *unstarted = worker_is_hopeless(w, e) || worker_start(w, a->document->format, e) != 0;
    if (*unstarted)
        return ATTEND_DIED;
    const int *pages = left > 0 ? a->pages + a->done : NULL;
    if (worker_request(w, a->document, pages, left) != 0) {
        /* Gone at this very moment, from outside: it has not seen a thing. */
        a->outside = true;
        process_autopsy(&w->process, w->pool, e);
        return ATTEND_DIED;
    }
    a->alone = w->documents == 1;
    int all = a->count;
    a->count = a->done + left;
    enum attend_end end = attend(a, e);
    /* All pages that were asked for are done, and it has not seen the next. */
    if (end == ATTEND_DIED && left > 0 && a->done == a->count)
        a->outside = true;
    a->count = all;
    return end;
}

/* Whether DOCUMENT may be parsed here, now that no worker can be started for
 * it: not one that workers have died of. */
static bool worker_may_fall_back(struct worker_lane *w, const struct lane_document *d)
{
    if (w->pool->sandbox == SANDBOX_REQUIRE) {
        w->pool->refused = 1;
        return false;
    }
    return !budget_is_suspect(d->budget);
}

/* Refused or given up: what is left of the request ends with E. */
static int worker_give_up(struct attend *a, const struct error *e)
{
    int rc = 0;
    while (rc == 0 && a->done < a->count)
        rc = a->out->page_done(a->out, a->pages[a->done++], e);
    return rc;
}

static bool worker_is_refused(const struct worker_lane *w, struct error *e)
{
    if (!w->pool->refused)
        return false;
    error_set(e, ERROR_SANDBOX, "not parsed: the sandbox is not complete");
    return true;
}

/* No worker opens DOCUMENT, for the reason in E. */
static int worker_open_here(struct worker_lane *w, const struct lane_document *d,
                            struct format_info *info, struct error *e)
{
    if (!worker_may_fall_back(w, d)) {
        worker_is_refused(w, e);
        return -1;
    }
    w->pool->fell_back = 1;
    return fallback_open(w->pool->fallback, d, info, e);
}

static int worker_open(struct lane *lane, const struct lane_document *d,
                       struct format_info *info, struct error *e)
{
    struct worker_lane *w = (struct worker_lane *)lane;
    struct attend a = {
        .process = &w->process, .pool = w->pool, .held = &w->held,
        .document = d, .info = info,
    };
    bool unstarted;
    if (w->documents >= WORKER_DOCUMENTS) {
        process_dismiss(&w->process);
        w->documents = 0;
        w->pool->recycled++;
    }
    enum attend_end end = ATTEND_DIED;
    for (int attempt = 0; attempt < 2; attempt++) {
        error_clear(e);
        end = worker_try(w, &a, &unstarted, e);
        if (worker_is_refused(w, e))
            return -1;
        if (unstarted)
            return worker_open_here(w, d, info, e);
        if (end != ATTEND_DIED || !a.outside)
            break;
        metadata_clear(&info->metadata);
        *info = (struct format_info){ 0 };
    }
    return end == ATTEND_DONE ? 0 : -1;
}

/* Whether the page at work, whose worker was ended from outside, is to be tried
 * again: at once for the first time, then after a pause. */
static bool worker_tries_again(const struct worker_lane *w, struct worker_run *r)
{
    if (r->retried != r->a.done)
        r->retries = 0;
    r->retried = r->a.done;
    if (r->a.passed_on || r->retries >= (w->pool->retries > 1 ? w->pool->retries : 1))
        return false;
    if (r->retries++ > 0)
        backoff_pause(r->retries - 2);
    return true;
}

/* The worker has died at the page at work: it is tried again when the death was
 * not its doing, else it ends with E. 0, or -1: the output takes no more. */
static int worker_bury(const struct worker_lane *w, struct worker_run *r,
                       const struct error *e)
{
    struct attend *a = &r->a;
    if (a->outside && worker_tries_again(w, r))
        return 0;
    if (a->outside)
        budget_lost(a->document->budget);
    else
        budget_died(a->document->budget);
    a->out->died = !a->outside;
    int rc = a->out->page_done(a->out, a->pages[a->done++], e);
    a->out->died = false;
    return rc;
}

/* No worker takes what is left of the request, for the reason in WHY. */
static int worker_pages_here(struct worker_lane *w, struct attend *a,
                             struct error *why, struct error *e)
{
    if (!worker_may_fall_back(w, a->document)) {
        worker_is_refused(w, why);
        return worker_give_up(a, why);
    }
    w->pool->fell_back = 1;
    return fallback_pages(w->pool->fallback, a->document, a->pages + a->done,
                          a->count - a->done, a->out, why, e);
}

static int worker_pages(struct lane *lane, const struct lane_document *d,
                        const int *pages, int count, struct lane_output *out,
                        struct error *e)
{
    struct worker_lane *w = (struct worker_lane *)lane;
    struct worker_run r = {
        .a = { .process = &w->process, .pool = w->pool, .held = &w->held,
               .document = d, .pages = pages, .count = count, .out = out },
        .retried = -1,
    };
    bool unstarted;
    int rc = 0;
    while (rc == 0 && r.a.done < r.a.count) {
        struct error why = { 0 };
        if (budget_is_over(d->budget, &why))
            return worker_give_up(&r.a, &why);
        switch (worker_try(w, &r.a, &unstarted, &why)) {
        case ATTEND_DONE:
            break;
        case ATTEND_FAILED:
            *e = why;
            return -1;
        case ATTEND_STOP:
            /* It may be in the midst of a page. */
            process_end(&w->process);
            return -1;
        case ATTEND_DIED:
            if (unstarted)
                return worker_pages_here(w, &r.a, &why, e);
            if (r.a.done < r.a.count)
                rc = worker_bury(w, &r, &why);
            break;
        }
        if (worker_is_refused(w, &why))
            return worker_give_up(&r.a, &why);
    }
    return rc;
}

static void worker_close(struct lane *lane, uint64_t id)
{
    struct worker_lane *w = (struct worker_lane *)lane;
    spawn_reap();
    if (w->process.pid) {
        frame_begin(&w->process.out, FRAME_CLOSE);
        frame_put_u64(&w->process.out, id);
        if (frame_send(w->process.fd, &w->process.out, -1, true) != 0)
            process_end(&w->process);
        return;
    }
    fallback_close(w->pool->fallback, id);
}

static void worker_rest(struct lane *lane)
{
    struct worker_lane *w = (struct worker_lane *)lane;
    process_dismiss(&w->process);
    buffer_free(&w->process.out);
    buffer_free(&w->held);
}

static uint64_t worker_memory(struct lane *lane)
{
    struct worker_lane *w = (struct worker_lane *)lane;
    return w->process.pid ? roster_memory(w->process.pid) : 0;
}

static void worker_destroy(struct lane *lane)
{
    worker_rest(lane);
    free(lane);
}

static const struct lane_ops worker_ops = {
    .open = worker_open,
    .pages = worker_pages,
    .close = worker_close,
    .rest = worker_rest,
    .memory = worker_memory,
    .destroy = worker_destroy,
};

struct lane *lane_create_worker(struct worker_pool *pool)
{
    struct worker_lane *w = xcalloc(1, sizeof *w);
    w->lane.ops = &worker_ops;
    w->pool = pool;
    w->process.fd = -1;
    return &w->lane;
}
