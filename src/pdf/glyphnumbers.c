/* SPDX-License-Identifier: GPL-3.0-or-later */
/* glyphnumbers.c - numbers of characters in the names of glyphs. The letters before them
 * differ from program to program, so that it is the numbers which have to tell. */
#include <config.h>

#include "pdf/glyphnumbers.h"

#include <string.h>

#include "pdf/codetables.h"

/* With fewer small letters anything may look like text. */
#define LETTERS_LEAST 3

enum { DECIMAL = 10, HEXADECIMAL = 16 };

static bool is_letter(uint32_t c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static int digit_of(unsigned char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : HEXADECIMAL;
}

/* Where the number of NAME begins: in hexadecimal it has two digits, behind one letter or
 * none. */
static const unsigned char *number_start(struct span name, int base)
{
    const unsigned char *at = name.at;
    if (base == HEXADECIMAL)
        return name.end - at == 3 && is_letter(*at) ? at + 1 : at;
    while (at < name.end && is_letter(*at))
        at++;
    return at;
}

/* False: from AT to END is no number of a character. */
static bool number_read(const unsigned char *at, const unsigned char *end, int base,
                        uint32_t *number)
{
    if (at == end || end - at > 5 || (base == HEXADECIMAL && end - at != 2))
        return false;
    *number = 0;
    for (; at < end; at++) {
        int digit = digit_of(*at);
        if (digit >= base)
            return false;
        *number = *number * (uint32_t)base + (uint32_t)digit;
    }
    return *number >= 32 && *number < 256 && *number != 127;
}

/* Whether the characters in HAS look like those of a text: small letters, a vowel among
 * them, are at least half of them. */
static bool looks_like_text(const bool has[256])
{
    unsigned letters = 0, all = 0;
    for (int c = 0; c < 256; c++) {
        all += has[c];
        letters += has[c] && c >= 'a' && c <= 'z';
    }
    return letters >= LETTERS_LEAST && letters * 2 >= all &&
           (has['a'] || has['e'] || has['i'] || has['o'] || has['u']);
}

static bool numbers_read(const struct span names[256], int base, uint32_t unicode[256])
{
    bool codes[256] = { false }, numbers[256] = { false };
    bool hexadecimal = false; /* a digit that is no decimal one */
    struct span before = { NULL, NULL };
    memset(unicode, 0, 256 * sizeof *unicode);
    for (uint32_t code = 0; code < 256; code++) {
        struct span name = names[code];
        uint32_t number;
        if (!name.at)
            continue;
        const unsigned char *at = number_start(name, base);
        if (!before.at)
            before = (struct span){ name.at, at };
        if (at - name.at != before.end - before.at ||
            memcmp(name.at, before.at, (size_t)(at - name.at)) != 0 ||
            !number_read(at, name.end, base, &number))
            return false;
        for (; at < name.end; at++)
            hexadecimal |= is_letter(*at);
        unicode[code] = encoding_table[ENCODING_WIN_ANSI][number];
        codes[code] = numbers[number] = true;
        if (unicode[code] == 0)
            return false;
    }
    return hexadecimal == (base == HEXADECIMAL) && looks_like_text(numbers) &&
           !looks_like_text(codes);
}

bool glyphnumbers_read(const struct span names[256], uint32_t unicode[256])
{
    return numbers_read(names, DECIMAL, unicode) ||
           numbers_read(names, HEXADECIMAL, unicode);
}
