/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-xps.c - the boxes that the Glyphs of a page make, and names of parts. */
#include <config.h>

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "format/xpspage.h"
#include "format/xpsparts.h"

static const struct xpsfont *no_font(struct xps_fonts *fonts, const char *uri,
                                     size_t size)
{
    static const struct xpsfont unknown;
    (void)fonts, (void)uri, (void)size;
    return &unknown;
}

static struct xps_fonts fonts = { no_font };

/* PAGE has what is in a FixedPage of BODY. */
static void read_page(struct xpspage *page, const char *body)
{
    struct buffer xml = { 0 };
    const char *why;
    cr_assert(sax_prepare(&why));
    buffer_printf(&xml, "<FixedPage Width='96' Height='192'>%s</FixedPage>", body);
    xpspage_start(page, &fonts);
    cr_expect_eq(sax_parse(&xml, &page->handler), 0);
    buffer_free(&xml);
}

#define NEAR(a, b) cr_expect_float_eq(a, b, 0.01, "%g, not %g", (double)(a), (double)(b))

static void expect_box(const struct xpspage *p, size_t i, uint32_t code, double x0,
                       double x1)
{
    cr_assert_lt(i, p->boxes.count);
    cr_expect_eq(p->boxes.data[i].code, code);
    NEAR(p->boxes.data[i].x0, x0);
    NEAR(p->boxes.data[i].x1, x1);
}

Test(xps, advances)
{
    struct xpspage *p = calloc(1, sizeof *p);
    read_page(p, "<Glyphs OriginX='10' OriginY='20' FontRenderingEmSize='10' "
                 "UnicodeString='abc' Indices=',100;5,20,1,1;'/>");
    cr_expect_eq(p->boxes.count, 3);
    NEAR(p->width, 72);
    expect_box(p, 0, 'a', 7.5, 15);
    expect_box(p, 1, 'b', 15, 16.5);
    expect_box(p, 2, 'c', 16.5, 20.25); /* half an em where nothing is known */
    NEAR(p->boxes.data[0].y0, 9);
    NEAR(p->boxes.data[0].y1, 16.5);
    NEAR(p->boxes.data[0].size, 7.5);
    xpspage_clear(p);
    free(p);
}

Test(xps, clusters)
{
    struct xpspage *p = calloc(1, sizeof *p);
    /* A ligature of two letters, a letter of two glyphs, a surrogate pair. */
    read_page(p, "<Glyphs OriginX='0' OriginY='20' FontRenderingEmSize='10' "
                 "UnicodeString='fi\xc3\xa9\xf0\x9d\x84\x9ex' "
                 "Indices='(2:1)3,100;(1:2)4,60;5,40;(2:1)6,80;7,10'/>");
    cr_expect_eq(p->boxes.count, 5);
    expect_box(p, 0, 'f', 0, 3.75);
    expect_box(p, 1, 'i', 3.75, 7.5);
    expect_box(p, 2, 0xe9, 7.5, 15);
    expect_box(p, 3, 0x1d11e, 15, 21);
    expect_box(p, 4, 'x', 21, 21.75);
    xpspage_clear(p);
    free(p);
}

Test(xps, transforms)
{
    struct xpspage *p = calloc(1, sizeof *p);
    read_page(p, "<Canvas RenderTransform='2,0,0,2,100,0'>"
                 "<Canvas><Canvas.RenderTransform><MatrixTransform "
                 "Matrix='1,0,0,1,10,0'/></Canvas.RenderTransform>"
                 "<Glyphs UnicodeString='a' FontRenderingEmSize='10' OriginX='0' "
                 "OriginY='0'/></Canvas></Canvas>"
                 "<Glyphs UnicodeString='b' FontRenderingEmSize='10' OriginX='40' "
                 "OriginY='0' BidiLevel='1'/>");
    expect_box(p, 0, 'a', 90, 97.5);
    NEAR(p->boxes.data[0].size, 15);
    expect_box(p, 1, 'b', 26.25, 30);
    xpspage_clear(p);
    free(p);
}

Test(xps, hostile)
{
    struct xpspage *p = calloc(1, sizeof *p);
    read_page(p, "<Glyphs UnicodeString='abc' OriginX='1e999' OriginY='x' "
                 "FontRenderingEmSize='nan' Indices='(99999999:4294967296)(,;;(:'/>"
                 "<Glyphs UnicodeString='{}'/><Glyphs UnicodeString=''/>"
                 "<Glyphs UnicodeString='ab' Indices='(0:0);(0:0)'/>"
                 "<Canvas RenderTransform='1e308,1e308,1e308,1e308,1e308,1e308'>"
                 "<Canvas RenderTransform='1e308,1e308,1e308,1e308,1e308,1e308'>"
                 "<Glyphs UnicodeString='z'/></Canvas></Canvas>");
    cr_expect_eq(p->boxes.count, 6);
    xpspage_clear(p);
    free(p);
}

Test(xps, targets)
{
    static const char *const cases[][3] = {
        { "Documents/1/FixedDocument.fdoc", "Pages/1.fpage", "Documents/1/Pages/1.fpage" },
        { "Documents/1/Pages/1.fpage", "../../../Resources/a.ttf", "Resources/a.ttf" },
        { "Documents/1/Pages/1.fpage", "/Resources/./a.ttf", "Resources/a.ttf" },
        { "", "../../../../etc/passwd", "etc/passwd" },
        { "a/b", "", "a" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *name = xpsparts_target(cases[i][0], cases[i][1], strlen(cases[i][1]));
        cr_expect_str_eq(name, cases[i][2]);
        free(name);
    }
}
