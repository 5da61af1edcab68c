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
#include "base/clock.h"
#include "base/utf8.h"
#include "lane/fallback.h"
#include "lane/frame.h"
#include "lane/process.h"
#include "lane/spawn.h"
#include "lane/worker.h"

/* A worker is replaced after so many documents, should a library leak. */
#define WORKER_DOCUMENTS 2000
/* Opening may read the whole file: beside the page's time, so much a MiB. */
#define WORKER_OPEN_SECONDS_PER_MIB 0.1
/* Text of a page that is kept until the page is complete; more is passed on,
 * and the page cannot be tried again then. */
#define WORKER_HELD ((size_t)1 << 20)
/* Text of a page that is not plainly a flood. A format that splits is cut at
 * LANE_PAGE_TEXT_MAX bytes, which may each become three (U+FFFD). Others pass
 * on texts of any size, which are not much longer than their file; a chapter
 * of a book is unpacked from at most 64 MiB. */
#define WORKER_FLOOD_SPLIT ((uint64_t)3 * LANE_PAGE_TEXT_MAX)
#define WORKER_FLOOD_WHOLE ((uint64_t)256 << 20)
#define WORKER_FLOOD_PER_BYTE 4

/* Longest wait at one go, in seconds; and how much later than asked for one ends
 * when we were not stopped, on a busy machine. */
#define WORKER_SLICE 1.0
#define WORKER_STOPPED 0.5

struct worker_lane {
    struct lane lane;
    struct worker_pool *pool;
    struct process process;
    struct buffer held; /* text of the page that is at work */
    unsigned documents; /* opened in this worker */
    uint64_t last;      /* of those, the last one's id */
    bool answered; /* a sound frame of this request has come */
    bool stray;    /* the worker sent garbage before any such frame */
};

/* What came of waiting for a worker. */
enum worker_end {
    WORKER_DONE,   /* the request is through */
    WORKER_FAILED, /* the document cannot be opened; see the error */
    WORKER_STOP,   /* the output takes no more */
    WORKER_DIED    /* the worker is gone; see the error */
};

void worker_pool_init(struct worker_pool *pool)
{
    pool->fallback = fallback_create();
}

void worker_pool_clear(struct worker_pool *pool)
{
    fallback_destroy(pool->fallback);
    pool->fallback = NULL;
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
    frame_put_u32(&w->process.out, (uint32_t)count);
    for (int i = 0; i < count; i++)
        frame_put_u32(&w->process.out, (uint32_t)pages[i]);
    return frame_send(w->process.fd, &w->process.out, d->fd, true);
}

/* One request on its way: what is left of it, and where its pages go. */
struct worker_run {
    const struct lane_document *document;
    const int *pages;
    int count, done; /* pages[done] is at work */
    struct lane_output *out;
    struct format_info *info; /* of a request to open; else NULL */
    bool passed_on;           /* text of the page at work has been passed on */
    uint64_t taken;           /* bytes of its text so far */
    int retried;              /* index of the page that was tried again; or -1 */
    int retries;              /* of it, so far */
    double since;             /* when the page at work began */
    double deadline;
};

/* Charges the time since the last page to the document's clock, and sets the
 * next deadline: the page's, or the document's when that is sooner. What the
 * output took (a full queue) counts for neither. */
static void worker_tick(struct worker_lane *w, struct worker_run *r, double extra)
{
    double now = clock_now();
    double left = budget_left(r->document->budget);
    double page = w->pool->page_timeout + extra;
    r->since = now;
    r->deadline = now + (page < left ? page : left);
}

static void worker_charge(struct worker_run *r)
{
    budget_charge(r->document->budget, clock_now() - r->since);
}

static int worker_pass_on(struct worker_lane *w, struct worker_run *r)
{
    r->passed_on = true;
    double before = clock_now();
    int rc = r->out->text(r->out, r->pages[r->done], w->held.data, w->held.size);
    buffer_clear(&w->held);
    double spent = clock_now() - before;
    r->since += spent;
    r->deadline += spent;
    return rc;
}

