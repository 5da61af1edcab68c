/* SPDX-License-Identifier: GPL-3.0-or-later */
/* region.h - a page cut at its gutters into blocks, which are read one after
 * the other, each of them row by row. */
#ifndef EXTRACT_LAYOUT_REGION_H
#define EXTRACT_LAYOUT_REGION_H

#include "layout/word.h"

struct block {
    uint32_t first, count; /* of the list */
    bool one_line; /* its pieces below each other are one line */
};

struct region {
    uint32_t *list; /* indices of pieces; within a block sorted by their base */
    size_t count;
    struct block *blocks; /* in the order of reading */
    size_t blocks_count;
};

/* Orders the pieces of W that go TURN. PIECES are those of W, mirrored where
 * the page is read from right to left. CUT: into blocks; or else there are none,
 * and the whole list is sorted by base. */
struct region region_create(const struct words *w, const struct piece *pieces,
                            enum glyph_turn turn, bool content_order, bool cut);
void region_clear(struct region *r);

#endif
