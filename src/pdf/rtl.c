/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rtl.c - ligatures of Arabic, as lam-alef is, are the reason for this. */
#include <config.h>

#include "pdf/rtl.h"

/* Points of Hebrew and Arabic, those that are common. */
static bool rtl_is_mark(uint32_t code)
{
    return (code >= 0x591 && code <= 0x5bd) || code == 0x5bf || code == 0x5c1 ||
           code == 0x5c2 || code == 0x5c4 || code == 0x5c5 || code == 0x5c7 ||
           (code >= 0x610 && code <= 0x61a) || (code >= 0x64b && code <= 0x65f) ||
           code == 0x670 || (code >= 0x6d6 && code <= 0x6dc) ||
           (code >= 0x6df && code <= 0x6e4) || code == 0xfb1e;
}

static bool rtl_is_digit(uint32_t code)
{
    return (code >= 0x660 && code <= 0x669) || (code >= 0x6f0 && code <= 0x6f9);
}

static void rtl_reverse(struct glyph *glyphs, size_t count)
{
    for (size_t i = 0, k = count; i + 1 < k; i++) {
        uint32_t code = glyphs[i].code;
        glyphs[i].code = glyphs[--k].code;
        glyphs[k].code = code;
    }
}

/* How many of COUNT glyphs, which are reversed, are to be turned back: marks and their
 * letter, or a number. */
static size_t rtl_unit(const struct glyph *glyphs, size_t count)
{
    size_t end = 1;
    while (end < count && (rtl_is_mark(glyphs[end - 1].code) ||
                           (rtl_is_digit(glyphs[end - 1].code) &&
                            rtl_is_digit(glyphs[end].code))))
        end++;
    return end;
}

void rtl_turn(struct glyph *glyphs, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!rtl_is(glyphs[i].code) && glyphs[i].code > ' ' && glyphs[i].code != 0xa0)
            return;
    rtl_reverse(glyphs, count);
    for (size_t at = 0, unit; at < count; at += unit) {
        unit = rtl_unit(glyphs + at, count - at);
        rtl_reverse(glyphs + at, unit);
    }
}
