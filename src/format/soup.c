/* SPDX-License-Identifier: GPL-3.0-or-later */
/* soup.c - a tolerant tokenizer after HTML's own; libxml2's HTML parser takes
 * quadratic time on unmatched end tags and on long lists of attributes. */
#include <config.h>

#include "format/soup.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "format/souprules.h"

/* Attributes kept for an element, the rest is skipped: those that matter to
 * text (hidden, alt, start, type ...) are few. */
#define SOUP_ATTRIBUTES 64

/* An attribute's name, kept in a fixed place; longer names mean nothing. */
#define SOUP_ATTRIBUTE_NAME 64

struct soup {
    const char *p, *end;
    bool html;
    bool xhtml; /* "/>" ends an element: it looks like XHTML */
    /* What is known not to come any more; it is not searched for again, which
     * would be quadratic: ' and ", the end of a comment, raw elements' ends. */
    bool no_quote[2], no_comment_end;
    const struct soup_rule *no_end[SOUP_RAWS];
    size_t no_end_count;
    struct soup_stack stack;
    struct sax_handler *handler;
    struct buffer values; /* of the attributes of the tag at hand */
    size_t count;
    struct sax_attribute attributes[SOUP_ATTRIBUTES];
    size_t offsets[SOUP_ATTRIBUTES]; /* of their values in VALUES */
    char names[SOUP_ATTRIBUTES][SOUP_ATTRIBUTE_NAME];
};

static bool soup_is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool soup_is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool soup_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Whether a tag's name may begin so: "a < b" is no tag. */
static bool soup_begins_name(char c)
{
    return soup_is_letter(c) || c == '_' || c == ':' || (unsigned char)c >= 0x80;
}

/* Numbers 128 to 159 mean windows-1252 (HTML, "numeric character reference
 * end state"); 0 stays as it is. */
static const uint16_t soup_c1[32] = {
    0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
    0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017d, 0,
    0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
    0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178,
};

/* "#38;" or "#x26;" at P; returns past it, or P when it is none. */
static const char *soup_number(const char *p, const char *end, unsigned *code)
{
    const char *start = p++;
    unsigned base = 10, value = 0, digits = 0;
    if (p < end && (*p == 'x' || *p == 'X')) {
        base = 16;
        p++;
    }
    for (; p < end; p++, digits++) {
        unsigned digit;
        if (soup_is_digit(*p))
            digit = (unsigned)(*p - '0');
        else if (base == 16 && soup_is_letter(*p) && (*p | 32) <= 'f')
            digit = (unsigned)((*p | 32) - 'a') + 10;
        else
            break;
        if (value <= 0x10ffff) /* more digits only make it too large */
            value = value * base + digit;
    }
    if (digits == 0)
        return start;
    if (value >= 128 && value < 160 && soup_c1[value - 128])
        value = soup_c1[value - 128];
    *code = value == 0 ? 0xfffd : value;
    return p < end && *p == ';' ? p + 1 : p;
}

/* The reference that begins after the "&" at P; returns past it, or P. */
static const char *soup_reference(const char *p, const char *end,
                                  unsigned *code)
{
    if (p < end && *p == '#')
        return soup_number(p, end, code);
    const char *q = p;
    while (q < end && q - p < 32 && (soup_is_letter(*q) || soup_is_digit(*q)))
        q++;
    if (q == p || !sax_named_character(p, (size_t)(q - p), code))
        return p;
    if (q < end && *q == ';')
        return q + 1;
    /* Without its semicolon only what HTML 2 had counts: "&copy 2024". */
    return *code < 256 ? q : p;
}

static void soup_append_decoded(struct buffer *b, const char *p,
                                const char *end)
{
    while (p < end) {
        const char *amp = memchr(p, '&', (size_t)(end - p));
        if (!amp) {
            buffer_append(b, p, (size_t)(end - p));
            return;
        }
        unsigned code;
        const char *next = soup_reference(amp + 1, end, &code);
        buffer_append(b, p, (size_t)(amp - p));
        if (next == amp + 1)
            buffer_append_char(b, '&');
        else
            utf8_append(b, code);
        p = next;
    }
}

static void soup_text(struct soup *s, const char *p, const char *end)
{
    while (p < end) {
        const char *amp = memchr(p, '&', (size_t)(end - p));
        const char *stop = amp ? amp : end;
        if (s->html && stop > p)
            soup_stack_text(&s->stack, p, (size_t)(stop - p));
        if (stop > p)
            s->handler->text(s->handler, p, (size_t)(stop - p));
        if (!amp)
            return;
        unsigned code;
        p = soup_reference(amp + 1, end, &code);
        buffer_clear(&s->values);
        if (p == amp + 1)
            buffer_append_char(&s->values, '&');
        else
            utf8_append(&s->values, code);
        s->handler->text(s->handler, s->values.data, s->values.size);
    }
}

