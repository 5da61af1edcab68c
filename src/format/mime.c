/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mime.c - fields and parts by their lines; values by gmime, whose calls here
 * hold no state between threads. */
#include <config.h>

#include "format/mime.h"

#include <gmime/gmime.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "format/charset.h"
#include "format/library.h"
#include "format/mailscan.h"

/* Bytes of a value that are looked at: of a text, 10,000 recipients have less;
 * of parameters. */
#define MIME_TEXT ((size_t)1 << 20)
#define MIME_PARAMETERS ((size_t)16 << 10)

/* Bytes decoded at once. */
#define MIME_PIECE ((size_t)32 << 10)

#define MIME_CALLS(call)                            \
    call(g_date_time_to_unix)                       \
    call(g_date_time_unref)                         \
    call(g_free)                                    \
    call(g_mime_content_disposition_get_disposition) \
    call(g_mime_content_disposition_get_parameter)  \
    call(g_mime_content_disposition_parse)          \
    call(g_mime_content_type_get_media_subtype)     \
    call(g_mime_content_type_get_media_type)        \
    call(g_mime_content_type_get_parameter)         \
    call(g_mime_content_type_parse)                 \
    call(g_mime_encoding_init_decode)               \
    call(g_mime_encoding_step)                      \
    call(g_mime_init)                               \
    call(g_mime_utils_header_decode_date)           \
    call(g_mime_utils_header_decode_text)           \
    call(g_object_unref)                            \
    call(gmime_major_version)                       \
    call(gmime_micro_version)                       \
    call(gmime_minor_version)

LIBRARY(MIME_CALLS)

static void mime_load(void)
{
    if (LIBRARY_LOAD(GMIME_SONAME))
        lib->g_mime_init();
}

bool mime_prepare(const char **why)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, mime_load);
    *why = lib_missing;
    return lib_missing == NULL;
}

char *mime_library_version(void)
{
    const char *why;
    if (!mime_prepare(&why))
        return xstrdup("gmime (missing)");
    return xasprintf("gmime %u.%u.%u", *lib->gmime_major_version,
                     *lib->gmime_minor_version, *lib->gmime_micro_version);
}

/* --- fields --- */

bool mime_next_field(struct slice *head, struct mime_field *field)
{
    const char *p = head->at, *end = head->end;
    while (p < end) {
        const char *next = mailscan_next_line(p, end);
        size_t name = mailscan_name(p, end);
        if (name == 0) {
            p = next;
            continue;
        }
        while (next < end && (*next == ' ' || *next == '\t'))
            next = mailscan_next_line(next, end);
        field->name = (struct slice){ p, p + name - 1 };
        while (field->name.end[-1] == ' ' || field->name.end[-1] == '\t')
            field->name.end--;
        field->value = (struct slice){ p + name, next };
        head->at = next;
        return true;
    }
    head->at = end;
    return false;
}

bool mime_is_named(const struct mime_field *field, const char *name)
{
    size_t size = (size_t)(field->name.end - field->name.at);
    return strlen(name) == size && strncasecmp(field->name.at, name, size) == 0;
}

bool mime_find_field(struct slice head, const char *name, struct mime_field *field)
{
    while (mime_next_field(&head, field)) {
        if (mime_is_named(field, name))
            return true;
    }
    return false;
}

/* --- values --- */

struct mime_sink {
    struct emit emit;
    struct buffer *out;
};

static int mime_collect(struct emit *emit, const char *text, size_t size)
{
    buffer_append(((struct mime_sink *)emit)->out, text, size);
    return 0;
}

/* VALUE on one line, trimmed, without NULs, LIMIT bytes at most, in UTF-8. */
static void mime_unfold(struct slice value, size_t limit, struct buffer *out)
{
    struct buffer raw = { 0 };
    bool blank = false;
    for (const char *p = value.at; p < value.end && raw.size < limit; p++) {
        if (*p == ' ' || *p == '\t' || *p == '\r' || *p == '\n') {
            blank = raw.size > 0;
        } else if (*p != '\0') {
            if (blank)
                buffer_append_char(&raw, ' ');
            buffer_append_char(&raw, *p);
            blank = false;
        }
    }
    if (utf8_valid_prefix(raw.data, raw.size) < raw.size) {
        const unsigned char *data = (const unsigned char *)raw.data;
        struct mime_sink sink = { .emit = { .text = mime_collect }, .out = out };
        struct charset charset;
        uint64_t bad;
        charset_detect(data, raw.size, &charset);
        charset_convert(data + charset.mark, raw.size - charset.mark,
                        charset.name, &sink.emit, &bad);
    } else {
        buffer_append(out, raw.data, raw.size);
    }
    buffer_free(&raw);
}

