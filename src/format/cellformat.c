/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cellformat.c - a number is taken as the 15 decimal digits that a sheet keeps
 * and rounded half up, as sheets do: 1.005 is shown as 1.01. */
#include <config.h>

#include "format/cellformat.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format/cellcode.h"

#define CELL_DIGITS 15

/* Decimals that are shown, and digits before the point: 1E308 has 309. */
#define CELL_DECIMALS 30
#define CELL_INTEGER 340

struct decimal {
    char integer[CELL_INTEGER]; /* without leading zeros; "": 0 */
    char fraction[CELL_DECIMALS + 1];
};

/* Rounds DIGITS, that many, at KEEP; true: a 1 goes before them. */
static bool decimal_round(char digits[CELL_DIGITS], int keep)
{
    if (keep >= CELL_DIGITS)
        return false;
    bool up = digits[keep] >= '5';
    memset(digits + keep, '0', (size_t)(CELL_DIGITS - keep));
    for (int i = keep - 1; up && i >= 0; i--) {
        up = digits[i] == '9';
        digits[i] = up ? '0' : (char)(digits[i] + 1);
    }
    return up;
}

/* VALUE is finite and not negative. */
static void decimal_make(double value, int decimals, struct decimal *d)
{
    char text[32], digits[CELL_DIGITS];
    snprintf(text, sizeof text, "%.*e", CELL_DIGITS - 1, value);
    digits[0] = text[0];
    memcpy(digits + 1, text + 2, CELL_DIGITS - 1);
    int exponent = atoi(strchr(text, 'e') + 1);
    int keep = exponent + 1 + decimals;
    if (keep < 0) {
        memset(digits, '0', sizeof digits);
    } else if (decimal_round(digits, keep)) {
        memmove(digits + 1, digits, CELL_DIGITS - 1);
        digits[0] = '1';
        exponent++;
    }
    int size = 0;
    for (int i = 0; i <= exponent && i < CELL_INTEGER - 1; i++)
        d->integer[size++] = i < CELL_DIGITS ? digits[i] : '0';
    d->integer[size] = '\0';
    if (size == 1 && d->integer[0] == '0')
        d->integer[0] = '\0';
    for (int i = 0; i < decimals; i++) {
        int at = exponent + 1 + i;
        d->fraction[i] = at >= 0 && at < CELL_DIGITS ? digits[at] : '0';
    }
    d->fraction[decimals] = '\0';
}

/* As "General": up to 15 digits, no group marks. */
static void format_general(double value, struct buffer *out)
{
    char text[40];
    double size = fabs(value);
    if (size != 0 && (size >= 1e15 || size < 1e-9)) {
        snprintf(text, sizeof text, "%.*G", 6, value);
        buffer_append_string(out, text);
        return;
    }
    struct decimal d;
    decimal_make(size, 10, &d);
    size_t n = strlen(d.fraction);
    while (n > 0 && d.fraction[n - 1] == '0')
        n--;
    if (value < 0 && (*d.integer || n > 0))
        buffer_append_char(out, '-');
    buffer_append_string(out, *d.integer ? d.integer : "0");
    if (n > 0)
        buffer_append_char(out, '.');
    buffer_append(out, d.fraction, n);
}

/* --- numbers --- */

/* What the tokens of a section ask for. */
struct shape {
    int integer, decimals, exponent; /* placeholders of each */
    int percents, thousands;         /* thousands: divided by so often */
    bool grouped, has_exponent;
    size_t slash; /* index of the token; 0: no fraction */
};

static bool shape_is_digit(const struct cellcode *c, size_t i)
{
    return i < c->count && c->tokens[i].kind == CELLCODE_DIGIT;
}

static void shape_comma(const struct cellcode *c, size_t i, struct shape *s)
{
    size_t next = i;
    while (next < c->count && c->tokens[next].kind == CELLCODE_COMMA)
        next++;
    if (!shape_is_digit(c, next))
        s->thousands += s->integer > 0;
    else if (s->decimals == 0)
        s->grouped = true;
}

