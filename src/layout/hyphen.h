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

enum hyphen_fate {
    HYPHEN_GOES,  /* the line's end alone is why it is there */
    HYPHEN_STAYS, /* the word has it: what follows is a capital or a digit, the page
                     has it so elsewhere, or has both of its parts, and not both
                     together; it has other hyphens; it is an address or an option, or
                     a letter stands before it */
    HYPHEN_PARTS  /* it stands for the rest of another word: "short- and long-term" */
};

/* What becomes of the hyphen between such two. */
enum hyphen_fate hyphen_fate(struct hyphens *h, const struct word *a,
                             const struct word *b);

#endif
