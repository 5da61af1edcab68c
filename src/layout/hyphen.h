/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hyphen.h - whether a hyphen at a line's end is the word's own. */
#ifndef EXTRACT_LAYOUT_HYPHEN_H
#define EXTRACT_LAYOUT_HYPHEN_H

#include "layout/word.h"

struct hyphens; /* the words of a page */

/* W is borrowed until hyphens_destroy. */
struct hyphens *hyphens_create(const struct words *w);
void hyphens_destroy(struct hyphens *h); /* takes NULL */

/* Whether A, which ends with a hyphen, and B, which begins the next line, are
 * one word that a line's end divided. */
bool hyphen_divides(const struct words *w, const struct word *a,
                    const struct word *b);

/* Whether such a word is written with its hyphen: what follows is a capital or a
 * digit, the page has it so elsewhere, or has both of its parts, and not both
 * together, or it has other hyphens. */
bool hyphen_stays(struct hyphens *h, const struct word *a, const struct word *b);

#endif
