/* SPDX-License-Identifier: GPL-3.0-or-later */
/* merge.c - whoever finishes a range and finds nobody emitting becomes the
 * emitter and passes on all that is ready; others leave their range and go. So
 * no lane waits for a sibling, only the emitter for the writer. */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "sched/merge.h"
#include "sched/saved.h"

/* A range that is first in line passes its text on in pieces of this size. */
#define MERGE_PIECE ((size_t)1 << 20)
/* No new range is claimed while finished ones hold more than this. */
#define MERGE_HELD ((size_t)32 << 20)

void merge_init(struct merge *m, struct result *result, struct writer *writer,
                const struct pages *pages, unsigned window)
{
    *m = (struct merge){
        .result = result,
        .writer = writer,
        .pages = pages,
        .slots = xcalloc(window, sizeof(struct range)),
        .window = window,
    };
    pthread_mutex_init(&m->lock, NULL);
}

bool merge_has_room(const struct merge *m)
{
    uint64_t emitted = m->emitted;
    return m->claimed - emitted < m->window &&
           (m->held <= MERGE_HELD || m->claimed == emitted);
}

struct range *merge_claim(struct merge *m, int first, int count)
{
    struct range *range = m->slots + m->claimed % m->window;
    /* An emitter that has come to the end of the ranges looks at this slot. */
    pthread_mutex_lock(&m->lock);
    *range = (struct range){
        .number = m->claimed++,
        .first = first,
        .count = count,
    };
    pthread_mutex_unlock(&m->lock);
    return range;
}

static int merge_put(struct merge *m, struct range *range)
{
    m->result->text_bytes += range->chunk.text.size;
    return range->chunk.mark_count && !m->bare
               ? writer_put(m->writer, m->result, &range->chunk)
               : 0;
}

/* First in line: everything before has been put, and nobody else touches the
 * writer for this document until this range is done. */
static bool merge_is_first(const struct merge *m, const struct range *range)
{
    return m->emitted == range->number;
}

/* Whether the document ends within the deaths that RANGE, which is first in
 * line, begins with. */
static bool merge_is_doomed(const struct merge *m, const struct range *range)
{
    int deaths = m->deaths;
    for (size_t i = 0; i < range->error_count; i++, deaths++)
        if (range->errors[i].at != (int)i || !range->errors[i].died)
            break;
    return deaths >= MERGE_DEATHS;
}

bool merge_is_given_up(const struct merge *m, const struct range *range)
{
    return m->killer || range->deaths >= MERGE_DEATHS ||
           (merge_is_first(m, range) && merge_is_doomed(m, range));
}

int merge_text(struct merge *m, struct range *range, int page, const char *text,
               size_t size)
{
    bool first = merge_is_first(m, range);
    if (first && merge_is_given_up(m, range))
        return 0;
    chunk_text(&range->chunk, page, text, size);
    if (!first || range->chunk.text.size < MERGE_PIECE)
        return 0;
    range->passed = page;
    if (m->journal)
        saved_text(m->journal, &range->chunk);
    return merge_put(m, range);
}

bool merge_take_back(struct range *range, int page)
{
    struct chunk *c = &range->chunk;
    if (range->passed == page)
        return false;
    const struct chunk_mark *last = c->mark_count ? c->marks + c->mark_count - 1 : NULL;
    if (!last || last->page != page || last->complete)
        return true;
    c->mark_count--;
    c->text.size = c->mark_count ? c->marks[c->mark_count - 1].end : 0;
    return true;
}

void merge_page_flags(struct range *range, unsigned flags, const char *why)
{
    if (!flags)
        return;
    if (range->note_count == range->note_capacity) {
        range->note_capacity = range->note_capacity ? range->note_capacity * 2 : 4;
        range->notes = xrealloc_array(range->notes, range->note_capacity,
                                      sizeof *range->notes);
    }
    struct range_note *note = range->notes + range->note_count++;
    note->at = range->ended;
    note->flags = flags;
    snprintf(note->why, sizeof note->why, "%s", why ? why : "");
}

void merge_page_done(struct range *range, int page, const struct error *e, bool died)
{
    chunk_end_page(&range->chunk, page);
    range->deaths = died ? range->deaths + 1 : 0;
    int at = range->ended++;
    if (!e)
        return;
    if (range->error_count == range->error_capacity) {
        range->error_capacity = range->error_capacity ? range->error_capacity * 2 : 4;
        range->errors = xrealloc_array(range->errors, range->error_capacity,
                                       sizeof *range->errors);
    }
    range->errors[range->error_count++] = (struct range_error){ at, died, *e };
}

