/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-pdf-about.c - what PDF files say of themselves, and their bookmarks. */
#include <config.h>

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pdf/about.h"
#include "pdf/bookmarks.h"
#include "pdffile.h"

/* A document with INFO as its information, and NAMES in its catalogue. */
static struct objects *about(struct file *f, const char *info, const char *root)
{
    struct objects *o;
    file_begin(f);
    file_object(f, root);
    file_object(f, info);
    file_end(f, "/Info 2 0 R");
    cr_assert_eq(objects_open(file_span(f), NULL, &o), OBJECTS_OPEN);
    return o;
}

static void expect_text(const char *string, const char *wanted)
{
    char info[512];
    struct file f;
    struct arena *arena = arena_create(4096);
    snprintf(info, sizeof info, "<</Title %s>>", string);
    struct objects *o = about(&f, info, "<</Type/Catalog>>");
    const char *text = about_text(o, "Title", arena);
    if (wanted)
        cr_assert_str_eq(text, wanted, "%s", string);
    else
        cr_assert_null(text, "%s", string);
    arena_destroy(arena);
    objects_close(o);
    buffer_free(&f.b);
}

Test(about, text_strings)
{
    expect_text("(plain)", "plain");
    expect_text("<E4 80 18 A0>", "ä•˘€");
    expect_text("<E4 9F>", NULL);
    expect_text("<FEFF 00E4 6E21 D83D DE00>", "ä渡😀");
    expect_text("<FFFE E400 216E 3DD8 00DE>", "ä渡😀");
    expect_text("<EFBBBF C3A4 E6B8A1 F09F9880>", "ä渡😀");
    expect_text("<FEFF 0041 D83D>", NULL);
    expect_text("<FEFF DE00 D83D 0041>", NULL);
    expect_text("<FEFF 0041 42>", NULL);
    expect_text("<EFBBBF 41 C3 28>", NULL);
    expect_text("<EFBBBF ED A080 41>", NULL);
    expect_text("<EFBBBF C0 80>", NULL);
    expect_text("(be\\000fore)", "be");
    expect_text("()", "");
    expect_text("/Name", NULL);
    expect_text("3 0 R", NULL);
}

