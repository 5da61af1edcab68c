/* SPDX-License-Identifier: GPL-3.0-or-later */
/* character.c - classes from GLib's tables of Unicode, ASCII from a table. */
#include <config.h>

#include <glib.h>
#include <string.h>

#include "layout/character.h"

static unsigned character_script(uint32_t c)
{
    /* Hebrew to Arabic Extended-A without the digits of Arabic, which run from
     * left to right; presentation forms; the old scripts of the plane above. */
    if ((c >= 0x590 && c <= 0x8ff) || (c >= 0xfb1d && c <= 0xfdff) ||
        (c >= 0xfe70 && c <= 0xfefe) || (c >= 0x10800 && c <= 0x10fff) ||
        (c >= 0x1e800 && c <= 0x1efff))
        return (c >= 0x660 && c <= 0x66c) || (c >= 0x6f0 && c <= 0x6f9) ? 0
                                                                   : CHARACTER_RTL;
    if ((c >= 0x1100 && c <= 0x11ff) || (c >= 0xac00 && c <= 0xd7ff) ||
        (c >= 0x3130 && c <= 0x318f))
        return CHARACTER_WIDE;
    if ((c >= 0x2e80 && c <= 0x9fff) || (c >= 0xa000 && c <= 0xa4cf) ||
        (c >= 0xf900 && c <= 0xfaff) || (c >= 0xfe30 && c <= 0xfe4f) ||
        (c >= 0xff01 && c <= 0xff9f) || (c >= 0x20000 && c <= 0x3ffff))
        return CHARACTER_WIDE | CHARACTER_SOLID;
    return 0;
}

static unsigned character_type(uint32_t c)
{
    switch (g_unichar_type(c)) {
    case G_UNICODE_UPPERCASE_LETTER:
    case G_UNICODE_TITLECASE_LETTER:
        return CHARACTER_LETTER | CHARACTER_UPPER;
    case G_UNICODE_LOWERCASE_LETTER:
        return CHARACTER_LETTER | CHARACTER_LOWER;
    case G_UNICODE_MODIFIER_LETTER:
    case G_UNICODE_OTHER_LETTER:
        return CHARACTER_LETTER;
    case G_UNICODE_DECIMAL_NUMBER:
        return CHARACTER_DIGIT;
    case G_UNICODE_NON_SPACING_MARK:
    case G_UNICODE_ENCLOSING_MARK:
        return CHARACTER_MARK;
    case G_UNICODE_PRIVATE_USE:
        return CHARACTER_UNKNOWN;
    case G_UNICODE_SPACE_SEPARATOR:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
        return c == 0xa0 || c == 0x2007 || c == 0x202f ? 0 : CHARACTER_SPACE;
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_SURROGATE:
        return CHARACTER_NONE;
    default:
        return 0;
    }
}

#define UPPER (CHARACTER_LETTER | CHARACTER_UPPER | CHARACTER_LATIN)
#define LOWER (CHARACTER_LETTER | CHARACTER_LOWER | CHARACTER_LATIN)
#define COMMON(upper, lower)                     \
    [upper] = UPPER | CHARACTER_COMMON, [lower] = LOWER | CHARACTER_COMMON

const uint16_t character_ascii[128] = {
    [0 ... 8] = CHARACTER_NONE,
    [9 ... 13] = CHARACTER_SPACE,
    [14 ... 31] = CHARACTER_NONE,
    [' '] = CHARACTER_SPACE,
    ['-'] = CHARACTER_HYPHEN,
    ['0' ... '9'] = CHARACTER_DIGIT,
    COMMON('A', 'a'),
    ['B' ... 'D'] = UPPER, ['b' ... 'd'] = LOWER,
    COMMON('E', 'e'),
    ['F' ... 'H'] = UPPER, ['f' ... 'h'] = LOWER,
    COMMON('I', 'i'),
    ['J' ... 'M'] = UPPER, ['j' ... 'm'] = LOWER,
    COMMON('N', 'n'), COMMON('O', 'o'),
    ['P' ... 'Q'] = UPPER, ['p' ... 'q'] = LOWER,
    COMMON('R', 'r'), COMMON('S', 's'), COMMON('T', 't'),
    ['U' ... 'Z'] = UPPER, ['u' ... 'z'] = LOWER,
    [127] = CHARACTER_NONE,
};

unsigned character_other_class(uint32_t c)
{
    if (c == 0xad)
        return CHARACTER_SOFT;
    if (c == 0x2010)
        return CHARACTER_HYPHEN;
    if (c == 0xfffd)
        return CHARACTER_UNKNOWN;
    if (c == 0x200b)
        return CHARACTER_SPACE;
    if (c > 0x10ffff)
        return CHARACTER_NONE;
    unsigned class = character_type(c);
    if (class & (CHARACTER_NONE | CHARACTER_SPACE | CHARACTER_MARK))
        return class;
    return class | character_script(c);
}

/* Those with letters of their own: U+FB00 to FB06. */
static const char *const character_ligatures[] = { "ff",  "fi", "fl", "ffi",
                                                   "ffl", "st", "st" };

/* A presentation form as NFKC has it, without the blank that carries a mark. */
static size_t character_write_letters(uint32_t c, char *to)
{
    /* At most 18 letters, as GLib says, of at most 4 bytes. */
    gunichar letters[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
    size_t count = g_unichar_fully_decompose(c, TRUE, letters,
                                             G_UNICHAR_MAX_DECOMPOSITION_LENGTH);
    size_t size = 0;
    for (size_t i = 0; i < count; i++) {
        gunichar composed;
        if (i + 1 < count && g_unichar_compose(letters[i], letters[i + 1], &composed))
            i++;
        else
            composed = letters[i];
        if (composed != ' ' || count == 1)
            size += (size_t)g_unichar_to_utf8(composed, to + size);
    }
    return size;
}

size_t character_write(uint32_t c, char *to)
{
    if (c < 128) {
        *to = (char)c;
        return 1;
    }
    if (c >= 0xfb00 && c <= 0xfb06) {
        size_t size = strlen(character_ligatures[c - 0xfb00]);
        memcpy(to, character_ligatures[c - 0xfb00], size);
        return size;
    }
    if ((c >= 0xfb1d && c <= 0xfdff) || (c >= 0xfe70 && c <= 0xfefe))
        return character_write_letters(c, to);
    return (size_t)g_unichar_to_utf8(c, to);
}

uint32_t character_mirror(uint32_t c)
{
    static const char pairs[] = "()[]{}<>";
    for (size_t i = 0; pairs[i]; i++)
        if (c == (uint32_t)pairs[i])
            return (uint32_t)pairs[i ^ 1];
    return c == 0xab ? 0xbb : c == 0xbb ? 0xab : c;
}
