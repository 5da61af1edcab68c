/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stream.c - text on one descriptor, a form feed after each page; or records.
 * Slots stand for the documents from the head of the output on; the head
 * writes through, all others are held in the spill until it is their turn. */
#include <config.h>

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "sink/sink.h"
#include "sink/spill.h"
#include "sink/stream.h"

/* How many documents the run may be ahead of a slow one: each costs a result
 * (about 500 bytes) while it waits. */
#define STREAM_AHEAD 2048
#define STREAM_BUFFER ((size_t)256 << 10)
/* A record that is longer is not kept until it is whole. */
#define STREAM_RECORD ((size_t)64 << 20)
/* Documents that may share a buffer. */
#define STREAM_WRITTEN 256

struct stream_slot {
    struct result *result; /* that has ended, and was not given on */
    bool ended, done;      /* done: all of its own is in the output */
    bool bare;             /* it has no text, only members */
    uint64_t ordinal;
    struct spill_queue held;
    /* In order: its members, and the slot that it is one of. Else NULL. */
    struct stream_slot *outer, *first, *last;
    /* Among its siblings; or among the loose ones. */
    struct stream_slot *next, *previous;
};

struct stream {
    struct sink sink;
    int fd;
    const char *name; /* of what FD is */
    bool in_order;
    struct spill *spill, *own_spill; /* own: NULL when it is another's */
    struct buffer buffer;            /* not yet written */
    uint64_t written_end;            /* how far the output goes, in bytes */
    /* Of records: how much of the buffer are whole ones, and where the last
     * whole one in the output ends; NULL for text. */
    size_t whole_size;
    _Atomic uint64_t *whole;
    /* In order: slot i, when there is one, stands for ordinal head + i, in a ring;
     * the capacity is a power of two. */
    struct stream_slot **slots;
    size_t first, capacity;
    uint64_t head;
    struct stream_slot *at; /* what writes through: the head, or a member in it */
    /* As they end: the slots of all documents that have text and no end. */
    struct stream_slot *loose;
    /* Results whose text is in the buffer, or was: reported when it is out. */
    struct result *written[STREAM_WRITTEN];
    int written_count;
};

/* Writes the first SIZE bytes of the buffer. */
static int stream_put(struct stream *s, size_t size, struct error *e)
{
    const char *p = s->buffer.data;
    size_t left = size;
    while (left) {
        ssize_t n = write(s->fd, p, left);
        if (n < 0 && errno == EAGAIN) { /* somebody's non-blocking pipe */
            poll(&(struct pollfd){ s->fd, POLLOUT, 0 }, 1, -1);
            continue;
        }
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return error_set_errno(e, ERROR_OUTPUT, errno, "cannot write to %s",
                                   s->name);
        p += n;
        left -= (size_t)n;
    }
    s->written_end += size;
    if (s->buffer.size == size && s->buffer.capacity > 8 * STREAM_BUFFER) {
        buffer_free(&s->buffer); /* of a large record */
        return 0;
    }
    if (s->buffer.size > size)
        memmove(s->buffer.data, s->buffer.data + size, s->buffer.size - size);
    s->buffer.size -= size;
    return 0;
}

/* Writes what may be written: all text, whole records. */
static int stream_flush(struct stream *s, struct error *e)
{
    if (stream_put(s, s->whole ? s->whole_size : s->buffer.size, e) != 0)
        return -1;
    if (s->whole && s->whole_size)
        *s->whole = s->written_end;
    s->whole_size = 0;
    for (int i = 0; i < s->written_count; i++)
        s->sink.report->finished(s->sink.report, s->written[i]);
    s->written_count = 0;
    return 0;
}

/* All text of RESULT has been written to the buffer. */
static int stream_finished(struct stream *s, struct result *result,
                           struct error *e)
{
    result->output_end = s->written_end + s->buffer.size;
    s->written[s->written_count++] = result;
    return s->written_count == STREAM_WRITTEN || !s->buffer.size
               ? stream_flush(s, e)
               : 0;
}

static int stream_write(void *ctx, const char *data, size_t size, struct error *e)
{
    struct stream *s = ctx;
    const char *newline = s->whole ? memrchr(data, '\n', size) : NULL;
    if (newline)
        s->whole_size = s->buffer.size + (size_t)(newline + 1 - data);
    buffer_append(&s->buffer, data, size);
    if (s->buffer.size >= STREAM_BUFFER && (!s->whole || s->whole_size))
        return stream_flush(s, e);
    return s->buffer.size >= STREAM_RECORD ? stream_put(s, s->buffer.size, e) : 0;
}

