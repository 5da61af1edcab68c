/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-pdf-why.c - what is said of a page that is declined, and of which part of it. */
#include <config.h>

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "pdf/why.h"
#include "pdfpage.h"

static const char *declined(const char *keys, const char *content, const char *const *more)
{
    static char said[READER_WHY];
    cr_assert_eq(read_page(keys, content, more), READER_DECLINED, "%s", content);
    reader_why_text(&why, said);
    return said;
}

Test(why, operators)
{
    static const char show[] = "BT/F 10 Tf(A)Tj ET ";
    static const struct {
        const char *behind, *text;
    } pages[] = {
        { "xyz", "unknown operators: xyz" },
        { "zz wonderful", "unknown operators: zz" },
        { "1 2 wonderful zz", "unknown operators: wonderful" },
        { "w\x1b[31m\xe4", "unknown operators: w?" },
        { "]", "unknown operators" }, /* it has no name */
    };
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        char content[64];
        snprintf(content, sizeof content, "%s%s", show, pages[i].behind);
        cr_expect_str_eq(declined(FONT, content, NULL), pages[i].text);
    }
    cr_assert_eq(read_page(FONT, "BT/F 10 Tf(A)Tj ET", NULL), READER_DONE);
    cr_assert_str_empty(why.what, "and nothing is left of it");
}

Test(why, fonts)
{
    static const char *const more[] = {
        "<</Type/Font/Subtype/Type1/BaseFont/ABCDEF+Odd#20#07One/Encoding<</Differences"
        "[65/g48]>>>>",
        "<</Type/Font/Subtype/Type3/FontMatrix[1 0 0 1 0 0]/Encoding<</Differences[65/g48]>>>>",
        "<</Type/Font/Subtype/Type0/BaseFont/Odd/Encoding/No-Such-H/DescendantFonts[<<>>]>>",
        NULL
    };
    static const char fonts[] =
        "/Resources<</Font<</F 5 0 R/G 6 0 R/H 7 0 R/I 8 0 R>>>>";
    for (int turned = 0; turned < 2; turned++) {
        char content[128];
        const char *turn = turned ? "0 1 -1 0 90 30 Tm" : "";
        snprintf(content, sizeof content, "BT %s/F 10 Tf(A)Tj/G 10 Tf(A)Tj/H 9 Tf(A)Tj ET",
                 turn);
        cr_expect_str_eq(declined(fonts, content, more),
                         "glyphs without meaning: font ABCDEF+Odd??One");
        snprintf(content, sizeof content, "BT %s/H 10 Tf(A)Tj/G 9 Tf(A)Tj ET", turn);
        cr_expect_str_eq(declined(fonts, content, more),
                         "glyphs without meaning: font of object 7");
    }
    cr_expect_str_eq(declined(fonts, "BT/G 10 Tf(A)Tj/I 9 Tf(A)Tj ET", more),
                     "a CMap that is not known: font Odd");
}

Test(why, objects)
{
    static const char *const more[] = {
        "/Filter/NoSuchDecode|BT ET",
        "<</Subtype/Widget/FT/Tx/T(Name)/Rect[0 0 9 9]/V(no appearance)>>", NULL
    };
    cr_assert_str_eq(declined("/Contents[4 0 R 44 0 R]", "", more),
                     "content that is not there: object 44");
    cr_assert_str_eq(declined("/Contents 6 0 R", "", more),
                     "a content stream that cannot be unpacked: object 6");
    cr_assert_str_eq(declined("/Annots[7 0 R]", "", more),
                     "a form field without appearance: field Name");
}

Test(why, names_are_cut)
{
    unsigned char name[100];
    char said[READER_WHY];
    memset(name, 'x', sizeof name);
    struct reader_why long_one = why_of(READER_FONT, "a CMap that is not known");
    why_tell(&long_one, "font", (struct span){ name, name + sizeof name });
    cr_assert_eq(strlen(long_one.what), READER_WHAT - 1);
    reader_why_text(&long_one, said);
    cr_assert_eq(strlen(said), strlen(long_one.detail) + 2 + READER_WHAT - 1);
    why_tell_number(&long_one, "object", 0);
    reader_why_text(&long_one, said);
    cr_assert_str_eq(said, "a CMap that is not known");
}
