/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf-letters.h - the letters of a page, whatever their order: whether one engine's reading
 * has all that another's has. */
#ifndef EXTRACT_FORMAT_PDF_LETTERS_H
#define EXTRACT_FORMAT_PDF_LETTERS_H

#include <stdbool.h>

#include "format/engine.h"

/* Whether page A has the letters of page B, each as often, and few more: both as raw
 * text, or both as boxes. White space, controls and what has no meaning are no letters. Takes
 * memory and time in proportion to the letters (times their logarithm). */
bool letters_are_all(const struct engine_page *a, const struct engine_page *b);

#endif