static enum worker_end worker_garbage(struct worker_lane *w, struct error *e)
{
    process_end(&w->process);
    w->pool->crashed++;
    w->stray = !w->answered;
    error_set(e, ERROR_CRASH, "crash: the parser sends garbage");
    return WORKER_DIED;
}

static bool worker_is_flood(const struct worker_run *r)
{
    const struct lane_document *d = r->document;
    uint64_t most = d->format->flags & FORMAT_SPLITS
                        ? WORKER_FLOOD_SPLIT
                        : WORKER_FLOOD_WHOLE + d->bytes * WORKER_FLOOD_PER_BYTE;
    return r->taken > most;
}

/* Whether TEXT holds what an honest worker has taken out (local.c): page
 * marks are ours to set. */
static bool worker_is_marked(const struct worker_run *r, const char *text,
                             size_t size)
{
    return !(r->document->format->flags & FORMAT_KEEPS_MARKS) &&
           (memchr(text, '\f', size) || memchr(text, '\0', size));
}

static enum worker_end worker_on_text(struct worker_lane *w, struct worker_run *r,
                                      const struct frame *frame, struct error *e)
{
    /* Text comes in pieces that end anywhere, so its last character may be cut:
     * the page is checked as it is passed on. */
    if (r->info || r->done == r->count)
        return worker_garbage(w, e);
    r->taken += frame->size;
    if (worker_is_flood(r) || worker_is_marked(r, frame->body, frame->size))
        return worker_garbage(w, e);
    buffer_append(&w->held, frame->body, frame->size);
    if (w->held.size < WORKER_HELD)
        return WORKER_DONE;
    size_t whole = utf8_valid_prefix(w->held.data, w->held.size);
    size_t tail = 0;
    if (whole < w->held.size &&
        (!utf8_ends_inside(w->held.data, w->held.size, &tail) ||
         whole + tail != w->held.size))
        return worker_garbage(w, e);
    char cut[4];
    memcpy(cut, w->held.data + whole, tail);
    w->held.size = whole;
    int rc = worker_pass_on(w, r);
    buffer_append(&w->held, cut, tail);
    return rc == 0 ? WORKER_DONE : WORKER_STOP;
}

static enum worker_end worker_on_page(struct worker_lane *w, struct worker_run *r,
                                      const struct frame *frame, struct error *e)
{
    struct frame_cursor c = frame_cursor(frame);
    struct error page_error;
    int page = (int)frame_get_u32(&c);
    bool bad = frame_get_error(&c, &page_error);
    if (c.bad || r->info || r->done == r->count || page != r->pages[r->done] ||
        utf8_valid_prefix(w->held.data, w->held.size) != w->held.size)
        return worker_garbage(w, e);
    worker_charge(r);
    budget_survived(r->document->budget);
    if (w->held.size && worker_pass_on(w, r) != 0)
        return WORKER_STOP;
    int rc = r->out->page_done(r->out, page, bad ? &page_error : NULL);
    r->done++;
    r->passed_on = false;
    r->taken = 0;
    worker_tick(w, r, 0);
    return rc == 0 ? WORKER_DONE : WORKER_STOP;
}

static enum worker_end worker_on_done(struct worker_lane *w, struct worker_run *r,
                                      const struct frame *frame, struct error *e)
{
    struct frame_cursor c = frame_cursor(frame);
    bool failed = frame_get_error(&c, e);
    if (c.bad || (!failed && r->done < r->count) ||
        (!failed && r->info && r->info->pages == 0))
        return worker_garbage(w, e);
    return failed ? WORKER_FAILED : WORKER_DONE;
}

static void worker_on_trap(struct worker_lane *w, const struct frame *frame,
                           struct error *e)
{
    struct frame_cursor c = frame_cursor(frame);
    char *name = sandbox_syscall_name(frame_get_u32(&c));
    w->pool->trapped++;
    error_set(e, ERROR_SANDBOX, "sandbox: the parser called %s", name);
    free(name);
    process_end(&w->process);
}

