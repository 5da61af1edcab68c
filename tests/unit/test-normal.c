/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-normal.c - form C is the same however a text was cut. */
#include <config.h>

#include <criterion/criterion.h>
#include <glib.h>
#include <string.h>

#include "lane/normal.h"

/* TEXT in pieces of PIECE characters. */
static void feed(const char *text, size_t piece, struct buffer *out)
{
    struct normal n = { 0 };
    const char *end = text + strlen(text);
    while (text < end) {
        const char *p = text;
        for (size_t i = 0; i < piece && p < end; i++)
            p = g_utf8_next_char(p);
        normal_feed(&n, text, (size_t)(p - text), out);
        text = p;
    }
    normal_finish(&n, out);
    normal_free(&n);
}

static void expect_same(const char *text)
{
    char *wanted = g_utf8_normalize(text, -1, G_NORMALIZE_NFC);
    for (size_t piece = 1; piece < 40; piece++) {
        struct buffer out = { 0 };
        feed(text, piece, &out);
        cr_expect_str_eq(buffer_string(&out), wanted, "%s by %zu", text, piece);
        buffer_free(&out);
    }
    g_free(wanted);
}

Test(normal, compositions)
{
    expect_same("");
    expect_same("plain text\n");
    expect_same("Fa\xcc\x88hre, u\xcc\xa3\xcc\x88, q\xcc\x87\xcc\xa3x");
    expect_same("\xd0\xb8\xcc\x86 \xce\xb1\xcc\x81\xcd\x85");
    expect_same("\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab \xea\xb0\x80\xe1\x86\xa8");
    expect_same("\xe3\x81\x8b\xe3\x82\x99 \xe2\x84\xab \xef\xac\xb3 \xcc\x81");
    expect_same("\xe0\xa7\x87\xe0\xa6\xbe \xe0\xae\x95\xe0\xaf\x86\xe0\xae\xbe");
}

Test(normal, marks_without_end)
{
    GString *text = g_string_new("a");
    for (int i = 0; i < 20000; i++)
        g_string_append(text, i % 2 ? "\xcc\x81" : "\xcc\xa3");
    struct buffer whole = { 0 };
    feed(text->str, text->len, &whole);
    for (size_t piece = 1; piece < 8; piece++) {
        struct buffer out = { 0 };
        feed(text->str, piece, &out);
        cr_expect(out.size == whole.size &&
                  memcmp(out.data, whole.data, out.size) == 0, "by %zu", piece);
        buffer_free(&out);
    }
    buffer_free(&whole);
    g_string_free(text, TRUE);
}
