/* SPDX-License-Identifier: GPL-3.0-or-later */
/* letterkind.c - kinds, scripts and cases of the characters of old charsets.
 * The C library's iswalpha() and towlower() know ASCII only in the locale that
 * a worker runs in. */
#include <config.h>

#include "format/letterkind.h"

#include <stddef.h>

struct range {
    uint32_t first, last;
};

#define IN(c, ranges) in_ranges(c, ranges, sizeof ranges / sizeof ranges[0])

static bool in_ranges(uint32_t c, const struct range *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (c >= ranges[i].first && c <= ranges[i].last)
            return true;
    }
    return false;
}

/* --- case --- */

/* Latin Extended-A has pairs, capitals at even places in some parts and at
 * odd ones in others. */
static bool is_odd_capital(uint32_t c)
{
    return (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17e);
}

static bool is_even_capital(uint32_t c)
{
    return (c >= 0x100 && c <= 0x137) || (c >= 0x14a && c <= 0x177) ||
           (c >= 0x218 && c <= 0x21b) || (c >= 0x1e00 && c <= 0x1eff) ||
           (c >= 0x490 && c <= 0x491);
}

uint32_t letterkind_lower(uint32_t c)
{
    switch (c) {
    case 0x130: return 'i';
    case 0x178: return 0xff;
    case 0x1a0: return 0x1a1;
    case 0x1af: return 0x1b0;
    case 0x386: return 0x3ac;
    case 0x38c: return 0x3cc;
    case 0x38e: return 0x3cd;
    case 0x38f: return 0x3ce;
    default: break;
    }
    if ((c >= 'A' && c <= 'Z') || (c >= 0xc0 && c <= 0xde && c != 0xd7) ||
        (c >= 0x391 && c <= 0x3ab) || (c >= 0x410 && c <= 0x42f))
        return c + 0x20;
    if (c >= 0x400 && c <= 0x40f)
        return c + 0x50;
    if (c >= 0x388 && c <= 0x38a)
        return c + 0x25;
    if (is_odd_capital(c))
        return c + (c & 1);
    return is_even_capital(c) && c != 0x131 ? c | 1 : c;
}

/* --- kinds --- */

enum letterscript letterkind_script(uint32_t c)
{
    if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
        (c >= 0xc0 && c <= 0x24f && c != 0xd7 && c != 0xf7) ||
        (c >= 0x1e00 && c <= 0x1eff))
        return SCRIPT_LATIN;
    if (c >= 0x386 && c <= 0x3ce)
        return SCRIPT_GREEK;
    if (c >= 0x400 && c <= 0x4ff)
        return SCRIPT_CYRILLIC;
    if (c >= 0x591 && c <= 0x5f4)
        return SCRIPT_HEBREW;
    if (c >= 0x620 && c <= 0x6d3)
        return SCRIPT_ARABIC;
    return c >= 0xe01 && c <= 0xe4e && c != 0xe3f ? SCRIPT_THAI : SCRIPT_NONE;
}

static enum letterkind ascii_kind(uint32_t c)
{
    if (c < 0x20 || c == 0x7f)
        return c >= '\t' && c <= '\r' ? KIND_BLANK : KIND_CONTROL;
    if (c >= '0' && c <= '9')
        return KIND_DIGIT;
    if ((c | 32) >= 'a' && (c | 32) <= 'z')
        return c >= 'a' ? KIND_SMALL : KIND_CAPITAL;
    return c == ' ' ? KIND_BLANK : c == '\'' || c == '-' ? KIND_JOIN : KIND_POINT;
}

bool letterkind_is_accent(uint32_t c)
{
    return c == 0xa8 || c == 0xb4 || c == 0xb8;
}

enum letterkind letterkind_of(uint32_t c)
{
    static const struct range marks[] = {
        {0x300, 0x36f}, {0x591, 0x5bd}, {0x5bf, 0x5bf}, {0x5c1, 0x5c2},
        {0x64b, 0x652}, {0xe31, 0xe31}, {0xe34, 0xe3a}, {0xe47, 0xe4e},
    };
    static const struct range points[] = {
        {0xa1, 0xa1}, {0xab, 0xab}, {0xbb, 0xbb}, {0xbf, 0xbf}, {0x60c, 0x60c},
        {0x61b, 0x61b}, {0x61f, 0x61f}, {0x2013, 0x2018}, {0x201a, 0x201e},
        {0x2022, 0x2022}, {0x2026, 0x2026}, {0x2039, 0x203a}, {0x200b, 0x200f},
    };
    if (c < 0x80)
        return ascii_kind(c);
    if (c < 0xa0)
        return KIND_CONTROL;
    if (c == 0xa0)
        return KIND_BLANK;
    if (c == 0xad || c == 0xb7 || c == 0x2019 || letterkind_is_accent(c))
        return KIND_JOIN;
    if (c >= 0xfff0 || (c >= 0xe000 && c < 0xf900))
        return KIND_NONE;
    if (IN(c, points))
        return KIND_POINT;
    if (c >= 0x2500 && c <= 0x259f)
        return KIND_BOX;
    if (IN(c, marks))
        return KIND_MARK;
    switch (letterkind_script(c)) {
    case SCRIPT_NONE:
        return KIND_SIGN;
    case SCRIPT_HEBREW:
    case SCRIPT_ARABIC:
    case SCRIPT_THAI:
        return KIND_LETTER;
    default:
        return letterkind_lower(c) != c ? KIND_CAPITAL : KIND_SMALL;
    }
}

bool letterkind_is_usual_sign(uint32_t c)
{
    static const struct range usual[] = {
        {0xa2, 0xa4}, {0xa7, 0xa7}, {0xa9, 0xaa}, {0xae, 0xae}, {0xb0, 0xb3},
        {0xba, 0xba}, {0xbc, 0xbe}, {0xd7, 0xd7}, {0x20ac, 0x20ac},
        {0x2116, 0x2116}, {0x2122, 0x2122}, {0xe3f, 0xe3f},
    };
    return IN(c, usual);
}
