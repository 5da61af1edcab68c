/* SPDX-License-Identifier: GPL-3.0-or-later */
/* merge.c - whoever finishes a range and finds nobody emitting becomes the
 * emitter and passes on all that is ready; others leave their range and go. So
 * no lane waits for a sibling, only the emitter for the writer. */
#include <config.h>

#include <stdlib.h>

#include "base/alloc.h"
#include "sched/merge.h"

/* A range that is first in line passes its text on in pieces of this size. */
#define MERGE_PIECE ((size_t)1 << 20)
/* No new range is claimed while finished ones hold more than this. */
#define MERGE_HELD ((size_t)32 << 20)

void merge_init(struct merge *m, struct result *result, struct writer *writer,
                unsigned window)
{
    *m = (struct merge){
        .result = result,
        .writer = writer,
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
    return range->chunk.mark_count
               ? writer_put(m->writer, m->result, &range->chunk)
               : 0;
}

int merge_text(struct merge *m, struct range *range, int page, const char *text,
               size_t size)
{
    chunk_text(&range->chunk, page, text, size);
    /* First in line: everything before has been put, and nobody else touches
     * the writer for this document until this range is done. */
    if (range->chunk.text.size < MERGE_PIECE || m->emitted != range->number)
        return 0;
    range->passed = page;
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

void merge_page_done(struct range *range, int page, const struct error *e)
{
    chunk_end_page(&range->chunk, page);
    if (!e)
        return;
    if (range->error_count == range->error_capacity) {
        range->error_capacity = range->error_capacity ? range->error_capacity * 2 : 4;
        range->errors = xrealloc_array(range->errors, range->error_capacity,
                                       sizeof *range->errors);
    }
    range->errors[range->error_count++] = (struct page_error){ page, page, *e };
}

/* Passes on the range that is first in line and done. */
static int merge_emit(struct merge *m, struct range *range)
{
    for (size_t i = 0; i < range->error_count; i++)
        result_add_page_error(m->result, range->errors[i].first,
                              &range->errors[i].error);
    free(range->errors);
    range->errors = NULL;
    m->result->pages += range->count;
    m->held -= range->chunk.text.size;
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
    }
    free(m->slots);
    m->slots = NULL;
    pthread_mutex_destroy(&m->lock);
}
