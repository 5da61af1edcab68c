/* SPDX-License-Identifier: GPL-3.0-or-later */
/* character.h - what a code point is to the layout, and how it is written. */
#ifndef EXTRACT_LAYOUT_CHARACTER_H
#define EXTRACT_LAYOUT_CHARACTER_H

#include <stddef.h>
#include <stdint.h>

enum character {
    CHARACTER_LETTER = 1,
    CHARACTER_UPPER = 2, /* beside LETTER */
    CHARACTER_LOWER = 4, /* beside LETTER */
    CHARACTER_DIGIT = 8,
    CHARACTER_RTL = 16,     /* of a script that runs from right to left */
    CHARACTER_WIDE = 32,    /* square: Chinese, Japanese, Korean */
    CHARACTER_SOLID = 64,   /* of a script written without spaces: WIDE ones
                               but Korean */
    CHARACTER_MARK = 128,   /* stands on the character before it */
    CHARACTER_SPACE = 256,  /* ends a word; no-break spaces do not */
    CHARACTER_HYPHEN = 512, /* U+002D, U+2010 */
    CHARACTER_SOFT = 1024,  /* U+00AD */
    CHARACTER_UNKNOWN = 2048, /* U+FFFD, or for private use: no meaning known */
    CHARACTER_NONE = 4096,  /* never shown: controls, marks of direction,
                               joiners, what is no scalar value */
    CHARACTER_LATIN = 8192, /* beside LETTER: A to Z, a to z */
    CHARACTER_COMMON = 16384 /* beside LATIN: one of those that are commonest in
                                any language, eainrtso */
};

extern const uint16_t character_ascii[128];
unsigned character_other_class(uint32_t code); /* past ASCII */

/* Of a code point, which may be any number. */
static inline unsigned character_class(uint32_t code)
{
    return code < 128 ? character_ascii[code] : character_other_class(code);
}

/* Brackets are drawn mirrored where text runs to the left: the other one of a pair, or CODE
 * itself. */
uint32_t character_mirror(uint32_t code);

/* The most bytes that character_write makes of one code point. */
#define CHARACTER_BYTES 72

/* Writes CODE, of a class that is not NONE, to TO in UTF-8, ligatures of Latin
 * and presentation forms of Hebrew and Arabic as their letters. Returns how
 * many bytes. */
size_t character_write(uint32_t code, char *to);

#endif
