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

struct glyph {
    float x0, y0, x1, y1; /* within 1e6 of 0; turned to run to the right */
    float size;           /* of the font, 0.1 points or more */
    uint32_t code;
    uint16_t class; /* enum character; never SPACE or NONE */
    uint8_t turn;
    bool spaced; /* the engine has white space before it */
};

struct glyphs {
    struct glyph *all; /* in the engine's order */
    size_t count;
    size_t turns[GLYPH_TURNS]; /* how many go which way */
    size_t letters, rtl;  /* how many are letters, and of them, from the right */
    bool sorted; /* by place: not in the engine's order any more */
    struct garbled counts; /* of all that the page shows */
};

/* To be cleared. */
struct glyphs glyphs_create(const struct layout_page *page);
void glyphs_clear(struct glyphs *g);

/* Of the box, what stands above the line: text fonts ascend by about 0.8 and
 * descend by 0.2 of their size. */
#define GLYPH_ABOVE 0.8f

/* Where its line stands. */
static inline float glyph_base(const struct glyph *g)
{
    return g->y0 + GLYPH_ABOVE * (g->y1 - g->y0);
}

#endif
