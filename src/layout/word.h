/* SPDX-License-Identifier: GPL-3.0-or-later */
/* word.h - glyphs that follow each other on one line without a gap, and pieces
 * of lines: words that do so with no more than a space between them. */
#ifndef EXTRACT_LAYOUT_WORD_H
#define EXTRACT_LAYOUT_WORD_H

#include <math.h>

#include "layout/glyph.h"
#include "layout/least.h"

struct word {
    float x0, y0, x1, y1;
    float base, size; /* of its largest glyph */
    uint32_t first, count; /* its glyphs */
    uint32_t letters, digits; /* how many of them are */
    bool spaced; /* the engine has white space before it */
    bool said;   /* and that is there, however narrow */
    bool ascii;  /* all of it is */
    uint8_t turn;
};

struct piece {
    float x0, y0, x1, y1;
    float base, size;      /* of its largest word */
    uint32_t first, count; /* its words */
    uint32_t glyphs, letters, digits;
    bool goes_on; /* it begins with a letter that is no capital */
};

/* All in sizes of the font. A space is 0.25 wide or more in most fonts, and
 * justified lines take a third of it; letters are kerned by up to 0.1. */
#define WORD_GAP 0.17f
/* The engine's space with a smaller gap is none: some see spaces in small
 * capitals and behind superscripts. */
#define WORD_NO_GAP 0.05f
/* Scripts are smaller than what they stand at: by a step of type or two. */
#define WORD_SCRIPT 0.85f
/* Letters overlap by kerning and italics; what goes farther back begins anew. */
#define WORD_BACK 0.5f

struct words {
    const struct glyph *glyphs; /* borrowed */
    size_t glyphs_count;
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
static inline bool words_are_apart(const struct word *a, const struct word *b, bool adjacent)
{
    float gap = b->x0 - a->x1, size = most(a->size, b->size);
    if (gap < 0)
        gap = most(gap, a->x0 - b->x1);
    /* Engines see a space before many a script, too. */
    bool script = b->size < WORD_SCRIPT * a->size &&
                  fabsf(a->base - b->base) > WORD_NO_GAP * size;
    if (adjacent && b->said)
        return true;
    if (adjacent && b->spaced && !script)
        return gap > WORD_NO_GAP * size;
    return gap > WORD_GAP * least(a->size, b->size);
}

#endif
