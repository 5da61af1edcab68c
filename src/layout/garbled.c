/* SPDX-License-Identifier: GPL-3.0-or-later */
/* garbled.c - fonts without a mapping to Unicode give glyph numbers for letters:
 * control characters, private use, U+FFFD, or letters in impossible company. */
#include <config.h>

#include "layout/garbled.h"
#include "layout/layout.h"

/* A page with more of its characters unknown than a formula or a list with odd
 * bullets has: one in four. */
#define GARBLED_UNKNOWN 4
/* Letters of A to Z must be as many for their statistics to say something: a few
 * sentences. Fewer do, two lines, where they are nearly all that is known: more
 * than three in four, as in sentences. Of 4,867 manuals and examples, 665 pages of
 * 80 to 199 letters are such, and the commonest letters are 48 in 100 or more of
 * each; below a quarter are 10 with formulas, tables of codes and numbered names,
 * of which letters are 62 in 100 at most. */
#define GARBLED_LETTERS 200
#define GARBLED_FEWER 80
/* The commonest letters (CHARACTER_COMMON) are half of a text or more, whatever the
 * language; of letters by chance they are 31 in 100, of hexadecimal figures 33, of
 * an alphabet that is shifted by three (fonts whose glyphs are numbered from the
 * space on) 18. */
#define GARBLED_COMMON_SHARE 4

unsigned garbled_flags(const struct garbled *g)
{
    if (g->letters + g->digits + g->unknown == 0)
        return LAYOUT_NO_TEXT;
    bool sentences = g->latin * 4 > (g->shown - g->unknown) * 3;
    bool garbled = g->unknown * GARBLED_UNKNOWN > g->shown ||
                   (g->latin >= (sentences ? GARBLED_FEWER : GARBLED_LETTERS) &&
                    g->latin * 2 > g->letters &&
                    g->common * GARBLED_COMMON_SHARE < g->latin);
    return garbled ? LAYOUT_GARBLED : 0;
}
