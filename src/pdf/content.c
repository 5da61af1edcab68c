/* SPDX-License-Identifier: GPL-3.0-or-later */
/* content.c - one pass over the bytes, with no copy but of strings that have escapes.
 * Nine of ten operators of a page draw, so that what is passed over must cost little. */
#include <config.h>

#include "pdf/content.h"

#include <stdlib.h>
#include <string.h>

#include "pdf/inline.h"

enum { REGULAR, SPACE, DELIMITER, DIGIT };

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

/* Where there is no room (NULL): it is dropped. */
static struct content_operand *content_add(struct content *c, enum content_kind kind)
{
    if (c->count == c->room) {
        size_t room = c->room ? 2 * c->room : 64;
        struct content_operand *more =
            room > CONTENT_OPERANDS ? NULL
                                    : realloc(c->operands, room * sizeof *more);
        if (!more) {
            c->over |= room <= CONTENT_OPERANDS;
            c->nonsense++;
            return NULL;
        }
        c->operands = more;
        c->room = room;
    }
    struct content_operand *o = c->operands + c->count++;
    o->kind = kind;
    o->count = 0;
    return o;
}

/* Signs within a number are passed over, as others do; a number ends at whatever
 * cannot be in it. */
static void content_number(struct content *c)
{
    static const double powers[] = { 1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9,
                                     1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
                                     1e18 };
    const unsigned char *at = c->left.at, *end = c->left.end;
    bool negative = *at == '-', point = false;
    uint64_t digits = 0;
    unsigned places = 0;
    for (; at < end && content_class[*at] == DIGIT; at++) {
        unsigned digit = (unsigned)*at - '0';
        if (digit <= 9 && digits < UINT64_C(100000000000000000) &&
            places < sizeof powers / sizeof *powers - 1) {
            digits = digits * 10 + digit;
            places += point;
        } else if (*at == '.') {
            if (point)
                break;
            point = true;
        }
    }
    /* A second point begins another number; but it must not stand still. */
    c->left.at = at == c->left.at ? at + 1 : at;
    struct content_operand *o = content_add(c, CONTENT_NUMBER);
    if (!o)
        return;
    double number = places ? (double)digits / powers[places] : (double)digits;
    o->number = negative ? -number : number;
}

