/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-pdf-marks.c - marked content: what text is replaced by, and what is not shown. */
#include <config.h>

#include <criterion/criterion.h>

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
