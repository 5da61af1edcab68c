/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-text.c - the formats "text" and "markdown": bids, line ends, charsets,
 * damage, and the sample texts. */
#include <config.h>

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "format/charset.h"
#include "format/registry.h"

struct collector {
    struct emit emit;
    struct buffer text;
    int calls_left; /* then refuse; -1: never */
};

static int collect(struct emit *emit, const char *text, size_t size)
{
    struct collector *c = (struct collector *)emit;
    buffer_append(&c->text, text, size);
    return c->calls_left >= 0 && c->calls_left-- == 0 ? -1 : 0;
}

/* The text of DATA in OUT; E as page() left it. */
static int extract(const void *data, size_t size, struct buffer *out,
                   char charset[32], struct error *e)
{
    struct format_input input = {.data = data, .size = size, .name = "x"};
    struct format_info info = {0};
    struct collector c = {.emit = { .text = collect }, .calls_left = -1};
    error_clear(e);
    struct format_document *d = format_text.open(&input, &info, e);
    cr_assert_not_null(d);
    cr_expect_eq(info.pages, 1);
    cr_expect_eq(info.flaw.kind, ERROR_NONE);
    snprintf(charset, 32, "%s", metadata_get(&info.metadata, "charset"));
    int r = format_text.page(d, 1, &c.emit, e);
    format_text.close(d);
    metadata_clear(&info.metadata);
    buffer_free(out);
    *out = c.text;
    return r;
}

static void expect_text(const void *data, size_t size, const char *expected)
{
    struct buffer text = {0};
    char charset[32];
    struct error e;
    cr_expect_eq(extract(data, size, &text, charset, &e), 0);
    cr_expect_eq(e.kind, ERROR_NONE);
    cr_expect_str_eq(buffer_string(&text), expected);
    buffer_free(&text);
}

#define EXPECT(literal, expected) \
    expect_text(literal, sizeof(literal) - 1, expected)

Test(text, line_ends)
{
    EXPECT("a\nb\n", "a\nb\n");
    EXPECT("a\r\nb\r\n", "a\nb\n");
    EXPECT("a\rb\r", "a\nb\n");
    EXPECT("a\r\r\nb\n\r", "a\n\nb\n\n");
    EXPECT("a", "a\n");
    EXPECT("", "");
    EXPECT("\n", "\n");
    EXPECT(" \t\n\n ", " \t\n\n \n");
    EXPECT("one\f two\f", "one\f two\f\n");
    EXPECT("\xef\xbb\xbf" "a", "a\n");
    EXPECT("\xef\xbb\xbf", "");
    EXPECT("a longer line, then\0 one NUL\n", "a longer line, then one NUL\n");
    EXPECT("\xff\xfe" "a\0\r\0\n\0b\0", "a\nb\n");
}

/* A CR at the end of one piece and its LF at the start of the next. */
Test(text, line_ends_across_pieces)
{
    enum { SIZE = 3 * CHARSET_PIECE };
    char *data = malloc(SIZE), *expected = malloc(SIZE + 1);
    for (size_t shift = 0; shift < 2; shift++) {
        for (size_t i = 0; i < SIZE; i++)
            data[i] = (i + shift) % 2 == 0 ? '\r' : '\n';
        size_t lines = SIZE / 2 + shift;
        memset(expected, '\n', lines);
        expected[lines] = '\0';
        expect_text(data, SIZE, expected);
    }
    free(data);
    free(expected);
}

Test(text, too_many_bad_bytes_are_damage)
{
    struct buffer data = {0}, text = {0};
    char charset[32];
    struct error e;
    for (int i = 0; i < 1000; i++)
        buffer_append_string(&data, "текст ");
    /* Half a per cent of the bytes, with what they break: no word of it. */
    for (size_t i = 0; i < data.size; i += 400)
        data.data[i] = '\xff';
    cr_expect_eq(extract(data.data, data.size, &text, charset, &e), 0);
    cr_expect_str_eq(charset, "UTF-8");
    for (size_t i = 0; i < data.size; i += 80)
        data.data[i] = '\xff';
    cr_expect_eq(extract(data.data, data.size, &text, charset, &e), -1);
    cr_expect_eq(e.kind, ERROR_DAMAGED);
    cr_expect_not_null(strstr(e.detail, " bytes are not valid UTF-8"));
    cr_expect_gt(text.size, data.size);
    buffer_free(&data);
    buffer_free(&text);
}

