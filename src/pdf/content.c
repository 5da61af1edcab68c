/* SPDX-License-Identifier: GPL-3.0-or-later */
/* content.c - one pass over the bytes, with no copy but of strings that have escapes.
 * Nine of ten operators of a page draw, so that what is passed over must cost little. */
#include <config.h>

#include "pdf/contentparts.h"

#include <stdlib.h>
#include <string.h>

#include "pdf/eight.h"
#include "pdf/inline.h"

enum { REGULAR, SPACE, DIGIT, DELIMITER };

/* 7.2.2; "-", "+" and "." begin numbers. */
static const unsigned char content_class[256] = {
    ['\0'] = SPACE, ['\t'] = SPACE, ['\n'] = SPACE, ['\f'] = SPACE, ['\r'] = SPACE,
    [' '] = SPACE, ['('] = DELIMITER, [')'] = DELIMITER, ['<'] = DELIMITER,
    ['>'] = DELIMITER, ['['] = DELIMITER, [']'] = DELIMITER, ['{'] = DELIMITER,
    ['}'] = DELIMITER, ['/'] = DELIMITER, ['%'] = DELIMITER, ['0'] = DIGIT,
    ['1'] = DIGIT, ['2'] = DIGIT, ['3'] = DIGIT, ['4'] = DIGIT, ['5'] = DIGIT,
    ['6'] = DIGIT, ['7'] = DIGIT, ['8'] = DIGIT, ['9'] = DIGIT, ['-'] = DIGIT,
    ['+'] = DIGIT, ['.'] = DIGIT,
};

/* Whether C is of a word or name. */
static inline bool content_is_regular(unsigned char c)
{
    unsigned char class = content_class[c];
    return class == REGULAR || class == DIGIT;
}

void content_begin(struct content *c, struct span bytes, struct arena *arena)
{
    c->left = bytes;
    c->arena = arena;
    c->count = 0;
    c->operator = CONTENT_UNKNOWN;
}

void content_free(struct content *c)
{
    free(c->operands);
    *c = (struct content){ 0 };
}

const double content_powers[] = {
    1,    1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,
    1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
};
#define CONTENT_POWERS (sizeof content_powers / sizeof *content_powers)

static inline void content_add_number(struct content *c, bool negative, uint64_t digits,
                                      unsigned places)
{
    struct content_operand *o = content_add(c, CONTENT_NUMBER);
    if (!o)
        return;
    o->digits = digits;
    o->places = (uint8_t)places;
    o->negative = negative;
}

/* Signs within a number are passed over, as others do; a number ends at whatever
 * cannot be in it. */
static const unsigned char *content_odd_number(struct content *c)
{
    const unsigned char *at = c->left.at, *end = c->left.end;
    bool negative = *at == '-', point = false;
    uint64_t digits = 0;
    unsigned places = 0;
    for (; at < end && content_class[*at] == DIGIT; at++) {
        unsigned digit = (unsigned)*at - '0';
        if (digit <= 9 && digits < UINT64_C(100000000000000000) &&
            places < CONTENT_POWERS - 1) {
            digits = digits * 10 + digit;
            places += point;
        } else if (*at == '.') {
            if (point)
                break;
            point = true;
        }
    }
    /* A second point begins another number; but it must not stand still. */
    at += at == c->left.at;
    content_add_number(c, negative, digits, places);
    return at;
}

/* Whether the word from AT to END, which begins with an "e", is the exponent of the
 * number that it touches, which it then changes. No PDF has them (7.3.3), but some
 * writers do. */
