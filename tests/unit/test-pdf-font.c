/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-pdf-font.c - simple fonts as files describe them, with what is odd about real
 * ones. */
#include <config.h>

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "fontmake.h"

Test(simple, standard_font)
{
    const struct font *f = make("/Subtype/Type1/BaseFont/Helvetica", "");
    cr_shows(f, "A'\x80\xAE", "A<2019>.<FB01>");
    cr_assert_float_eq(width(f, "A"), 0.667, 1e-6);
    cr_assert_float_eq(font_ascent(f), 0.718, 1e-6);
    done();
    f = make("/Subtype/Type1/BaseFont/Symbol", "");
    cr_shows(f, "ab", "<3B1><3B2>");
    cr_assert_float_eq(width(f, "a"), 0.631, 1e-6);
    done();
}

Test(simple, differences)
{
    const struct font *f =
        make("/Subtype/Type1/BaseFont/X/FirstChar 65/LastChar 66/Widths[500 250]"
             "/Encoding<</BaseEncoding/WinAnsiEncoding/Differences[65/alpha/f_i 300/x -1/y "
             "67/g12 68/bracehtipup 69/.notdef]>>",
             "");
    cr_shows(f, "ABCDEF", "<3B1>fi??.F");
    cr_assert_float_eq(width(f, "B"), 0.25, 1e-6);
    cr_assert_float_eq(width(f, "C"), 0, 1e-6);
    done();
}

Test(simple, names_that_are_numbers)
{
    const struct font *f = make("/Subtype/Type3/FontMatrix[.01 0 0 .01 0 0]"
                                "/FirstChar 65/Widths[60]/Encoding<</Differences[65/a65/a66]>>",
                                "");
    cr_shows(f, "AB", "AB");
    cr_assert_float_eq(width(f, "A"), 0.6, 1e-6);
    cr_assert_float_eq(font_scale(f), 1.2, 1e-6);
    done();
    f = make("/Subtype/Type1/Encoding<</Differences[1/c65/c66]>>", "");
    cr_shows(f, "\1\2", "AB");
    done();
    f = make("/Subtype/Type3/Encoding<</Differences[48/BC/BD 86/CE]>>", "");
    cr_shows(f, "01V", "01V");
    done();
    f = make("/Subtype/Type1/Encoding<</Differences[65/g1/g2]>>", "");
    cr_shows(f, "AB", "??");
    done();
}

/* A font of codes from 65 on with these names. */
static const struct font *named(const char *names, const char *keys, const char *more)
{
    static char dictionary[1024];
    snprintf(dictionary, sizeof dictionary,
             "/Subtype/Type1/BaseFont/X%s/Encoding<</Differences[65%s]>>", keys, names);
    return make(dictionary, more);
}

Test(simple, names_that_are_numbers_of_characters)
{
    static const char *const hello[] = {
        "/a72/a101/a108/a108/a111", "/C0072/C0101/C0108/C0108/C0111",
        "/cid00072/cid00101/cid00108/cid00108/cid00111", "/G48/G65/G6C/G6c/G6F",
        "/glyph72/glyph101/glyph108/glyph108/glyph111 32/space",
    };
    for (size_t i = 0; i < sizeof hello / sizeof *hello; i++) {
        cr_shows(named(hello[i], "", ""), "ABCDE", "Hello");
        done();
    }
    cr_shows(named("/g146/g233/g97/g98/g99", "", ""), "ABCDE", "<2019><E9>abc");
    done();
}

Test(simple, names_that_are_numbers_of_something)
{
    static const char *const unknown[] = {
        "/a72/a101/a108/g108/a111", /* two kinds */
        "/g72/g101/g108/g108/g3",   /* by their place in a file, for g3 is no character */
        "/g43/g72/g79/g79/g82",     /* and these make "+HOOR" */
        "/G48/G65/G76/G76/G69",     /* may be either */
        "/g98/g99/g100/g102/g103",  /* no vowel */
        "/g72/g101/g108/g108/g127", "/g72/g101/g108/g108/g256",
        "/g72/g101/g108/g108/g000111", "/G48/G65/G6C/G6C/G10F",
    };
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
        cr_shows(named(unknown[i], "", ""), "ABCDE", "?????");
        done();
    }
    cr_shows(named("/g72/g101/g108/g108/g111/o", "", ""), "ABCDEF", "?????o");
    done();
    /* The codes may be characters as well. */
    cr_shows(named(" 97/g72/g101/g108/g108/g111", "", ""), "abcde", "?????");
    done();
}

