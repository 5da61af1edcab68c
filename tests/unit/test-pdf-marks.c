/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-pdf-marks.c - marked content: what text is replaced by, and what is not shown. */
#include <config.h>

#include <criterion/criterion.h>
#include <stdio.h>

#include "pdfpage.h"

Test(marks, actual_text_takes_the_place_of_glyphs)
{
    cr_assert_str_eq(text_of(FONT, "BT/F 10 Tf 20 30 Td/Span<</ActualText(xyz)>>BDC(A)Tj"
                                   " EMC(B)Tj ET"), "xyzB");
    expect_at(0, 20, 70);
    expect_at(1, 20 + 6.67f / 3, 70);
    cr_assert_str_eq(text_of(FONT, "BT/F 10 Tf 20 30 Td/Span<</ActualText<FEFF00E9>>>BDC"
                                   "(Ae)Tj EMC ET"), "\u00e9");
    cr_assert_str_eq(text_of(FONT, "BT/F 10 Tf 20 30 Td/Span<</ActualText()>>BDC(A)Tj EMC"
                                   "/P<</ActualText(no)>>BDC(B)Tj EMC EMC ET"), "B");
}

Test(marks, optional_content_that_is_off)
{
    static const char *const more[] = {
        "<</Type/OCG/Name(off)>>", "<</Type/OCG/Name(on)>>",
        "<</Type/OCMD/OCGs[6 0 R 7 0 R]/P/AllOn>>",
        "<</Type/OCMD/VE[/Or 6 0 R[/Not 6 0 R]]>>", NULL
    };
    const char keys[] = "/Resources<</Font<</F 5 0 R>>/Properties<</A 6 0 R/B 7 0 R"
                        "/C 8 0 R/D 9 0 R>>>>";
    open_page("/OCProperties<</OCGs[6 0 R 7 0 R]/D<</OFF[6 0 R]>>>>", keys,
              "BT/F 10 Tf 20 30 Td/OC/A BDC(A)Tj/OC/B BDC(x)Tj EMC EMC/OC/B BDC(B)Tj EMC"
              "/OC/C BDC(C)Tj EMC/OC/D BDC(D)Tj EMC/OC/E BDC(E)Tj EMC ET", more);
    cr_assert_eq(reader_read(reader, 1, &page, &why), READER_DONE);
    cr_assert_str_eq(text(), "BDE");
    expect_at(0, 20 + 6.67f + 5, 70);
}

/* Poppler shows what a membership hides whose groups are an array of its own object, and
 * does not know an ActualText by the name of its properties. */
Test(marks, properties_by_reference)
{
    static const char *const more[] = {
        "<</Type/OCG/Name(off)>>", "[6 0 R]", "<</Type/OCMD/OCGs 7 0 R>>",
        "<</ActualText(said)>>", NULL
    };
    const char keys[] = "/Resources<</Font<</F 5 0 R>>/Properties<</A 8 0 R/B 9 0 R>>>>";
    open_page("/OCProperties<</OCGs[6 0 R]/D<</OFF[6 0 R]>>>>", keys,
              "BT/F 10 Tf 20 30 Td/OC/A BDC(A)Tj EMC/Span/B BDC(B)Tj EMC ET", more);
    cr_assert_eq(reader_read(reader, 1, &page, &why), READER_DONE);
    cr_assert_str_eq(text(), "said");
}

Test(marks, optional_content_that_a_viewer_turns_on)
{
    static const char *const more[] = {
        "<</Type/OCG/Name(on)/Usage<</View<</ViewState/ON>>>>>>",
        "<</Type/OCG/Name(off)/Usage<</View<</ViewState/OFF>>>>>>",
        "<</Type/OCG/Name(not asked)/Usage<</View<</ViewState/ON>>>>>>", NULL
    };
    const char keys[] = "/Resources<</Font<</F 5 0 R>>/Properties<</A 6 0 R/B 7 0 R"
                        "/C 8 0 R>>>>";
    open_page("/OCProperties<</OCGs[6 0 R 7 0 R 8 0 R]/D<</OFF[6 0 R 7 0 R 8 0 R]/AS["
              "<</Event/Print/Category[/View]/OCGs[8 0 R]>>"
              "<</Event/View/Category[/View]/OCGs[6 0 R 7 0 R]>>]>>>>", keys,
              "BT/F 10 Tf 20 30 Td/OC/A BDC(A)Tj EMC/OC/B BDC(B)Tj EMC"
              "/OC/C BDC(C)Tj EMC ET", more);
    cr_assert_eq(reader_read(reader, 1, &page, &why), READER_DONE);
    cr_assert_str_eq(text(), "A");
}