static bool content_exponent(struct content *c, const unsigned char *at,
                             const unsigned char *end)
{
    struct content_operand *o = c->count ? c->operands + c->count - 1 : NULL;
    if (!o || o->kind != CONTENT_NUMBER || content_class[at[-1]] != DIGIT)
        return false;
    at++;
    bool negative = at < end && *at == '-';
    at += at < end && (*at == '-' || *at == '+');
    unsigned power = 0;
    const unsigned char *digits = at;
    for (; at < end && *at >= '0' && *at <= '9'; at++)
        power = power < 1000 ? power * 10 + (unsigned)(*at - '0') : power;
    if (at < end || at == digits)
        return false;
    for (; power > 0 && o->digits > 0; power--) {
        if (negative && o->places == CONTENT_POWERS - 1)
            o->digits /= 10;
        else if (negative)
            o->places++;
        else if (o->places > 0)
            o->places--;
        else if (o->digits < UINT64_C(100000000000000000))
            o->digits *= 10;
        else
            break; /* as good as any number that is far off */
    }
    return true;
}

/* A sign, what eight_number reads, and what ends it. */
#define CONTENT_NUMBER_MOST 10

/* A number of few digits, as nearly all are. Returns where it ends, as all that follow
 * here. */
static inline const unsigned char *content_number(struct content *c,
                                                  const unsigned char *at)
{
    unsigned places, size;
    uint64_t digits;
    const unsigned char *start = at + (*at == '-' || *at == '+');
    if (c->left.end - at < CONTENT_NUMBER_MOST ||
        !eight_number(start, &digits, &places, &size) ||
        content_class[start[size]] == DIGIT) {
        c->left.at = at;
        return content_odd_number(c);
    }
    content_add_number(c, *at == '-', digits, places);
    return start + size;
}

/* The first byte from AT on that a string's reader has to look at. */
static inline const unsigned char *content_plain(const unsigned char *at,
                                                 const unsigned char *end)
{
    while (end - at >= 8) {
        uint64_t bytes = eight_read(at);
        /* Parentheses differ in a bit. */
        unsigned n = eight_first(eight_equal(bytes | EIGHT_TIMES(1), ')') |
                                   eight_equal(bytes, '\\') |
                                   eight_equal(bytes, '\r'));
        at += n;
        if (n < 8)
            return at;
    }
    while (at < end && !content_special[*at])
        at++;
    return at;
}

static inline const unsigned char *content_string(struct content *c,
                                                  const unsigned char *at)
{
    const unsigned char *start = at + 1, *end = c->left.end;
    at = content_plain(start, end);
    if (at == end || *at != ')')
        return content_odd_string(c, start, at);
    struct content_operand *o = content_add(c, CONTENT_STRING);
    if (o)
        o->text = (struct span){ start, at };
    return at + 1;
}

static inline const unsigned char *content_name(struct content *c,
                                                const unsigned char *at)
{
    const unsigned char *start = ++at, *end = c->left.end;
    bool plain = true;
    for (; at < end && content_is_regular(*at); at++)
        plain &= *at != '#';
    if (!plain) {
        content_odd_name(c, (struct span){ start, at });
        return at;
    }
    struct content_operand *o = content_add(c, CONTENT_NAME);
    if (o)
        o->text = (struct span){ start, at };
    return at;
}

static const unsigned char *content_dictionary(struct content *c,
                                               const unsigned char *at)
{
    struct span inside, left = { at, c->left.end };
    if (!syntax_dictionary(&left, &inside)) {
        c->nonsense++;
        /* What was looked at is not looked at again: there may be many. */
        return left.at > at + 2 ? left.at : at + 2;
    }
    struct content_operand *o = content_add(c, CONTENT_DICTIONARY);
    if (o)
        o->text = (struct span){ at, left.at };
    return left.at;
}

/* The word from START to END. True: it is an operator. */
static bool content_word(struct content *c, const unsigned char *start,
                         const unsigned char *end)
{
    struct span text = { start, end };
    if (syntax_is(text, "true") || syntax_is(text, "false") || syntax_is(text, "null")) {
        content_add(c, CONTENT_OTHER);
        return false;
    }
    c->operator = CONTENT_UNKNOWN;
    c->word = text;
    return true;
}

static const unsigned char *content_comment(const unsigned char *at,
                                            const unsigned char *end)
{
    while (at < end && *at != '\n' && *at != '\r')
        at++;
    return at;
}

