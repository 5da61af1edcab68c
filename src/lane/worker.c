/* SPDX-License-Identifier: GPL-3.0-or-later */
/* worker.c - one request at a time to one worker. A page that kills the worker
 * costs that page: the culprit is the one after the last page frame, and the
 * request goes on behind it with a new worker. */
#include <config.h>

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/diag.h"
#include "base/map.h"
#include "base/utf8.h"
#include "lane/frame.h"
#include "lane/memory.h"
#include "lane/spawn.h"
#include "lane/worker.h"

/* A worker is replaced after so many documents, should a library leak. */
#define WORKER_DOCUMENTS 2000
/* Starting takes 10 ms on a quiet machine. */
#define WORKER_START_SECONDS 30.0
/* Opening may read the whole file: beside the page's time, so much a MiB. */
#define WORKER_OPEN_SECONDS_PER_MIB 0.1
/* How long the status of a dead worker is waited for. */
#define WORKER_REAP_SECONDS 5.0
/* Text of a page that is kept until the page is complete; more is passed on,
 * and the page cannot be tried again then. */
#define WORKER_HELD ((size_t)1 << 20)



struct worker_fallback {
    pthread_mutex_t lock;
    struct lane *lane;
};

struct worker_lane {
    struct lane lane;
    struct worker_pool *pool;
    pid_t pid; /* 0: no worker */
    int fd;
    struct frame_reader in;
    struct buffer out;  /* the frame that is being built */
    struct buffer held; /* text of the page that is at work */
    unsigned documents; /* opened in this worker */
    uint64_t last;      /* of those, the last one's id */
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
    pool->fallback = xcalloc(1, sizeof *pool->fallback);
    pthread_mutex_init(&pool->fallback->lock, NULL);
}

void worker_pool_clear(struct worker_pool *pool)
{
    if (!pool->fallback)
        return;
    lane_destroy(pool->fallback->lane);
    pthread_mutex_destroy(&pool->fallback->lock);
    free(pool->fallback);
    spawn_reap();
}

static void worker_drop(struct worker_lane *w)
{
    close(w->fd);
    frame_reader_clear(&w->in);
    w->pid = 0;
    w->fd = -1;
}

/* Lets go of an idle worker: it sees the end of its socket and leaves. */
static void worker_dismiss(struct worker_lane *w)
{
    pid_t pid = w->pid;
    int status;
    if (!pid)
        return;
    worker_drop(w);
    if (!spawn_wait(pid, 1.0, &status))
        kill(pid, SIGKILL);
}

static void worker_end_it(struct worker_lane *w)
{
    spawn_kill(w->pid);
    worker_drop(w);
}

/* Why the worker whose socket has ended is dead. True: for an outside reason,
 * so the page may be tried again. */
static bool worker_autopsy(struct worker_lane *w, struct error *e)
{
    int status = 0;
    pid_t pid = w->pid;
    worker_drop(w);
    if (!spawn_wait(pid, WORKER_REAP_SECONDS, &status)) {
        kill(pid, SIGKILL);
        w->pool->crashed++;
        error_set(e, ERROR_CRASH, "the parser closed its connection");
        return false;
    }
    if (WIFSIGNALED(status)) {
        int signum = WTERMSIG(status);
        const char *name = sigabbrev_np(signum);
        bool outside = signum == SIGKILL || signum == SIGTERM ||
                       signum == SIGINT || signum == SIGHUP || signum == SIGQUIT;
        if (outside)
            w->pool->killed++;
        else
            w->pool->crashed++;
        error_set(e, outside ? ERROR_KILLED : ERROR_CRASH,
                  outside ? "the worker was killed from outside (SIG%s)"
                          : "crash: the parser died of SIG%s",
                  name ? name : "?");
        return outside;
    }
    /* 3 is what our own allocator exits with. */
    if (WEXITSTATUS(status) == MEMORY_EXIT || WEXITSTATUS(status) == 3) {
        w->pool->out_of_memory++;
        error_set(e, ERROR_OOM, "oom: the parser needs more than %llu MiB",
                  (unsigned long long)(w->pool->memory_limit >> 20));
        return false;
    }
    w->pool->crashed++;
    error_set(e, ERROR_CRASH, "crash: the parser exited with status %d",
              WEXITSTATUS(status));
    return false;
}

