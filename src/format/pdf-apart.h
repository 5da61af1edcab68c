/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf-apart.h - letters that are set apart, as those of titles often are: their gaps are
 * as wide as blanks, but even, and narrower than those between their words. */
#ifndef EXTRACT_FORMAT_PDF_APART_H
#define EXTRACT_FORMAT_PDF_APART_H

#include <stdbool.h>
#include <stddef.h>

#include "base/glyph.h"

/* A stretch of glyphs, in the order of the content, none of which touches the next one;
 * all zero before the first one. */
struct apart {
    size_t end;  /* its last glyph */
    size_t run;  /* ... and that of the run of letters in it that was looked at last, */
    bool word;   /* which is a word with a gap of its own, wider than the limit */
    float limit; /* of gaps within words, in sizes; 0: they are not set apart */
};

/* The gap between B and A, which follows it on the line, in sizes; 0: A does not. */
float apart_gap(const struct glyph *b, const struct glyph *a);

/* Whether glyph I of a page's COUNT glyphs, which does not touch the next one, is of one
 * word with it, and set apart. APART is what the last call for the page left, for a glyph
 * before I: so all calls together take time in proportion to the glyphs. */
bool apart_joins(struct apart *apart, const struct glyph *glyphs, size_t count, size_t i);

#endif
