/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-pdf-filters.c - the filters of PDF's streams, one by one. */
#include <config.h>

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "pdf/predict.h"
#include "pdf/stream.h"

#define MOST ((size_t)1 << 20)

static void expect(enum stream_filter filter, bool early, const void *in, size_t size,
                   enum stream_end end, const char *text)
{
    struct stream *s = stream_create();
    struct stream_step step = { .filter = filter, .early = early };
    struct span out;
    const unsigned char *at = in;
    cr_assert_eq(stream_run(s, &step, 1, (struct span){ at, at + size }, MOST, &out),
                 end);
    if (end == STREAM_WHOLE || end == STREAM_CUT)
        cr_assert(syntax_is(out, text), "'%.*s' is not '%s'", (int)(out.end - out.at),
                  out.at, text);
    stream_destroy(s);
}

static void expect_string(enum stream_filter filter, const char *in, const char *text)
{
    expect(filter, true, in, strlen(in), STREAM_WHOLE, text);
}

Test(filters, ascii)
{
    expect_string(STREAM_ASCIIHEX, "48 65\n6C6c6F>99", "Hello");
    expect_string(STREAM_ASCIIHEX, "487>", "Hp");
    expect_string(STREAM_ASCIIHEX, "", "");
    expect_string(STREAM_ASCII85, "87cUR\nD]j7BEbo7~>", "Hello world");
    expect_string(STREAM_ASCII85, "87cURDZ", "Hello");
    expect_string(STREAM_ASCII85, "8~>", "");
    expect(STREAM_RUNLENGTH, true, "\2abc\xfex\200never", 12, STREAM_WHOLE, "abcxxx");
    expect(STREAM_RUNLENGTH, true, "\5abc", 4, STREAM_WHOLE, "abc");
    expect(STREAM_RUNLENGTH, true, "\0a\xfe", 3, STREAM_CUT, "a");
}

/* 45 45 45 45 45 65 45 45 45 66, the example of 7.4.4.2. */
Test(filters, lzw)
{
    static const unsigned char in[] = { 0x80, 0x0b, 0x60, 0x50, 0x22,
                                        0x0c, 0x0c, 0x85, 0x01 };
    expect(STREAM_LZW, true, in, sizeof in, STREAM_WHOLE, "-----A---B");
    expect(STREAM_LZW, true, in, 7, STREAM_WHOLE, "-----A---");
    /* A code that is not known yet. */
    static const unsigned char bad[] = { 0x80, 0x0b, 0x7f, 0xff };
    expect(STREAM_LZW, true, bad, sizeof bad, STREAM_CUT, "-");
}

/* Codes of SIZE characters, written by one who makes the table as the reader does. */
static size_t lzw_write(unsigned char *out, size_t count, bool early)
{
    size_t bits = 0;
    int next = 258;
    for (size_t i = 0; i <= count; i++) {
        int code = i == count ? 257 : (int)('a' + i % 26);
        int codes = next + early;
        int width = codes >= 2048 ? 12 : codes >= 1024 ? 11 : codes >= 512 ? 10 : 9;
        for (int b = width - 1; b >= 0; b--, bits++)
            out[bits / 8] = (unsigned char)(out[bits / 8] |
                                            (code >> b & 1) << (7 - bits % 8));
        next += i > 0 && next < 4096;
    }
    return bits / 8 + 1;
}

Test(filters, lzw_codes_grow)
{
    static char text[5001];
    for (size_t i = 0; i < 5000; i++)
        text[i] = (char)('a' + i % 26);
    for (int early = 0; early < 2; early++) {
        unsigned char *in = calloc(1, 8000);
        size_t size = lzw_write(in, 5000, early);
        expect(STREAM_LZW, early, in, size, STREAM_WHOLE, text);
        free(in);
    }
}

Test(filters, bounds)
{
    struct stream *s = stream_create();
    static const unsigned char in[] = { 0x81, 'x', 0x81, 'x' };
    struct stream_step steps[2] = { { .filter = STREAM_RUNLENGTH } };
    struct span out, span = { in, in + sizeof in };
    cr_assert_eq(stream_run(s, steps, 1, span, 256, &out), STREAM_WHOLE);
    cr_assert_eq(out.end - out.at, 256);
    cr_assert_eq(stream_run(s, steps, 1, span, 255, &out), STREAM_OVER);
    cr_assert_eq(out.at, out.end);
    cr_assert_eq(stream_run(s, steps, 0, span, 255, &out), STREAM_WHOLE);
    cr_assert_eq(out.at, in);
    steps[1].filter = STREAM_UNKNOWN;
    cr_assert_eq(stream_run(s, steps, 2, span, 256, &out), STREAM_BAD);
    steps[1].filter = STREAM_ASCIIHEX;
    cr_assert_eq(stream_run(s, steps, 2, span, 256, &out), STREAM_WHOLE);
    stream_destroy(s);
}

Test(filters, names)
{
    static const char name[] = "FlateDecode", half[] = "FlateDecod";
    const unsigned char *at = (const unsigned char *)name;
    cr_assert_eq(stream_filter((struct span){ at, at + 11 }), STREAM_FLATE);
    cr_assert_eq(stream_filter((struct span){ at, at + 2 }), STREAM_FLATE);
    at = (const unsigned char *)half;
    cr_assert_eq(stream_filter((struct span){ at, at + 10 }), STREAM_UNKNOWN);
}

static void expect_rows(struct predict p, const void *in, const void *wanted, size_t size,
                        size_t rest)
{
    unsigned char data[32];
    cr_assert(predict_is_sound(&p));
    memcpy(data, in, size);
    cr_assert_eq(predict_undo(&p, data, size), rest);
    cr_assert_arr_eq(data, wanted, rest);
}

Test(filters, tiff_predictor)
{
    expect_rows((struct predict){ 2, 1, 8, 3 }, "\1\1\1\2\2\2\3", "\1\2\3\2\4\6\3", 7, 7);
    expect_rows((struct predict){ 2, 2, 8, 2 }, "\1\2\1\2", "\1\2\2\4", 4, 4);
    expect_rows((struct predict){ 2, 1, 16, 2 }, "\0\377\0\1", "\0\377\1\0", 4, 4);
    expect_rows((struct predict){ 2, 1, 4, 4 }, "\x11\xf1", "\x12\x12", 2, 2);
    expect_rows((struct predict){ 2, 1, 1, 8 }, "\xff", "\xaa", 1, 1);
}

/* A short row at the end, and a tag that is none. */
Test(filters, png_predictor_of_odd_rows)
{
    expect_rows((struct predict){ 12, 1, 8, 3 }, "\2\1\2\3\2\1", "\1\2\3\2", 6, 4);
    expect_rows((struct predict){ 15, 3, 8, 1 }, "\1abc\2\1\1\1", "abcbcd", 8, 6);
    expect_rows((struct predict){ 15, 1, 8, 2 }, "\11ab\4\1\1", "abbc", 6, 4);
    expect_rows((struct predict){ 15, 1, 8, 2 }, "\1", "", 1, 0);
    cr_assert_not(predict_is_sound(&(struct predict){ 15, 33, 8, 1 }));
    cr_assert_not(predict_is_sound(&(struct predict){ 15, 1, 7, 1 }));
    cr_assert_not(predict_is_sound(&(struct predict){ 15, 1, 8, 0 }));
    cr_assert_not(predict_is_sound(&(struct predict){ 15, 32, 16, (size_t)1 << 30 }));
}
