/* SPDX-License-Identifier: GPL-3.0-or-later */
/* glyph.h - a character and where it stands: what readers of documents write and the
 * layout works on in its place, with no copy between. */
#ifndef EXTRACT_BASE_GLYPH_H
#define EXTRACT_BASE_GLYPH_H

#include <stdint.h>

/* In points; the origin is the upper left corner of the page as it is shown, y grows
 * downwards, x0 <= x1, y0 <= y1. */
struct glyph {
    float x0, y0, x1, y1;
    float size;    /* of the font; 0: not known */
    uint32_t code; /* a Unicode scalar value; white space where a word ends */
    uint16_t class; /* the layout's: enum character */
    uint8_t turn;   /* the layout's: enum glyph_turn */
    uint8_t marks;  /* enum glyph_marks, which readers have to set */
};

enum glyph_marks {
    GLYPH_SPACED = 1, /* there is white space before it */
    GLYPH_FOLLOWS = 2, /* the layout's: it goes on in the word before it, of which it has
                          place and size across the line */
    /* What stands before it in the page's order has the same size, y0 and y1, begins more
     * than 0.1 sizes farther left, and ends within 0.06 sizes of where this begins. Half of
     * all glyphs are so, and readers may know it for nothing. */
    GLYPH_JOINED = 4,
    GLYPH_SAID = 8, /* it is of a text that the document has in place of what is drawn: it
                       is no copy, and white space before it is, however narrow */
    GLYPH_TRACKED = 16 /* before it there is what the document sets between all letters of
                          a text, but for kerning */
};

#endif
