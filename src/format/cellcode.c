/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cellcode.c - the tokens of format codes. */
#include <config.h>

#include "format/cellcode.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static void code_add(struct cellcode *c, enum cellcode_kind kind,
                     const char *text, size_t size)
{
    if (c->count < CELLCODE_TOKENS)
        c->tokens[c->count++] = (struct cellcode_token){ kind, text, size };
}

/* [<=100] */
static bool code_condition(struct cellcode *c, const char *p)
{
    size_t n = strspn(p, "<>=");
    if (n < 1 || n > 2)
        return false;
    memset(c->condition, 0, sizeof c->condition);
    memcpy(c->condition, p, n);
    c->bound = strtod(p + n, NULL);
    c->has_condition = true;
    return true;
}

/* What stands in brackets: P is past the first one, END at the last. */
static void code_brackets(struct cellcode *c, const char *p, const char *end)
{
    size_t size = (size_t)(end - p);
    if (size == 0 || code_condition(c, p))
        return;
    if (*p == '$') { /* a currency, then a locale */
        const char *dash = memchr(p, '-', size);
        code_add(c, CELLCODE_LITERAL, p + 1,
                 (size_t)((dash ? dash : end) - p - 1));
    } else if (strchr("hHmMsS", *p) && strspn(p, "hHmMsS") == size) {
        code_add(c, CELLCODE_ELAPSED, p, size);
        c->is_date = true;
    }
}

/* The bytes of the character at P. */
static size_t code_character(const char *p)
{
    size_t n = *p ? 1 : 0;
    while (n > 0 && ((unsigned char)p[n] & 0xc0) == 0x80)
        n++;
    return n;
}

static const char *code_word(struct cellcode *c, const char *p)
{
    if (strncasecmp(p, "general", 7) == 0) {
        code_add(c, CELLCODE_GENERAL, p, 7);
        return p + 7;
    }
    if (strncasecmp(p, "am/pm", 5) == 0 || strncasecmp(p, "a/p", 3) == 0) {
        size_t n = p[1] == '/' ? 3 : 5;
        code_add(c, CELLCODE_NOON, p, n);
        c->is_date = c->has_noon = true;
        return p + n;
    }
    if ((*p == 'E' || *p == 'e') && (p[1] == '+' || p[1] == '-')) {
        code_add(c, CELLCODE_EXPONENT, p, 2);
        return p + 2;
    }
    if (strchr("yYmMdDhHsSeEgGbB", *p)) {
        const char both[] = { *p, (char)(*p ^ 32), '\0' };
        size_t n = strspn(p, both);
        code_add(c, CELLCODE_DATE, p, n);
        c->is_date = true;
        return p + n;
    }
    size_t n = code_character(p);
    code_add(c, CELLCODE_LITERAL, p, n);
    return p + n;
}

/* One token at P, which is neither NUL nor ';'. */
static const char *code_token(struct cellcode *c, const char *p)
{
    const char *end;
    size_t n;
    switch (*p) {
    case '"':
        end = strchr(p + 1, '"');
        n = end ? (size_t)(end - p - 1) : strlen(p + 1);
        code_add(c, CELLCODE_LITERAL, p + 1, n);
        return p + 1 + n + (end != NULL);
    case '\\':
        n = code_character(p + 1);
        code_add(c, CELLCODE_LITERAL, p + 1, n);
        return p + 1 + n;
    case '_': /* a blank as wide as the character */
        code_add(c, CELLCODE_LITERAL, " ", 1);
        return p + 1 + code_character(p + 1);
    case '*': /* fills the cell with the character */
        return p + 1 + code_character(p + 1);
    case '[':
        end = strchr(p, ']');
        if (!end)
            return p + strlen(p);
        code_brackets(c, p + 1, end);
        return end + 1;
    case '0':
    case '#':
    case '?':
        code_add(c, CELLCODE_DIGIT, p, 1);
        return p + 1;
    case '.':
        code_add(c, CELLCODE_POINT, p, 1);
        return p + 1;
    case ',':
        code_add(c, CELLCODE_COMMA, p, 1);
        return p + 1;
    case '%':
        code_add(c, CELLCODE_PERCENT, p, 1);
        return p + 1;
    case '/':
        code_add(c, CELLCODE_SLASH, p, 1);
        return p + 1;
    case '@':
        code_add(c, CELLCODE_TEXT, p, 1);
        return p + 1;
    default:
        return code_word(c, p);
    }
}

const char *cellcode_read(const char *code, struct cellcode *c)
{
    c->count = 0;
    c->is_date = c->has_noon = c->has_condition = false;
    while (*code && *code != ';')
        code = code_token(c, code);
    return code;
}

bool cellcode_holds(const struct cellcode *c, double value)
{
    bool equal = c->condition[1] == '=' || c->condition[0] == '=';
    if (equal && value == c->bound)
        return true;
    if (c->condition[0] == '<')
        return c->condition[1] == '>' ? value != c->bound : value < c->bound;
    return c->condition[0] == '>' && value > c->bound;
}
