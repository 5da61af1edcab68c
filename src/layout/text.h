/* SPDX-License-Identifier: GPL-3.0-or-later */
/* text.h - lines written one after the other, divided words joined. */
#ifndef EXTRACT_LAYOUT_TEXT_H
#define EXTRACT_LAYOUT_TEXT_H

#include "layout/hyphen.h"
#include "layout/line.h"

struct text {
    struct buffer *out;
    const struct words *words; /* borrowed */
    struct hyphens *hyphens;
    bool dehyphenate;
    bool rtl; /* there are letters from right to left */
    const struct word *last; /* of the line before */
    float size;              /* of that line */
    bool plain; /* that line is written from left to right, so that it may go on */
};

/* How a line is parted from the one before: SPACE goes on in it, CELL is the next cell of
 * its row. */
enum text_break { TEXT_SPACE, TEXT_CELL, TEXT_LINE, TEXT_PARAGRAPH, TEXT_BLOCK };

/* Appends a line of COUNT words, parted from the one before by BREAK. */
void text_add_line(struct text *t, const uint32_t *words, size_t count, float size,
                   enum text_break parted);

/* Appends one word. */
void text_add_word(struct text *t, const struct word *w);

/* Ends the last line. */
void text_end(struct text *t);

#endif
