/* SPDX-License-Identifier: GPL-3.0-or-later */
/* attend.c - what a worker sends is hostile: anything that an honest one would
 * not send ends it. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/utf8.h"
#include "lane/attend.h"
#include "lane/awake.h"
#include "lane/frame.h"

/* Opening may read the whole file: beside the page's time, so much a MiB. */
#define ATTEND_OPEN_SECONDS_PER_MIB 0.1
/* Text of a page that is kept until the page is complete; more is passed on,
 * and the page cannot be tried again then. */
#define ATTEND_HELD ((size_t)1 << 20)
/* Text of a page that is not plainly a flood. A format that splits is cut at
 * LANE_PAGE_TEXT_MAX bytes, which may each become three (U+FFFD). Others pass
 * on texts of any size, which are not much longer than their file; a chapter
 * of a book is unpacked from at most 64 MiB. */
#define ATTEND_FLOOD_SPLIT ((uint64_t)3 * LANE_PAGE_TEXT_MAX)
#define ATTEND_FLOOD_WHOLE ((uint64_t)256 << 20)
#define ATTEND_FLOOD_PER_BYTE 4

/* Charges the time since the last page to the document's clock, and sets the
 * next deadline: the page's, or the document's when that is sooner. What the
 * output took (a full queue) counts for neither. */
static void attend_tick(struct attend *a, double extra)
{
    double now = clock_now();
    double left = budget_left(a->document->budget);
    double page = a->pool->page_timeout + extra;
    a->since = now;
    a->deadline = now + (page < left ? page : left);
}

static void attend_charge(struct attend *a)
{
    double now = clock_now();
    budget_charge(a->document->budget, now - a->since);
    a->since = now;
}

/* Before and after a call of the output, which may take its time. */
static void attend_excuse(struct attend *a, double before)
{
    double spent = clock_now() - before;
    a->since += spent;
    a->deadline += spent;
}

static int attend_pass_on(struct attend *a)
{
    a->passed_on = true;
    double before = clock_now();
    int rc = a->out->text(a->out, a->pages[a->done], a->held->data, a->held->size);
    buffer_clear(a->held);
    attend_excuse(a, before);
    return rc;
}

static enum attend_end attend_garbage(struct attend *a, struct error *e)
{
    attend_charge(a);
    process_end(a->process);
    a->pool->crashed++;
    /* Before any sound frame: a document before may have left it behind. */
    a->outside = !a->answered && !a->alone;
    error_set(e, ERROR_CRASH, "crash: the parser sends garbage");
    return ATTEND_DIED;
}

static bool attend_is_flood(const struct attend *a)
{
    const struct lane_document *d = a->document;
    uint64_t most = d->format->flags & FORMAT_SPLITS
                        ? ATTEND_FLOOD_SPLIT
                        : ATTEND_FLOOD_WHOLE + d->bytes * ATTEND_FLOOD_PER_BYTE;
    return a->taken > most;
}

/* Whether TEXT holds what an honest worker has taken out (local.c): page
 * marks are ours to set. */
static bool attend_is_marked(const struct attend *a, const char *text, size_t size)
{
    return !(a->document->format->flags & FORMAT_KEEPS_MARKS) &&
           (memchr(text, '\f', size) || memchr(text, '\0', size));
}

static enum attend_end attend_on_text(struct attend *a, const struct frame *frame,
                                      struct error *e)
{
    /* Text comes in pieces that end anywhere, so its last character may be cut:
     * the page is checked as it is passed on. */
    if (a->info || a->done == a->count)
        return attend_garbage(a, e);
    a->taken += frame->size;
    if (attend_is_flood(a) || attend_is_marked(a, frame->body, frame->size))
        return attend_garbage(a, e);
    buffer_append(a->held, frame->body, frame->size);
    if (a->held->size < ATTEND_HELD)
        return ATTEND_DONE;
    size_t whole = utf8_valid_prefix(a->held->data, a->held->size);
    size_t tail = 0;
    if (whole < a->held->size &&
        (!utf8_ends_inside(a->held->data, a->held->size, &tail) ||
         whole + tail != a->held->size))
        return attend_garbage(a, e);
    char cut[4];
    memcpy(cut, a->held->data + whole, tail);
    a->held->size = whole;
    int rc = attend_pass_on(a);
    buffer_append(a->held, cut, tail);
    return rc == 0 ? ATTEND_DONE : ATTEND_STOP;
}