Test(text, stops_when_told)
{
    struct buffer data = {0};
    for (int i = 0; i < 100000; i++)
        buffer_append_string(&data, "a line\r\n");
    struct format_input input = {.data = (unsigned char *)data.data,
                                 .size = data.size, .name = "x"};
    struct format_info info = {0};
    struct error e = {0};
    struct format_document *d = format_text.open(&input, &info, &e);
    for (int calls = 0; calls < 3; calls++) {
        struct collector c = {.emit = { .text = collect }, .calls_left = calls};
        cr_expect_eq(format_text.page(d, 1, &c.emit, &e), -1);
        cr_expect_eq(c.calls_left, -1);
        buffer_free(&c.text);
    }
    format_text.close(d);
    metadata_clear(&info.metadata);
    buffer_free(&data);
}

static int bid(const struct format *format, const char *name, const char *text,
               size_t size)
{
    struct peek peek = {.head = (const unsigned char *)text, .head_size = size,
                        .tail = (const unsigned char *)text, .tail_size = size,
                        .size = size, .name = name};
    return format->bid(&peek);
}

Test(text, bids)
{
    cr_expect_gt(bid(&format_text, "a", "hello", 5), 0);
    cr_expect_gt(bid(&format_text, NULL, "hello", 5), 0);
    cr_expect_eq(bid(&format_text, "a.txt", "h\0llo\1\2\3", 8), 0);
    cr_expect_eq(bid(&format_text, "a.txt", "", 0), 0);
    cr_expect_eq(bid(&format_markdown, "a.txt", "hello", 5), 0);
    cr_expect_eq(bid(&format_markdown, NULL, "hello", 5), 0);
    cr_expect_eq(bid(&format_markdown, "md", "hello", 5), 0);
    cr_expect_eq(bid(&format_markdown, "a.md", "h\0llo\1\2\3", 8), 0);
    int text = bid(&format_text, "a.MD", "hello", 5);
    cr_expect_gt(bid(&format_markdown, "a.MD", "hello", 5), text);
    cr_expect_gt(bid(&format_markdown, "x/a.markdown", "hello", 5), text);
    cr_expect(format_text.flags & FORMAT_KEEPS_MARKS);
}

/* --- the sample texts --- */

static void read_sample(const char *name, struct buffer *to)
{
    const char *srcdir = getenv("srcdir");
    char *path = xasprintf("%s/corpus/%s", srcdir != NULL ? srcdir : ".", name);
    FILE *file = fopen(path, "r");
    cr_assert_not_null(file, "%s", path);
    buffer_clear(to);
    size_t got;
    do {
        buffer_reserve(to, 65536);
        got = fread(to->data + to->size, 1, 65536, file);
        to->size += got;
    } while (got > 0);
    fclose(file);
    free(path);
}

Test(text, samples)
{
    static const char *const samples[][2] = {
        {"good-utf8.txt", "UTF-8"},
        {"good-utf8-bom.txt", "UTF-8"},
        {"good-utf16le.txt", "UTF-16LE"},
        {"good-utf16be.txt", "UTF-16BE"},
        {"good-latin1.txt", "WINDOWS-1252"},
        {"good-windows-1252.txt", "WINDOWS-1252"},
        {"good-koi8-r.txt", "KOI8-R"},
        {"good-shift-jis.txt", "WINDOWS-31J"},
        {"good-form-feed.txt", "UTF-8"},
        {"good-markdown.md", "UTF-8"},
    };
    struct buffer data = {0}, expected = {0}, text = {0};
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
        char charset[32];
        struct error e;
        char *name = xasprintf("expected/%s.txt", samples[i][0]);
        read_sample(samples[i][0], &data);
        read_sample(name, &expected);
        free(name);
        /* The form feed behind the page is the sink's. */
        cr_assert_eq(expected.data[expected.size - 1], '\f');
        expected.size--;
        cr_expect_eq(extract(data.data, data.size, &text, charset, &e), 0);
        cr_expect_str_eq(charset, samples[i][1], "%s", samples[i][0]);
        cr_expect_str_eq(buffer_string(&text), buffer_string(&expected), "%s",
                         samples[i][0]);
    }
    buffer_free(&data);
    buffer_free(&expected);
    buffer_free(&text);
}