/* Past the next MARK; the end when there is none: what was to be skipped has
 * then swallowed the rest, as in browsers. */
static const char *soup_after(const char *p, const char *end, const char *mark)
{
    size_t size = strlen(mark);
    p = memmem(p, (size_t)(end - p), mark, size);
    return p ? p + size : end;
}

/* A name of at most SIZE - 1 bytes from s->p into TO; all of it is passed.
 * Returns the part after the prefix; *PREFIX is what stood before, or NULL. */
static char *soup_name(struct soup *s, char *to, size_t size, bool attribute,
                       char **prefix)
{
    size_t n = 0;
    char *colon = NULL;
    for (; s->p < s->end; s->p++) {
        char c = *s->p;
        if (soup_is_space(c) || c == '/' || c == '>' || c == '<' ||
            (attribute && c == '='))
            break;
        if (n + 1 == size)
            continue;
        if (s->html && c >= 'A' && c <= 'Z')
            c = (char)(c + 32);
        if (c == ':' && !colon && n > 0)
            colon = to + n;
        to[n++] = c == '\0' ? '?' : c;
    }
    to[n] = '\0';
    *prefix = NULL;
    if (!colon || !colon[1])
        return to;
    *colon = '\0';
    *prefix = to;
    return colon + 1;
}

static void soup_skip_space(struct soup *s)
{
    while (s->p < s->end && soup_is_space(*s->p))
        s->p++;
}

/* Past the value at s->p, which goes to *VALUE and *VALUE_END. */
static void soup_value(struct soup *s, const char **value,
                       const char **value_end)
{
    char quote = s->p < s->end ? *s->p : '\0';
    bool *none = quote == '"' ? &s->no_quote[1] : &s->no_quote[0];
    if ((quote == '"' || quote == '\'') && !*none) {
        const char *close = memchr(s->p + 1, quote, (size_t)(s->end - s->p) - 1);
        if (close) {
            *value = s->p + 1;
            *value_end = close;
            s->p = close + 1;
            return;
        }
        *none = true;
    }
    *value = s->p;
    while (s->p < s->end && !soup_is_space(*s->p) && *s->p != '>')
        s->p++;
    *value_end = s->p;
}

static void soup_attribute(struct soup *s)
{
    const char *value = "", *value_end = value;
    char spare[SOUP_ATTRIBUTE_NAME];
    bool keep = s->count < SOUP_ATTRIBUTES;
    char *prefix;
    char *name = soup_name(s, keep ? s->names[s->count] : spare,
                           SOUP_ATTRIBUTE_NAME, true, &prefix);
    soup_skip_space(s);
    if (s->p < s->end && *s->p == '=') {
        s->p++;
        soup_skip_space(s);
        soup_value(s, &value, &value_end);
    }
    if (!keep || !*name)
        return;
    s->offsets[s->count] = s->values.size;
    soup_append_decoded(&s->values, value, value_end);
    s->attributes[s->count] = (struct sax_attribute){
        .prefix = prefix,
        .name = name,
        .size = s->values.size - s->offsets[s->count],
    };
    s->count++;
}

/* The attributes up to the tag's end; true when it ends in "/>". A "<" begins
 * a new tag: the one before lost its end. */
static bool soup_attributes(struct soup *s)
{
    bool empty = false;
    s->count = 0;
    buffer_clear(&s->values);
    while (s->p < s->end && *s->p != '<') {
        char c = *s->p;
        if (c == '>') {
            s->p++;
            break;
        }
        if (c == '/' || c == '=' || soup_is_space(c)) {
            empty = c == '/' || (empty && soup_is_space(c));
            s->p++;
            continue;
        }
        empty = false;
        soup_attribute(s);
    }
    for (size_t i = 0; i < s->count; i++)
        s->attributes[i].value =
            s->values.data ? s->values.data + s->offsets[i] : "";
    return empty;
}

/* Where the end tag of a raw element is, or NULL. */
static const char *soup_raw_end(struct soup *s, const struct soup_rule *rule)
{
    for (size_t i = 0; i < s->no_end_count; i++) {
        if (s->no_end[i] == rule)
            return NULL;
    }
    size_t size = strlen(rule->name);
    const char *p = s->p;
    while ((p = memmem(p, (size_t)(s->end - p), "</", 2))) {
        p += 2;
        if ((size_t)(s->end - p) > size &&
            strncasecmp(p, rule->name, size) == 0 && !soup_is_letter(p[size]))
            return p - 2;
    }
    s->no_end[s->no_end_count++] = rule;
    return NULL;
}

