/* SPDX-License-Identifier: GPL-3.0-or-later */
/* boxes.h - a growing array of glyph boxes. A zeroed struct is an empty one. */
#ifndef EXTRACT_FORMAT_BOXES_H
#define EXTRACT_FORMAT_BOXES_H

#include <stdlib.h>

#include "base/alloc.h"
#include "layout/layout.h"

struct boxes {
    struct glyph *data;
    size_t count, capacity;
};

/* Makes room for EXTRA more. */
static inline void boxes_reserve(struct boxes *b, size_t extra)
{
    if (b->capacity - b->count >= extra)
        return;
    b->capacity = 2 * b->capacity > b->count + extra ? 2 * b->capacity
                                                     : b->count + extra;
    b->data = xrealloc_array(b->data, b->capacity, sizeof *b->data);
}

static inline void boxes_add(struct boxes *b, struct glyph box)
{
    boxes_reserve(b, 1);
    b->data[b->count++] = box;
}

static inline void boxes_free(struct boxes *b)
{
    free(b->data);
    *b = (struct boxes){ 0 };
}

#endif
