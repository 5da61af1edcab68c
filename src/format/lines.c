/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lines.c - the one place that writes the text of markup, so that no rule on
 * blanks has a second way around it. */
#include <config.h>

#include "format/lines.h"

#include <string.h>

/* Deeper ones are indented no further: a tag of four bytes must not become
 * hundreds of blanks. */
#define LINES_LEVELS 8

void lines_ask(struct lines *l, int breaks)
{
    if (!l->fresh && l->breaks < breaks)
        l->breaks = breaks;
}

void lines_next(struct lines *l)
{
    if (!l->fresh)
        l->breaks = 1;
}

void lines_break(struct lines *l)
{
    if (!l->fresh && l->breaks < 2)
        l->breaks++;
}

static bool lines_at_start(const struct lines *l)
{
    return l->out->size == 0 || l->out->data[l->out->size - 1] == '\n';
}

/* The newlines that are due, less those that are there: a pre or a row that
 * came to nothing leaves some. */
static void lines_write_breaks(struct lines *l)
{
    struct buffer *out = l->out;
    int there = 0;
    while (there < 2 && (size_t)there < out->size &&
           out->data[out->size - 1 - (size_t)there] == '\n')
        there++;
    for (; out->size > 0 && there < l->breaks; there++)
        buffer_append_char(out, '\n');
    l->breaks = 0;
}

void lines_begin(struct lines *l)
{
    struct buffer *out = l->out;
    if (l->breaks > 0)
        lines_write_breaks(l);
    if (lines_at_start(l)) {
        int level = *l->marker ? l->marker_level : l->level;
        for (int i = 0; i < level && i < LINES_LEVELS; i++)
            buffer_append(out, "  ", 2);
    } else if (l->space && out->data[out->size - 1] != '\t') {
        buffer_append_char(out, ' ');
    }
    if (*l->marker) {
        buffer_append_string(out, l->marker);
        l->marker[0] = '\0';
    }
    l->space = false;
    l->fresh = false;
}

enum { PLAIN, BLANK, CONTROL, LATIN };

/* LATIN: the first byte of U+0080 to U+00BF, which may be a soft hyphen. */
static inline int lines_class(char c)
{
    unsigned char byte = (unsigned char)c;
    if (byte > ' ' && byte != 0x7f)
        return byte == 0xc2 ? LATIN : PLAIN;
    if (byte == ' ' || (byte >= '\t' && byte <= '\r' && byte != '\v'))
        return BLANK;
    return CONTROL;
}

/* The end of the run of characters that go out as they are; TABBED: blanks
 * and tabs among them. */
static const char *lines_run(const char *text, const char *end, bool tabbed)
{
    for (; text < end; text++) {
        switch (lines_class(*text)) {
        case PLAIN:
            continue;
        case LATIN:
            if (end - text < 2 || text[1] != '\xad')
                continue;
            return text;
        case BLANK:
            if (tabbed && (*text == ' ' || *text == '\t'))
                continue;
            return text;
        default:
            return text;
        }
    }
    return text;
}

void lines_fold(struct lines *l, const char *text, size_t size)
{
    const char *end = text + size;
    while (text < end) {
        const char *stop = lines_run(text, end, false);
        if (stop > text) {
            lines_begin(l);
            buffer_append(l->out, text, (size_t)(stop - text));
            text = stop;
        } else if (lines_class(*text) == BLANK) {
            l->space = true;
            text++;
        } else {
            text += lines_class(*text) == LATIN ? 2 : 1;
        }
    }
}

void lines_keep(struct lines *l, const char *text, size_t size)
{
    const char *end = text + size;
    while (text < end) {
        const char *stop = lines_run(text, end, true);
        if (stop > text) {
            lines_begin(l);
            buffer_append(l->out, text, (size_t)(stop - text));
            text = stop;
            continue;
        }
        /* At its start, a break is still due. */
        if (*text == '\n' && l->breaks == 0 && !l->fresh && l->out->size > 0)
            buffer_append_char(l->out, '\n');
        text += lines_class(*text) == LATIN ? 2 : 1;
    }
}

void lines_word(struct lines *l, const char *word, bool glued)
{
    bool space = l->space;
    if (glued)
        l->space = false;
    lines_begin(l);
    buffer_append_string(l->out, word);
    l->space = glued && space;
}

static bool lines_is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t';
}

void lines_trim(struct lines *l, size_t start)
{
    struct buffer *out = l->out;
    while (out->size > start && lines_is_blank(out->data[out->size - 1]))
        out->size--;
}

void lines_flatten(struct lines *l, size_t start, bool keep_lead)
{
    struct buffer *out = l->out;
    if (start >= out->size)
        return;
    size_t text = start;
    while (text < out->size && lines_is_blank(out->data[text]))
        text++;
    if (keep_lead)
        start = text;
    lines_trim(l, text);
    size_t size = out->size - text;
    if (size == 0 || (start == text && !memchr(out->data + text, '\n', size) &&
                      !memchr(out->data + text, '\t', size))) {
        out->size = start + size;
        return;
    }
    char *to = out->data + start, *end = out->data + out->size;
    for (const char *from = out->data + text; from < end;) {
        const char *run = from;
        bool line = false;
        for (; run < end && lines_is_blank(*run); run++)
            line |= *run != ' ';
        if (line) {
            *to++ = ' ';
            from = run;
            continue;
        }
        for (; run < end && !lines_is_blank(*run); run++)
            ;
        memmove(to, from, (size_t)(run - from));
        to += run - from;
        from = run;
    }
    out->size = (size_t)(to - out->data);
}
