/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-pdf-reader.c - pages put together here, and what is read on them: glyphs and
 * where they stand. */
#include <config.h>

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "pdffile.h"
#include "pdfpage.h"

/* --- text --- */

Test(reader, text_and_its_places)
{
    cr_assert_str_eq(text_of(FONT, "BT/F 10 Tf 20 30 Td(AB)Tj 0 -12 TD(C)Tj T*(D)Tj"
                                   "(E)' 1 2(F)\" ET"), "ABCD");
    expect_at(0, 20, 70);
    expect_at(1, 20 + 6.67f, 70);
    expect_at(2, 20, 82);
    expect_at(3, 20, 94);
    cr_assert_eq(page.count, 4, "what is below the page is dropped");
}

Test(reader, spacing_scaling_rise)
{
    text_of(FONT, "BT/F 10 Tf 5 Tc 3 Tw 50 Tz 0 50 Td(A B)Tj 10 Ts(C)Tj ET");
    expect_at(0, 0, 50);
    expect_at(1, (6.67f + 5) / 2, 50);
    expect_at(2, (6.67f + 5 + 2.78f + 5 + 3) / 2, 50);
    expect_at(3, (6.67f + 5 + 2.78f + 5 + 3 + 6.67f + 5) / 2, 40);
    text_of(FONT, "BT/F 10 Tf 0 50 Td[(A)-1000(B)]TJ ET");
    expect_at(1, 6.67f + 10, 50);
}

#define NAMES                                                                              \
    "<</Type/Font/Subtype/Type1/BaseFont/X/Encoding<</BaseEncoding/WinAnsiEncoding"         \
    "/Differences[65/g48/foo/noteheads.s2]>>>>"

Test(reader, glyphs_without_meaning)
{
    static const char *const more[] = { NAMES, NULL };
    static const struct {
        const char *text;
        enum reader_end end;
    } pages[] = {
        { "enough is said here", READER_DONE },
        { "enough is said, but for A", READER_DECLINED }, /* a letter is missing */
        { "enough is said here B", READER_DONE },
        { "some BB", READER_DECLINED },
        { "CCCCC", READER_DONE }, /* music */
    };
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        for (int turned = 0; turned < 2; turned++) {
            char content[128];
            snprintf(content, sizeof content, "BT/F 10 Tf %s 20 30 Tm(%s)Tj ET",
                     turned ? "0 1 -1 0" : "1 0 0 1", pages[i].text);
            cr_expect_eq(read_page("/Resources<</Font<</F 6 0 R>>>>", content, more),
                         pages[i].end, "%s", pages[i].text);
            if (pages[i].end == READER_DECLINED)
                cr_expect_eq(why.reason, READER_UNMAPPED);
        }
}

/* A font file that is asked in the middle of a string, of a font whose ToUnicode knows
 * only "a"; once a letter, whichever way text runs. */
Test(reader, fonts_that_are_asked_late)
{
    static const char *const more[] = {
        "<</Type/Font/Subtype/Type1/BaseFont/X/ToUnicode 7 0 R/FirstChar 97/Widths[500]"
        "/FontDescriptor<</MissingWidth 500/FontFile 8 0 R>>>>",
        "|beginbfchar <61> <0061> endbfchar",
        "|%!\n/Encoding 256 array dup 98 /b put dup 99 /c put def", NULL
    };
    for (int turned = 0; turned < 2; turned++) {
        char content[128];
        snprintf(content, sizeof content, "BT/F 10 Tf %s 20 30 Tm(aab)Tj(cab)Tj ET",
                 turned ? "0 1 -1 0" : "1 0 0 1");
        cr_assert_eq(read_page("/Resources<</Font<</F 6 0 R>>>>", content, more),
                     READER_DONE);
        cr_assert_str_eq(text(), "aabcab");
    }
}

Test(reader, letters_of_type_3_are_as_large_as_they_look)
{
    static const char *const more[] = {
        "<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[.1 0 0 .1 0 0]"
        "/Encoding<</Differences[109/m]>>/CharProcs<<>>/FirstChar 109/LastChar 109"
        "/Widths[60]>>", NULL
    };
    read_page("/Resources<</Font<</F 6 0 R>>>>", "BT/F 1 Tf 20 30 Td(mm)Tj ET", more);
    cr_assert_float_eq(page.glyphs[0].size, 10, 0.01f);
    expect_at(0, 20, 65);
    expect_at(1, 26, 65);
}

