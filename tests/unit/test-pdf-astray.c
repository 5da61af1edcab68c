/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-pdf-astray.c - objects that tables lead astray, while the file is whole otherwise:
 * what a page needs is found by scanning. poppler does so for tables, not for streams. */
#include <config.h>

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "pdf/reader.h"
#include "pdffile.h"

enum { ROOT = 1, PAGES, FIRST, CONTENT, OTHER_FONT, SECOND, OTHER_CONTENT, COUNT };

/* A file of two pages, whose table is not written yet. */
static void begin(struct file *f)
{
    static const char page[] = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents %d 0 R"
                               "/Resources<</Font<</F 5 0 R>>>>>>";
    char body[256];
    file_begin(f);
    file_object(f, "<</Type/Catalog/Pages 2 0 R>>");
    file_object(f, "<</Type/Pages/Kids[3 0 R 6 0 R]/Count 2>>");
    snprintf(body, sizeof body, page, CONTENT);
    file_object(f, body);
    file_stream(f, "/Filter/FlateDecode", NULL, "BT/F 10 Tf 20 30 Td(First)Tj ET");
    file_object(f, "<</Type/Font/Subtype/Type1/BaseFont/X/Encoding<</Differences[70/Z]>>>>");
    snprintf(body, sizeof body, page, OTHER_CONTENT);
    file_object(f, body);
    file_stream(f, "/Filter/FlateDecode", NULL, "BT/F 10 Tf 20 30 Td(Second)Tj ET");
}

/* Ends it with a stream in place of a table. */
static void end_by_stream(struct file *f)
{
    unsigned char rows[5 * (COUNT + 1)] = { 0 };
    size_t start = f->b.size;
    f->offsets[COUNT] = start;
    for (int i = 1; i <= COUNT; i++) {
        rows[5 * i] = 1;
        for (int k = 0; k < 4; k++)
            rows[5 * i + 4 - k] = (unsigned char)(f->offsets[i] >> 8 * k);
    }
    file_bytes(f, "/Type/XRef/Root 1 0 R/W[1 4 0]/Size 9", NULL, rows, sizeof rows);
    buffer_printf(&f->b, "startxref\n%zu\n%%%%EOF\n", start);
}

static void expect_text(struct reader *r, int number, const char *text, const char *what)
{
    struct reader_page page;
    struct reader_why why;
    struct buffer b = { 0 };
    cr_assert_eq(reader_read(r, number, &page, &why), READER_DONE, "%s: %s", what, why.detail);
    for (size_t i = 0; i < page.count; i++)
        utf8_append(&b, page.glyphs[i].code);
    cr_assert_str_eq(buffer_string(&b), text, "%s", what);
    buffer_free(&b);
}

Test(astray, objects_are_found_by_a_scan)
{
    static const size_t nowhere = 999999;
    for (int number = ROOT; number < COUNT; number++)
        for (int how = 0; how < 8; how++) {
            struct file f;
            struct reader *r;
            struct reader_why why;
            char what[64];
            begin(&f);
            size_t others[] = { f.offsets[number % OTHER_CONTENT + 1], nowhere, 0,
                                f.offsets[number] + 3 };
            f.offsets[number] = others[how % 4];
            if (how < 4)
                file_end(&f, "");
            else
                end_by_stream(&f);
            snprintf(what, sizeof what, "object %d, %d", number, how);
            cr_assert_eq(reader_open(file_span(&f), NULL, &r, &why), READER_DONE, "%s", what);
            cr_assert_eq(reader_pages(r), 2, "%s", what);
            /* Whichever page is read first. */
            expect_text(r, 1 + how % 2, how % 2 ? "Second" : "Zirst", what);
            expect_text(r, 2 - how % 2, how % 2 ? "Zirst" : "Second", what);
            reader_close(r);
            buffer_free(&f.b);
        }
}

/* What no scan finds is no empty page. */
Test(astray, objects_that_are_nowhere)
{
    static const int numbers[] = { FIRST, CONTENT };
    for (size_t i = 0; i < 2; i++) {
        struct file f;
        struct reader *r;
        struct reader_page page;
        struct reader_why why;
        begin(&f);
        memcpy(f.b.data + f.offsets[numbers[i]], "9", 1);
        file_end(&f, "");
        cr_assert_eq(reader_open(file_span(&f), NULL, &r, &why), READER_DONE);
        cr_assert_eq(reader_pages(r), 2);
        /* Of a page that is not there the others take the place. */
        int lost = numbers[i] == CONTENT ? 1 : 2;
        cr_assert_eq(reader_read(r, lost, &page, &why), READER_DECLINED);
        expect_text(r, 3 - lost, "Second", "what is there");
        reader_close(r);
        buffer_free(&f.b);
    }
}
