/* SPDX-License-Identifier: GPL-3.0-or-later */
/* markup.c - settles the charset, replaces the entities and picks the parser.
 * The text of an attempt as XML is dropped when a fault turns up, as it may
 * lack what follows. */
#include <config.h>

#include "format/markup.h"

#include <string.h>

#include "base/utf8.h"
#include "format/charset.h"
#include "format/entities.h"
#include "format/prose.h"
#include "format/soup.h"

/* HTML looks for a declared charset in its first 1,024 bytes; long comments
 * push it further down. */
#define MARKUP_HEAD 4096

/* Bytes that tell whether the declared charset can be true. */
#define MARKUP_SAMPLE ((size_t)1 << 16)

/* The value of "NAME=" in HEAD as TO; false when there is none. */
static bool markup_declared(const char *head, size_t size, const char *name,
                            char *to, size_t to_size)
{
    const char *end = head + size, *p = memmem(head, size, name, strlen(name));
    if (!p)
        return false;
    p += strlen(name);
    while (p < end && (*p == ' ' || *p == '"' || *p == '\''))
        p++;
    size_t n = 0;
    while (p < end && n + 1 < to_size && !strchr(" \t\r\n\"'>;/?", *p))
        to[n++] = *p++;
    to[n] = '\0';
    return n > 0;
}

struct markup_sink {
    struct emit emit;
    struct buffer text;
};

static int markup_collect(struct emit *emit, const char *text, size_t size)
{
    buffer_append(&((struct markup_sink *)emit)->text, text, size);
    return 0;
}

/* The head must read as text in some charset, but for markup with a fault,
 * which begins as markup does. */
static bool markup_is_text(const char *data, size_t size)
{
    const char *p = data, *end = p + size;
    while (p < end && (*p == ' ' || *p == '\n' || *p == '\r' || *p == '\t'))
        p++;
    if (end - p >= 2 && *p == '<' &&
        ((p[1] | 32) >= 'a' || p[1] == '!' || p[1] == '?'))
        return true;
    bool cut = size > MARKUP_HEAD;
    return charset_is_plausible((const unsigned char *)data,
                                cut ? MARKUP_HEAD : size, cut);
}

/* Whether most of what DATA holds beyond ASCII is valid in CHARSET: labels lie. */
static bool markup_can_be(const char *data, size_t size,
                          const struct charset *charset)
{
    struct markup_sink sink = { .emit = { .text = markup_collect } };
    size_t sample = size < MARKUP_SAMPLE ? size : MARKUP_SAMPLE;
    uint64_t bad, high = 0;
    if (strcmp(charset->name, "UTF-8") == 0 && utf8_valid_prefix(data, sample) == sample)
        return true;
    for (size_t i = 0; i < sample; i++)
        high += (unsigned char)data[i] >= 0x80;
    charset_convert((const unsigned char *)data, sample, charset->name,
                    &sink.emit, &bad);
    buffer_free(&sink.text);
    return bad <= 1 + high / 20;
}

bool markup_charset(const char *data, size_t size, struct charset *charset)
{
    char declared[sizeof charset->name];
    if (!markup_is_text(data, size))
        return false;
    size_t head = size < MARKUP_HEAD ? size : MARKUP_HEAD;
    if (!markup_declared(data, head, "encoding=", declared, sizeof declared) &&
        !markup_declared(data, head, "charset=", declared, sizeof declared))
        *declared = '\0';
    charset_choose((const unsigned char *)data, size, declared, charset);
    if (*declared && !markup_can_be(data, size, charset))
        charset_detect((const unsigned char *)data, size, charset);
    return true;
}

void markup_convert(const char *data, size_t size, const struct charset *charset,
                    struct buffer *text)
{
    struct markup_sink sink = { .emit = { .text = markup_collect } };
    uint64_t bad;
    charset_convert((const unsigned char *)data + charset->mark,
                    size - charset->mark, charset->name, &sink.emit, &bad);
    buffer_append(text, sink.text.data, sink.text.size);
    buffer_free(&sink.text);
}

bool markup_decode(struct buffer *source)
{
    struct charset charset;
    if (source->size == 0)
        return true;
    if (!markup_charset(source->data, source->size, &charset))
        return false;
    if (charset.mark == 0 && strcmp(charset.name, "UTF-8") == 0 &&
        utf8_valid_prefix(source->data, source->size) == source->size)
        return true;
    struct buffer text = { 0 };
    markup_convert(source->data, source->size, &charset, &text);
    buffer_free(source);
    buffer_move(source, &text);
    return true;
}

int markup_render(struct buffer *source, struct buffer *text, struct error *e)
{
    if (!markup_decode(source))
        return error_set(e, ERROR_DAMAGED, "no text, but binary data");
    int rc = entities_expand(source, e);
    struct prose *prose = prose_create(text);
    int r = sax_parse(source, prose_handler(prose));
    prose_finish(prose);
    if (r < 0) {
        buffer_clear(text);
        prose = prose_create(text);
        soup_parse(source->data, source->size, true, prose_handler(prose));
        prose_finish(prose);
    }
    buffer_clear(source);
    return rc;
}