/* Shakes hands with a new worker. 0, or -1 and E. */
static int worker_greet(struct worker_lane *w, struct error *e)
{
    struct frame frame;
    frame_begin(&w->out, FRAME_HELLO);
    frame_put_u64(&w->out, w->pool->memory_limit);
    frame_put_u32(&w->out, (uint32_t)w->pool->sandbox);
    if (frame_send(w->fd, &w->out, -1, true) != 0 ||
        frame_receive(&w->in, clock_now() + WORKER_START_SECONDS, &frame) !=
            FRAME_GOT ||
        frame.type != FRAME_READY) {
        worker_end_it(w);
        return error_set(e, ERROR_INTERNAL, "a worker does not start");
    }
    struct frame_cursor c = frame_cursor(&frame);
    char *missing = frame_get_string(&c, 1024);
    if (*missing && w->pool->sandbox == SANDBOX_REQUIRE) {
        if (!atomic_exchange(&w->pool->refused, 1))
            diag_error(NULL, "the sandbox lacks: %s (--sandbox=require)", missing);
    } else if (*missing && !atomic_exchange(&w->pool->said, 1)) {
        diag_note(NULL, "the sandbox lacks: %s", missing);
    }
    free(missing);
    return 0;
}

/* Sees to it that there is a worker. 0, or -1 and E. */
static int worker_start(struct worker_lane *w, struct error *e)
{
    if (w->pid)
        return 0;
    spawn_reap();
    if (spawn_worker(&w->pid, &w->fd, e) != 0) {
        w->pid = 0;
        return -1;
    }
    frame_reader_init(&w->in, w->fd);
    w->documents = 0;
    w->last = UINT64_MAX;
    if (worker_greet(w, e) != 0)
        return -1;
    w->pool->started++;
    return 0;
}

/* Asks for COUNT pages; 0: to open the document. */
static int worker_request(struct worker_lane *w, const struct lane_document *d,
                          const int *pages, int count)
{
    if (w->last != d->id) {
        w->last = d->id;
        w->documents++;
    }
    frame_begin(&w->out, FRAME_REQUEST);
    frame_put_u64(&w->out, d->id);
    frame_put_string(&w->out, d->format->name);
    frame_put_string(&w->out, d->path);
    frame_put_u32(&w->out, d->password != NULL);
    if (d->password)
        frame_put_string(&w->out, d->password);
    frame_put_u32(&w->out, (uint32_t)count);
    for (int i = 0; i < count; i++)
        frame_put_u32(&w->out, (uint32_t)pages[i]);
    return frame_send(w->fd, &w->out, d->fd, true);
}

/* One request on its way: what is left of it, and where its pages go. */
struct worker_run {
    const struct lane_document *document;
    const int *pages;
    int count, done; /* pages[done] is at work */
    struct lane_output *out;
    struct format_info *info; /* of a request to open; else NULL */
    bool passed_on;           /* text of the page at work has been passed on */
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
    worker_end_it(w);
    w->pool->crashed++;
    error_set(e, ERROR_CRASH, "crash: the parser sends garbage");
    return WORKER_DIED;
}

static enum worker_end worker_on_text(struct worker_lane *w, struct worker_run *r,
                                      const struct frame *frame, struct error *e)
{
    /* Text comes in pieces that end anywhere, so its last character may be cut:
     * the page is checked as it is passed on. */
    if (r->info || r->done == r->count)
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
    worker_end_it(w);
}

static void worker_timed_out(struct worker_lane *w, struct worker_run *r,
                             struct error *e)
{
    worker_end_it(w);
    w->pool->timed_out++;
    if (budget_left(r->document->budget) <= 0)
        error_set(e, ERROR_TIMEOUT, "timeout: the document took longer than %.0f s",
                  budget_limit(r->document->budget));
    else
        error_set(e, ERROR_TIMEOUT, "timeout: %s took longer than %.3g s",
                  r->info ? "opening it" : "the page", w->pool->page_timeout);
}

/* Takes frames until the request is through or the worker is gone. OUTSIDE:
 * the worker died of something that is not the document's fault. */