static void shape_make(const struct cellcode *c, struct shape *s)
{
    int *digits = &s->integer;
    memset(s, 0, sizeof *s);
    for (size_t i = 0; i < c->count; i++) {
        switch (c->tokens[i].kind) {
        case CELLCODE_DIGIT:
            ++*digits;
            break;
        case CELLCODE_POINT:
            digits = &s->decimals;
            break;
        case CELLCODE_COMMA:
            shape_comma(c, i, s);
            break;
        case CELLCODE_PERCENT:
            s->percents++;
            break;
        case CELLCODE_EXPONENT:
            s->has_exponent = true;
            digits = &s->exponent;
            break;
        case CELLCODE_SLASH:
            if (i > 0 && shape_is_digit(c, i - 1) && s->slash == 0)
                s->slash = i;
            break;
        default:
            break;
        }
    }
    if (s->decimals > CELL_DECIMALS)
        s->decimals = CELL_DECIMALS;
}

/* The digits that the placeholder KIND at PLACE (from the right, of COUNT)
 * stands for. */
static void number_digit(const char *integer, char kind, int place, int count,
                         bool grouped, struct buffer *out)
{
    int size = (int)strlen(integer);
    int from = place == count - 1 && size > place ? size - 1 : place;
    for (int at = from; at >= place; at--) {
        if (at < size)
            buffer_append_char(out, integer[size - 1 - at]);
        else if (kind == '0')
            buffer_append_char(out, '0');
        else if (kind == '?')
            buffer_append_char(out, ' ');
        bool shown = at < size || kind == '0';
        if (grouped && shown && at > 0 && at % 3 == 0)
            buffer_append_char(out, ',');
    }
}

/* Decimal PLACE (from 0); zeros that nothing follows are not shown for #. */
static void number_decimal(const char *fraction, char kind, int place,
                           struct buffer *out)
{
    bool rest = kind == '0' || strspn(fraction + place, "0") !=
                                   strlen(fraction + place);
    if (rest)
        buffer_append_char(out, fraction[place]);
    else if (kind == '?')
        buffer_append_char(out, ' ');
}

static bool number_has_point(const struct cellcode *c, size_t i,
                             const struct decimal *d)
{
    if (strspn(d->fraction, "0") != strlen(d->fraction))
        return true;
    for (i++; shape_is_digit(c, i); i++) {
        if (*c->tokens[i].text != '#')
            return true;
    }
    return false;
}

static void number_write(const struct cellcode *c, const struct shape *s,
                         const struct decimal *d, int exponent,
                         struct buffer *out)
{
    int integer = 0, decimal = -1;
    bool in_exponent = false;
    for (size_t i = 0; i < c->count; i++) {
        const struct cellcode_token *t = &c->tokens[i];
        switch (t->kind) {
        case CELLCODE_DIGIT:
            if (in_exponent)
                break;
            if (decimal < 0)
                number_digit(d->integer, *t->text, s->integer - 1 - integer++,
                             s->integer, s->grouped, out);
            else if (decimal < s->decimals)
                number_decimal(d->fraction, *t->text, decimal++, out);
            break;
        case CELLCODE_POINT:
            if (s->integer == 0 && decimal < 0)
                buffer_append_string(out, d->integer);
            if (decimal < 0 && number_has_point(c, i, d))
                buffer_append_char(out, '.');
            decimal = decimal < 0 ? 0 : decimal;
            break;
        case CELLCODE_EXPONENT:
            in_exponent = true;
            buffer_append_char(out, 'E');
            if (exponent < 0 || t->text[1] == '+')
                buffer_append_char(out, exponent < 0 ? '-' : '+');
            buffer_printf(out, "%0*d", s->exponent < 5 ? s->exponent : 5,
                          abs(exponent));
            break;
        case CELLCODE_COMMA:
        case CELLCODE_TEXT:
        case CELLCODE_GENERAL:
            break;
        default:
            buffer_append(out, t->text, t->size);
            break;
        }
    }
}

static void number_scientific(const struct cellcode *c, const struct shape *s,
                              double value, struct buffer *out)
{
    struct decimal d;
    int step = s->integer > 1 ? s->integer : 1;
    int exponent = value == 0 ? 0 : (int)floor(log10(value));
    exponent = (int)floor((double)exponent / step) * step;
    decimal_make(value / pow(10, exponent), s->decimals, &d);
    if ((int)strlen(d.integer) > step) { /* 9.99 became 10.0 */
        exponent += step;
        decimal_make(value / pow(10, exponent), s->decimals, &d);
    }
    number_write(c, s, &d, exponent, out);
}

/* --- fractions --- */

/* The nearest fraction with a denominator up to MOST, or of just FIXED. */
static void fraction_find(double value, int most, int fixed, long *above,
                          int *below)
{
    double best = 2;
    for (int n = fixed ? fixed : 1; n <= (fixed ? fixed : most); n++) {
        double over = floor(value * n + 0.5);
        double off = fabs(value - over / n);
        if (off < best - 1e-12) {
            best = off;
            *above = (long)over;
            *below = n;
        }
    }
}

