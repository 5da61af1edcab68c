/* SPDX-License-Identifier: GPL-3.0-or-later */
/* number.c - strict parsing by hand: strtol and strtod take blanks, signs,
 * "0x", "inf" and the locale's decimal point. */
#include <config.h>

#include "base/number.h"

#include <stdbool.h>
#include <stddef.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Returns what follows the digits, or NULL when there are none or too many. */
static const char *parse_digits(const char *text, uint64_t *value)
{
    if (!is_digit(*text))
        return NULL;
    uint64_t n = 0;
    for (; is_digit(*text); text++) {
        if (__builtin_mul_overflow(n, 10u, &n)
            || __builtin_add_overflow(n, (unsigned)(*text - '0'), &n))
            return NULL;
    }
    *value = n;
    return text;
}

static int suffix_shift(char c)
{
    switch (c) {
    case 'K': case 'k': return 10;
    case 'M': case 'm': return 20;
    case 'G': case 'g': return 30;
    case 'T': case 't': return 40;
    default: return -1;
    }
}

int number_parse_size(const char *text, uint64_t *bytes)
{
    uint64_t n;
    const char *rest = parse_digits(text, &n);
    if (rest == NULL)
        return -1;
    if (*rest != '\0') {
        int shift = suffix_shift(*rest);
        if (shift < 0 || rest[1] != '\0' || n > UINT64_MAX >> shift)
            return -1;
        n <<= shift;
    }
    *bytes = n;
    return 0;
}

int number_parse_int(const char *text, int min, int max, int *value)
{
    uint64_t n;
    const char *rest = parse_digits(text, &n);
    if (rest == NULL || *rest != '\0' || max < 0 || n > (uint64_t)max
        || (int)n < min)
        return -1;
    *value = (int)n;
    return 0;
}

int number_parse_seconds(const char *text, double *seconds)
{
    uint64_t whole;
    const char *rest = parse_digits(text, &whole);
    if (rest == NULL || whole > (uint64_t)NUMBER_SECONDS_MAX)
        return -1;
    double value = (double)whole;
    if (*rest == '.') {
        rest++;
        if (!is_digit(*rest))
            return -1;
        double unit = 0.1;
        for (; is_digit(*rest); rest++, unit /= 10)
            value += unit * (*rest - '0');
    }
    if (*rest != '\0' || value > NUMBER_SECONDS_MAX)
        return -1;
    *seconds = value;
    return 0;
}