Test(reader, matrices_and_saved_states)
{
    text_of(FONT, "q 2 0 0 2 10 0 cm BT/F 10 Tf 1 0 0 1 5 20 Tm(A)Tj ET Q Q Q"
                  " BT/F 10 Tf 1 10 Td(B)Tj ET");
    expect_at(0, 20, 60);
    cr_assert(fabsf(page.glyphs[0].size - 20) < 0.01f);
    expect_at(1, 1, 90);
}

Test(reader, turned_pages_and_crop_boxes)
{
    text_of(FONT "/Rotate 90", "BT/F 10 Tf 20 30 Td(A)Tj ET");
    cr_assert(page.width == 100 && page.height == 200);
    cr_assert(fabsf(page.glyphs[0].y0 - 20) < 0.01f && page.glyphs[0].x1 > 30);
    cr_assert_str_eq(text_of(FONT "/CropBox[50 0 100 100]",
                             "BT/F 10 Tf 20 30 Td(A)Tj 40 0 Td(B)Tj 60 0 Td(C)Tj ET"),
                     "B");
    expect_at(0, 10, 70);
}

Test(reader, text_that_is_not_seen_is_text)
{
    cr_assert_str_eq(text_of(FONT, "BT 3 Tr/F 10 Tf 20 30 Td(scan)Tj ET"), "scan");
}

Test(reader, rows_that_are_drawn_twice_are_given_once)
{
    char content[8192] = "BT/F 5 Tf 0 90 Td ";
    size_t size = strlen(content);
    for (int again = 0; again < 2; again++)
        for (int row = 0; row < 9; row++) {
            size += (size_t)snprintf(content + size, sizeof content - size,
                                     "1 0 0 1 0 %d Tm[", 90 - 9 * row);
            for (int i = 0; i < 40; i++)
                size += (size_t)snprintf(content + size, sizeof content - size,
                                         "(.)-200");
            size += (size_t)snprintf(content + size, sizeof content - size, "]TJ ");
        }
    cr_assert_eq(read_page(FONT, content, NULL), READER_DONE);
    cr_assert_eq(page.count, 9 * 40, "%zu", page.count);
}

Test(reader, what_is_drawn_twice_is_given_once)
{
    cr_assert_str_eq(text_of(FONT, "BT/F 10 Tf 20 30 Td(bold)Tj .3 0 Td(bold)Tj ET"),
                     "bold");
    cr_assert_str_eq(text_of(FONT, "BT/F 10 Tf 20 30 Td(la)Tj 20 0 Td(la)Tj ET"), "lala");
}

Test(reader, no_font_is_no_text)
{
    cr_assert_str_eq(text_of(FONT, "BT 20 30 Td(A)Tj/F 1 0 Tf ET"), "");
    cr_assert_null(page.flaw);
}

Test(reader, fonts_that_are_missing_leave_what_is_plain)
{
    static const char missing[] = "/Resources<</Font<</F 99 0 R/G 5 0 R>>>>";
    cr_assert_str_eq(text_of("", "BT/F 10 Tf 20 30 Td(A)Tj[(B)-9(c)]TJ ET"), "ABc");
    cr_assert_not_null(page.flaw);
    cr_assert_str_eq(text_of(missing, "BT/F 10 Tf 20 30 Td(A)Tj<0041>Tj<C1>Tj/G 9 Tf(B)Tj ET"),
                     "AB");
    cr_assert_not_null(page.flaw);
    cr_assert_str_eq(text_of(missing, "BT/F 9 Tf/G 9 Tf 20 30 Td(A)Tj ET"), "A");
    cr_assert_null(page.flaw, "it shows nothing");
    cr_assert_eq(read_page(missing, "BT/F 9 Tf 20 30 Td(A)Tj ET new", NULL),
                 READER_DECLINED);
    cr_assert_not_null(page.flaw);
}

Test(reader, content_that_is_missing_is_declined)
{
    static const char *const contents[] = {
        "/Contents 99 0 R", "/Contents[99 0 R]", "/Contents[6 0 R 99 0 R]",
        "/Contents[6 0 R 5 0 R]",
    };
    static const char *const more[] = { "|BT/F 10 Tf 20 30 Td(A)Tj ET", NULL };
    for (size_t i = 0; i < sizeof contents / sizeof *contents; i++) {
        char keys[128];
        snprintf(keys, sizeof keys, "%s" FONT, contents[i]);
        cr_assert_eq(read_page(keys, "", more), READER_DECLINED, "%s", keys);
        cr_assert_eq(why.reason, READER_BROKEN);
    }
}

