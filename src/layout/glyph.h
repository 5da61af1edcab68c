/* SPDX-License-Identifier: GPL-3.0-or-later */
/* glyph.h - a page's boxes cleaned up: finite, visible, and turned so that all
 * lines run from left to right. */
#ifndef EXTRACT_LAYOUT_GLYPH_H
#define EXTRACT_LAYOUT_GLYPH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "layout/garbled.h"
#include "layout/layout.h"

/* Which way a line runs on the page. Vertical Japanese runs down, as text does
 * that is turned by 90 degrees, its lines from right to left. */
enum glyph_turn { GLYPH_RIGHT, GLYPH_DOWN, GLYPH_LEFT, GLYPH_UP, GLYPH_TURNS };

/* Of those that are left of a page's, which are cleaned up where they are, all places
 * are within 1e6 of 0 and turned to run to the right, sizes are 0.1 points or more, and
 * no class is SPACE or NONE. */
struct glyphs {
    struct glyph *all; /* in the engine's order; borrowed */
    size_t count;
    size_t turns[GLYPH_TURNS]; /* how many go which way */
    size_t letters, rtl; /* how many are letters, if any are from the right; and of
                            them, these */
    size_t solid;        /* of scripts without spaces */
    float largest;       /* size */
    double sizes;        /* their sum */
    bool sorted; /* by place: not in the engine's order any more */
    struct garbled counts; /* of all that the page shows */
};

/* G->ALL is the page's own array. */
struct glyphs glyphs_create(const struct layout_page *page);

/* Has no glyph FOLLOW another any more: they were moved. */
void glyphs_part(struct glyphs *g);

/* Of the box, what stands above the line: text fonts ascend by about 0.8 and
 * descend by 0.2 of their size. */
#define GLYPH_ABOVE 0.8f

/* Where its line stands. */
static inline float glyph_base(const struct glyph *g)
{
    return g->y0 + GLYPH_ABOVE * (g->y1 - g->y0);
}

#endif
