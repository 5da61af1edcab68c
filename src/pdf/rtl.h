/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rtl.h - letters that are read from right to left: which they are, and how several stand
 * in the place of one glyph or some. */
#ifndef EXTRACT_PDF_RTL_H
#define EXTRACT_PDF_RTL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/glyph.h"

/* Hebrew and Arabic; between their forms stand those of vertical writing. */
static inline bool rtl_is(uint32_t code)
{
    return (code >= 0x590 && code < 0x900) || (code >= 0xfb1d && code < 0xfe00) ||
           (code >= 0xfe70 && code < 0xff00);
}

/* The characters of COUNT glyphs, which stand from left to right and have them as they are
 * read, are put as they stand; marks stay behind their letters, and numbers as they are.
 * With letters among them that are read from left to right nothing is done. */
void rtl_turn(struct glyph *glyphs, size_t count);

#endif
