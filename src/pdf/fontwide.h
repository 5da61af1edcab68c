/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fontwide.h - what composite fonts of codes of two bytes say of them is kept by code, as
 * simple fonts have it: a page shows the same few again and again. */
#ifndef EXTRACT_PDF_FONTWIDE_H
#define EXTRACT_PDF_FONTWIDE_H

#include <stddef.h>

#include "pdf/font.h"

/* Codes of one first byte. */
struct fontwide_page {
    struct fontwide_page *next;
    struct font_slot slots[256];
};

/* All that a document's fonts keep so. A zeroed struct at first. */
struct fontwide {
    struct fontwide_page *pages;
    size_t count;
};

/* Slots for one more first byte, all empty: FONT_FILLED is not set. NULL: there are many by
 * now, or memory is out. */
struct font_slot *fontwide_add(struct fontwide *w);

/* Fills SLOT with what G says. */
void fontwide_fill(struct font_slot *slot, const struct font_glyph *g);

void fontwide_free(struct fontwide *w);

#endif