static int merge_page(const struct merge *m, const struct range *range, int at)
{
    return pages_at(m->pages, range->first + at);
}

/* Names the pages of RANGE that have errors. Returns how many of its pages come
 * before the document is given up: all, unless it is. */
static int merge_emit_errors(struct merge *m, const struct range *range)
{
    int next = 0; /* after the last page with an error */
    if (m->killer)
        return 0;
    for (size_t i = 0; i < range->error_count; i++) {
        const struct range_error *r = range->errors + i;
        result_add_page_error(m->result, merge_page(m, range, r->at), &r->error);
        if (!r->died || r->at != next)
            m->deaths = 0;
        m->deaths += r->died;
        next = r->at + 1;
        if (m->deaths == MERGE_DEATHS) {
            m->killer = (int)r->error.kind;
            return next;
        }
    }
    if (next < range->count)
        m->deaths = 0;
    return range->count;
}

/* Says what there is to say of the first GOOD pages of RANGE. */
static void merge_emit_notes(struct merge *m, const struct range *range, int good)
{
    for (size_t i = 0; i < range->note_count && range->notes[i].at < good; i++)
        result_add_page_flags(m->result, merge_page(m, range, range->notes[i].at),
                              range->notes[i].flags, range->notes[i].why);
}

/* Leaves nothing but the marks of the pages of RANGE from the one at AT on. */
static void merge_blank(struct merge *m, struct range *range, int at)
{
    struct chunk *c = &range->chunk;
    struct error e;
    error_set(&e, (enum error_kind)m->killer,
              "given up after %d deaths of workers in a row", MERGE_DEATHS);
    int first = merge_page(m, range, at);
    while (c->mark_count > 0 && c->marks[c->mark_count - 1].page >= first)
        c->mark_count--;
    c->text.size = c->mark_count ? c->marks[c->mark_count - 1].end : 0;
    for (; at < range->count; at++) {
        int page = merge_page(m, range, at);
        chunk_end_page(c, page);
        result_add_page_error(m->result, page, &e);
    }
}

/* Whether pages of RANGE ended since the run was stopped: they are not done. */
static bool merge_is_cut(const struct range *range)
{
    for (size_t i = 0; i < range->error_count; i++)
        if (range->errors[i].error.kind == ERROR_INTERRUPTED)
            return true;
    return false;
}

/* Passes on the range that is first in line and done. */
static int merge_emit(struct merge *m, struct range *range)
{
    m->held -= range->chunk.text.size;
    int good = merge_emit_errors(m, range);
    merge_emit_notes(m, range, good);
    if (good < range->count)
        merge_blank(m, range, good);
    if (m->journal && merge_is_cut(range)) {
        /* Nothing behind it can be gone on with, either. */
        journal_close(m->journal);
        m->journal = NULL;
    }
    if (m->journal) {
        saved_text(m->journal, &range->chunk);
        saved_range(m->journal, range);
    }
    free(range->errors);
    free(range->notes);
    range->errors = NULL;
    range->notes = NULL;
    m->result->pages += range->count;
    return merge_put(m, range);
}

int merge_finish(struct merge *m, struct range *range)
{
    pthread_mutex_lock(&m->lock);
    range->done = true;
    m->held += range->chunk.text.size;
    bool emit = !m->emitting;
    m->emitting = true;
    while (emit) {
        struct range *head = m->slots + m->emitted % m->window;
        emit = !m->failed && head->done && head->number == m->emitted;
        if (!emit) {
            m->emitting = false;
            break;
        }
        head->done = false;
        pthread_mutex_unlock(&m->lock);
        int rc = merge_emit(m, head);
        pthread_mutex_lock(&m->lock);
        m->failed |= rc != 0;
        m->emitted++;
    }
    int rc = m->failed ? -1 : 0;
    pthread_mutex_unlock(&m->lock);
    return rc;
}

void merge_clear(struct merge *m)
{
    for (unsigned i = 0; m->slots && i < m->window; i++) {
        chunk_free(&m->slots[i].chunk);
        free(m->slots[i].errors);
        free(m->slots[i].notes);
    }
    free(m->slots);
    m->slots = NULL;
    journal_close(m->journal);
    m->journal = NULL;
    pthread_mutex_destroy(&m->lock);
}