static enum worker_end worker_attend(struct worker_lane *w, struct worker_run *r,
                                     bool *outside, struct error *e)
{
    *outside = false;
    buffer_clear(&w->held);
    r->passed_on = false;
    worker_tick(w, r, WORKER_OPEN_SECONDS_PER_MIB *
                          (double)(r->document->bytes >> 20));
    for (;;) {
        struct frame frame;
        enum worker_end end = WORKER_DONE;
        switch (frame_receive(&w->in, r->deadline, &frame)) {
        case FRAME_CLOSED:
            worker_charge(r);
            *outside = worker_autopsy(w, e);
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
    }
}

/* Starts a worker if need be, sends the request and attends to it. A worker
 * that was dead before it got the request is replaced, once: that is not the
 * document's doing. */
static enum worker_end worker_try(struct worker_lane *w, struct worker_run *r,
                                  bool *outside, bool *unstarted, struct error *e)
{
    int left = r->count - r->done;
    if (left > FRAME_PAGES_MAX)
        left = FRAME_PAGES_MAX;
    struct worker_run part = *r;
    part.count = r->done + left;
    *unstarted = false;
    for (int attempt = 0;; attempt++) {
        if (worker_start(w, e) != 0) {
            *unstarted = true;
            return WORKER_DIED;
        }
        if (worker_request(w, r->document, r->pages + r->done, left) == 0)
            break;
        worker_end_it(w);
        if (attempt == 1) {
            *unstarted = true;
            error_set(e, ERROR_INTERNAL, "a worker takes no request");
            return WORKER_DIED;
        }
    }
    enum worker_end end = worker_attend(w, &part, outside, e);
    r->done = part.done;
    r->passed_on = part.passed_on;
    return end;
}

/* Another lane that shares one lane in this process with all others. */
static struct lane *worker_fallback_enter(struct worker_lane *w, const struct error *e)
{
    struct worker_fallback *f = w->pool->fallback;
    pthread_mutex_lock(&f->lock);
    if (!f->lane) {
        diag_error(NULL, "%s", e->detail);
        diag_error(NULL, "going on in one process without isolation: a document "
                         "that crashes the parser will end the run");
        map_install_guard();
        format_initialize();
        f->lane = lane_create_local();
    }
    return f->lane;
}

static void worker_fallback_leave(struct worker_lane *w)
{
    pthread_mutex_unlock(&w->pool->fallback->lock);
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

static int worker_open(struct lane *lane, const struct lane_document *d,
                       struct format_info *info, struct error *e)
{
    struct worker_lane *w = (struct worker_lane *)lane;
    struct worker_run r = { .document = d, .info = info };
    bool outside = false, unstarted;
    if (w->documents >= WORKER_DOCUMENTS) {
        worker_dismiss(w);
        w->pool->recycled++;
    }
    enum worker_end end = WORKER_DIED;
    for (int attempt = 0; attempt < 2; attempt++) {
        error_clear(e);
        end = worker_try(w, &r, &outside, &unstarted, e);
        if (worker_is_refused(w, e))
            return -1;
        if (unstarted) {
            int rc = lane_open(worker_fallback_enter(w, e), d, info, e);
            worker_fallback_leave(w);
            return rc;
        }
        if (end != WORKER_DIED || !outside)
            break;
        metadata_clear(&info->metadata);
        *info = (struct format_info){ 0 };
    }
    return end == WORKER_DONE ? 0 : -1;
}

/* The page at work has killed the worker: it is tried again when the death was
 * not its doing, else it ends with E. 0, or -1: the output takes no more. */
static int worker_bury(struct worker_run *r, bool outside, bool *retried,
                       const struct error *e)
{
    if (outside && !*retried && !r->passed_on) {
        *retried = true;
        return 0;
    }
    *retried = false;
    if (!outside)
        budget_died(r->document->budget);
    return r->out->page_done(r->out, r->pages[r->done++], e);
}

static int worker_pages(struct lane *lane, const struct lane_document *d,
                        const int *pages, int count, struct lane_output *out,
                        struct error *e)
{
    struct worker_lane *w = (struct worker_lane *)lane;
    struct worker_run r = { .document = d, .pages = pages, .count = count, .out = out };
    bool retried = false, outside, unstarted;
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
            worker_end_it(w);
            return -1;
        case WORKER_DIED:
            if (unstarted) {
                rc = lane_pages(worker_fallback_enter(w, &why), d, pages + r.done,
                                count - r.done, out, e);
                worker_fallback_leave(w);
                return rc;
            }
            if (r.done < r.count)
                rc = worker_bury(&r, outside, &retried, &why);
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
    struct worker_fallback *f = w->pool->fallback;
    if (w->pid) {
        frame_begin(&w->out, FRAME_CLOSE);
        frame_put_u64(&w->out, id);
        if (frame_send(w->fd, &w->out, -1, true) != 0)
            worker_end_it(w);
        return;
    }
    pthread_mutex_lock(&f->lock);
    if (f->lane)
        lane_close(f->lane, id);
    pthread_mutex_unlock(&f->lock);
}

static void worker_destroy(struct lane *lane)
{
    struct worker_lane *w = (struct worker_lane *)lane;
    worker_dismiss(w);
    buffer_free(&w->out);
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
    w->fd = -1;
    return &w->lane;
}