static void worker_timed_out(struct worker_lane *w, struct worker_run *r,
                             struct error *e)
{
    process_end(&w->process);
    w->pool->timed_out++;
    if (budget_left(r->document->budget) <= 0)
        error_set(e, ERROR_TIMEOUT, "timeout: the document took longer than %.6g s",
                  budget_limit(r->document->budget));
    else
        error_set(e, ERROR_TIMEOUT, "timeout: %s took longer than %.6g s",
                  r->info ? "opening it" : "the page", w->pool->page_timeout);
}

/* As frame_receive, by the deadline of the page at work. When it comes back much
 * later than it should, it is us who did not run (stopped, suspended): that is
 * nobody's time. */
static enum frame_got worker_receive(struct worker_lane *w, struct worker_run *r,
                                     struct frame *frame)
{
    for (;;) {
        double now = clock_now();
        double until = now + WORKER_SLICE;
        if (until > r->deadline)
            until = r->deadline;
        enum frame_got got = frame_receive(&w->process.in, until, frame);
        double over = clock_now() - (until > now ? until : now);
        if (over > WORKER_STOPPED) {
            r->since += over;
            r->deadline += over;
        }
        if (got != FRAME_LATE || until == r->deadline)
            return got;
    }
}

/* Takes frames until the request is through or the worker is gone. OUTSIDE:
 * the worker died of something that is not the document's fault. */
