/* SPDX-License-Identifier: GPL-3.0-or-later */
/* copies.h - strings that a page shows twice, to be bold or to have a shadow, are given
 * once: those of a page by the places of their first glyphs. */
#ifndef EXTRACT_PDF_COPIES_H
#define EXTRACT_PDF_COPIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/glyph.h"

/* Strings of a page that are compared. */
#define COPIES_STRINGS 4096
/* Places that a string may be kept at, one behind the other. */
#define COPIES_PLACES 4

struct copies {
    uint32_t *strings; /* by place: the first glyph of one */
    /* By place: 0: there is none; else of its first character. Those of the last places
     * are followed by those of the first. */
    unsigned char tags[COPIES_STRINGS + COPIES_PLACES];
    float size;          /* of the last string's font */
    double wide, high;   /* for that: how many cells a point is */
};

/* A zeroed struct at first; memory is kept from page to page. */
void copies_begin(struct copies *c);

/* Whether the string from glyph FIRST to COUNT is on the page already; else it is known
 * from now on. Blanks at its start do not count. */
bool copies_has(struct copies *c, const struct glyph *glyphs, size_t first,
                size_t count);

void copies_free(struct copies *c);

#endif
