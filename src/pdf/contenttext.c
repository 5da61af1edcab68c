/* SPDX-License-Identifier: GPL-3.0-or-later */
/* contenttext.c - strings and names that do not stand in a content stream as they are:
 * with escapes, or as hexadecimal digits (7.3.4 and 7.3.5). */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "pdf/contentparts.h"

const bool content_special[256] = {
    ['('] = true, [')'] = true, ['\\'] = true, ['\r'] = true,
};

bool content_grow(struct content *c)
{
    size_t room = c->room ? 2 * c->room : 64;
    struct content_operand *more =
        room > CONTENT_OPERANDS ? NULL : realloc(c->operands, room * sizeof *more);
    if (!more) {
        c->over |= room <= CONTENT_OPERANDS;
        c->nonsense++;
        return false;
    }
    c->operands = more;
    c->room = room;
    return true;
}

/* What hexadecimal digits stand for, plus 1. */
static const unsigned char content_digits[256] = {
    ['0'] = 1,  ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,
    ['6'] = 7,  ['7'] = 8,  ['8'] = 9,  ['9'] = 10, ['A'] = 11, ['B'] = 12,
    ['C'] = 13, ['D'] = 14, ['E'] = 15, ['F'] = 16, ['a'] = 11, ['b'] = 12,
    ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16,
};

/* -1: C is none. */
static int content_hex(unsigned char c)
{
    return content_digits[c] - 1;
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

const unsigned char *content_odd_string(struct content *c, const unsigned char *start,
                                        const unsigned char *at)
{
    const unsigned char *end = c->left.end;
    struct span text = { start, end };
    unsigned depth = 1;
    bool plain = true;
    for (; at < end; at++) {
        if (!content_special[*at])
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
    struct content_operand *o = content_add(c, CONTENT_STRING);
    if (o)
        o->text = plain ? text : content_unescape(c, text);
    return at < end ? at + 1 : end;
}

const unsigned char *content_hex_string(struct content *c, const unsigned char *at)
{
    at++;
    const unsigned char *close = memchr(at, '>', (size_t)(c->left.end - at));
    const unsigned char *end = close ? close : c->left.end;
    unsigned char *out = arena_take(c->arena, (size_t)(end - at) / 2 + 1);
    struct content_operand *o = content_add(c, CONTENT_STRING);
    c->nonsense += !close;
    if (!out || !o) {
        c->over |= !out;
        c->count -= o != NULL;
        return close ? close + 1 : end;
    }
    o->text.at = out;
    int high = -1;
    for (; end - at > 1; at += 2) {
        unsigned first = content_digits[at[0]], second = content_digits[at[1]];
        if (!first || !second)
            break;
        *out++ = (unsigned char)((first - 1) << 4 | (second - 1));
    }
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
    return close ? close + 1 : end;
}

void content_odd_name(struct content *c, struct span raw)
{
    unsigned char *out = arena_alloc(c->arena, (size_t)(raw.end - raw.at));
    struct content_operand *o = content_add(c, CONTENT_NAME);
    if (!o)
        return;
    o->text = raw;
    if (!out) {
        c->over = true;
        return;
    }
    o->text.at = out;
    for (const unsigned char *at = raw.at; at < raw.end; at++) {
        bool escape = *at == '#' && raw.end - at > 2 && content_hex(at[1]) >= 0 &&
                      content_hex(at[2]) >= 0;
        *out++ = escape ? (unsigned char)(content_hex(at[1]) << 4 | content_hex(at[2]))
                        : *at;
        at += escape ? 2 : 0;
    }
    o->text.end = out;
}
