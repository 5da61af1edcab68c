/* SPDX-License-Identifier: GPL-3.0-or-later */
/* extract.c - stands between a lane and the merge: a page that may pass is
 * held back, and the lane is asked anew from there on. */
#include <config.h>

#include <stdlib.h>

#include "base/alloc.h"
#include "base/backoff.h"
#include "base/clock.h"
#include "sched/extract.h"

static int extract_text(struct lane_output *out, int page, const char *text,
                        size_t size)
{
    struct extract *x = (struct extract *)out;
    return *x->abort ? -1 : merge_text(&x->task->merge, x->range, page, text, size);
}

/* Whether the page at work is to be tried again, which came to E. Lanes see to
 * workers that are ended from outside themselves. */
static bool extract_may_retry(const struct extract *x, const struct error *e)
{
    return x->attempts < x->retries && !*x->abort && e->kind != ERROR_KILLED &&
           error_may_pass(e);
}

static int extract_page_done(struct lane_output *out, int page, const struct error *e)
{
    struct extract *x = (struct extract *)out;
    if (x->gather)
        gather_finish(x->gather, e);
    if (e && extract_may_retry(x, e) && merge_take_back(x->range, page)) {
        x->again = true;
        return -1;
    }
    merge_page_flags(x->range, e ? 0 : out->flags, out->why);
    merge_page_done(x->range, page, e, out->died);
    x->done++;
    x->attempts = 0;
    metrics_page(x->metrics, x->task->document.bytes / (uint64_t)x->task->total);
    return *x->abort || merge_is_given_up(&x->task->merge, x->range) ? -1 : 0;
}

static int extract_member_begin(struct lane_output *out, int page,
                                const struct member *member)
{
    struct extract *x = (struct extract *)out;
    x->range->passed = page;
    return gather_begin(x->gather, member);
}

static int extract_member_data(struct lane_output *out, const void *data, size_t size)
{
    return gather_data(((struct extract *)out)->gather, data, size);
}

static int extract_member_end(struct lane_output *out, const struct error *e)
{
    return gather_end(((struct extract *)out)->gather, e);
}

/* As lane_pages, for those of PAGES that are not done. */
static int extract_pages(struct extract *x, const int *pages, struct error *e)
{
    struct task *t = x->task;
    for (;;) {
        if (merge_is_given_up(&t->merge, x->range))
            return -1;
        int rc = lane_pages(x->lane, &t->document, pages + x->done,
                            x->range->count - x->done, &x->out, e);
        if (rc == 0 || (!x->again && !extract_may_retry(x, e)))
            return rc;
        x->again = false;
        error_clear(e);
        /* What it has read of the file is not to be relied on. */
        lane_close(x->lane, t->document.id);
        double start = clock_now();
        backoff_pause(x->attempts++);
        /* Or a worker that belongs to an attacker could go on for ever. */
        budget_charge(&t->budget, clock_now() - start);
    }
}

bool extract(struct extract *x)
{
    int count = x->range->count;
    int *pages = xcalloc((size_t)count, sizeof *pages);
    for (int i = 0; i < count; i++)
        pages[i] = pages_at(x->pages, x->range->first + i);
    x->out.text = extract_text;
    x->out.page_done = extract_page_done;
    x->out.member_begin = extract_member_begin;
    x->out.member_data = extract_member_data;
    x->out.member_end = extract_member_end;
    struct error e = { 0 };
    int rc = extract_pages(x, pages, &e);
    if (x->gather) {
        gather_finish(x->gather, NULL);
        if (rc != 0 && x->gather->error.kind != ERROR_NONE)
            e = x->gather->error;
    }
    bool stopped = rc != 0 && e.kind == ERROR_NONE && x->done < count;
    bool given_up = merge_is_given_up(&x->task->merge, x->range);
    if (stopped)
        error_set(&e, ERROR_INTERRUPTED, "stopped");
    /* Pages that the lane gave up end all the same. */
    x->retries = 0;
    while (rc != 0 && x->done < count)
        extract_page_done(&x->out, pages[x->done], &e);
    free(pages);
    return !stopped || given_up;
}