static int content_hex(unsigned char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* The escape whose letter is at *AT, which moves to its last byte; returns the number of
 * bytes that it stands for, 0 or 1. 7.3.4.2, table 3. */
static size_t content_escape(const unsigned char **at, const unsigned char *end,
                             unsigned char *out)
{
    const unsigned char *c = *at;
    switch (*c) {
    case 'n': *out = '\n'; return 1;
    case 'r': *out = '\r'; return 1;
    case 't': *out = '\t'; return 1;
    case 'b': *out = '\b'; return 1;
    case 'f': *out = '\f'; return 1;
    case '\r':
        *at += end - c > 1 && c[1] == '\n';
        return 0;
    case '\n':
        return 0;
    default:
        break;
    }
    if (*c < '0' || *c > '7') {
        *out = *c;
        return 1;
    }
    unsigned octal = (unsigned)(*c - '0');
    for (int i = 0; i < 2 && end - c > 1 && c[1] >= '0' && c[1] <= '7'; i++)
        octal = octal * 8 + (unsigned)(*++c - '0');
    *at = c;
    *out = (unsigned char)octal;
    return 1;
}

static struct span content_unescape(struct content *c, struct span raw)
{
    unsigned char *out = arena_alloc(c->arena, (size_t)(raw.end - raw.at));
    struct span text = { out, out };
    if (!out) {
        c->over = true;
        return text;
    }
    for (const unsigned char *at = raw.at; at < raw.end; at++) {
        if (*at == '\\' && raw.end - at > 1) {
            at++;
            out += content_escape(&at, raw.end, out);
        } else if (*at == '\r') {
            *out++ = '\n';
            at += raw.end - at > 1 && at[1] == '\n';
        } else {
            *out++ = *at;
        }
    }
    text.end = out;
    return text;
}

static void content_string(struct content *c)
{
    const unsigned char *at = c->left.at + 1, *end = c->left.end;
    struct span text = { at, end };
    unsigned depth = 1;
    bool plain = true;
    for (; at < end; at++) {
        if (*at > '\\')
            continue;
        if (*at == ')' && --depth == 0)
            break;
        if (*at == '(') {
            depth++;
        } else if (*at == '\\') {
            plain = false;
            at += end - at > 1;
        } else if (*at == '\r') {
            plain = false;
        }
    }
    text.end = at;
    c->nonsense += at == end;
    c->left.at = at < end ? at + 1 : end;
    struct content_operand *o = content_add(c, CONTENT_STRING);
    if (o)
        o->text = plain ? text : content_unescape(c, text);
}

static void content_hex_string(struct content *c)
{
    const unsigned char *at = c->left.at + 1;
    const unsigned char *close = memchr(at, '>', (size_t)(c->left.end - at));
    const unsigned char *end = close ? close : c->left.end;
    unsigned char *out = arena_alloc(c->arena, (size_t)(end - at) / 2 + 1);
    struct content_operand *o = content_add(c, CONTENT_STRING);
    c->nonsense += !close;
    c->left.at = close ? close + 1 : end;
    if (!out || !o) {
        c->over |= !out;
        c->count -= o != NULL;
        return;
    }
    o->text.at = out;
    int high = -1;
    for (; at < end; at++) {
        int digit = content_hex(*at);
        if (digit < 0)
            continue;
        if (high >= 0)
            *out++ = (unsigned char)(high << 4 | digit);
        high = high >= 0 ? -1 : digit;
    }
    if (high >= 0)
        *out++ = (unsigned char)(high << 4);
    o->text.end = out;
}

static void content_name(struct content *c)
{
    const unsigned char *at = c->left.at + 1, *end = c->left.end;
    struct span raw = { at, at };
    bool plain = true;
    for (; at < end && content_class[*at] != SPACE && content_class[*at] != DELIMITER; at++)
        plain &= *at != '#';
    raw.end = c->left.at = at;
    unsigned char *out = plain ? NULL : arena_alloc(c->arena, (size_t)(at - raw.at));
    struct content_operand *o = content_add(c, CONTENT_NAME);
    if (!o)
        return;
    o->text = raw;
    if (!out) {
        c->over |= !plain;
        return;
    }
    o->text.at = out;
    for (at = raw.at; at < raw.end; at++) {
        bool escape = *at == '#' && raw.end - at > 2 && content_hex(at[1]) >= 0 &&
                      content_hex(at[2]) >= 0;
        *out++ = escape ? (unsigned char)(content_hex(at[1]) << 4 | content_hex(at[2]))
                        : *at;
        at += escape ? 2 : 0;
    }
    o->text.end = out;
}

static void content_dictionary(struct content *c)
{
    struct span inside, whole = c->left;
    if (!syntax_dictionary(&c->left, &inside)) {
        /* What was looked at is not looked at again: there may be many. */
        if (c->left.at < whole.at + 2)
            c->left.at = whole.at + 2;
        c->nonsense++;
        return;
    }
    struct content_operand *o = content_add(c, CONTENT_DICTIONARY);
    whole.end = c->left.at;
    if (o)
        o->text = whole;
}

/* Passes a word. True: it is an operator. */
static bool content_word(struct content *c)
{
    const unsigned char *at = c->left.at, *start = at, *end = c->left.end;
    uint32_t word = 0;
    for (; at < end && content_class[*at] != SPACE && content_class[*at] != DELIMITER; at++)
        word = word << 8 | *at;
    struct span text = { start, at };
    c->left.at = at;
    if (at - start <= 3) {
        c->operator = word;
        return true;
    }
    if (syntax_is(text, "true") || syntax_is(text, "false") || syntax_is(text, "null")) {
        content_add(c, CONTENT_OTHER);
        return false;
    }
    c->operator = CONTENT_UNKNOWN;
    return true;
}

static void content_comment(struct content *c)
{
    while (c->left.at < c->left.end && *c->left.at != '\n' && *c->left.at != '\r')
        c->left.at++;
}

/* Passes what begins with a delimiter. ARRAY: where the one that is open began, plus 1;
 * arrays in arrays are one with the outer. */
static void content_delimited(struct content *c, size_t *array)
{
    const unsigned char *at = c->left.at;
    switch (*at) {
    case '(':
        content_string(c);
        return;
    case '/':
        content_name(c);
        return;
    case '%':
        content_comment(c);
        return;
    case '<':
        if (c->left.end - at > 1 && at[1] == '<')
            content_dictionary(c);
        else
            content_hex_string(c);
        return;
    case '[':
        if (!*array && content_add(c, CONTENT_ARRAY))
            *array = c->count;
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
    c->left.at++;
}

bool content_next(struct content *c)
{
    size_t array = 0;
    c->count = 0;
    while (c->left.at < c->left.end && !c->over) {
        switch (content_class[*c->left.at]) {
        case SPACE:
            c->left.at++;
            break;
        case DIGIT:
            content_number(c);
            break;
        case DELIMITER:
            content_delimited(c, &array);
            break;
        default:
            if (!content_word(c))
                break;
            /* An array that an operator ends has lost its end. */
            if (array)
                c->operands[array - 1].count = (uint32_t)(c->count - array);
            c->nonsense += array > 0;
            if (c->operator == CONTENT_2('B', 'I') && !inline_skip(&c->left))
                c->nonsense++;
            return true;
        }
    }
    return false;
}
