/* SPDX-License-Identifier: GPL-3.0-or-later */
/* garbled.h - whether what a page says can be text at all. */
#ifndef EXTRACT_LAYOUT_GARBLED_H
#define EXTRACT_LAYOUT_GARBLED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "layout/character.h"

/* What a page's characters are; starts as zeros. */
struct garbled {
    size_t shown, unknown, letters, digits;
    size_t latin, common; /* of A to Z; of the commonest among them */
};

/* Counts CODE, whose class is CLASS. */
static inline void garbled_add(struct garbled *g, uint32_t code, unsigned class)
{
    bool control = false;
    if (class & (CHARACTER_NONE | CHARACTER_SPACE)) {
        control = !(class & CHARACTER_SPACE) &&
                  (code < 32 || (code >= 127 && code < 160) ||
                   (code >= 0xd800 && code < 0xe000) || code > 0x10ffff);
        if (!control)
            return;
    }
    g->shown++;
    g->unknown += control || class & CHARACTER_UNKNOWN;
    g->letters += (class & CHARACTER_LETTER) != 0;
    g->digits += (class & CHARACTER_DIGIT) != 0;
    g->latin += (class & CHARACTER_LATIN) != 0;
    g->common += (class & CHARACTER_COMMON) != 0;
}

/* Counts SHOWN characters of ASCII, so many of which are letters, DIGITS and COMMON. */
static inline void garbled_add_ascii(struct garbled *g, size_t shown, size_t letters,
                                     size_t digits, size_t common)
{
    g->shown += shown;
    g->letters += letters;
    g->latin += letters;
    g->digits += digits;
    g->common += common;
}

/* enum layout_flags of the page. */
unsigned garbled_flags(const struct garbled *g);

#endif