static enum attend_end attend_on_page(struct attend *a, const struct frame *frame,
                                      struct error *e)
{
    struct frame_cursor c = frame_cursor(frame);
    struct error page_error;
    int page = (int)frame_get_u32(&c);
    bool bad = frame_get_error(&c, &page_error);
    char why[READER_WHY];
    unsigned flags = frame_get_flags(&c, why);
    if (c.bad || a->info || a->done == a->count || page != a->pages[a->done] ||
        a->member != ATTEND_OUTSIDE ||
        utf8_valid_prefix(a->held->data, a->held->size) != a->held->size)
        return attend_garbage(a, e);
    attend_charge(a);
    budget_survived(a->document->budget);
    if (a->held->size && attend_pass_on(a) != 0)
        return ATTEND_STOP;
    pace_add(&a->pace, a->taken);
    a->out->flags = bad ? 0 : flags;
    a->out->why = bad || !*why ? NULL : why;
    int rc = a->out->page_done(a->out, page, bad ? &page_error : NULL);
    a->out->flags = 0;
    a->out->why = NULL;
    a->done++;
    a->passed_on = false;
    a->taken = 0;
    attend_tick(a, 0);
    return rc == 0 ? ATTEND_DONE : ATTEND_STOP;
}

/* A page with many members, or large ones, may take longer than one without:
 * its clock begins anew with each, and with so much of one. The document's goes
 * on. */
#define ATTEND_UNPACKED ((uint64_t)16 << 20)

static void attend_member_tick(struct attend *a)
{
    attend_charge(a);
    attend_tick(a, 0);
    a->unpacked = 0;
}

static enum attend_end attend_on_member(struct attend *a, const struct frame *frame,
                                        struct error *e)
{
    struct frame_cursor c = frame_cursor(frame);
    struct member member = { .size = (int64_t)frame_get_u64(&c) };
    member.mtime_ns = (int64_t)frame_get_u64(&c);
    char *name = frame_get_string(&c, LANE_NAME_MAX);
    if (c.bad || member.size < -1 || a->info || a->done == a->count ||
        a->member != ATTEND_OUTSIDE || !a->document->members) {
        free(name);
        return attend_garbage(a, e);
    }
    member.name = name;
    a->passed_on = true;
    double before = clock_now();
    int rc = a->out->member_begin(a->out, a->pages[a->done], &member);
    attend_excuse(a, before);
    free(name);
    a->member = rc == 0 ? ATTEND_TAKEN : ATTEND_DROPPED;
    return rc >= 0 ? ATTEND_DONE : ATTEND_STOP;
}

static enum attend_end attend_on_data(struct attend *a, const struct frame *frame,
                                      struct error *e)
{
    if (a->member == ATTEND_OUTSIDE)
        return attend_garbage(a, e);
    a->unpacked += frame->size;
    if (a->unpacked >= ATTEND_UNPACKED)
        attend_member_tick(a);
    if (a->member == ATTEND_DROPPED)
        return ATTEND_DONE;
    double before = clock_now();
    int rc = a->out->member_data(a->out, frame->body, frame->size);
    attend_excuse(a, before);
    return rc == 0 ? ATTEND_DONE : ATTEND_STOP;
}

static enum attend_end attend_on_whole(struct attend *a, const struct frame *frame,
                                       struct error *e)
{
    struct frame_cursor c = frame_cursor(frame);
    struct error why;
    bool bad = frame_get_error(&c, &why);
    if (c.bad || a->member == ATTEND_OUTSIDE)
        return attend_garbage(a, e);
    attend_member_tick(a);
    bool taken = a->member == ATTEND_TAKEN;
    a->member = ATTEND_OUTSIDE;
    if (!taken)
        return ATTEND_DONE;
    double before = clock_now();
    int rc = a->out->member_end(a->out, bad ? &why : NULL);
    attend_excuse(a, before);
    return rc == 0 ? ATTEND_DONE : ATTEND_STOP;
}

