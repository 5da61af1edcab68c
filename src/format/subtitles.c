/* SPDX-License-Identifier: GPL-3.0-or-later */
/* subtitles.c - lines are told apart by the times that follow them, as neither
 * numbers nor blank lines can be relied on. */
#include <config.h>

#include "format/subtitles.h"

#include <string.h>

/* A line of more is passed on in parts. */
#define SUBTITLES_LINE ((size_t)64 << 10)
/* Bytes that are gathered before they go on. */
#define SUBTITLES_PIECE ((size_t)16 << 10)

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Past a time at P, or P. */
static const char *subtitles_time(const char *p, const char *end)
{
    const char *start = p;
    int colons = 0;
    for (; p < end && (is_digit(*p) || *p == ':' || *p == ',' || *p == '.'); p++)
        colons += *p == ':';
    return colons > 0 && is_digit(*start) ? p : start;
}

bool subtitles_is_timing(const char *line, size_t size)
{
    const char *end = line + size;
    while (line < end && is_blank(*line))
        line++;
    const char *p = subtitles_time(line, end);
    if (p == line)
        return false;
    while (p < end && is_blank(*p))
        p++;
    if (end - p < 3 || memcmp(p, "-->", 3) != 0)
        return false;
    for (p += 3; p < end && is_blank(*p); p++)
        ;
    return p < end && is_digit(*p);
}

/* The end of the tag or override that begins at P; P: there is none. */
static const char *subtitles_tag(const char *p, const char *end)
{
    char next = end - p >= 2 ? p[1] : '\0';
    bool opens = *p == '<' && (next == '/' || is_digit(next) ||
                               ((next | 32) >= 'a' && (next | 32) <= 'z'));
    if (!opens && !(*p == '{' && next == '\\'))
        return p;
    const char *close = memchr(p, opens ? '>' : '}', (size_t)(end - p));
    return close ? close + 1 : p;
}

static const struct {
    const char *name, *text;
} entities[] = {
    { "&amp;", "&" },  { "&lt;", "<" },           { "&gt;", ">" },
    { "&quot;", "\"" }, { "&nbsp;", "\xc2\xa0" }, { "&lrm;", "" },
    { "&rlm;", "" },
};

/* The entity at P as text, and past it; P: none. */
static const char *subtitles_entity(struct buffer *out, const char *p,
                                    const char *end)
{
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++) {
        size_t size = strlen(entities[i].name);
        if ((size_t)(end - p) >= size && memcmp(p, entities[i].name, size) == 0) {
            buffer_append_string(out, entities[i].text);
            return p + size;
        }
    }
    return p;
}

/* A line that somebody says. */
static void subtitles_say(struct subtitles *s, const struct buffer *line)
{
    const char *p = line->data, *end = p + line->size;
    size_t start = s->out.size;
    while (p < end && is_blank(*p))
        p++;
    while (p < end) {
        const char *next = p;
        if (*p == '<' || *p == '{')
            next = subtitles_tag(p, end);
        else if (*p == '&' && s->is_vtt)
            next = subtitles_entity(&s->out, p, end);
        if (next == p)
            buffer_append_char(&s->out, *p++);
        else
            p = next;
    }
    while (s->out.size > start && is_blank(s->out.data[s->out.size - 1]))
        s->out.size--;
    if (s->out.size > start)
        buffer_append_char(&s->out, '\n');
}

static void subtitles_release(struct subtitles *s)
{
    if (s->held.size > 0)
        subtitles_say(s, &s->held);
    buffer_clear(&s->held);
}

static bool subtitles_begins(const struct buffer *line, const char *word)
{
    size_t size = strlen(word);
    return line->size >= size && memcmp(line->data, word, size) == 0 &&
           (line->size == size || is_blank(line->data[size]));
}

static bool subtitles_is_aside(const struct subtitles *s)
{
    return s->is_vtt && s->after_blank &&
           (subtitles_begins(&s->line, "WEBVTT") ||
            subtitles_begins(&s->line, "NOTE") ||
            subtitles_begins(&s->line, "STYLE") ||
            subtitles_begins(&s->line, "REGION"));
}

static bool subtitles_is_number(const struct buffer *line)
{
    for (size_t i = 0; i < line->size; i++) {
        if (!is_digit(line->data[i]))
            return false;
    }
    return true;
}

/* A whole line stands in s->line. */
static void subtitles_line(struct subtitles *s)
{
    struct buffer *line = &s->line;
    while (line->size > 0 && is_blank(line->data[line->size - 1]))
        line->size--;
    if (line->size == 0) {
        subtitles_release(s);
        s->after_blank = true;
        s->is_skipped = false;
        return;
    }
    if (subtitles_is_timing(line->data, line->size)) {
        buffer_clear(&s->held);
        s->is_skipped = false;
    } else if (subtitles_is_aside(s)) {
        s->is_skipped = true;
    } else if (!s->is_skipped) {
        subtitles_release(s);
        if (s->after_blank || subtitles_is_number(line))
            buffer_append(&s->held, line->data, line->size);
        else
            subtitles_say(s, line);
    }
    s->after_blank = false;
    buffer_clear(line);
}

static int subtitles_flush(struct subtitles *s, size_t least)
{
    if (s->out.size <= least)
        return 0;
    int r = s->next->text(s->next, s->out.data, s->out.size);
    buffer_clear(&s->out);
    return r;
}

static int subtitles_text(struct emit *emit, const char *text, size_t size)
{
    struct subtitles *s = (struct subtitles *)emit;
    for (size_t i = 0; i < size; i++) {
        bool begins = ((unsigned char)text[i] & 0xc0) != 0x80;
        if (text[i] == '\n' || (begins && s->line.size > SUBTITLES_LINE))
            subtitles_line(s);
        if (text[i] != '\n')
            buffer_append_char(&s->line, text[i]);
    }
    return subtitles_flush(s, SUBTITLES_PIECE);
}

void subtitles_init(struct subtitles *s, bool is_vtt, struct emit *next)
{
    *s = (struct subtitles){ .emit = { .text = subtitles_text },
                             .next = next,
                             .is_vtt = is_vtt,
                             .after_blank = true };
}

int subtitles_finish(struct subtitles *s)
{
    if (s->line.size > 0)
        subtitles_line(s);
    subtitles_release(s);
    int r = subtitles_flush(s, 0);
    buffer_free(&s->line);
    buffer_free(&s->held);
    buffer_free(&s->out);
    return r;
}
