/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lettertext.c - charsets as declared or as they are, paragraphs that were
 * wrapped for sending (RFC 3676), uuencoded files between lines. */
#include <config.h>

#include "format/lettertext.h"

#include <string.h>

#include "base/utf8.h"
#include "format/charset.h"
#include "format/mailscan.h"
#include "format/markup.h"

/* --- before the charset is settled --- */

void lettertext_unquote(struct buffer *raw)
{
    if (raw->size == 0)
        return;
    const char *p = raw->data, *end = p + raw->size;
    char *to = raw->data;
    while (p < end) {
        const char *next = mailscan_next_line(p, end), *from = p;
        while (from < next && *from == '>')
            from++;
        if (from > p && next - from >= 5 && memcmp(from, "From ", 5) == 0)
            p++;
        memmove(to, p, (size_t)(next - p));
        to += next - p;
        p = next;
    }
    raw->size = (size_t)(to - raw->data);
}

/* "begin 644 name" */
static bool is_begin(const char *p, const char *end, struct slice *name)
{
    static const char word[] = "begin ";
    if (end - p < 12 || memcmp(p, word, sizeof word - 1) != 0)
        return false;
    p += sizeof word - 1;
    int digits = 0;
    while (p < end && *p >= '0' && *p <= '7' && digits < 5)
        p++, digits++;
    if (digits < 3 || p == end || *p++ != ' ')
        return false;
    while (end > p && (end[-1] == '\n' || end[-1] == '\r'))
        end--;
    *name = (struct slice){ p, end };
    return end > p;
}

/* A length, then as many characters as it takes, give or take a few: blanks at
 * the end get lost, checksums are added. */
static bool is_uu_line(const char *p, const char *end)
{
    while (end > p && (end[-1] == '\n' || end[-1] == '\r'))
        end--;
    if (end == p || *p < ' ' || *p > '`')
        return false;
    long bytes = (*p - ' ') & 63, needed = (bytes + 2) / 3 * 4;
    for (const char *q = p + 1; q < end; q++) {
        if (*q < ' ' || *q > '`')
            return false;
    }
    return end - p - 1 <= needed + 2;
}

/* Each line is looked at twice at most: "begin" is no line of data. */
bool lettertext_find_file(const struct buffer *raw, size_t at,
                          struct lettertext_file *file)
{
    if (raw->size == 0)
        return false;
    const char *p = raw->data + at, *end = raw->data + raw->size;
    while (p < end) {
        const char *next = mailscan_next_line(p, end);
        if (is_begin(p, next, &file->name)) {
            const char *q = next, *after = next;
            while (q < end && is_uu_line(q, after = mailscan_next_line(q, end)))
                q = after;
            if (q > next && end - q >= 3 && memcmp(q, "end", 3) == 0) {
                file->all = (struct slice){ p, after };
                file->lines = (struct slice){ next, q };
                return true;
            }
        }
        p = next;
    }
    return false;
}

/* --- the charset --- */

struct sink {
    struct emit emit;
    struct buffer text;
};

static int collect(struct emit *emit, const char *text, size_t size)
{
    buffer_append(&((struct sink *)emit)->text, text, size);
    return 0;
}

/* RAW to UTF-8, without its mark. */
static void convert(const char *declared, struct buffer *raw)
{
    const unsigned char *data = (const unsigned char *)raw->data;
    struct sink sink = { .emit = { .text = collect } };
    struct charset charset;
    uint64_t bad;
    if (raw->size == 0)
        return;
    charset_choose(data, raw->size, declared, &charset);
    if (charset.mark == 0 && strcmp(charset.name, "UTF-8") == 0 &&
        utf8_valid_prefix(raw->data, raw->size) == raw->size)
        return;
    charset_convert(data + charset.mark, raw->size - charset.mark, charset.name,
                    &sink.emit, &bad);
    buffer_free(raw);
    buffer_move(raw, &sink.text);
}

/* --- lines --- */

struct wrapped {
    struct buffer *out;
    bool flows;   /* the line before goes on in the next one */
    size_t depth; /* of its quotation */
};

static void add_line(struct buffer *out, const char *p, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (p[i] != '\0' && p[i] != '\r')
            buffer_append_char(out, p[i]);
    }
}

/* A line of format=flowed, without its end. */
static void add_flowed(struct wrapped *w, const char *p, size_t size, bool delsp)
{
    size_t depth = 0;
    while (depth < size && p[depth] == '>')
        depth++;
    p += depth;
    size -= depth;
    if (size > 0 && *p == ' ') { /* stuffed, so that it does not look quoted */
        p++;
        size--;
    }
    bool signature = size == 3 && memcmp(p, "-- ", 3) == 0;
    bool flows = size > 0 && p[size - 1] == ' ' && !signature;
    if (w->flows && (depth != w->depth || signature || size == 0)) {
        buffer_append_char(w->out, '\n');
        w->flows = false;
    }
    if (!w->flows && depth > 0) {
        for (size_t i = 0; i < depth; i++)
            buffer_append_char(w->out, '>');
        buffer_append_char(w->out, ' ');
    }
    add_line(w->out, p, flows && delsp ? size - 1 : size);
    w->flows = flows;
    w->depth = depth;
    if (!flows)
        buffer_append_char(w->out, '\n');
}

static bool is_blank(const char *p, const char *end)
{
    for (; p < end; p++) {
        if (*p != '\0' && !strchr(" \t\r\n\f", *p))
            return false;
    }
    return true;
}

static void trim_end(struct buffer *out, size_t start)
{
    while (out->size > start && strchr(" \t\n\f", out->data[out->size - 1]))
        out->size--;
    if (out->size > start)
        buffer_append_char(out, '\n');
}

void lettertext_plain(const struct mime_part *part, struct buffer *raw,
                      struct buffer *out)
{
    convert(part->charset, raw);
    if (raw->size == 0) /* nothing, or a byte order mark alone */
        return;
    struct wrapped w = { .out = out };
    size_t start = out->size;
    const char *p = raw->data, *end = p + raw->size;
    while (p < end) {
        const char *next = mailscan_next_line(p, end), *last = next;
        while (last > p && (last[-1] == '\n' || last[-1] == '\r'))
            last--;
        if (out->size == start && is_blank(p, last)) {
            /* Empty lines at the start. */
        } else if (part->flowed) {
            add_flowed(&w, p, (size_t)(last - p), part->delsp);
        } else {
            add_line(out, p, (size_t)(last - p));
            buffer_append_char(out, '\n');
        }
        p = next;
    }
    trim_end(out, start);
}

int lettertext_html(const struct mime_part *part, struct buffer *raw,
                    struct buffer *out, struct error *e)
{
    /* What the part says counts before what the markup says. */
    if (part->charset[0] && charset_is_known(part->charset))
        convert(part->charset, raw);
    if (raw->size == 0 || is_blank(raw->data, raw->data + raw->size))
        return 0;
    return markup_render(raw, out, e);
}
