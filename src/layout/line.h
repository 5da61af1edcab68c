/* SPDX-License-Identifier: GPL-3.0-or-later */
/* line.h - the words of one row, super- and subscripts among them. */
#ifndef EXTRACT_LAYOUT_LINE_H
#define EXTRACT_LAYOUT_LINE_H

#include "layout/word.h"

struct line {
    uint32_t first, count; /* of the list of words, from left to right */
    float x0, y0, x1, y1;
    float base, size; /* of its largest piece */
    float start;      /* how wide its first word is */
    uint32_t glyphs;
    bool stop; /* it ends with that of a sentence */
    bool row; /* wide gaps or leaders of dots part its words: it is no prose */
};

struct lines {
    struct line *all; /* from top to bottom */
    size_t count;
    uint32_t *words; /* indices */
};

/* The lines of the pieces on LIST, which is sorted by their base. */
struct lines lines_create(const struct words *w, const uint32_t *list, size_t count);
void lines_clear(struct lines *l);

#endif