/* Passes what begins with a delimiter. ARRAY: where the one that is open began, plus 1;
 * arrays in arrays are one with the outer. */
static inline const unsigned char *content_delimited(struct content *c,
                                                     const unsigned char *at,
                                                     size_t *array)
{
    switch (*at) {
    case '(':
        return content_string(c, at);
    case '/':
        return content_name(c, at);
    case '%':
        return content_comment(at, c->left.end);
    case '<':
        return c->left.end - at > 1 && at[1] == '<' ? content_dictionary(c, at)
                                                    : content_hex_string(c, at);
    case '[':
        if (!*array && content_add(c, CONTENT_ARRAY)) {
            *array = c->count;
            c->operands[c->count - 1].count = 0;
        }
        break;
    case ']':
        if (*array)
            c->operands[*array - 1].count = (uint32_t)(c->count - *array);
        else
            c->nonsense++;
        *array = 0;
        break;
    default:
        c->nonsense++;
        break;
    }
    return at + 1;
}

/* Passes what TJ's arrays are made of, plain strings and short numbers, up to anything
 * else. */
static const unsigned char *content_items(struct content *c, const unsigned char *at)
{
    const unsigned char *end = c->left.end;
    struct content_operand *o = c->operands + c->count, *room = c->operands + c->room;
    while (end - at >= CONTENT_NUMBER_MOST && o < room) {
        if (*at == '(') {
            const unsigned char *close = content_plain(at + 1, end);
            if (close == end || *close != ')')
                break;
            o->kind = CONTENT_STRING;
            o++->text = (struct span){ at + 1, close };
            at = close + 1;
            continue;
        }
        if (*at == '<' && at[1] != '<') {
            c->count = (size_t)(o - c->operands);
            at = content_hex_string(c, at);
            o = c->operands + c->count; /* they may have moved */
            room = c->operands + c->room;
            continue;
        }
        unsigned places, size;
        uint64_t digits;
        bool negative = *at == '-';
        const unsigned char *start = at + negative;
        if (!eight_number(start, &digits, &places, &size) ||
            content_class[start[size]] == DIGIT)
            break;
        o->kind = CONTENT_NUMBER;
        o->digits = digits;
        o->places = (uint8_t)places;
        o++->negative = negative;
        at = start + size;
    }
    c->count = (size_t)(o - c->operands);
    return at;
}

/* An operator is read, and AT is behind it. */
static bool content_end(struct content *c, const unsigned char *at, size_t array)
{
    c->left.at = at;
    /* An array that an operator ends has lost its end. */
    if (array)
        c->operands[array - 1].count = (uint32_t)(c->count - array);
    c->nonsense += array > 0;
    if (c->operator == CONTENT_2('B', 'I') && !inline_skip(&c->left))
        c->nonsense++;
    return true;
}

bool content_next(struct content *c)
{
    const unsigned char *at = c->left.at, *end = c->left.end;
    size_t array = 0;
    c->count = 0;
    while (at < end && !c->over) {
        if (array && (at = content_items(c, at)) == end)
            break;
        const unsigned char *start = at;
        uint32_t word = 0;
        switch (content_class[*at]) {
        case SPACE:
            at++;
            break;
        case DIGIT:
            at = content_number(c, at);
            break;
        case DELIMITER:
            at = content_delimited(c, at, &array);
            break;
        default:
            for (; at < end && content_is_regular(*at); at++)
                word = word << 8 | *at;
            c->operator = word;
            if ((*start | 0x20) == 'e' && content_exponent(c, start, at))
                break;
            if (word < 256 && c->passed && c->passed[word] && !array) {
                c->count = 0;
                break;
            }
            if (at - start <= 3 || content_word(c, start, at))
                return content_end(c, at, array);
            break;
        }
        if (at < end && *at == ' ') /* as between nearly all */
            at++;
    }
    c->left.at = at;
    return false;
}