Test(marks, actual_text_is_as_wide_as_its_glyphs)
{
    read_page(FONT, "BT/F 10 Tf 20 30 Td/Span<</ActualText(ab)>>BDC(AAAA)Tj EMC ET", NULL);
    cr_assert_str_eq(text(), "ab");
    cr_assert_float_eq(page.glyphs[0].x1, page.glyphs[1].x0, 0.01f);
    cr_assert_float_eq(page.glyphs[1].x1, 20 + 4 * 6.67f, 0.01f);
}

/* Those of paragraphs: the glyphs stay where they are, in the case of the text. */
Test(marks, actual_text_that_says_the_same)
{
    read_page(FONT, "BT/F 10 Tf 20 30 Td/Span<</ActualText(A tall)>>BDC(a)Tj 20 0 Td(ta-)Tj"
                    " -20 -10 Td(ll)Tj EMC ET", NULL);
    cr_assert_str_eq(text(), "Ata-ll");
    expect_at(1, 40, 70);
    expect_at(5, 22.22f, 80);
}

Test(marks, actual_text_within_another)
{
    cr_assert_str_eq(text_of(FONT, "BT/F 10 Tf 20 30 Td/Span<</ActualText(no)>>BDC(A)Tj"
                                   "/Span<</ActualText(xy)>>BDC(B)Tj EMC(C)Tj EMC ET"),
                     "AxyC");
}

/* Codes that mean nothing have a place, and are not missed. */
#define NAMES                                                                              \
    "<</Type/Font/Subtype/Type1/BaseFont/X/Encoding<</BaseEncoding/WinAnsiEncoding"         \
    "/Differences[1/g48/foo]>>/FirstChar 1/Widths[500]>>"
#define SAYS(TEXT, STRING) "/Span<</ActualText(" TEXT ")>>BDC" STRING " EMC"

static const char *const names[] = { NAMES, NULL };

static void expect_said(const char *text_of_it, const char *content)
{
    for (int turned = 0; turned < 2; turned++) {
        char all[256];
        snprintf(all, sizeof all, "BT/F 10 Tf %s 20 30 Tm %s ET",
                 turned ? "0 1 -1 0" : "1 0 0 1", content);
        cr_expect_eq(read_page("/Resources<</Font<</F 6 0 R>>>>", all, names),
                     READER_DONE, "%s: %s", content, why.detail);
        cr_expect_str_eq(text(), text_of_it, "%s", content);
        for (size_t i = 0; i < page.count; i++)
            cr_expect_neq(page.glyphs[i].code, 0);
    }
}

Test(marks, actual_text_of_glyphs_without_meaning)
{
    expect_said("AReplacedB", "(A)Tj" SAYS("Replaced", "(\1)Tj") "(B)Tj");
    expect_said("AB", "(A)Tj" SAYS("", "(\1)Tj") "(B)Tj");
    expect_said("AB", "(A)Tj" SAYS("lost", "") "(B)Tj");
    expect_said("AxyzB", SAYS("AxyzB", "(A\1B)Tj"));
    expect_said("AB", SAYS("AB", "(A\1B)Tj"));
    read_page("/Resources<</Font<</F 6 0 R>>>>",
              "BT/F 10 Tf 20 30 Td " SAYS("x", "(\1)Tj") "(B)Tj ET", names);
    expect_at(0, 20, 70);
    expect_at(1, 25, 70);
    read_page("/Resources<</Font<</F 6 0 R>>>>",
              "BT/F 10 Tf 20 30 Td(A)Tj " SAYS(" ", "(\1)Tj") "(B)Tj ET", names);
    cr_expect_eq(page.count, 3);
}