static void stream_grow(struct stream *s, size_t wanted)
{
    size_t capacity = s->capacity ? s->capacity : 64;
    while (capacity <= wanted)
        capacity *= 2;
    struct stream_slot **slots = xcalloc(capacity, sizeof *slots);
    for (size_t i = 0; i < s->capacity; i++)
        slots[i] = s->slots[(s->first + i) & (s->capacity - 1)];
    free(s->slots);
    s->slots = slots;
    s->capacity = capacity;
    s->first = 0;
}

static struct stream_slot *stream_slot(struct stream *s, uint64_t ordinal)
{
    size_t index = (size_t)(ordinal - s->head);
    if (index >= s->capacity)
        stream_grow(s, index);
    struct stream_slot **at = s->slots + ((s->first + index) & (s->capacity - 1));
    if (!*at)
        *at = xcalloc(1, sizeof **at);
    (*at)->ordinal = ordinal;
    return *at;
}

/* What is at work in the output. */
static struct stream_slot *stream_at(struct stream *s)
{
    if (!s->at)
        s->at = stream_slot(s, s->head);
    return s->at;
}

static void stream_loose_free(struct stream *s, struct stream_slot *slot)
{
    if (slot->previous)
        slot->previous->next = slot->next;
    else
        s->loose = slot->next;
    if (slot->next)
        slot->next->previous = slot->previous;
    spill_drop(s->spill, &slot->held);
    free(slot);
}

/* Out of order every document waits for its own end, in the slot that its
 * result carries along. */
static struct stream_slot *stream_slot_of(struct stream *s, struct result *r)
{
    if (s->in_order)
        return r->turn ? r->turn : stream_slot(s, r->item.ordinal);
    if (!r->sink_data) {
        struct stream_slot *slot = xcalloc(1, sizeof *slot);
        slot->next = s->loose;
        if (s->loose)
            s->loose->previous = slot;
        s->loose = slot;
        r->sink_data = slot;
    }
    return r->sink_data;
}

static int stream_text(struct sink *sink, struct result *result, int page,
                       const char *text, size_t size, bool end_of_page,
                       struct error *e)
{
    struct stream *s = (struct stream *)sink;
    (void)page;
    /* Records of a document come all at once. */
    bool now = s->in_order ? stream_slot_of(s, result) == stream_at(s)
                           : s->whole != NULL;
    if (now) {
        if (stream_write(s, text, size, e) != 0)
            return -1;
        return end_of_page ? stream_write(s, "\f", 1, e) : 0;
    }
    struct spill_queue *held = &stream_slot_of(s, result)->held;
    if (size && spill_store(s->spill, held, text, size, e) != 0)
        return -1;
    return end_of_page ? spill_store(s->spill, held, "\f", 1, e) : 0;
}

static int stream_end_unordered(struct stream *s, struct result *result,
                                struct error *e)
{
    struct stream_slot *slot = result->sink_data;
    int rc = 0;
    if (slot) {
        rc = spill_replay(s->spill, &slot->held, stream_write, s, e);
        stream_loose_free(s, slot);
        result->sink_data = NULL;
    }
    if (rc == 0)
        return stream_finished(s, result, e);
    sink_lose(&s->sink, result, e);
    return -1;
}

/* Slot AT, whose members have left, leaves. What comes next: the one that it was
 * a member of, or the next head. */
static void stream_leave(struct stream *s, struct stream_slot *at)
{
    struct stream_slot *outer = at->outer;
    if (outer) {
        outer->first = at->next;
        if (!outer->first)
            outer->last = NULL;
    } else {
        s->slots[s->first] = NULL;
        s->first = (s->first + 1) & (s->capacity - 1);
        s->head++;
        s->sink.horizon = s->head + STREAM_AHEAD;
    }
    free(at);
    s->at = outer;
}

/* What is next in the output leaves when it has ended: a document's text, then its
 * members, which need not wait for the end of one that has no text. Records the
 * other way round: a document's is made when all of it is known, and millions of
 * members would have to be kept until then. */
static int stream_advance(struct stream *s, struct error *e)
{
    for (;;) {
        struct stream_slot *at = stream_at(s);
        if (s->whole && at->first) {
            s->at = at->first;
            continue;
        }
        if (spill_replay(s->spill, &at->held, stream_write, s, e) != 0)
            return -1;
        bool open = at->bare && !s->whole && !at->ended;
        if (!at->ended && !open)
            return 0;
        if (at->ended && !at->done) {
            struct result *ended = at->result;
            at->result = NULL;
            at->done = true;
            if (stream_finished(s, ended, e) != 0)
                return -1;
        }
        if (at->first)
            s->at = at->first;
        else if (at->ended)
            stream_leave(s, at);
        else
            return 0;
    }
}