static enum worker_end worker_attend(struct worker_lane *w, struct worker_run *r,
                                     bool *outside, struct error *e)
{
    *outside = false;
    buffer_clear(&w->held);
    r->passed_on = false;
    r->taken = 0;
    worker_tick(w, r, WORKER_OPEN_SECONDS_PER_MIB *
                          (double)(r->document->bytes >> 20));
    for (;;) {
        struct frame frame;
        enum worker_end end = WORKER_DONE;
        switch (worker_receive(w, r, &frame)) {
        case FRAME_CLOSED:
            worker_charge(r);
            *outside = process_autopsy(&w->process, w->pool, e);
            return WORKER_DIED;
        case FRAME_LATE:
            worker_charge(r);
            worker_timed_out(w, r, e);
            return WORKER_DIED;
        case FRAME_GARBAGE:
            return worker_garbage(w, e);
        case FRAME_GOT:
            break;
        }
        struct frame_cursor c = frame_cursor(&frame);
        switch (frame.type) {
        case FRAME_TEXT:
            end = worker_on_text(w, r, &frame, e);
            break;
        case FRAME_PAGE:
            end = worker_on_page(w, r, &frame, e);
            break;
        case FRAME_INFO:
            if (!r->info || r->info->pages || !frame_get_info(&c, r->info))
                return worker_garbage(w, e);
            break;
        case FRAME_TRAP:
            worker_charge(r);
            worker_on_trap(w, &frame, e);
            return WORKER_DIED;
        case FRAME_DONE:
            worker_charge(r);
            return worker_on_done(w, r, &frame, e);
        default:
            return worker_garbage(w, e);
        }
        if (end != WORKER_DONE)
            return end;
        w->answered = true;
    }
}

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
static enum worker_end worker_try(struct worker_lane *w, struct worker_run *r,
                                  bool *outside, bool *unstarted, struct error *e)
{
    int left = r->count - r->done;
    if (left > FRAME_PAGES_MAX)
        left = FRAME_PAGES_MAX;
    struct worker_run part = *r;
    part.count = r->done + left;
    *unstarted = worker_is_hopeless(w, e) || worker_start(w, r->document->format, e) != 0;
    if (*unstarted)
        return WORKER_DIED;
    const int *pages = left > 0 ? r->pages + r->done : NULL;
    if (worker_request(w, r->document, pages, left) != 0) {
        /* Gone at this very moment, from outside: it has not seen a thing. */
        *outside = true;
        process_autopsy(&w->process, w->pool, e);
        return WORKER_DIED;
    }
    w->answered = w->stray = false;
    enum worker_end end = worker_attend(w, &part, outside, e);
    /* The document before may have left it behind; or all pages that were asked
     * for are done, and it has not seen the next one. */
    if (end == WORKER_DIED && (w->stray || (left > 0 && part.done == part.count)))
        *outside = true;
    r->done = part.done;
    r->passed_on = part.passed_on;
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
static int worker_give_up(struct worker_run *r, const struct error *e)
{
    int rc = 0;
    while (rc == 0 && r->done < r->count)
        rc = r->out->page_done(r->out, r->pages[r->done++], e);
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
    struct worker_run r = { .document = d, .info = info };
    bool outside = false, unstarted;
    if (w->documents >= WORKER_DOCUMENTS) {
        process_dismiss(&w->process);
        w->documents = 0;
        w->pool->recycled++;
    }
    enum worker_end end = WORKER_DIED;
    for (int attempt = 0; attempt < 2; attempt++) {
        error_clear(e);
        end = worker_try(w, &r, &outside, &unstarted, e);
        if (worker_is_refused(w, e))
            return -1;
        if (unstarted)
            return worker_open_here(w, d, info, e);
        if (end != WORKER_DIED || !outside)
            break;
        metadata_clear(&info->metadata);
        *info = (struct format_info){ 0 };
    }
    return end == WORKER_DONE ? 0 : -1;
}

/* Whether the page at work, whose worker was ended from outside, is to be tried
 * again: at once for the first time, then after a pause. */
static bool worker_tries_again(const struct worker_lane *w, struct worker_run *r)
{
    if (r->retried != r->done)
        r->retries = 0;
    r->retried = r->done;
    if (r->passed_on || r->retries >= (w->pool->retries > 1 ? w->pool->retries : 1))
        return false;
    if (r->retries++ > 0)
        backoff_pause(r->retries - 2);
    return true;
}

/* The worker has died at the page at work: it is tried again when the death was
 * not its doing, else it ends with E. 0, or -1: the output takes no more. */
static int worker_bury(const struct worker_lane *w, struct worker_run *r,
                       bool outside, const struct error *e)
{
    if (outside && worker_tries_again(w, r))
        return 0;
    if (outside)
        budget_lost(r->document->budget);
    else
        budget_died(r->document->budget, e->kind);
    return r->out->page_done(r->out, r->pages[r->done++], e);
}

/* No worker takes what is left of the request, for the reason in WHY. */
static int worker_pages_here(struct worker_lane *w, struct worker_run *r,
                             struct error *why, struct error *e)
{
    if (!worker_may_fall_back(w, r->document)) {
        worker_is_refused(w, why);
        return worker_give_up(r, why);
    }
    w->pool->fell_back = 1;
    return fallback_pages(w->pool->fallback, r->document, r->pages + r->done,
                          r->count - r->done, r->out, why, e);
}

static int worker_pages(struct lane *lane, const struct lane_document *d,
                        const int *pages, int count, struct lane_output *out,
                        struct error *e)
{
    struct worker_lane *w = (struct worker_lane *)lane;
    struct worker_run r = {
        .document = d, .pages = pages, .count = count, .out = out, .retried = -1,
    };
    bool outside, unstarted;
    int rc = 0;
    while (rc == 0 && r.done < r.count) {
        struct error why = { 0 };
        if (budget_is_over(d->budget, &why))
            return worker_give_up(&r, &why);
        switch (worker_try(w, &r, &outside, &unstarted, &why)) {
        case WORKER_DONE:
            break;
        case WORKER_FAILED:
            *e = why;
            return -1;
        case WORKER_STOP:
            /* It may be in the midst of a page. */
            process_end(&w->process);
            return -1;
        case WORKER_DIED:
            if (unstarted)
                return worker_pages_here(w, &r, &why, e);
            if (r.done < r.count)
                rc = worker_bury(w, &r, outside, &why);
            break;
        }
        if (worker_is_refused(w, &why))
            return worker_give_up(&r, &why);
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

static void worker_destroy(struct lane *lane)
{
    struct worker_lane *w = (struct worker_lane *)lane;
    process_dismiss(&w->process);
    buffer_free(&w->process.out);
    buffer_free(&w->held);
    free(w);
}

static const struct lane_ops worker_ops = {
    .open = worker_open,
    .pages = worker_pages,
    .close = worker_close,
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
