/* SPDX-License-Identifier: GPL-3.0-or-later */
/* syntax.c - tokens are told apart by their first character; nesting is a
 * counter, so depth costs nothing. */
#include <config.h>

#include <string.h>

#include "pdf/syntax.h"

const unsigned char syntax_classes[256] = {
    ['\0'] = SYNTAX_SPACE,     ['\t'] = SYNTAX_SPACE,     ['\n'] = SYNTAX_SPACE,
    ['\f'] = SYNTAX_SPACE,     ['\r'] = SYNTAX_SPACE,     [' '] = SYNTAX_SPACE,
    ['('] = SYNTAX_DELIMITER,  [')'] = SYNTAX_DELIMITER,  ['<'] = SYNTAX_DELIMITER,
    ['>'] = SYNTAX_DELIMITER,  ['['] = SYNTAX_DELIMITER,  [']'] = SYNTAX_DELIMITER,
    ['{'] = SYNTAX_DELIMITER,  ['}'] = SYNTAX_DELIMITER,  ['/'] = SYNTAX_DELIMITER,
    ['%'] = SYNTAX_DELIMITER,
};

static size_t syntax_left(const struct span *s)
{
    return (size_t)(s->end - s->at);
}

void syntax_skip_space(struct span *s)
{
    for (; s->at < s->end; s->at++) {
        if (*s->at == '%') {
            while (s->at < s->end && *s->at != '\n' && *s->at != '\r')
                s->at++;
            if (s->at == s->end)
                return;
        } else if (!syntax_is_space(*s->at)) {
            return;
        }
    }
}

bool syntax_is(struct span s, const char *text)
{
    size_t size = strlen(text);
    return syntax_left(&s) == size && !memcmp(s.at, text, size);
}

bool syntax_word(struct span *s, const char *word)
{
    size_t size = strlen(word);
    syntax_skip_space(s);
    if (syntax_left(s) < size || memcmp(s->at, word, size) ||
        (syntax_left(s) > size && syntax_is_regular(s->at[size])))
        return false;
    s->at += size;
    return true;
}

bool syntax_integer(struct span *s, uint64_t *value)
{
    syntax_skip_space(s);
    const unsigned char *p = s->at;
    *value = 0;
    for (; p < s->end && *p >= '0' && *p <= '9' && p - s->at < 19; p++)
        *value = *value * 10 + (uint64_t)(*p - '0');
    if (p == s->at || (p < s->end && syntax_is_regular(*p)))
        return false;
    s->at = p;
    return true;
}

static bool syntax_skip_string(struct span *s)
{
    size_t depth = 0;
    for (; s->at < s->end; s->at++) {
        if (*s->at == '\\') {
            if (++s->at == s->end)
                return false;
        } else if (*s->at == '(') {
            depth++;
        } else if (*s->at == ')' && --depth == 0) {
            s->at++;
            return true;
        }
    }
    return false;
}

static bool syntax_skip_hex(struct span *s)
{
    const unsigned char *close = memchr(s->at, '>', syntax_left(s));
    if (!close)
        return false;
    s->at = close + 1;
    return true;
}

/* Passes one token; STEP is how much deeper the nesting is after it. */
static bool syntax_token(struct span *s, int *step)
{
    *step = 0;
    syntax_skip_space(s);
    if (s->at == s->end)
        return false;
    bool twice = syntax_left(s) > 1 && s->at[0] == s->at[1];
    switch (*s->at) {
    case '(':
        return syntax_skip_string(s);
    case '<':
        if (!twice)
            return syntax_skip_hex(s);
        *step = 1;
        s->at += 2;
        return true;
    case '>':
        *step = -1;
        s->at += 2;
        return twice;
    case '[':
    case ']':
        *step = *s->at++ == '[' ? 1 : -1;
        return true;
    case ')':
    case '{':
    case '}':
        return false;
    default:
        /* A name or a word. */
        do
            s->at++;
        while (s->at < s->end && syntax_is_regular(*s->at));
        return true;
    }
}

/* Behind a number: whether "GENERATION R" follows, which is passed. */
static void syntax_skip_reference(struct span *s)
{
    struct span ahead = *s;
    uint64_t generation;
    if (syntax_integer(&ahead, &generation) && syntax_word(&ahead, "R"))
        *s = ahead;
}

bool syntax_object(struct span *s, struct span *value)
{
    syntax_skip_space(s);
    value->at = s->at;
    uint64_t number;
    if (syntax_integer(s, &number)) {
        syntax_skip_reference(s);
    } else {
        long depth = 0;
        int step;
        do {
            if (!syntax_token(s, &step))
                return false;
            depth += step;
        } while (depth > 0);
        if (depth < 0)
            return false;
    }
    value->end = s->at;
    return true;
}

bool syntax_dictionary(struct span *s, struct span *inside)
{
    syntax_skip_space(s);
    if (syntax_left(s) < 4 || s->at[0] != '<' || s->at[1] != '<' ||
        !syntax_object(s, inside))
        return false;
    inside->at += 2;
    inside->end -= 2;
    return inside->end[0] == '>';
}

bool syntax_entry(struct span *inside, struct span *key, struct span *value)
{
    syntax_skip_space(inside);
    if (inside->at == inside->end || *inside->at != '/')
        return false;
    struct span s = *inside;
    if (!syntax_object(&s, key) || !syntax_object(&s, value))
        return false;
    key->at++;
    inside->at = s.at;
    return true;
}

bool syntax_find(struct span inside, const char *name, struct span *found)
{
    struct span key, value;
    int times = 0;
    while (syntax_entry(&inside, &key, &value)) {
        if (!syntax_is(key, name))
            continue;
        *found = value;
        times++;
    }
    return times == 1 && inside.at == inside.end;
}

bool syntax_find_integer(struct span inside, const char *key, uint64_t *number)
{
    struct span value;
    return syntax_find(inside, key, &value) && syntax_integer(&value, number) &&
           value.at == value.end;
}

bool syntax_header(struct span *s, uint64_t *number, uint64_t *generation)
{
    return syntax_integer(s, number) && syntax_integer(s, generation) &&
           syntax_word(s, "obj");
}

bool syntax_stream(struct span *s)
{
    if (!syntax_word(s, "stream"))
        return false;
    if (s->at < s->end && *s->at == '\r')
        s->at++;
    if (s->at == s->end || *s->at != '\n')
        return false;
    s->at++;
    return true;
}