void mime_decode_text(struct slice value, struct buffer *out)
{
    struct buffer line = { 0 };
    const char *why;
    mime_unfold(value, MIME_TEXT, &line);
    if (line.size && memmem(line.data, line.size, "=?", 2) && mime_prepare(&why)) {
        char *text = lib->g_mime_utils_header_decode_text(NULL, buffer_string(&line));
        /* Encoded words may hold line ends, to look like fields. */
        for (char *p = text; *p; p++) {
            if ((unsigned char)*p < ' ')
                *p = ' ';
        }
        utf8_append_sanitized(out, text, strlen(text));
        lib->g_free(text);
    } else {
        buffer_append(out, line.data, line.size);
    }
    buffer_free(&line);
}

bool mime_decode_date(struct slice value, int64_t *seconds)
{
    struct buffer line = { 0 };
    const char *why;
    GDateTime *date = NULL;
    mime_unfold(value, 256, &line);
    if (line.size && mime_prepare(&why))
        date = lib->g_mime_utils_header_decode_date(buffer_string(&line));
    if (date) {
        *seconds = lib->g_date_time_to_unix(date);
        lib->g_date_time_unref(date);
    }
    buffer_free(&line);
    return date != NULL;
}

static void mime_copy(char *to, size_t room, const char *from, bool lower)
{
    size_t n = from ? strlen(from) : 0;
    if (n >= room)
        n = utf8_valid_prefix(from, room - 1);
    for (size_t i = 0; i < n; i++)
        to[i] = lower && from[i] >= 'A' && from[i] <= 'Z' ? (char)(from[i] + 32)
                                                          : from[i];
    to[n] = '\0';
}

/* A file's name may have encoded words in it, against RFC 2231. */
static void mime_copy_name(char *to, size_t room, const char *from)
{
    struct buffer name = { 0 };
    if (from)
        mime_decode_text((struct slice){ from, from + strlen(from) }, &name);
    mime_copy(to, room, buffer_string(&name), false);
    buffer_free(&name);
}

static void mime_read_type(struct slice value, struct mime_part *part)
{
    struct buffer line = { 0 };
    mime_unfold(value, MIME_PARAMETERS, &line);
    GMimeContentType *t = lib->g_mime_content_type_parse(NULL, buffer_string(&line));
    buffer_free(&line);
    if (!t)
        return;
    mime_copy(part->type, sizeof part->type,
              lib->g_mime_content_type_get_media_type(t), true);
    mime_copy(part->subtype, sizeof part->subtype,
              lib->g_mime_content_type_get_media_subtype(t), true);
    mime_copy(part->boundary, sizeof part->boundary,
              lib->g_mime_content_type_get_parameter(t, "boundary"), false);
    mime_copy(part->charset, sizeof part->charset,
              lib->g_mime_content_type_get_parameter(t, "charset"), true);
    mime_copy(part->smime_type, sizeof part->smime_type,
              lib->g_mime_content_type_get_parameter(t, "smime-type"), true);
    const char *flowed = lib->g_mime_content_type_get_parameter(t, "format");
    const char *delsp = lib->g_mime_content_type_get_parameter(t, "delsp");
    part->flowed = flowed && strcasecmp(flowed, "flowed") == 0;
    part->delsp = delsp && strcasecmp(delsp, "yes") == 0;
    if (!part->name[0])
        mime_copy_name(part->name, sizeof part->name,
                       lib->g_mime_content_type_get_parameter(t, "name"));
    part->is_typed = true;
    lib->g_object_unref(t);
}

static void mime_read_disposition(struct slice value, struct mime_part *part)
{
    struct buffer line = { 0 };
    mime_unfold(value, MIME_PARAMETERS, &line);
    GMimeContentDisposition *d =
        lib->g_mime_content_disposition_parse(NULL, buffer_string(&line));
    buffer_free(&line);
    if (!d)
        return;
    const char *word = lib->g_mime_content_disposition_get_disposition(d);
    part->is_inline = word && strcasecmp(word, "inline") == 0;
    part->is_attachment = word && !part->is_inline;
    const char *name = lib->g_mime_content_disposition_get_parameter(d, "filename");
    if (name && *name)
        mime_copy_name(part->name, sizeof part->name, name);
    lib->g_object_unref(d);
}

static enum mime_encoding mime_read_encoding(struct slice value)
{
    static const struct {
        const char *name;
        enum mime_encoding encoding;
    } names[] = {
        { "base64", MIME_BASE64 },       { "quoted-printable", MIME_QUOTED },
        { "x-uuencode", MIME_UUENCODE }, { "uuencode", MIME_UUENCODE },
        { "x-uue", MIME_UUENCODE },
    };
    struct buffer line = { 0 };
    enum mime_encoding found = MIME_PLAIN;
    mime_unfold(value, 64, &line);
    const char *word = buffer_string(&line);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strncasecmp(word, names[i].name, strlen(names[i].name)) == 0)
            found = names[i].encoding;
    }
    buffer_free(&line);
    return found;
}

