/* SPDX-License-Identifier: GPL-3.0-or-later */
/* type1.c - the program is not executed: "dup 65 /A put" is looked for. */
#include <config.h>

#include "pdf/type1.h"

#include <string.h>

/* The clear text of real fonts is of a few KB. */
#define TYPE1_CLEAR (1 << 20)

static bool find(struct span *s, const char *word)
{
    const unsigned char *at = memmem(s->at, (size_t)(s->end - s->at), word, strlen(word));
    if (!at)
        return false;
    s->at = at + strlen(word);
    return true;
}

static bool is_delimiter(unsigned char c)
{
    return syntax_is_space(c) || memchr("()<>[]{}/%", c, 10) != NULL;
}

/* The next token; a name has its slash. */
static bool token(struct span *s, struct span *t)
{
    syntax_skip_space(s);
    if (s->at == s->end)
        return false;
    t->at = s->at++;
    if (*t->at == '/' || !is_delimiter(*t->at))
        while (s->at < s->end && !is_delimiter(*s->at))
            s->at++;
    t->end = s->at;
    return true;
}

/* "65" and "8#101". */
static bool code_of(struct span t, unsigned *code)
{
    unsigned base = 10;
    *code = 0;
    for (; t.at < t.end; t.at++) {
        if (*t.at == '#' && base == 10 && (*code == 8 || *code == 16)) {
            base = *code;
            *code = 0;
            continue;
        }
        unsigned c = *t.at, letter = c | 0x20;
        unsigned digit = c >= '0' && c <= '9'             ? c - '0'
                         : letter >= 'a' && letter <= 'f' ? letter - 'a' + 10
                                                          : base;
        if (digit >= base)
            return false;
        *code = *code * base + digit;
        if (*code > 255)
            return false;
    }
    return true;
}

static bool read_pairs(struct span s, struct span names[256])
{
    struct span t, number, name;
    bool any = false;
    while (token(&s, &t)) {
        unsigned code;
        if (syntax_is(t, "def") || syntax_is(t, "readonly"))
            return any;
        if (!syntax_is(t, "dup") || !token(&s, &number))
            continue;
        struct span before = s;
        if (!token(&s, &name))
            break;
        if (*name.at != '/' || !code_of(number, &code)) {
            s = before;
            continue;
        }
        names[code] = (struct span){ name.at + 1, name.end };
        any = true;
    }
    return any;
}

/* "[ /A /B ... ]" */
static bool read_array(struct span s, struct span names[256])
{
    struct span t;
    unsigned code = 0;
    while (code < 256 && token(&s, &t) && *t.at == '/')
        names[code++] = (struct span){ t.at + 1, t.end };
    return code > 0;
}

enum type1_encoding type1_encoding(struct span file, struct span names[256])
{
    struct span clear = file, end, t;
    if (clear.end - clear.at > TYPE1_CLEAR)
        clear.end = clear.at + TYPE1_CLEAR;
    end = clear;
    if (find(&end, "eexec"))
        clear.end = end.at;
    for (int i = 0; i < 256; i++)
        names[i] = (struct span){ NULL, NULL };
    if (!find(&clear, "/Encoding") || !token(&clear, &t))
        return TYPE1_NONE;
    if (syntax_is(t, "StandardEncoding"))
        return TYPE1_STANDARD;
    bool any = *t.at == '[' ? read_array(clear, names) : read_pairs(clear, names);
    return any ? TYPE1_OWN : TYPE1_NONE;
}