/* After the start tag of an element without markup in it. */
static void soup_raw(struct soup *s, const struct soup_rule *rule)
{
    const char *stop = soup_raw_end(s, rule);
    if (!stop) /* its end tag may have been damaged: the next one will do */
        stop = memmem(s->p, (size_t)(s->end - s->p), "</", 2);
    if (!stop)
        stop = s->end;
    /* Scripts, styles and the title are no text of the page's body. */
    if (strcmp(rule->name, "textarea") == 0 ||
        (s->handler->wants_title && strcmp(rule->name, "title") == 0))
        soup_text(s, s->p, stop);
    s->p = soup_after(stop, s->end, ">");
}

static void soup_start(struct soup *s)
{
    char place[SOUP_NAME];
    char *prefix;
    const char *name = soup_name(s, place, sizeof place, false, &prefix);
    bool empty = soup_attributes(s);
    /* In XML no name has a rule. */
    const struct soup_rule *rule = soup_rule_of(s->html ? name : "");
    if (strcmp(name, "html") == 0 &&
        sax_find(s->attributes, s->count, "xmlns"))
        s->xhtml = true;
    soup_stack_imply(&s->stack, rule);
    soup_stack_open(&s->stack, rule, prefix, name, s->attributes, s->count);
    if (rule->flags & SOUP_VOID || (empty && (s->xhtml || !s->html))) {
        soup_stack_pop(&s->stack);
    } else if (rule->flags & SOUP_RAW) {
        soup_raw(s, rule);
        soup_stack_pop(&s->stack);
    }
}

static void soup_end(struct soup *s)
{
    char place[SOUP_NAME];
    char *prefix;
    const char *name = soup_name(s, place, sizeof place, false, &prefix);
    soup_attributes(s);
    soup_stack_close(&s->stack, name);
}

static void soup_comment(struct soup *s, const char *p)
{
    size_t left = (size_t)(s->end - p);
    const char *stop = s->no_comment_end ? NULL : memmem(p, left, "-->", 3);
    if (stop) {
        s->p = stop + 3;
        return;
    }
    s->no_comment_end = true;
    s->p = soup_after(p, s->end, ">");
}

/* Past the internal subset of a declaration at P: XML alone has them. */
static const char *soup_subset(const struct soup *s, const char *p)
{
    const char *close = memchr(p, '>', (size_t)(s->end - p));
    const char *open = close ? memchr(p, '[', (size_t)(close - p)) : NULL;
    return open && (!s->html || s->xhtml) && *p == '!' ? soup_after(open, s->end, "]") : p;
}

/* At a "<". */
static void soup_markup(struct soup *s)
{
    const char *p = s->p + 1;
    size_t left = (size_t)(s->end - p);
    if (left >= 3 && memcmp(p, "!--", 3) == 0) {
        soup_comment(s, p + 3);
    } else if (left >= 8 && memcmp(p, "![CDATA[", 8) == 0) {
        const char *stop = soup_after(p + 8, s->end, "]]>");
        bool closed = stop - p >= 11 && memcmp(stop - 3, "]]>", 3) == 0;
        size_t size = (size_t)(stop - p) - (closed ? 11 : 8);
        if (size > 0)
            s->handler->text(s->handler, p + 8, size);
        s->p = stop;
    } else if (left >= 1 && (*p == '!' || *p == '?')) {
        if (left >= 4 && memcmp(p, "?xml", 4) == 0)
            s->xhtml = true;
        s->p = soup_after(soup_subset(s, p), s->end, ">");
    } else if (left >= 2 && *p == '/' && soup_begins_name(p[1])) {
        s->p = p + 1;
        soup_end(s);
    } else if (left >= 1 && soup_begins_name(*p)) {
        s->p = p;
        soup_start(s);
    } else {
        soup_text(s, s->p, p);
        s->p = p;
    }
}

void soup_parse(const char *source, size_t size, bool html,
                struct sax_handler *handler)
{
    if (size == 0)
        return;
    struct soup s = {
        .p = source,
        .end = source + size,
        .html = html,
        .stack = { .handler = handler, .html = html },
        .handler = handler,
    };
    while (s.p < s.end) {
        const char *tag = memchr(s.p, '<', (size_t)(s.end - s.p));
        const char *stop = tag ? tag : s.end;
        soup_text(&s, s.p, stop);
        s.p = stop;
        if (tag)
            soup_markup(&s);
    }
    soup_stack_finish(&s.stack);
    buffer_free(&s.values);
}
