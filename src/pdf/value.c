/* SPDX-License-Identifier: GPL-3.0-or-later */
/* value.c - a parser that forgives: whatever stands there, it goes on behind it. */
#include <config.h>

#include "pdf/value.h"

#include <math.h>
#include <string.h>

const struct value value_null = { 0 };

/* Most lists are shorter: these wait on the stack. */
#define VALUE_CHUNK 30

/* Where a parse stands. */
struct value_parser {
    struct span *s;
    struct arena *arena;
    bool references;
    int depth;
};

static int value_hex(unsigned char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* A word: what is between white space and delimiters. */
static struct span value_word(struct span *s)
{
    const unsigned char *at = s->at, *end = s->end;
    while (at < end && syntax_is_regular(*at))
        at++;
    struct span word = { s->at, at };
    s->at = at;
    return word;
}

/* 7.3.5; S is behind the slash. */
static bool value_parse_name(struct value_parser *p, struct value *v)
{
    struct span word = value_word(p->s);
    v->type = VALUE_NAME;
    v->text = word;
    if (!memchr(word.at, '#', (size_t)(word.end - word.at)))
        return true;
    unsigned char *out = arena_alloc(p->arena, (size_t)(word.end - word.at));
    if (!out)
        return false;
    v->text.at = v->text.end = out;
    for (const unsigned char *c = word.at; c < word.end; c++) {
        bool escape = *c == '#' && word.end - c > 2 && value_hex(c[1]) >= 0 &&
                      value_hex(c[2]) >= 0;
        *out++ = escape ? (unsigned char)(value_hex(c[1]) << 4 | value_hex(c[2])) : *c;
        c += escape ? 2 : 0;
    }
    v->text.end = out;
    return true;
}

/* The escape behind the backslash at *C, which moves to its last byte. False: it stands
 * for nothing. 7.3.4.2, table 3. */
static bool value_escape(const unsigned char **c, const unsigned char *end,
                         unsigned char *byte)
{
    static const char from[] = "nrtbf", to[] = "\n\r\t\b\f";
    const char *known = **c ? strchr(from, **c) : NULL;
    if (known) {
        *byte = (unsigned char)to[known - from];
        return true;
    }
    if (**c == '\r' && end - *c > 1 && (*c)[1] == '\n')
        ++*c;
    if (**c == '\n' || **c == '\r')
        return false;
    *byte = **c;
    if (**c < '0' || **c > '7')
        return true;
    unsigned octal = (unsigned)(**c - '0');
    for (int i = 0; i < 2 && end - *c > 1 && (*c)[1] >= '0' && (*c)[1] <= '7'; i++)
        octal = octal * 8 + (unsigned)(*++*c - '0');
    *byte = (unsigned char)octal;
    return true;
}

/* S is behind the parenthesis; FROM to S is what stands in it. PLAIN: no escapes, and no
 * line ends that are to become "\n". False: it does not end. */
static bool value_skip_string(struct span *s, struct span *inside, bool *plain)
{
    size_t depth = 1;
    inside->at = s->at;
    *plain = true;
    for (; s->at < s->end; s->at++) {
        if (*s->at == '\\') {
            *plain = false;
            if (++s->at == s->end)
                break;
        } else if (*s->at == '\r') {
            *plain = false;
        } else if (*s->at == '(') {
            depth++;
        } else if (*s->at == ')' && --depth == 0) {
            inside->end = s->at++;
            return true;
        }
    }
    inside->end = s->at;
    return false;
}

static bool value_parse_string(struct value_parser *p, struct value *v)
{
    bool plain;
    struct span inside;
    /* One that does not end takes all that there is. */
    value_skip_string(p->s, &inside, &plain);
    v->type = VALUE_STRING;
    v->text = inside;
    if (plain)
        return true;
    unsigned char *out = arena_alloc(p->arena, (size_t)(inside.end - inside.at));
    if (!out)
        return false;
    v->text.at = out;
    for (const unsigned char *c = inside.at; c < inside.end; c++) {
        if (*c == '\\' && inside.end - c > 1) {
            c++;
            out += value_escape(&c, inside.end, out);
        } else if (*c == '\r') {
            *out++ = '\n';
            c += inside.end - c > 1 && c[1] == '\n';
        } else {
            *out++ = *c;
        }
    }
    v->text.end = out;
    return true;
}

/* 7.3.4.3; S is behind the "<". What is no digit is passed over. */
static bool value_parse_hex(struct value_parser *p, struct value *v)
{
    const unsigned char *close =
        memchr(p->s->at, '>', (size_t)(p->s->end - p->s->at));
    const unsigned char *end = close ? close : p->s->end;
    unsigned char *out = arena_alloc(p->arena, (size_t)(end - p->s->at) / 2 + 1);
    int high = -1;
    if (!out)
        return false;
    v->type = VALUE_STRING;
    v->text.at = out;
    for (const unsigned char *c = p->s->at; c < end; c++) {
        int digit = value_hex(*c);
        if (digit < 0)
            continue;
        if (high < 0) {
            high = digit;
        } else {
            *out++ = (unsigned char)(high << 4 | digit);
            high = -1;
        }
    }
    if (high >= 0)
        *out++ = (unsigned char)(high << 4);
    v->text.end = out;
    p->s->at = close ? close + 1 : end;
    return true;
}

/* Numbers as they are met: "+1", ".5", "4.", "--3", "1-2" (its first part counts). */
static bool value_parse_number(struct span word, struct value *v)
{
    const unsigned char *c = word.at;
    bool negative = false, real = false, digits = false;
    uint64_t whole = 0;
    double number = 0, place = 1;
    for (; c < word.end && (*c == '+' || *c == '-'); c++)
        negative |= *c == '-';
    for (; c < word.end && ((*c >= '0' && *c <= '9') || (*c == '.' && !real)); c++) {
        if (*c == '.') {
            real = true;
            number = (double)whole;
            continue;
        }
        digits = true;
        unsigned digit = (unsigned)(*c - '0');
        if (real)
            number += digit * (place /= 10);
        else
            whole = whole < UINT64_MAX / 20 ? whole * 10 + digit : whole;
    }
    if ((c < word.end && *c != '-') || (!digits && !real))
        return false;
    if (real) {
        v->type = VALUE_REAL;
        v->real = negative ? -number : number;
    } else {
        v->type = VALUE_INTEGER;
        v->integer = negative ? -(int64_t)whole : (int64_t)whole;
    }
    return true;
}

/* Behind the integer V: whether "GENERATION R" follows. */
static void value_parse_reference(struct value_parser *p, struct value *v)
{
    struct span ahead = *p->s;
    uint64_t generation;
    if (v->integer < 0 || v->integer > INT32_MAX || !syntax_integer(&ahead, &generation) ||
        generation > UINT32_MAX || !syntax_word(&ahead, "R"))
        return;
    uint32_t number = (uint32_t)v->integer;
    *p->s = ahead;
    v->type = VALUE_REFERENCE;
    v->reference.number = number;
    v->reference.generation = (uint32_t)generation;
}

static bool value_parse_word(struct value_parser *p, struct value *v)
{
    struct span word = value_word(p->s);
    unsigned char first = *word.at;
    bool number = (first >= '0' && first <= '9') || first == '-' || first == '+' ||
                  first == '.';
    if (number && value_parse_number(word, v)) {
        if (p->references && v->type == VALUE_INTEGER)
            value_parse_reference(p, v);
        return true;
    }
    if (syntax_is(word, "true") || syntax_is(word, "false")) {
        v->type = VALUE_BOOLEAN;
        v->boolean = *word.at == 't';
    } else if (!syntax_is(word, "null")) {
        v->type = VALUE_KEYWORD;
        v->text = word;
    }
    return true;
}

static bool value_parse_any(struct value_parser *p, struct value *v);

/* Whether the list that CLOSE (">" twice, or "]") ends is at its end; or something else
 * is, which ends it too: the file, an object, a stream. */
static bool value_list_ends(struct value_parser *p, unsigned char close)
{
    struct span *s = p->s;
    syntax_skip_space(s);
    if (s->at == s->end)
        return true;
    if (*s->at == close && (close == ']' || s->end - s->at == 1 || s->at[1] == '>')) {
        s->at += close == ']' || s->end - s->at == 1 ? 1 : 2;
        return true;
    }
    if (*s->at != 'e' && *s->at != 's')
        return false;
    struct span ahead = *s;
    return syntax_word(&ahead, "endobj") || syntax_word(&ahead, "stream");
}

/* A stretch of items whose number is not known before they are read. */
struct value_chunk {
    struct value_chunk *next;
    uint32_t count;
    struct value items[VALUE_CHUNK];
};

/* The items of a list up to CLOSE. */
static bool value_parse_items(struct value_parser *p, unsigned char close,
                              struct value *v)
{
    struct value_chunk first, *last = &first;
    uint32_t count = 0;
    first.next = NULL;
    first.count = 0;
    while (!value_list_ends(p, close)) {
        if (last->count == sizeof last->items / sizeof *last->items) {
            struct value_chunk *chunk = arena_alloc(p->arena, sizeof *chunk);
            if (!chunk)
                return false;
            last = last->next = chunk;
        }
        struct value *item = last->items + last->count;
        *item = value_null;
        if (!value_parse_any(p, item))
            return !arena_is_over(p->arena);
        if (count < VALUE_ITEMS) {
            count++;
            last->count++;
        }
    }
    v->list.count = count;
    /* An object that turns out to be a stream has its bytes behind its items. */
    bool object = p->depth == 1 && close == '>';
    v->list.items = arena_alloc_array(p->arena, count + object, sizeof *v->list.items);
    if (!v->list.items && count + object > 0)
        return false;
    count = 0;
    for (struct value_chunk *c = &first; c; c = c->next) {
        memcpy(v->list.items + count, c->items, c->count * sizeof *c->items);
        count += c->count;
    }
    return true;
}

/* Drops what is no pair of a name and a value. */
static void value_pair_up(struct value *v)
{
    uint32_t to = 0;
    for (uint32_t i = 0; i + 1 < v->list.count;) {
        if (v->list.items[i].type != VALUE_NAME) {
            i++;
            continue;
        }
        v->list.items[to++] = v->list.items[i++];
        v->list.items[to++] = v->list.items[i++];
    }
    v->list.count = to;
}

static bool value_parse_list(struct value_parser *p, bool dictionary, struct value *v)
{
    struct value ignored = { 0 };
    bool deep = p->depth >= VALUE_DEPTH;
    p->s->at += dictionary ? 2 : 1;
    if (deep)
        return true; /* its items are taken for those of the list around it */
    p->depth++;
    bool good = value_parse_items(p, dictionary ? '>' : ']', &ignored);
    p->depth--;
    if (!good)
        return false;
    v->type = dictionary ? VALUE_DICTIONARY : VALUE_ARRAY;
    v->list = ignored.list;
    if (dictionary)
        value_pair_up(v);
    return true;
}

static bool value_parse_any(struct value_parser *p, struct value *v)
{
    struct span *s = p->s;
    syntax_skip_space(s);
    if (s->at == s->end)
        return false;
    switch (*s->at) {
    case '/':
        s->at++;
        return value_parse_name(p, v);
    case '(':
        s->at++;
        return value_parse_string(p, v);
    case '<':
        if (s->end - s->at > 1 && s->at[1] == '<')
            return value_parse_list(p, true, v);
        s->at++;
        return value_parse_hex(p, v);
    case '[':
        return value_parse_list(p, false, v);
    case ')':
    case '>':
    case ']':
    case '{':
    case '}':
        s->at++;
        return true;
    default:
        return value_parse_word(p, v);
    }
}

bool value_parse(struct span *s, struct arena *arena, bool references, struct value *v)
{
    struct value_parser p = { .s = s, .arena = arena, .references = references };
    *v = value_null;
    return value_parse_any(&p, v);
}

void value_set_stream(struct value *v, struct span bytes)
{
    v->type = VALUE_STREAM;
    v->list.items[v->list.count].text = bytes;
}

struct span value_stream(const struct value *v)
{
    return v->list.items[v->list.count].text;
}

const struct value *value_get(const struct value *v, const char *key)
{
    if (v->type != VALUE_DICTIONARY && v->type != VALUE_STREAM)
        return &value_null;
    size_t size = strlen(key);
    for (uint32_t i = v->list.count; i > 1; i -= 2) {
        struct span name = v->list.items[i - 2].text;
        if ((size_t)(name.end - name.at) == size && *name.at == (unsigned char)*key &&
            !memcmp(name.at, key, size))
            return v->list.items + i - 1;
    }
    return &value_null;
}

const struct value *value_at(const struct value *v, uint32_t index)
{
    return v->type == VALUE_ARRAY && index < v->list.count ? v->list.items + index
                                                           : &value_null;
}

bool value_is_name(const struct value *v, const char *name)
{
    return v->type == VALUE_NAME && syntax_is(v->text, name);
}

double value_number(const struct value *v, double fallback)
{
    double number = v->type == VALUE_INTEGER ? (double)v->integer
                    : v->type == VALUE_REAL  ? v->real
                                             : fallback;
    return isfinite(number) ? number : fallback;
}

int64_t value_integer(const struct value *v, int64_t fallback)
{
    if (v->type == VALUE_INTEGER)
        return v->integer;
    return v->type == VALUE_REAL && fabs(v->real) < 9e15 ? (int64_t)v->real : fallback;
}