/* "# ?/?": a whole number when the digits before the slash are two groups. */
static void fraction_write(const struct cellcode *c, const struct shape *s,
                           double value, struct buffer *out)
{
    size_t first = s->slash, i = s->slash + 1;
    int most = 1, fixed = 0;
    while (first > 0 && shape_is_digit(c, first - 1))
        first--;
    bool mixed = false;
    for (size_t k = 0; k < first; k++)
        mixed |= shape_is_digit(c, k);
    for (; i < c->count && most < 1000; i++) {
        const struct cellcode_token *t = &c->tokens[i];
        if (t->kind == CELLCODE_DIGIT && fixed == 0 && *t->text != '0')
            most *= 10;
        else if (t->size == 1 && *t->text >= '0' && *t->text <= '9' &&
                 fixed < 1000)
            fixed = 10 * fixed + (*t->text - '0');
        else
            break;
    }
    if (value >= 1e9) {
        format_general(value, out);
        return;
    }
    long whole = mixed ? (long)floor(value) : 0, above = 0;
    int below = 1;
    fraction_find(value - (double)whole, most > 1 ? most - 1 : 9, fixed,
                  &above, &below);
    if (mixed && above == below && above > 0) {
        whole++;
        above = 0;
    }
    if (mixed && (whole > 0 || above == 0))
        buffer_printf(out, above ? "%ld " : "%ld", whole);
    if (!mixed || above > 0)
        buffer_printf(out, "%ld/%d", above, below);
}

/* --- sections --- */

static void section_write(const struct cellcode *c, double value,
                          bool epoch_1904, struct buffer *out)
{
    struct shape s;
    if (c->is_date && celldate_append(c, value, epoch_1904, out))
        return;
    shape_make(c, &s);
    for (size_t i = 0; i < c->count; i++) {
        enum cellcode_kind kind = c->tokens[i].kind;
        if (c->is_date || kind == CELLCODE_GENERAL || kind == CELLCODE_TEXT) {
            for (size_t k = 0; k < i; k++)
                buffer_append(out, c->tokens[k].text, c->tokens[k].size);
            format_general(value, out);
            for (size_t k = i + 1; k < c->count && !c->is_date; k++)
                buffer_append(out, c->tokens[k].text, c->tokens[k].size);
            return;
        }
    }
    for (int i = 0; i < s.percents && i < 10; i++)
        value *= 100;
    for (int i = 0; i < s.thousands && i < 10; i++)
        value /= 1000;
    if (value < 0)
        buffer_append_char(out, '-');
    value = fabs(value);
    if (!isfinite(value) || value < 1e-300) /* no power of ten below it */
        value = 0;
    if (s.slash > 0) {
        fraction_write(c, &s, value, out);
    } else if (s.has_exponent) {
        number_scientific(c, &s, value, out);
    } else {
        struct decimal d;
        decimal_make(value, s.decimals, &d);
        number_write(c, &s, &d, 0, out);
    }
}

/* Which of the sections is for VALUE; *SIGNED: its sign is not said by it. */
static const char *section_choose(const char *code, double value,
                                  struct cellcode *c, bool *is_signed)
{
    const char *starts[3];
    int count = 0;
    const char *p = code;
    bool conditions = false;
    do {
        starts[count++] = p;
        p = cellcode_read(p, c);
        if (c->has_condition) {
            conditions = true;
            if (cellcode_holds(c, value)) {
                *is_signed = count == 1 || value >= 0;
                return starts[count - 1];
            }
        }
    } while (*p++ == ';' && count < 3);
    *is_signed = true;
    if (conditions)
        return starts[count - 1];
    if (value < 0 && count > 1) {
        *is_signed = false;
        return starts[1];
    }
    return value == 0 && count > 2 ? starts[2] : starts[0];
}

void cellformat_number(double value, const char *code, bool epoch_1904,
                       struct buffer *out)
{
    struct cellcode c;
    bool is_signed;
    if (!isfinite(value) || strcmp(code, "General") == 0) {
        format_general(isfinite(value) ? value : 0, out);
        return;
    }
    cellcode_read(section_choose(code, value, &c, &is_signed), &c);
    section_write(&c, is_signed ? value : fabs(value), epoch_1904, out);
}