static int stream_end(struct sink *sink, struct result *result, struct error *e)
{
    struct stream *s = (struct stream *)sink;
    if (!s->in_order)
        return stream_end_unordered(s, result, e);
    struct stream_slot *slot = stream_slot_of(s, result);
    slot->result = result;
    slot->ended = true;
    return stream_advance(s, e);
}

static int stream_insert(struct sink *sink, struct result *result,
                         struct result *outer, struct error *e)
{
    struct stream *s = (struct stream *)sink;
    if (!s->in_order)
        return 0;
    struct stream_slot *o = stream_slot_of(s, outer);
    struct stream_slot *slot = xcalloc(1, sizeof *slot);
    o->bare = outer->bare;
    slot->ordinal = result->item.ordinal;
    slot->outer = o;
    if (o->last)
        o->last->next = slot;
    else
        o->first = slot;
    o->last = slot;
    result->turn = slot;
    return o == stream_at(s) ? stream_advance(s, e) : 0;
}

static int stream_idle(struct sink *sink, struct error *e)
{
    return stream_flush((struct stream *)sink, e);
}

/* That of SLOT, which may be NULL, and those of its members, the first for the
 * reason in WHY. */
static void stream_lose_slot(struct stream *s, struct stream_slot *slot,
                             struct error *why)
{
    for (struct stream_slot *i = slot; i;) {
        if (i->result) {
            sink_lose(&s->sink, i->result, why);
            error_set(why, ERROR_INTERRUPTED, "not reached: the output failed");
        }
        i->result = NULL;
        if (i->first) {
            i = i->first;
            continue;
        }
        while (i != slot && !i->next)
            i = i->outer;
        i = i == slot ? NULL : i->next;
    }
    if (slot)
        error_set(why, ERROR_INTERRUPTED, "not reached: the output failed");
}

/* What was in the buffer is lost for the reason in E, and so is the head, whose
 * text may be in it, but for a record that is still to come; what waits behind
 * was not reached. */
static void stream_lose(struct sink *sink, const struct error *e)
{
    struct stream *s = (struct stream *)sink;
    struct error why = *e;
    for (int i = 0; i < s->written_count; i++)
        sink_lose(sink, s->written[i], e);
    s->written_count = 0;
    if (s->in_order && !s->whole)
        sink->broken = stream_at(s)->ordinal;
    for (size_t i = 0; i < s->capacity; i++)
        stream_lose_slot(s, s->slots[(s->first + i) & (s->capacity - 1)], &why);
}

/* SLOT, which may be NULL, and all below it. */
static void stream_drop(struct stream *s, struct stream_slot *slot)
{
    while (slot) {
        if (slot->first) {
            slot = slot->first;
            continue;
        }
        struct stream_slot *outer = slot->outer;
        if (outer)
            outer->first = slot->next;
        spill_drop(s->spill, &slot->held);
        result_destroy(slot->result);
        free(slot);
        slot = outer;
    }
}

static void stream_destroy(struct sink *sink)
{
    struct stream *s = (struct stream *)sink;
    for (int i = 0; i < s->written_count; i++)
        result_destroy(s->written[i]);
    for (size_t i = 0; i < s->capacity; i++)
        stream_drop(s, s->slots[i]);
    free(s->slots);
    while (s->loose)
        stream_loose_free(s, s->loose);
    spill_destroy(s->own_spill);
    buffer_free(&s->buffer);
    free(s);
}

static const struct sink_ops stream_ops = {
    .insert = stream_insert,
    .text = stream_text,
    .end = stream_end,
    .idle = stream_idle,
    .flush = stream_idle,
    .lose = stream_lose,
    .destroy = stream_destroy,
};

static struct stream *stream_create(int fd, const char *name, bool in_order,
                                    struct sink_report *report)
{
    struct stream *s = xcalloc(1, sizeof *s);
    sink_init(&s->sink, &stream_ops, report);
    if (in_order)
        s->sink.horizon = STREAM_AHEAD;
    s->fd = fd;
    s->name = name;
    s->in_order = in_order;
    return s;
}

struct sink *sink_create_stream(int fd, bool in_order, size_t hold_bytes,
                                struct sink_report *report)
{
    struct stream *s = stream_create(fd, "standard output", in_order, report);
    s->spill = s->own_spill = spill_create(hold_bytes);
    return &s->sink;
}

struct sink *stream_create_records(const struct stream_records *config,
                                   struct sink_report *report)
{
    struct stream *s = stream_create(config->fd, config->name, config->in_order,
                                     report);
    s->spill = config->spill;
    s->written_end = config->start;
    s->whole = config->whole;
    *s->whole = config->start;
    return &s->sink;
}
