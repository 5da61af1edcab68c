/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf-letters.h - the letters of a page, whatever their order: whether one engine's reading
 * has all that another's has, or more. */
#ifndef EXTRACT_FORMAT_PDF_LETTERS_H
#define EXTRACT_FORMAT_PDF_LETTERS_H

#include <stdbool.h>

#include "format/engine.h"

enum letters {
    LETTERS_OTHER, /* A lacks letters of B, or has more, which may be wrong */
    LETTERS_ALL,   /* A has those of B, each as often, and few more */
    LETTERS_MORE   /* A has most of B's, and so many more that B has lost some */
};

/* How pages A and B compare: both as raw text, or both as boxes. White space, controls and
 * what has no meaning are no letters. Takes memory and time in proportion to the letters
 * (times their logarithm). */
enum letters letters_compare(const struct engine_page *a, const struct engine_page *b);

#endif