/* --- streams and forms --- */

Test(reader, streams_are_one_and_operators_end_with_them)
{
    static const char *const more[] = { "|BT/F 10 Tf 20 30", "|Td(A)Tj ET", NULL };
    read_page("/Contents[6 0 R 7 0 R null]" FONT, "", more);
    cr_assert_str_eq(text(), "A");
}

Test(reader, forms_with_resources_of_their_own_or_none)
{
    static const char *const more[] = {
        "/Subtype/Form/Matrix[1 0 0 1 50 0]/BBox[0 0 9 9]|"
        "q q 9 0 0 9 0 0 cm BT/F 10 Tf(A)Tj ET",
        "/Subtype/Form/Resources<</Font<</G 5 0 R>>/XObject<</Y 7 0 R>>>>|"
        "BT/G 10 Tf 9 9 Td(B)Tj ET/Y Do/X Do",
        NULL
    };
    cr_assert_eq(read_page("/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R/Y 7 0 R>>>>",
                           "/X Do BT/F 10 Tf 20 30 Td(C)Tj ET", more), READER_DONE);
    cr_assert_str_eq(text(), "AC");
    expect_at(0, 50, 100);
    expect_at(1, 20, 70);
    /* One that draws itself ends. */
    cr_assert_eq(read_page("/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R/Y 7 0 R>>>>",
                           "/Y Do", more), READER_DONE);
    cr_assert(page.count >= 2 && page.count < 100);
}

/* As TeX puts letters together: before, behind, raised; and signs that stand apart. */
Test(reader, accents_belong_to_letters)
{
    cr_assert_str_eq(text_of(FONT, "BT/F 10 Tf 20 30 Td[(\264)333(e)(o)556(\250)]TJ"
                                   "[(\264)444]TJ 2 Ts(E)Tj ET"),
                     "e\u0301o\u0308E\u0301");
    cr_assert_str_eq(text_of(FONT, "BT/F 10 Tf 20 30 Td(e\264e `a x^2)Tj ET"),
                     "e\u00b4e`ax^2");
}

Test(reader, soft_masks_are_drawn_once)
{
    static const char *const more[] = {
        "<</SMask<</S/Luminosity/G 7 0 R>>>>",
        "/Subtype/Form/BBox[0 0 9 9]|BT/F 10 Tf 50 50 Td(mask)Tj ET", NULL
    };
    cr_assert_eq(read_page("/Resources<</Font<</F 5 0 R>>/ExtGState<</G 6 0 R>>>>",
                           "/G gs q 1 0 0 1 0 20 cm /G gs Q BT/F 10 Tf(A)Tj ET", more),
                 READER_DONE);
    cr_assert_str_eq(text(), "maskA");
}

/* --- annotations --- */

static const char *const fields[] = {
    "/Subtype/Form/BBox[0 0 50 10]|BT/F 5 Tf 1 1 Td(typed)Tj ET",
    "<</Subtype/Widget/FT/Tx/Rect[100 50 150 60]/V(typed)/AP<</N 6 0 R>>>>",
    "<</Subtype/Widget/FT/Btn/Rect[10 10 20 20]/AS/Yes/AP<</N<</Yes 9 0 R>>>>>>",
    "/Subtype/Form/BBox[0 0 10 10]|0 0 m",
    "<</Subtype/Widget/FT/Btn/Ff 32768/Rect[30 10 40 20]/AS/Off>>",
    "<</Subtype/Text/Contents(note)/Rect[0 0 9 9]>>",
    "<</Subtype/FreeText/F 2/Contents(hidden)/Rect[0 0 9 9]>>",
    "<</Subtype/Widget/FT/Tx/Rect[0 0 9 9]/V(no appearance)>>",
    "<</Subtype/Widget/FT/Tx/Ff 8192/Rect[9 9 99 99]/V(secret)/AP<</N 6 0 R>>>>",
    "<</Subtype/Widget/FT/Btn/Ff 32768/Rect[50 10 60 20]/AS/a/AP<</N<</a 6 0 R>>>>>>",
    "<</Subtype/Stamp/Contents(said)/Rect[100 50 150 60]/AP<</N 6 0 R>>>>",
    "<</Subtype/Stamp/Contents(no appearance)/Rect[100 50 150 60]>>",
    "<</Subtype/Popup/Contents(window)/Rect[100 50 150 60]/AP<</N 6 0 R>>>>",
    "<</Subtype/Stamp/Rect[100 50 150 60]/AP<</N<</only 6 0 R>>>>>>",
    "<</Subtype/Stamp/Rect[100 50 100 50]/AP<</N 6 0 R>>>>",
    "<</Subtype/Widget/FT/Tx/Rect[100 50 150 60]/V(retyped)/AP<</N 6 0 R>>>>",
    NULL
};

