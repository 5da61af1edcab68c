/* SPDX-License-Identifier: GPL-3.0-or-later */
/* letterkind.h - what a character is to a judge of charsets: the characters of
 * old charsets, not all of Unicode. */
#ifndef EXTRACT_FORMAT_LETTERKIND_H
#define EXTRACT_FORMAT_LETTERKIND_H

#include <stdbool.h>
#include <stdint.h>

enum letterkind {
    KIND_NONE,    /* no character */
    KIND_CONTROL,
    KIND_BLANK,
    KIND_DIGIT,
    KIND_POINT,   /* punctuation, of ASCII too */
    KIND_JOIN,    /* punctuation that stands inside words */
    KIND_SIGN,
    KIND_BOX,     /* what frames are drawn with */
    KIND_SMALL,   /* from here on letters */
    KIND_CAPITAL,
    KIND_LETTER,  /* of a script without capitals */
    KIND_MARK,    /* stands on the letter before it */
};

enum letterscript {
    SCRIPT_NONE, SCRIPT_LATIN, SCRIPT_GREEK, SCRIPT_CYRILLIC, SCRIPT_HEBREW,
    SCRIPT_ARABIC, SCRIPT_THAI,
};

enum letterkind letterkind_of(uint32_t c);
enum letterscript letterkind_script(uint32_t c);

/* The small letter of a capital; else C. */
uint32_t letterkind_lower(uint32_t c);

/* An accent on its own: typesetters have them beside their letters, others for
 * an apostrophe. */
bool letterkind_is_accent(uint32_t c);

/* Signs that many texts have: degrees, currencies, fractions. */
bool letterkind_is_usual_sign(uint32_t c);

#endif