Test(marks, glyphs_without_meaning_that_nothing_replaces)
{
    static const char *const contents[] = {
        SAYS("x", "(A)Tj") "(\1)Tj", "/Span<</ActualText(x)>>BDC(A\1)Tj",
        "/Span<</ActualText(x)>>BDC(\1)Tj" SAYS("A", "(B)Tj") "EMC",
    };
    for (size_t i = 0; i < sizeof contents / sizeof *contents; i++) {
        char all[256];
        snprintf(all, sizeof all, "BT/F 10 Tf 20 30 Td %s ET", contents[i]);
        cr_expect_eq(read_page("/Resources<</Font<</F 6 0 R>>>>", all, names),
                     READER_DECLINED, "%s", contents[i]);
        cr_expect_eq(why.reason, READER_UNMAPPED);
        cr_expect_eq(page.count, 1);
    }
}

Test(marks, actual_text_that_has_no_end)
{
    cr_assert_str_eq(text_of(FONT, "BT/F 10 Tf 20 30 Td/Span<</ActualText(no)>>BDC(A)Tj"
                                   " 0 9 Td(B)Tj ET"), "AB");
}

/* However narrow its blanks are, and its letters. */
Test(marks, blanks_of_actual_text)
{
    read_page(FONT, "BT/F 10 Tf 20 30 Td" SAYS("l l all", "(.)Tj") " ET", NULL);
    cr_assert_eq(page.count, 7);
    cr_expect_eq(page.glyphs[0].marks, 0);
    for (size_t i = 1; i < page.count; i++)
        cr_expect_eq(page.glyphs[i].marks, GLYPH_SAID);
    read_page(FONT, "BT/F 10 Tf 20 30 Td" SAYS("a b", "(ab)Tj") " ET", NULL);
    cr_assert_eq(page.count, 2);
    cr_expect_eq(page.glyphs[1].marks, GLYPH_SPACED | GLYPH_SAID);
}

/* Letters from the right stand on the line as they are seen, whatever order a text has
 * them in; marks stand behind their letters there, too. */
Test(marks, letters_from_the_right)
{
    static const char *const more[] = {
        "<</Type/Font/Subtype/Type1/BaseFont/X/ToUnicode 7 0 R/FirstChar 65"
        "/Widths[500 500 500]>>",
        "|beginbfchar <41> <06440627> <42> <064406270651> <43> <0661066206440061> endbfchar",
        NULL
    };
    read_page("/Resources<</Font<</F 6 0 R>>>>", "BT/F 10 Tf 20 30 Td(ABC)Tj ET", more);
    cr_expect_str_eq(text(), "\u0627\u0644" "\u0627\u0651\u0644" "\u0661\u0662\u0644a");
    expect_at(0, 20, 70);
    expect_at(1, 22.5f, 70);
    cr_expect_str_eq(text_of(FONT, "BT/F 10 Tf 20 30 Td/Span<</ActualText"
                                   "<FEFF064406270020066106620633>>>BDC(AB)Tj EMC ET"),
                     "\u0633\u0661\u0662\u0627\u0644");
    /* These come from the right. */
    cr_expect_str_eq(text_of(FONT, "BT/F 10 Tf 90 30 Td/Span<</ActualText<FEFF06440627>>>BDC"
                                   "(A)Tj -20 0 Td(B)Tj EMC ET"), "\u0644\u0627");
}

/* Of fonts of two bytes, too. */
Test(marks, actual_text_of_composite_fonts)
{
    static const char *const more[] = {
        "<</Type/Font/Subtype/Type0/Encoding/Identity-H/DescendantFonts[<</Type/Font"
        "/Subtype/CIDFontType2/DW 500>>]>>", NULL
    };
    cr_expect_eq(read_page("/Resources<</Font<</F 6 0 R>>>>", "BT/F 10 Tf 20 30 Td"
                           SAYS("xy", "<00010002>Tj") SAYS("z", "<0003>Tj") " ET", more),
                 READER_DONE);
    cr_expect_str_eq(text(), "xyz");
    expect_at(2, 30, 70);
}
