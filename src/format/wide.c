/* SPDX-License-Identifier: GPL-3.0-or-later */
/* wide.c - in UTF-16 a script shows in the high bytes. Those of Han and Hangul
 * are spread so widely that half of all pairs of bytes are among them; there
 * the common ones have to be as common as they are. */
#include <config.h>

#include "format/wide.h"

#include <stdint.h>
#include <string.h>

#include "format/alphabets.h"

/* Fewer are too few to be sure. */
#define UNITS_MIN 5
#define EAST_MIN 10

static unsigned unit_at(const unsigned char *p, bool big)
{
    return big ? (unsigned)p[0] << 8 | p[1] : (unsigned)p[1] << 8 | p[0];
}

/* What texts in every script have. */
static bool is_shared(unsigned c)
{
    return (c >= 0x20 && c <= 0x7e) || (c >= '\t' && c <= '\r') || c == 0xa0 ||
           c == 0xab || c == 0xbb || (c >= 0x200b && c <= 0x2026) || c == 0x20ac;
}

/* The script of a unit, by blocks that are small; 0: none of those. */
static unsigned script_of(unsigned c)
{
    static const struct {
        unsigned short first, last;
    } scripts[] = {
        {0xc0, 0x24f},    {0x370, 0x3ff},   {0x400, 0x52f},   {0x530, 0x58f},
        {0x590, 0x5ff},   {0x600, 0x6ff},   {0xe00, 0xe7f},   {0xe80, 0xeff},
        {0x10a0, 0x10ff}, {0x1200, 0x139f}, {0x1780, 0x17ff}, {0x1000, 0x109f},
    };
    if (c >= 0x900 && c <= 0xdff)
        return c >> 7; /* India's have 128 each: 18 and on */
    for (unsigned i = 0; i < sizeof scripts / sizeof scripts[0]; i++) {
        if (c >= scripts[i].first && c <= scripts[i].last)
            return i + 1;
    }
    return c >= 0x1e00 && c <= 0x1eff ? 1 : 0;
}

static bool is_east(unsigned c)
{
    return (c >= 0x3000 && c <= 0x30ff) || (c >= 0x4e00 && c <= 0x9fff) ||
           (c >= 0xac00 && c <= 0xd7a3) || (c >= 0xff01 && c <= 0xff9f);
}

static bool is_common(unsigned c)
{
    if (c >= 0x3041 && c <= 0x30ff)
        return true;
    char character[4] = {(char)(0xe0 | c >> 12), (char)(0x80 | (c >> 6 & 0x3f)),
                         (char)(0x80 | (c & 0x3f)), '\0'};
    for (size_t i = 0; i < commons_count; i++) {
        if (strstr(commons[i].most, character) != NULL ||
            strstr(commons[i].more, character) != NULL)
            return true;
    }
    return false;
}

/* One character in eight is common in texts, one in a hundred by chance. The
 * old charsets of eastern Asia have no control characters, of which the low
 * halves of the units are some. */
static bool is_eastern(const unsigned char *data, size_t size, bool big)
{
    size_t common = 0, east = 0, controls = 0;
    for (size_t i = 0; i + 1 < size; i += 2) {
        unsigned c = unit_at(data + i, big);
        if (!is_east(c))
            continue;
        east++;
        common += is_common(c);
    }
    for (size_t i = 0; i < size; i++)
        controls += data[i] < 0x20 && (data[i] < '\t' || data[i] > '\r');
    /* A few words: all of them, and a third are common. */
    if (east < EAST_MIN)
        return east == size / 2 && controls > 0 && common >= 2 && common * 3 >= east;
    return controls > 0 && common >= 3 && common * 8 >= east;
}

bool wide_is_quads(const unsigned char *data, size_t size, bool big)
{
    /* What texts have beyond the first plane: letters of mathematics, pictures,
     * rare Han. */
    static const struct {
        uint32_t first, last;
    } planes[] = {{0x1d400, 0x1d7ff}, {0x1f000, 0x1faff}, {0x20000, 0x323af}};
    size_t units = size / 4, odd = 0;
    for (size_t i = 0; i < units; i++) {
        const unsigned char *p = data + 4 * i;
        uint32_t c = big ? (uint32_t)unit_at(p, true) << 16 | unit_at(p + 2, true)
                         : (uint32_t)unit_at(p + 2, false) << 16 | unit_at(p, false);
        bool is_known = c < 0x10000;
        for (size_t k = 0; !is_known && k < sizeof planes / sizeof planes[0]; k++)
            is_known = c >= planes[k].first && c <= planes[k].last;
        odd += !is_known;
    }
    return odd * 10 <= units;
}

bool wide_is_script(const unsigned char *data, size_t size, bool big)
{
    size_t units = size / 2, shared = 0, east = 0, scripts[64] = {0};
    if (units < UNITS_MIN)
        return false;
    for (size_t i = 0; i < units; i++) {
        unsigned c = unit_at(data + 2 * i, big);
        shared += is_shared(c);
        east += is_east(c);
        scripts[script_of(c)]++;
    }
    size_t most = 0, rest = units / 25;
    for (size_t i = 1; i < 64; i++)
        most = scripts[i] > most ? scripts[i] : most;
    if (most * 3 >= units && most + shared + rest >= units)
        return true;
    return east * 3 >= units && east + shared + rest >= units &&
           is_eastern(data, size, big);
}