Test(reader, fields_as_they_are_shown)
{
    cr_assert_eq(read_page(FONT "/Annots[7 0 R 8 0 R 10 0 R 11 0 R 12 0 R]", "", fields),
                 READER_DONE, "%s", why.detail);
    cr_assert_str_eq(text(), "typed\u2714");
    cr_assert(page.fields);
    expect_at(0, 101, 49);
}

Test(reader, captions_of_buttons_that_are_not_drawn)
{
    static const char *const more[] = {
        "<</Subtype/Widget/FT/Btn/Ff 65536/Rect[100 50 150 60]/MK<</CA(Press me)>>>>",
        "<</Subtype/Widget/FT/Btn/Ff 65536/Rect[100 50 150 60]/AP<</N 9 0 R>>"
        "/MK<</CA(Other)>>>>",
        "<</Subtype/Widget/FT/Btn/Ff 65536/Rect[0 0 9 9]/MK<</CA(Far too long for that)>>>>",
        "/Subtype/Form/BBox[0 0 50 10]|BT/F 5 Tf 1 1 Td(drawn)Tj ET",
        "<</Subtype/Widget/FT/Btn/Rect[10 10 20 20]/MK<</CA(4)>>>>",
        "<</Subtype/Widget/FT/Btn/Ff 65536/Rect[900 10 920 20]/MK<</CA(off)>>>>",
        NULL
    };
    cr_assert_eq(read_page(FONT "/Annots[6 0 R 7 0 R 10 0 R 11 0 R]", "", more), READER_DONE);
    cr_assert_str_eq(text(), "Pressmedrawn");
    cr_assert(page.glyphs[0].x0 > 100 && page.glyphs[6].x1 < 150);
    expect_at(3, page.glyphs[2].x1, 45);
    cr_assert_eq(read_page(FONT "/Rotate 90/Annots[8 0 R]", "", more), READER_DONE);
    cr_assert_str_eq(text(), "Fartoolongforthat");
}

/* As the standard has it: poppler shows what is invisible, mutool shows none. */
Test(reader, annotations_that_are_invisible)
{
    static const char *const more[] = {
        "/Subtype/Form/BBox[0 0 50 10]|BT/F 5 Tf 1 1 Td(seen)Tj ET",
        "<</Subtype/Stamp/F 1/Rect[100 50 150 60]/AP<</N 6 0 R>>>>",
        "<</Subtype/Own/F 1/Rect[100 50 150 60]/AP<</N 6 0 R>>>>",
        "<</Subtype/Own/F 4/Rect[100 50 150 60]/AP<</N 6 0 R>>>>",
        "<</Subtype/Stamp/F 2/Rect[100 50 150 60]/AP<</N 6 0 R>>>>",
        "<</Subtype/Stamp/F 32/Rect[100 50 150 60]/AP<</N 6 0 R>>>>", NULL
    };
    static const char *const texts[] = { "seen", "", "seen", "", "" };
    for (int i = 0; i < 5; i++) {
        char keys[128];
        snprintf(keys, sizeof keys, FONT "/Annots[%d 0 R]", 7 + i);
        cr_assert_eq(read_page(keys, "", more), READER_DONE);
        cr_expect_str_eq(text(), texts[i], "%d", i);
    }
}

Test(reader, passwords_are_not_shown_and_signs_are_no_letters)
{
    cr_assert_eq(read_page(FONT "/Annots[14 0 R 15 0 R]", "", fields), READER_DONE);
    cr_assert_str_eq(text(), "\u25cf");
}

