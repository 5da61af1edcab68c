/* SPDX-License-Identifier: GPL-3.0-or-later */
/* chunk.c - text and page marks side by side: two allocations for a range,
 * however many pages it has. */
#include <config.h>

#include <stdlib.h>

#include "base/alloc.h"
#include "sink/chunk.h"

static struct chunk_mark *chunk_mark_of(struct chunk *c, int page)
{
    struct chunk_mark *last = c->mark_count ? c->marks + c->mark_count - 1 : NULL;
    if (last && last->page == page && !last->complete)
        return last;
    if (c->mark_count == c->mark_capacity) {
        c->mark_capacity = c->mark_capacity ? c->mark_capacity * 2 : 4;
        c->marks = xrealloc_array(c->marks, c->mark_capacity, sizeof *c->marks);
    }
    last = c->marks + c->mark_count++;
    *last = (struct chunk_mark){ .page = page, .end = c->text.size };
    return last;
}

void chunk_text(struct chunk *c, int page, const char *text, size_t size)
{
    struct chunk_mark *mark = chunk_mark_of(c, page);
    buffer_append(&c->text, text, size);
    mark->end = c->text.size;
}

void chunk_end_page(struct chunk *c, int page)
{
    chunk_mark_of(c, page)->complete = true;
}

void chunk_move(struct chunk *to, struct chunk *from)
{
    *to = *from;
    *from = (struct chunk){ 0 };
}

void chunk_free(struct chunk *c)
{
    buffer_free(&c->text);
    free(c->marks);
    *c = (struct chunk){ 0 };
}