Test(simple, names_that_are_numbers_and_what_else_tells)
{
    static const char hello[] = "/g72/g101/g108/g108/g111";
    cr_shows(named(hello, "/ToUnicode 6 0 R",
                   stream(6, "", "beginbfchar <41> <0048> endbfchar")),
             "ABCDE", "Hello");
    done();
    cr_shows(named(hello, "/ToUnicode 6 0 R",
                   stream(6, "", "beginbfchar <41> <0041> endbfchar")),
             "ABCDE", "A????");
    done();
    cr_shows(named(hello, "/FontDescriptor<</FontFile 6 0 R>>",
                   stream(6, "", "%!\n/Encoding 256 array dup 65 /H put dup 66 /g101 put def")),
             "ABCDE", "Hello");
    done();
    cr_shows(named(hello, "/FontDescriptor<</FontFile 6 0 R>>",
                   stream(6, "", "%!\n/Encoding 256 array dup 65 /x put def")),
             "ABCDE", "?????");
    done();
}

Test(simple, names_without_meaning)
{
    const struct font *f = named("/foo/noteheads.s2/g12/bracehtipup/.notdef "
                                 "29/enc-29/g129 127/char7f", "", "");
    static const bool unmapped[] = { true, false, true, true, false, true, true, true };
    static const bool lost[] = { false, false, true, false, false, false, true, false };
    static const unsigned char string[] = "ABCDE\35\36\177";
    struct span s = { string, string + 8 };
    struct font_glyph g;
    for (int i = 0; i < 8; i++) {
        cr_assert(font_next(f, &s, &g));
        cr_assert(g.count == 0 && g.unmapped == unmapped[i] && g.lost == lost[i], "%d", i);
    }
    done();
}

Test(simple, to_unicode)
{
    const struct font *f =
        make("/Subtype/Type1/Encoding/WinAnsiEncoding/ToUnicode 6 0 R",
             stream(6, "", "beginbfchar <41> <0391> <42> <0000> <43> <FFFD> <44> "
                           "<00660066> endbfchar"));
    cr_shows(f, "ABCDE", "<391>BCffE");
    done();
    f = make("/Subtype/Type1/ToUnicode 6 0 R",
             stream(6, "", "beginbfchar <41> <006100620063006400650066006700680069006A006B006C"
                           "006D006E006F0070007100720073007400750076> endbfchar"));
    cr_shows(f, "ABA", "abcdefghijklmnopqrstuvBabcdefghijklmnopqrstuv");
    cr_assert_null(font_doubt(f));
    done();
    char text[64 + 129 * 4] = "beginbfchar <41> <";
    for (int i = 0; i < 129; i++)
        strcat(text, "0061");
    f = make("/Subtype/Type1/ToUnicode 6 0 R", stream(6, "", strcat(text, "> endbfchar")));
    cr_assert_not_null(font_doubt(f), "letters are missing");
    done();
    /* One that says a space of all says nothing. */
    f = make("/Subtype/Type1/Encoding/WinAnsiEncoding/ToUnicode 6 0 R",
             stream(6, "", "beginbfchar <41> <0020> <42> <0020> <43> <0020> endbfchar"));
    cr_shows(f, "ABC", "ABC");
    done();
}

Test(simple, type1_file)
{
    const struct font *f =
        make("/Subtype/Type1/BaseFont/X/FontDescriptor<</FontFile 6 0 R/Ascent -700"
             "/Descent 200/MissingWidth 300>>/Encoding<</Differences[66/beta]>>",
             stream(6, "", "%!FontType1\n/Encoding 256 array dup 65 /alpha put dup 66 /b put "
                           "def currentfile eexec"));
    cr_shows(f, "ABC", "<3B1><3B2>.");
    cr_assert_float_eq(font_ascent(f), 0.7, 1e-6);
    cr_assert_float_eq(font_descent(f), -0.2, 1e-6);
    done();
    /* Damage has taken codes of its encoding, but not the list of its glyphs. */
    f = make("/Subtype/Type1/BaseFont/X/FontDescriptor<</FontFile 6 0 R"
             "/CharSet(/alpha/C/x/comma/nosuchname/)>>",
             stream(6, "", "%!FontType1\n/Encoding 256 array dup 65 /alpha put dup 66 /x pu"
                           " dup 67 /C pu def currentfile eexec"));
    cr_shows(f, "AC,a", "<3B1>C,.");
    done();
}