Test(about, dates)
{
    static const struct {
        const char *text;
        bool good;
        int64_t seconds;
    } cases[] = {
        { "(D:20240229193000+01'00')", true, 1709231400 },
        { "(D:20240229193000-01'30)", true, 1709240400 },
        { "(D:20240229183000Z)", true, 1709231400 },
        { "(20240229183000)", true, 1709231400 },
        { "(D:2024)", true, 1704067200 },
        { "(D:191000229183000)", true, 951849000 }, /* Distiller 3 */
        { "<FEFF0044003A0032003000320034>", true, 1704067200 },
        { "(2024-02-29T18:30:00Z)", true, 1709231400 },
        { "(2024-02-29T19:30:00.125+01:00)", true, 1709231400 },
        { "(D:2024-02-29 18:30:00)", true, 1709231400 },
        { "(1920-02-29T00:00:00Z)", true, -1572825600 },
        { "(2024-02)", true, 1706745600 },
        { "(2024-13-29T18:30:00Z)", false, 0 },
        { "(2024-Feb-29)", false, 0 },
        { "(D:)", false, 0 },
        { "(yesterday)", false, 0 },
        { "(D:0000)", false, 0 },
        { "2024", false, 0 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char info[128];
        struct file f;
        int64_t seconds = 0;
        snprintf(info, sizeof info, "<</ModDate %s>>", cases[i].text);
        struct objects *o = about(&f, info, "<</Type/Catalog>>");
        cr_assert_eq(about_date(o, "ModDate", &seconds), cases[i].good, "%s",
                     cases[i].text);
        if (cases[i].good)
            cr_assert_eq(seconds, cases[i].seconds, "%s: %lld", cases[i].text,
                         (long long)seconds);
        objects_close(o);
        buffer_free(&f.b);
    }
}

/* The header says 1.5. */
Test(about, versions)
{
    static const struct {
        const char *root;
        int major, minor;
    } cases[] = {
        { "<</Type/Catalog>>", 1, 5 },
        { "<</Version/1.4>>", 1, 5 },
        { "<</Version/1.7>>", 1, 7 },
        { "<</Version/2.0>>", 2, 0 },
        { "<</Version 3>>", 1, 5 },
        { "<</Version/x>>", 1, 5 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct file f;
        int major, minor;
        struct objects *o = about(&f, "<<>>", cases[i].root);
        about_version(o, &major, &minor);
        cr_assert_eq(major, cases[i].major, "%s", cases[i].root);
        cr_assert_eq(minor, cases[i].minor, "%s", cases[i].root);
        objects_close(o);
        buffer_free(&f.b);
    }
}

/* Two in the node itself, one below, and the node once more below that. */
Test(about, attachments)
{
    struct file f;
    struct objects *o;
    file_begin(&f);
    file_object(&f, "<</Names<</EmbeddedFiles 2 0 R>>>>");
    file_object(&f, "<</Names[(a) 0 (b) 0 (c)]/Kids[3 0 R 3 0 R]>>");
    file_object(&f, "<</Names[(c) 0]/Kids[2 0 R]>>");
    file_end(&f, "");
    cr_assert_eq(objects_open(file_span(&f), NULL, &o), OBJECTS_OPEN);
    cr_assert_eq(about_attachments(o), 3U);
    objects_close(o);
    buffer_free(&f.b);
}

struct listing {
    char text[1024];
    int left;
};

static bool list(void *ctx, const char *title, int page, int depth)
{
    struct listing *l = ctx;
    size_t used = strlen(l->text);
    snprintf(l->text + used, sizeof l->text - used, "%*s%s %d\n", depth, "", title, page);
    return --l->left > 0;
}

Test(bookmarks, lead_to_pages)
{
    struct file f;
    struct objects *o;
    file_begin(&f);
    file_object(&f, "<</Pages 2 0 R/Outlines<</First 5 0 R>>/Dests<</old[4 0 R/Fit]>>"
                    "/Names<</Dests<</Names[(b)<</D[3 0 R/XYZ]>>"
                    "(a)[4 0 R/FitH 9]]>>>>>>");
    file_object(&f, "<</Kids[3 0 R 4 0 R]/Count 2>>");
    file_object(&f, "<</Type/Page>>");
    file_object(&f, "<</Type/Page>>");
    file_object(&f, "<</Title(one)/Dest[3 0 R/Fit]/First 6 0 R/Next 8 0 R>>");
    file_object(&f, "<</Title<FEFF006FD800006C0064>/Dest/old/First 7 0 R/Next 5 0 R>>");
    file_object(&f, "<</Title(b)/A<</S/GoTo/D(b)>>>>");
    file_object(&f, "<</Title(a)/Dest(a)/Next 9 0 R>>");
    file_object(&f, "<</Title(none)/Dest(missing)/Next 10 0 R>>");
    file_object(&f, "<</Title(by number)/Dest[1/FitR 1 2 3 4]/Next 11 0 R>>");
    file_object(&f, "<</Title(far)/Dest[2/Fit]/Next 12 0 R>>");
    file_object(&f, "<</Title(web)/A<</S/URI/D(a)>>/Next 13 0 R>>");
    file_object(&f, "<</Title 5/Dest[3 0 R/Odd]/Next 8 0 R>>");
    file_end(&f, "");
    cr_assert_eq(objects_open(file_span(&f), NULL, &o), OBJECTS_OPEN);
    struct pagetree *p = pagetree_create(o);
    struct listing l = { .left = 100 };
    bookmarks_walk(o, p, list, &l);
    cr_assert_str_eq(l.text, "one 1\n o\xef\xbf\xbdld 2\n  b 1\na 2\nnone 0\n"
                             "by number 2\nfar 0\n"
                             "web 0\n 0\n");
    l = (struct listing){ .left = 3 };
    bookmarks_walk(o, p, list, &l);
    cr_assert_str_eq(l.text, "one 1\n o\xef\xbf\xbdld 2\n  b 1\n");
    pagetree_destroy(p);
    objects_close(o);
    buffer_free(&f.b);
}