/* --- head and body --- */

static bool mime_is_blank(const char *p, const char *end)
{
    return *p == '\n' || (*p == '\r' && (end - p == 1 || p[1] == '\n'));
}

/* The head ends at an empty line; else before the first line that cannot be of
 * it, unless fields go on right after that one. */
static void mime_split(struct slice bytes, struct mime_part *part)
{
    const char *p = bytes.at, *end = bytes.end;
    part->head.at = p;
    bool first = true;
    while (p < end && !mime_is_blank(p, end)) {
        const char *next = mailscan_next_line(p, end);
        bool folded = !first && (*p == ' ' || *p == '\t');
        if (!folded && mailscan_name(p, end) == 0 &&
            (next == end || mime_is_blank(next, end) ||
             mailscan_name(next, end) == 0))
            break;
        first = false;
        p = next;
    }
    part->head.end = p;
    part->body.at = p < end && mime_is_blank(p, end) ? mailscan_next_line(p, end) : p;
    part->body.end = end;
}

void mime_read_part(struct slice bytes, bool in_digest, struct mime_part *part)
{
    const char *why;
    struct mime_field field;
    memset(part, 0, sizeof *part);
    mime_split(bytes, part);
    mime_copy(part->type, sizeof part->type, in_digest ? "message" : "text", false);
    mime_copy(part->subtype, sizeof part->subtype, in_digest ? "rfc822" : "plain",
              false);
    if (!mime_prepare(&why))
        return;
    for (struct slice rest = part->head; mime_next_field(&rest, &field);) {
        if (mime_is_named(&field, "Content-Type") && !part->is_typed)
            mime_read_type(field.value, part);
        else if (mime_is_named(&field, "Content-Disposition"))
            mime_read_disposition(field.value, part);
        else if (mime_is_named(&field, "Content-Transfer-Encoding"))
            part->encoding = mime_read_encoding(field.value);
    }
    /* RFC 2046: they have none; some mailers say base64 all the same. */
    if (strcmp(part->type, "multipart") == 0)
        part->encoding = MIME_PLAIN;
}

bool mime_is_type(const struct mime_part *part, const char *type,
                  const char *subtype)
{
    return strcmp(part->type, type) == 0 &&
           (!subtype || strcmp(part->subtype, subtype) == 0);
}

/* --- content --- */

static int mime_decode(struct slice body, GMimeContentEncoding encoding,
                       int (*take)(void *, const char *, size_t), void *ctx)
{
    /* More than gmime asks for: what it holds back, and a margin. */
    char out[2 * MIME_PIECE];
    GMimeEncoding state;
    const char *why;
    if (!mime_prepare(&why))
        return 0;
    lib->g_mime_encoding_init_decode(&state, encoding);
    while (body.at < body.end) {
        size_t n = (size_t)(body.end - body.at);
        if (n > MIME_PIECE)
            n = MIME_PIECE;
        size_t got = lib->g_mime_encoding_step(&state, body.at, n, out);
        if (got > 0 && take(ctx, out, got) < 0)
            return -1;
        body.at += n;
    }
    return 0;
}

/* Behind the line "begin 644 name". */
static struct slice mime_uu_lines(struct slice body)
{
    static const char word[] = "begin ";
    const size_t size = sizeof word - 1;
    for (const char *p = body.at; p < body.end;) {
        const char *next = mailscan_next_line(p, body.end);
        if ((size_t)(next - p) > size && memcmp(p, word, size) == 0)
            return (struct slice){ next, body.end };
        p = next;
    }
    return body;
}

int mime_decode_body(const struct mime_part *part,
                     int (*take)(void *ctx, const char *data, size_t size),
                     void *ctx)
{
    struct slice body = part->body;
    switch (part->encoding) {
    case MIME_BASE64:
        return mime_decode(body, GMIME_CONTENT_ENCODING_BASE64, take, ctx);
    case MIME_QUOTED:
        return mime_decode(body, GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE, take, ctx);
    case MIME_UUENCODE:
        return mime_decode_uu(mime_uu_lines(body), take, ctx);
    case MIME_PLAIN:
        break;
    }
    while (body.at < body.end) {
        size_t n = (size_t)(body.end - body.at);
        if (n > MIME_PIECE)
            n = MIME_PIECE;
        if (take(ctx, body.at, n) < 0)
            return -1;
        body.at += n;
    }
    return 0;
}

int mime_decode_uu(struct slice lines,
                   int (*take)(void *ctx, const char *data, size_t size),
                   void *ctx)
{
    return mime_decode(lines, GMIME_CONTENT_ENCODING_UUENCODE, take, ctx);
}