/* As TRUETYPE with a table for symbols (3, 0), and names: .notdef, space, space, A and B. */
#define SYMBOLIC "00010000 0002 0000 0000 0000 636D6170 00000000 0000002C 0000001A" \
                 "706F7374 00000000 00000046 0000002C 0000 0001 0003 0000 0000000C" \
                 "0006 000E 0000 F041 0002 0003 0004 00020000 00000000 00000000"    \
                 "00000000 00000000 00000000 00000000 00000000 0005 0000 0003 0003" \
                 "0024 0025"

Test(simple, truetype_without_encoding)
{
    char more[2048];
    const struct font *f;
    /* Symbols by the name of their font, whatever glyphs it has. */
    snprintf(more, sizeof more, "6 0 obj <</Length 220/Filter/ASCIIHexDecode>> stream\n%s>\n"
             "endstream endobj", TRUETYPE);
    f = make("/Subtype/TrueType/BaseFont/Symbol/FontDescriptor<</Flags 4/FontFile2 6 0 R>>",
             more);
    cr_shows(f, "ab", "<3B1><3B2>");
    done();
    f = make("/Subtype/TrueType/BaseFont/ABCDEF+Wingdings-Regular/FontDescriptor<</Flags 4>>",
             more);
    cr_shows(f, "ab", "??");
    done();
    f = make("/Subtype/TrueType/BaseFont/Arial-Black/FontDescriptor<</Flags 32>>", "");
    cr_shows(f, "a\x92", "a<2019>");
    done();
}

#define ALPHA "7 0 obj <</Length 33>> stream\nbeginbfchar <41> <0391> endbfchar\n" \
              "endstream endobj\n"

/* A font that draws something for codes 1 and 2, and does not say what. */
#define UNTOLD "00010000 0001 0000 0000 0000 636D6170 00000000 0000001C 0000001A"           \
               "0000 0001 0001 0000 0000000C 0006 000E 0000 0001 0002 0003 0004"

Test(simple, truetype_that_draws_what_nothing_tells)
{
    static const char more[] = "6 0 obj <</Filter/ASCIIHexDecode>> stream\n" UNTOLD
                               ">\nendstream endobj " ALPHA;
    const struct font *f = make("/Subtype/TrueType/BaseFont/X/FontDescriptor<</Flags 4"
                                "/FontFile2 6 0 R>>", more);
    cr_shows(f, "\1\2\3", "??.");
    done();
    f = make("/Subtype/TrueType/BaseFont/X/ToUnicode 7 0 R/FontDescriptor<</Flags 4"
             "/FontFile2 6 0 R>>", more);
    cr_shows(f, "A\1", "<391>.");
    done();
}

/* What ToUnicode does not say is asked of the encoding, then of the file; of it only when
 * a code without meaning is met. */
Test(simple, partial_to_unicode)
{
    static const char *const fonts_of[] = {
        "/FirstChar 65/Widths[500 0]", /* by its width nobody needs the file */
        "/Encoding<</BaseEncoding/WinAnsiEncoding/Differences[66/g12]>>",
    };
    for (size_t i = 0; i < 2; i++) {
        char font[512];
        snprintf(font, sizeof font, "/Subtype/TrueType/BaseFont/X/ToUnicode 7 0 R"
                 "/FontDescriptor<</Flags 4/FontFile2 6 0 R>>%s", fonts_of[i]);
        const struct font *f = make(font, "6 0 obj <</Filter/ASCIIHexDecode>> stream\n"
                                    SYMBOLIC ">\nendstream endobj " ALPHA);
        cr_assert(font_slots(f)['B'].unmapped, "%zu", i);
        cr_shows(f, "AB", "<391>B");
        cr_assert_not(font_slots(f)['B'].unmapped);
        done();
    }
}

/* And it costs the same on each page. */
Test(simple, partial_to_unicode_costs_alike)
{
    const struct font *f = make("/Subtype/Type1/BaseFont/X/ToUnicode 7 0 R/FirstChar 65"
                                "/Widths[500]/FontDescriptor<</FontFile 6 0 R>>",
                                "6 0 obj <<>> stream\n%!\n/Encoding 256 array dup 66 /b "
                                "put def\nendstream endobj " ALPHA);
    const struct value reference = { .type = VALUE_REFERENCE, .reference = { 5, 0 } };
    uint64_t costs[2];
    for (int i = 0; i < 2; i++) {
        fonts_begin_page(fonts);
        fonts_get(fonts, &reference, objects_get(objects, 5));
        uint64_t before = objects_cost(objects);
        cr_shows(f, "ABBC", "<391>bb.");
        costs[i] = objects_cost(objects) - before;
    }
    cr_assert_gt(costs[0], 0);
    cr_assert_eq(costs[0], costs[1]);
    done();
}
