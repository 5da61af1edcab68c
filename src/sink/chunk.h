/* SPDX-License-Identifier: GPL-3.0-or-later */
/* chunk.h - the text of some neighbouring pages, on its way from a lane
 * through the merge to the writer. */
#ifndef EXTRACT_SINK_CHUNK_H
#define EXTRACT_SINK_CHUNK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"

/* Where the text of a page ends within the chunk's text; it begins where the
 * mark before ends. */
struct chunk_mark {
    int page;
    bool complete; /* the page has no more text after this */
    size_t end;
};

/* A zeroed struct is an empty chunk. */
struct chunk {
    struct buffer text;
    struct chunk_mark *marks;
    size_t mark_count, mark_capacity;
};

void chunk_text(struct chunk *c, int page, const char *text, size_t size);
void chunk_end_page(struct chunk *c, int page);

/* Moves FROM to TO, which must be empty; FROM is empty then. */
void chunk_move(struct chunk *to, struct chunk *from);
void chunk_free(struct chunk *c);

#endif
