/* SPDX-License-Identifier: GPL-3.0-or-later */
/* numbers.h - the numbers that manuscripts and pleadings print beside each line,
 * or each fifth. They are no part of its sentences. */
#ifndef EXTRACT_LAYOUT_NUMBERS_H
#define EXTRACT_LAYOUT_NUMBERS_H

#include "layout/keys.h"
#include "layout/word.h"

/* No more columns of a page have numbers. */
#define NUMBERS_COLUMNS 4

struct numbers {
    size_t counts[NUMBERS_COLUMNS]; /* how many stand in one column */
    size_t columns, all;
};

/* Moves line numbers to the end of LIST, COUNT indices of pieces that are sorted
 * by their base: those of one column after those of another. PIECES are those of
 * W, perhaps mirrored. KEYS is scratch, for twice COUNT. */
struct numbers numbers_set_apart(const struct words *w, const struct piece *pieces,
                                 uint32_t *list, size_t count, struct key *keys);

#endif