static enum attend_end attend_on_done(struct attend *a, const struct frame *frame,
                                      struct error *e)
{
    struct frame_cursor c = frame_cursor(frame);
    bool failed = frame_get_error(&c, e);
    if (c.bad || (!failed && a->done < a->count) ||
        (!failed && a->info && a->info->pages == 0))
        return attend_garbage(a, e);
    return failed ? ATTEND_FAILED : ATTEND_DONE;
}

static void attend_on_trap(struct attend *a, const struct frame *frame,
                           struct error *e)
{
    struct frame_cursor c = frame_cursor(frame);
    char *name = sandbox_syscall_name(frame_get_u32(&c));
    a->pool->trapped++;
    error_set(e, ERROR_SANDBOX, "sandbox: the parser called %s", name);
    free(name);
    process_end(a->process);
}

static void attend_timed_out(struct attend *a, struct error *e)
{
    process_end(a->process);
    a->pool->timed_out++;
    if (budget_left(a->document->budget) <= 0)
        error_set(e, ERROR_TIMEOUT, "timeout: the document took longer than %.6g s",
                  budget_limit(a->document->budget));
    else
        error_set(e, ERROR_TIMEOUT, "timeout: %s took longer than %.6g s",
                  a->info ? "opening it" : "the page", a->pool->page_timeout);
}

/* Before the next frame is waited for: lets pages gather that come fast. */
static void attend_rest(struct attend *a)
{
    struct frame_reader *in = &a->process->in;
    if (a->info || frame_has_more(in))
        return;
    double rest = pace_rest(&a->pace, a->count - a->done, clock_now());
    if (rest > 0)
        frame_rest(in, rest);
}

/* The next frame, by the deadline of the page at work. */
static enum frame_got attend_receive(struct attend *a, struct frame *frame)
{
    attend_rest(a);
    double before = a->deadline;
    enum frame_got got = awake_receive(&a->process->in, &a->deadline, frame);
    a->since += a->deadline - before;
    return got;
}

enum attend_end attend(struct attend *a, struct error *e)
{
    a->outside = a->answered = false;
    buffer_clear(a->held);
    a->passed_on = false;
    a->taken = 0;
    a->member = ATTEND_OUTSIDE;
    a->unpacked = 0;
    pace_begin(&a->pace, clock_now());
    attend_tick(a, ATTEND_OPEN_SECONDS_PER_MIB * (double)(a->document->bytes >> 20));
    for (;;) {
        struct frame frame;
        enum attend_end end = ATTEND_DONE;
        switch (attend_receive(a, &frame)) {
        case FRAME_CLOSED:
            attend_charge(a);
            a->outside = process_autopsy(a->process, a->pool, e);
            return ATTEND_DIED;
        case FRAME_LATE:
            attend_charge(a);
            attend_timed_out(a, e);
            return ATTEND_DIED;
        case FRAME_GARBAGE:
            return attend_garbage(a, e);
        case FRAME_GOT:
            break;
        }
        struct frame_cursor c = frame_cursor(&frame);
        switch (frame.type) {
        case FRAME_TEXT:
            end = attend_on_text(a, &frame, e);
            break;
        case FRAME_PAGE:
            end = attend_on_page(a, &frame, e);
            break;
        case FRAME_MEMBER:
            end = attend_on_member(a, &frame, e);
            break;
        case FRAME_DATA:
            end = attend_on_data(a, &frame, e);
            break;
        case FRAME_WHOLE:
            end = attend_on_whole(a, &frame, e);
            break;
        case FRAME_INFO:
            if (!a->info || a->info->pages || !frame_get_info(&c, a->info))
                return attend_garbage(a, e);
            break;
        case FRAME_TRAP:
            attend_charge(a);
            attend_on_trap(a, &frame, e);
            return ATTEND_DIED;
        case FRAME_DONE:
            attend_charge(a);
            return attend_on_done(a, &frame, e);
        default:
            return attend_garbage(a, e);
        }
        if (end != ATTEND_DONE)
            return end;
        a->answered = true;
    }
}