Test(reader, stamps_as_they_are_shown)
{
    cr_assert_eq(read_page(FONT "/Annots[16 0 R 17 0 R 18 0 R]", "", fields), READER_DONE);
    cr_assert_str_eq(text(), "typed");
    expect_at(0, 101, 49);
    cr_assert_eq(read_page(FONT "/Annots[19 0 R]", "", fields), READER_DONE);
    cr_assert_str_eq(text(), "typed", "the only state needs no name");
    cr_assert_eq(read_page(FONT "/Annots[20 0 R]", "", fields), READER_DONE);
    cr_assert_str_eq(text(), "", "it has no place");
}

Test(reader, fields_that_are_to_be_drawn_anew)
{
    const char form[] = "/AcroForm<</Fields[]/NeedAppearances true>>";
    cr_assert_eq(open_page(form, FONT "/Annots[7 0 R]", "", fields), READER_DONE);
    cr_assert_eq(reader_read(reader, 1, &page, &why), READER_DONE);
    cr_assert_str_eq(text(), "typed");
    cr_assert_eq(open_page(form, FONT "/Annots[21 0 R]", "", fields), READER_DONE);
    cr_assert_eq(reader_read(reader, 1, &page, &why), READER_DECLINED);
    cr_assert_eq(read_page(FONT "/Annots[21 0 R]", "", fields), READER_DONE);
    cr_assert_str_eq(text(), "typed");
}

Test(reader, a_field_without_appearance_is_for_others)
{
    cr_assert_eq(read_page(FONT "/Annots[13 0 R]", "", fields), READER_DECLINED);
    cr_assert_eq(why.reason, READER_FEATURE);
}

/* --- what is declined --- */

Test(reader, unknown_operators_are_declined)
{
    cr_assert_eq(read_page(FONT, "BT/F 10 Tf(A)Tj ET xyz", NULL), READER_DECLINED);
    cr_assert_eq(why.reason, READER_OPERATOR);
    cr_assert_eq(read_page(FONT, "BX xyz EX BT/F 10 Tf(A)Tj ET", NULL), READER_DONE);
}

Test(reader, states_and_numbers_without_end)
{
    static char content[8 * 4096];
    content[0] = '\0';
    for (int i = 0; i < 4096; i++)
        strcat(content + (i ? 2 * i - 1 : 0), "q ");
    strcat(content, "BT/F 10 Tf(A)Tj ET");
    cr_assert_eq(read_page(FONT, content, NULL), READER_DECLINED);
    cr_assert_eq(why.reason, READER_LIMIT);
    cr_assert_str_eq(text_of(FONT, "BT/F 99999999999999999 Tf 1000000000 0 0 1 0 0 Tm(A)Tj"
                                   "/F 10 Tf 99999999999999999 0 Td(B)Tj ET"), "");
}

Test(reader, fonts_looked_for_without_end)
{
    struct buffer fonts = { 0 }, content = { 0 };
    static struct file f;
    buffer_append_string(&fonts, "<<");
    for (int i = 0; i < 20000; i++)
        buffer_printf(&fonts, "/F%d 5 0 R", i);
    buffer_append_string(&fonts, ">>");
    for (int i = 0; i < 20000; i++)
        buffer_append_string(&content, "/X 1 Tf ");
    file_begin(&f);
    file_object(&f, "<</Type/Catalog/Pages 2 0 R>>");
    file_object(&f, "<</Type/Pages/Kids[3 0 R]/Count 1>>");
    file_object(&f, "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font 5 0 R>>>>");
    file_bytes(&f, "", NULL, content.data, content.size);
    file_object(&f, buffer_string(&fonts));
    file_end(&f, "");
    cr_assert_eq(reader_open(file_span(&f), NULL, &reader, &why), READER_DONE);
    cr_assert_eq(reader_read(reader, 1, &page, &why), READER_DECLINED);
    cr_assert_eq(why.reason, READER_LIMIT);
    buffer_free(&fonts);
    buffer_free(&content);
}

Test(reader, a_page_that_is_not_there)
{
    cr_assert_eq(open_page("", FONT, "", NULL), READER_DONE);
    cr_assert_eq(reader_pages(reader), 1);
    cr_assert_eq(reader_read(reader, 2, &page, &why), READER_DECLINED);
    cr_assert_eq(reader_read(reader, 0, &page, &why), READER_DECLINED);
    struct span junk = { (const unsigned char *)"%PDF-1.4", NULL };
    junk.end = junk.at + 8;
    struct reader *none;
    cr_assert_eq(reader_open(junk, NULL, &none, &why), READER_DECLINED);
    cr_assert_eq(why.reason, READER_BROKEN);
    cr_assert_null(none);
}

