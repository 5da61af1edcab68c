/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-pdf-cidfont.c - composite fonts as files describe them; and fonts that are hostile. */
#include <config.h>

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fontmake.h"

#define IDENTITY "/Subtype/Type0/Encoding/Identity-H/DescendantFonts[<</Type/Font" \
                 "/Subtype/CIDFontType2/DW 600/W[65[500 250] 70 72 100]>>]"

Test(composite, identity)
{
    const struct font *f =
        make(IDENTITY "/ToUnicode 6 0 R",
             stream(6, "", "beginbfrange <0041> <0043> <0061> <0100> <0101> [<00660069> "
                           "<D83DDE00>] <0050> <0050> <0000> endbfrange"));
    cr_shows(f, "\0A\0C\1\0\1\1\0P\0Z\0", "acfi<1F600>???");
    struct span s = { (const unsigned char *)"\0B\0G\0Z", NULL };
    s.end = s.at + 6;
    struct font_glyph g;
    cr_assert(font_next(f, &s, &g) && g.size == 2 && g.code == 'B' && !g.space);
    cr_assert_float_eq(g.width, 0.25, 1e-6);
    cr_assert(font_next(f, &s, &g));
    cr_assert_float_eq(g.width, 0.1, 1e-6);
    cr_assert(font_next(f, &s, &g));
    cr_assert_float_eq(g.width, 0.6, 1e-6);
    cr_assert_not(font_next(f, &s, &g));
    done();
}

Test(composite, without_meaning)
{
    const struct font *f = make(IDENTITY, "");
    cr_shows(f, "\0A", "?");
    done();
    /* Written without knowing: each code its own character. */
    f = make(IDENTITY "/ToUnicode 6 0 R",
             stream(6, "", "beginbfrange <0000> <FFFF> <0000> endbfrange"));
    cr_shows(f, "\0A", "?");
    done();
    f = make("/Subtype/Type0/Encoding/No-Such-H/DescendantFonts[<</Type/Font>>]", "");
    cr_assert_not_null(font_doubt(f));
    done();
    f = make("/Subtype/Type0/Encoding/Identity-H/Des#00cendantFonts[<</Type/Font>>]", "");
    cr_assert_not_null(font_doubt(f), "its descendant is lost");
    done();
}

Test(composite, embedded_meaning)
{
    const char *program = "6 0 obj <</Length 220/Filter/ASCIIHexDecode>> stream\n" TRUETYPE
                       ">\nendstream endobj";
    const char *font = "/Subtype/Type0/Encoding/Identity-H/DescendantFonts[<</Type/Font"
                       "/Subtype/CIDFontType2/FontDescriptor<</FontFile2 6 0 R>>>>]";
    const struct font *f = make(font, program);
    cr_shows(f, "\0\3\0\4\0\5", "AB?");
    done();
    /* By a map of glyphs. */
    char more[2048];
    snprintf(more, sizeof more, "%s\n7 0 obj <</Length 16/Filter/ASCIIHexDecode>> stream\n"
             "0000000400030000>\nendstream endobj", program);
    f = make("/Subtype/Type0/Encoding/Identity-H/DescendantFonts[<</Type/Font/CIDToGIDMap "
             "7 0 R/FontDescriptor<</FontFile2 6 0 R>>>>]",
             more);
    cr_shows(f, "\0\1\0\2\0\3", "BA?");
    done();
    /* ToUnicode that lies is told by the file. */
    snprintf(more, sizeof more, "%s\n8 0 obj <</Length 46>> stream\n"
             "1 beginbfrange <0000> <FFFF> <0000> endbfrange\nendstream endobj", program);
    f = make("/Subtype/Type0/Encoding/Identity-H/ToUnicode 8 0 R/DescendantFonts[<</Type"
             "/Font/FontDescriptor<</FontFile2 6 0 R>>>>]",
             more);
    cr_shows(f, "\0\3\0A", "A?");
    done();
    /* One that does not tell of all asks it for the rest. */
    f = make("/Subtype/Type0/Encoding/Identity-H/ToUnicode 7 0 R/DescendantFonts[<</Type"
             "/Font/FontDescriptor<</FontFile2 6 0 R>>>>]",
             "6 0 obj <</Length 220/Filter/ASCIIHexDecode>> stream\n" TRUETYPE
             ">\nendstream endobj 7 0 obj <</Length 37>> stream\n"
             "beginbfchar <0003> <0391> endbfchar\nendstream endobj");
    cr_shows(f, "\0\3\0\4\0\5", "<391>B?");
    done();
}

/* An OpenType font of tables "CFF " and "cmap": A and B are glyphs 1 and 2, which have CIDs
 * 5 and 7. */
#define OPENTYPE "4F54544F 0002 0000 0000 0000 43464620 00000000 0000002C 00000033"      \
                 "636D6170 00000000 0000005F 0000001A 01000401 0001010102 58 0001010112" \
                 "8B8B8B0C1E 1D000000240F 1D0000002911 0000 0000 00 0005 0007"           \
                 "0003 01 01020304 0E0E0E"                                               \
                 "0000 0001 0003 0001 0000000C 0006 000E 0000 0041 0002 0001 0002"

