/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdfpage.c - a file of one page, and its text. */
#include <config.h>

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "pdffile.h"
#include "pdfpage.h"

struct reader *reader;
struct reader_page page;
struct reader_why why;

enum reader_end open_page(const char *catalog, const char *keys, const char *content,
                          const char *const *more)
{
    static struct file f;
    char body[2048];
    struct reader_why unused;
    file_begin(&f);
    snprintf(body, sizeof body, "<</Type/Catalog/Pages 2 0 R%s>>", catalog);
    file_object(&f, body);
    file_object(&f, "<</Type/Pages/Kids[3 0 R]/Count 1>>");
    snprintf(body, sizeof body,
             "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R%s>>", keys);
    file_object(&f, body);
    file_bytes(&f, "", NULL, content, strlen(content));
    file_object(&f, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica"
                    "/Encoding/WinAnsiEncoding>>");
    for (; more && *more; more++) {
        const char *bar = strchr(*more, '|');
        if (!bar) {
            file_object(&f, *more);
            continue;
        }
        snprintf(body, sizeof body, "%.*s", (int)(bar - *more), *more);
        file_bytes(&f, body, NULL, bar + 1, strlen(bar + 1));
    }
    file_end(&f, "");
    reader_close(reader);
    return reader_open(file_span(&f), NULL, &reader, &unused);
}

enum reader_end read_page(const char *keys, const char *content, const char *const *more)
{
    cr_assert_eq(open_page("", keys, content, more), READER_DONE);
    return reader_read(reader, 1, &page, &why);
}

const char *text(void)
{
    static struct buffer b;
    buffer_clear(&b);
    for (size_t i = 0; i < page.count; i++)
        if (page.glyphs[i].code != ' ')
            utf8_append(&b, page.glyphs[i].code);
    return buffer_string(&b);
}

const char *text_of(const char *keys, const char *content)
{
    cr_assert_eq(read_page(keys, content, NULL), READER_DONE, "%s: %s",
                 reader_reason_name(why.reason), why.detail);
    return text();
}

void expect_at(size_t i, float x, float y)
{
    cr_assert(i < page.count);
    const struct glyph *g = page.glyphs + i;
    cr_assert(fabsf(g->x0 - x) < 0.01f && g->y0 < y && g->y1 >= y,
              "glyph %zu is at %g, %g to %g", i, (double)g->x0, (double)g->y0,
              (double)g->y1);
}