/* --- fonts of two bytes --- */

/* Codes are kept once they were met: the same again, in strings of their own, in such as
 * end within a code, with ligatures and what has no meaning between. */
Test(text, of_two_bytes_is_the_same_each_time)
{
    static const char *const font[] = {
        "<</Type/Font/Subtype/Type0/BaseFont/W/Encoding/Identity-H/ToUnicode 7 0 R"
        "/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/DW 500/W[65[250 -100 20000]]"
        ">>]>>",
        "|1 begincodespacerange<0000><FFFF>endcodespacerange 2 beginbfchar<0044><00660069>"
        "<0100><0058>endbfchar 1 beginbfrange<0041><0043><0061>endbfrange",
        NULL,
    };
    static const char keys[] = "/Resources<</Font<</W 6 0 R>>>>";
    for (int times = 1; times <= 3; times++) {
        struct buffer b = { 0 };
        buffer_append_string(&b, "BT/W 10 Tf 20 20 Td");
        for (int i = 0; i < times; i++)
            buffer_append_string(&b, "[<0041>-20<00410044>90<0100>]TJ 0 12 Td ");
        buffer_append_string(&b, "<004400> Tj 0 12 Td<0042>Tj<004100430041>Tj ET");
        cr_assert_eq(read_page(keys, buffer_string(&b), font), READER_DONE);
        buffer_free(&b);
        cr_assert_geq(page.count, 5u * (unsigned)times);
        size_t row = 5;
        for (int i = 0; i < times; i++) {
            struct glyph *g = page.glyphs + (size_t)i * row;
            cr_expect_eq(g[0].code, 'a');
            cr_expect_eq(g[1].code, 'a');
            cr_expect_eq(g[2].code, 'f');
            cr_expect_eq(g[3].code, 'i');
            cr_expect_eq(g[4].code, 'X');
            expect_at((size_t)i * row, 20, 80 - 12 * (float)i);
            expect_at((size_t)i * row + 1, 22.7f, 80 - 12 * (float)i);
            expect_at((size_t)i * row + 4, 29.3f, 80 - 12 * (float)i);
        }
    }
}

/* What is lost with a font's descendant is told, where a code is shown that it meant. */
Test(text, of_a_font_that_has_lost_its_descendant)
{
    static const char *const font[] = {
        "<</Type/Font/Subtype/Type0/BaseFont/W/Encoding/Identity-H"
        "/DescendantFonts[77 0 R]>>",
        NULL,
    };
    static const char keys[] = "/Resources<</Font<</F 5 0 R/W 6 0 R>>>>";
    cr_expect_eq(read_page(keys, "BT/W 10 Tf 20 20 Td<0042>Tj ET", font), READER_DECLINED);
    cr_expect_not_null(page.flaw);
    read_page(keys, "BT/W 10 Tf 20 20 Td<>Tj/F 10 Tf(a)Tj ET", font);
    cr_expect_null(page.flaw);
}

/* Links mostly show nothing, which a look at them tells; but some do. */
Test(text, of_links_that_have_an_appearance)
{
    static const char *const form =
        "/Type/XObject/Subtype/Form/BBox[0 0 99 20]/Resources<</Font<</F 5 0 R>>>>|"
        "BT/F 10 Tf 0 5 Td(seen)Tj ET";
    static const char *const links[] = {
        "<</Type/Annot/Subtype/Link/Rect[20 20 119 40]/AP<</N 6 0 R>>>>",
        "<</AP<</N 6 0 R>>/Rect[20 20 119 40]/Subtype/Link/Type/Annot>>",
        "<</Subtype/Link/Rect[20 20 119 40]/A#50<</N 6 0 R>>>>",
        "<</Subtype/Link/Rect[20 20 119 40]/A 1/Subtype/Stamp/AP<</N 6 0 R>>>>",
        "<</Subtype/Link/Rect[20 20 119 40]/A<</S/URI/URI(>>\\)<<)>>/Border[0 0 0]>>",
        "<</Rect[20 20 119 40]/Subtype /Link % /AP<</N 6 0 R>>\n/C[1 0 0]>>",
    };
    for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
        const char *more[] = { form, links[i], NULL };
        read_page(FONT "/Annots[7 0 R]", "BT/F 10 Tf 20 60 Td(a)Tj ET", more);
        cr_expect_str_eq(text(), i < 4 ? "aseen" : "a", "%s: %s", links[i], text());
    }
}