Test(composite, cids_of_opentype)
{
    static const char more[] = "6 0 obj <</Filter/ASCIIHexDecode>> stream\n" OPENTYPE
                               ">\nendstream endobj 7 0 obj <</Length 16/Filter"
                               "/ASCIIHexDecode>> stream\n0000000200010000>\nendstream endobj";
    const struct font *f = make("/Subtype/Type0/Encoding/Identity-H/DescendantFonts[<</Type"
                                "/Font/Subtype/CIDFontType0/FontDescriptor<</FontFile3 6 0 R"
                                ">>>>]", more);
    cr_shows(f, "\0\5\0\7\0\1", "AB?");
    done();
    /* A map is for glyphs of TrueType. */
    f = make("/Subtype/Type0/Encoding/Identity-H/DescendantFonts[<</Type/Font/CIDToGIDMap "
             "7 0 R/FontDescriptor<</FontFile3 6 0 R>>>>]", more);
    cr_shows(f, "\0\5\0\7\0\1", "AB?");
    done();
}

/* Codes choose CFF's glyphs by its own encoding, here the standard one, not by cmap. */
Test(simple, opentype_without_encoding)
{
    static const char more[] = "6 0 obj <</Filter/ASCIIHexDecode>> stream\n" OPENTYPE
                               ">\nendstream endobj";
    const struct font *f = make("/Subtype/Type1/FontDescriptor<</Flags 4/FontFile3 6 0 R>>",
                                more);
    cr_shows(f, "A\xAE", "A<FB01>");
    done();
}

Test(composite, identity_with_a_map_of_glyphs)
{
    const struct font *f =
        make("/Subtype/Type0/Encoding/Identity-H/ToUnicode 6 0 R/DescendantFonts[<</Type"
             "/Font/CIDToGIDMap 6 0 R>>]",
             stream(6, "", "beginbfrange <0000> <FFFF> <0000> endbfrange"));
    cr_shows(f, "\0A\x4E\0", "A<4E00>");
    done();
}

Test(composite, overlapping_ranges_are_bounded)
{
    char *many = malloc(FILE_MOST / 2);
    size_t used = (size_t)sprintf(many, "beginbfrange ");
    while (used < FILE_MOST / 2 - 32)
        used += (size_t)sprintf(many + used, "<0000> <FFFF> <0041> ");
    const struct font *f = make(IDENTITY "/ToUnicode 6 0 R", stream(6, "", many));
    free(many);
    cr_assert_not_null(font_doubt(f));
    done();
}

Test(composite, predefined)
{
    const struct font *f =
        make("/Subtype/Type0/Encoding/90ms-RKSJ-V/DescendantFonts[<</Type/Font/Subtype"
             "/CIDFontType0/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)/Supplement 2>>"
             "/DW2[800 -900]/W2[1200[-500 400 700]]>>]",
             "");
    if (font_doubt(f))
        cr_skip("poppler-data is not installed");
    cr_shows(f, "A\x88\x9F", "A<4E9C>");
    cr_assert(font_is_vertical(f));
    struct font_glyph g;
    struct span s = { (const unsigned char *)"\x88\x9F", NULL };
    s.end = s.at + 2;
    cr_assert(font_next(f, &s, &g));
    cr_assert_float_eq(g.down, -0.9, 1e-6);
    cr_assert_float_eq(g.origin_x, 0.5, 1e-6);
    cr_assert_float_eq(g.origin_y, 0.8, 1e-6);
    done();
}

Test(composite, embedded_cmap)
{
    const struct font *f =
        make("/Subtype/Type0/Encoding 6 0 R/ToUnicode 7 0 R/DescendantFonts[<</Type/Font/W"
             "[7[400]]>>]",
             "6 0 obj <</Type/CMap/Length 107>> stream\n1 begincodespacerange <00> <7F> "
             "<8000> <FFFF> endcodespacerange 1 begincidrange <8000> <8001> 7 endcidrange\n"
             "endstream endobj 7 0 obj <</Length 52>> stream\n"
             "1 beginbfchar <8000> <0041> <20> <0042> endbfchar   \nendstream endobj");
    cr_shows(f, "\x80\0 ", "AB");
    struct font_glyph g;
    struct span s = { (const unsigned char *)"\x80\0 ", NULL };
    s.end = s.at + 3;
    cr_assert(font_next(f, &s, &g));
    cr_assert_float_eq(g.width, 0.4, 1e-6);
    cr_assert(font_next(f, &s, &g) && g.space);
    done();
}

Test(fonts, hostile)
{
    const char *const bad[] = {
        "", "/Subtype/Type0", "/Subtype/Type0/Encoding 5 0 R/DescendantFonts 5 0 R",
        "/Subtype/Type0/DescendantFonts[5 0 R]/Encoding/Identity-H",
        "/Subtype/Type1/Widths[1e99 (x) -5]/FirstChar -7/Encoding 5 0 R",
        "/Subtype/Type1/FirstChar 250/Widths[1 2 3 4 5 6 7 8 9 10 11]",
        "/Subtype/Type3/FontMatrix[0 0 0 0 0 0]/Widths[1]/FirstChar 65",
        "/Subtype/Type3/FontMatrix[1e308 1 1 1e308]/Widths[1e308]/FirstChar 65",
        IDENTITY "/ToUnicode 5 0 R",
        ("/Subtype/Type0/Encoding/Identity-V/DescendantFonts[<</W[0 65535 1 0 65535 2 [1] 2 "
         "-5 9 1 70000 70001 3]/W2[0 65535 1 2 3 1]/DW(x)>>]"),
        "/Subtype/Type1/Encoding<</Differences[99999999999 /a -5 /b 255 /c/d/e]>>"
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const struct font *f = make(bad[i], "");
        shown(f, "\0A\xFF\xFF", 4);
        cr_assert(isfinite(width(f, "AA")) && isfinite(font_scale(f)), "%s", bad[i]);
        done();
    }
    make("", "");
    const struct font *f = fonts_get(fonts, &value_null, &value_null);
    cr_shows(f, "ab", "??");
    cr_assert_not_null(font_doubt(f));
    done();
}
