/* SPDX-License-Identifier: GPL-3.0-or-later */
/* word.h - glyphs that follow each other on one line without a gap, and pieces
 * of lines: words that do so with no more than a space between them. */
#ifndef EXTRACT_LAYOUT_WORD_H
#define EXTRACT_LAYOUT_WORD_H

#include "layout/glyph.h"

struct word {
    float x0, y0, x1, y1;
    float base, size; /* of its largest glyph */
    uint32_t first, count; /* its glyphs */
    uint32_t letters, digits; /* how many of them are */
    bool spaced; /* the engine has white space before it */
    uint8_t turn;
};

struct piece {
    float x0, y0, x1, y1;
    float base, size;      /* of its largest word */
    uint32_t first, count; /* its words */
    uint32_t glyphs, letters, digits;
};

/* All in sizes of the font. A space is 0.25 wide or more in most fonts, and
 * justified lines take a third of it; letters are kerned by up to 0.1. */
#define WORD_GAP 0.17f
/* Letters overlap by kerning and italics; what goes farther back begins anew. */
#define WORD_BACK 0.5f

struct words {
    const struct glyph *glyphs; /* borrowed */
    struct word *all;           /* in the engine's order */
    size_t count;
    struct piece *pieces; /* in the engine's order */
    size_t pieces_count;
};

/* The words of G, which is borrowed until words_clear. */
struct words words_create(const struct glyphs *g);
void words_clear(struct words *w);

/* Whether there is a space between two words that stand on one line, B behind
 * A; or ADJACENT ones, in the engine's order. */
bool words_are_apart(const struct word *a, const struct word *b, bool adjacent);

#endif
