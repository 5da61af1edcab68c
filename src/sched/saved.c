/* SPDX-License-Identifier: GPL-3.0-or-later */
/* saved.c - frames of text, each with the marks of its pages, then one that ends
 * the range and says what became of its pages. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "sched/saved.h"

enum { SAVED_TEXT = 1, SAVED_RANGE = 2 };

static void saved_number(struct buffer *b, uint32_t number)
{
    buffer_append(b, &number, sizeof number);
}

void saved_text(struct journal *j, const struct chunk *c)
{
    struct buffer b = { 0 };
    size_t start = 0;
    saved_number(&b, (uint32_t)c->mark_count);
    for (size_t i = 0; i < c->mark_count; i++) {
        saved_number(&b, (uint32_t)c->marks[i].page);
        saved_number(&b, c->marks[i].complete);
        saved_number(&b, (uint32_t)(c->marks[i].end - start));
        start = c->marks[i].end;
    }
    buffer_append(&b, c->text.data ? c->text.data : "", c->text.size);
    journal_save(j, SAVED_TEXT, b.data, b.size);
    buffer_free(&b);
}

void saved_range(struct journal *j, const struct range *range)
{
    struct buffer b = { 0 };
    saved_number(&b, (uint32_t)range->first);
    saved_number(&b, (uint32_t)range->count);
    saved_number(&b, (uint32_t)range->error_count);
    for (size_t i = 0; i < range->error_count; i++) {
        const struct range_error *r = range->errors + i;
        saved_number(&b, (uint32_t)r->at);
        saved_number(&b, r->died);
        saved_number(&b, (uint32_t)r->error.kind);
        saved_number(&b, (uint32_t)r->error.sys_errno);
        saved_number(&b, (uint32_t)strlen(r->error.detail));
        buffer_append_string(&b, r->error.detail);
    }
    saved_number(&b, (uint32_t)range->note_count);
    for (size_t i = 0; i < range->note_count; i++) {
        saved_number(&b, (uint32_t)range->notes[i].at);
        saved_number(&b, range->notes[i].flags);
        saved_number(&b, (uint32_t)strlen(range->notes[i].why));
        buffer_append_string(&b, range->notes[i].why);
    }
    journal_save(j, SAVED_RANGE, b.data, b.size);
    buffer_free(&b);
}

/* What is left to read of a frame; numbers past its end are 0. */
struct saved_reader {
    const char *data;
    size_t size;
    bool bad;
};

static const char *saved_take(struct saved_reader *r, size_t size)
{
    const char *at = r->data;
    if (size > r->size) {
        r->bad = true;
        return NULL;
    }
    r->data += size;
    r->size -= size;
    return at;
}

static uint32_t saved_take_number(struct saved_reader *r)
{
    uint32_t number = 0;
    const char *at = saved_take(r, sizeof number);
    if (at)
        memcpy(&number, at, sizeof number);
    return number;
}

/* Appends what a frame of text holds to C. */
static void saved_read_text(struct saved_reader *r, struct chunk *c)
{
    uint32_t count = saved_take_number(r);
    struct saved_reader marks = *r;
    if (!saved_take(r, (size_t)count * 3 * sizeof count))
        return;
    for (uint32_t i = 0; i < count; i++) {
        int page = (int)saved_take_number(&marks);
        bool complete = saved_take_number(&marks);
        size_t size = saved_take_number(&marks);
        const char *text = saved_take(r, size);
        if (!text)
            return;
        chunk_text(c, page, text, size);
        if (complete)
            chunk_end_page(c, page);
    }
}

/* The error of the page AT, if the next one of R, which has COUNT left, is its. */
static bool saved_read_error(struct saved_reader *r, uint32_t *count, int at,
                             struct range_error *error)
{
    struct saved_reader next = *r;
    if (*count == 0 || (int)saved_take_number(&next) != at)
        return false;
    *error = (struct range_error){ .at = at, .died = saved_take_number(&next) };
    uint32_t kind = saved_take_number(&next);
    error->error.kind = kind < ERROR_KINDS ? (enum error_kind)kind : ERROR_INTERNAL;
    error->error.sys_errno = (int)saved_take_number(&next);
    size_t size = saved_take_number(&next);
    const char *detail = saved_take(&next, size);
    if (detail && size < sizeof error->error.detail)
        memcpy(error->error.detail, detail, size);
    --*count;
    *r = next;
    return true;
}

/* Skips the errors of R to its notes. */
static void saved_skip_errors(struct saved_reader *r, uint32_t count)
{
    for (uint32_t i = 0; i < count && !r->bad; i++) {
        saved_take(r, 4 * sizeof(uint32_t));
        saved_take(r, saved_take_number(r));
    }
}

/* The note of the page AT, as above; no flags: it has none. */
static struct range_note saved_read_note(struct saved_reader *r, uint32_t *count, int at)
{
    struct saved_reader next = *r;
    struct range_note note = { 0 };
    if (*count == 0 || (int)saved_take_number(&next) != at)
        return note;
    --*count;
    note.flags = saved_take_number(&next);
    size_t size = saved_take_number(&next);
    const char *why = saved_take(&next, size);
    if (why && size < sizeof note.why)
        memcpy(note.why, why, size);
    *r = next;
    return note;
}

/* How many pages C ends. */
static int saved_pages(const struct chunk *c)
{
    int pages = 0;
    for (size_t i = 0; i < c->mark_count; i++)
        pages += c->marks[i].complete;
    return pages;
}

/* Does to M what a lane did that extracted the range of which R tells and C is the
 * text. Returns how many pages it has; 0: it does not fit. */
static int saved_replay(struct merge *m, struct saved_reader r, struct chunk *c, int next,
                        int total)
{
    int first = (int)saved_take_number(&r), count = (int)saved_take_number(&r);
    uint32_t errors = saved_take_number(&r);
    struct saved_reader notes = r;
    saved_skip_errors(&notes, errors);
    uint32_t note_count = saved_take_number(&notes);
    if (notes.bad || first != next || count <= 0 || count > total - next ||
        saved_pages(c) != count)
        return 0;
    struct range *range = merge_claim(m, first, count);
    const char *text = c->text.data ? c->text.data : "";
    size_t start = 0;
    for (size_t i = 0; i < c->mark_count; i++) {
        const struct chunk_mark *mark = c->marks + i;
        struct range_error error;
        merge_text(m, range, mark->page, text + start, mark->end - start);
        start = mark->end;
        if (!mark->complete)
            continue;
        int at = range->ended;
        struct range_note note = saved_read_note(&notes, &note_count, at);
        merge_page_flags(range, note.flags, note.why);
        bool has_error = saved_read_error(&r, &errors, at, &error);
        merge_page_done(range, mark->page, has_error ? &error.error : NULL,
                        has_error && error.died);
    }
    return merge_finish(m, range) == 0 ? count : 0;
}

int saved_recover(struct journal *j, struct merge *m, int total)
{
    struct chunk text = { 0 };
    int pages = 0, kind;
    const char *data;
    size_t size;
    while (pages < total && (kind = journal_read(j, &data, &size)) > 0) {
        struct saved_reader r = { data, size, false };
        if (kind == SAVED_TEXT) {
            saved_read_text(&r, &text);
            continue;
        }
        int count = kind == SAVED_RANGE ? saved_replay(m, r, &text, pages, total) : 0;
        if (count == 0)
            break;
        pages += count;
        journal_keep(j);
        chunk_free(&text);
        text = (struct chunk){ 0 };
    }
    chunk_free(&text);
    m->journal = j;
    return pages;
}
