/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-pdf-names.c - glyph names, encodings and the files that have their own. */
#include <config.h>

#include <criterion/criterion.h>
#include <string.h>

#include "pdf/codetables.h"
#include "pdf/glyphname.h"
#include "pdf/standardfont.h"
#include "pdf/type1.h"

static struct span text(const char *s)
{
    const unsigned char *at = (const unsigned char *)s;
    return (struct span){ at, at + strlen(s) };
}

/* The only character that NAME means; 0 for none, 1 for several. */
static uint32_t meaning(const char *name)
{
    uint32_t unicode[8];
    size_t count = glyphname_unicode(text(name), false, unicode, 8);
    return count == 1 ? *unicode : count > 1;
}

Test(glyphname, list)
{
    cr_assert_eq(meaning("A"), 'A');
    cr_assert_eq(meaning("zukatakana"), 0x30BA);
    cr_assert_eq(meaning("germandbls"), 0xDF);
    cr_assert_eq(meaning("Euro"), 0x20AC);
    cr_assert_eq(meaning("space"), ' ');
    cr_assert_eq(meaning("afii57664"), 0x5D0);
    cr_assert_eq(meaning("Delta"), 0x2206, "Adobe's meaning comes before TeX's");
    cr_assert_eq(meaning("circlecopyrt"), 0x20DD);
    cr_assert_eq(meaning("parenleftbigg"), '(');
    cr_assert_eq(meaning("summationdisplay"), 0x2211);
}

Test(glyphname, rules)
{
    uint32_t unicode[8];
    cr_assert_eq(meaning("a.swash"), 'a');
    cr_assert_eq(meaning("uni20AC"), 0x20AC);
    cr_assert_eq(meaning("u1F600"), 0x1F600);
    cr_assert_eq(glyphname_unicode(text("f_f_i.alt"), false, unicode, 8), 3);
    cr_assert_eq(unicode[2], 'i');
    cr_assert_eq(glyphname_unicode(text("uni00410301"), false, unicode, 8), 2);
    cr_assert_eq(glyphname_unicode(text("f_f_i"), false, unicode, 2), 2);
    cr_assert_eq(glyphname_unicode(text("dalethatafpatah"), false, unicode, 1), 1);
    cr_assert_eq(glyphname_unicode(text("a12"), true, unicode, 8), 1);
    cr_assert_eq(*unicode, 0x261E);
}

Test(glyphname, one)
{
    cr_assert_eq(glyphname_one(text("A")), 'A');
    cr_assert_eq(glyphname_one(text("f_i")), 0xFB01);
    cr_assert_eq(glyphname_one(text("f_f_l.alt")), 0xFB04);
    cr_assert_eq(glyphname_one(text("s_t")), 0xFB06);
    cr_assert_eq(glyphname_one(text("f_j")), 0);
    cr_assert_eq(glyphname_one(text("f_f_i_f")), 0);
    cr_assert_eq(glyphname_one(text("g12")), 0);
}

Test(glyphname, nothing)
{
    const char *const names[] = { "",        ".notdef", "g123",    "uniD800",  "uni12",
                                  "u110000", "_",       "uniXXXX", "bracehtip", ";" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        cr_assert_eq(meaning(names[i]), 0, "%s", names[i]);
    char longest[300];
    memset(longest, 'A', sizeof longest);
    uint32_t unicode[2];
    struct span s = { (unsigned char *)longest, (unsigned char *)longest + 300 };
    cr_assert_eq(glyphname_unicode(s, false, unicode, 2), 0);
}

Test(glyphname, numbers)
{
    uint32_t number;
    cr_assert(glyphname_number(text("a65"), false, &number) && number == 65);
    cr_assert(glyphname_number(text("ab7"), false, &number) && number == 7);
    cr_assert_not(glyphname_number(text("abc7"), false, &number));
    cr_assert_not(glyphname_number(text("a"), false, &number));
    cr_assert_not(glyphname_number(text("a99999999"), false, &number));
    cr_assert(glyphname_number(text("B4f"), true, &number) && number == 0x4F);
    cr_assert(glyphname_is_hex(text("B4f")) && !glyphname_is_hex(text("B45")));
}

Test(encodings, annex_d)
{
    cr_assert_eq(encoding_table[ENCODING_STANDARD][0x27], 0x2019);
    cr_assert_eq(encoding_table[ENCODING_STANDARD][0x80], 0);
    cr_assert_eq(encoding_table[ENCODING_WIN_ANSI][0x80], 0x20AC);
    cr_assert_eq(encoding_table[ENCODING_WIN_ANSI][0x95], 0x2022);
    cr_assert_eq(encoding_table[ENCODING_MAC_ROMAN][0x8E], 0xE9);
    cr_assert_eq(encoding_table[ENCODING_MAC_EXPERT][0x30], 0xF730);
    cr_assert_eq(encoding_table[ENCODING_SYMBOL][0x61], 0x3B1);
    cr_assert_eq(encoding_table[ENCODING_DINGBATS][0x21], 0x2701);
    cr_assert_eq(cff_standard_strings[34], 'A');
}

Test(standardfont, metrics)
{
    const struct standardfont *f = standardfont_find(text("Arial,Bold"));
    cr_assert_eq(f, standardfont_find(text("Helvetica-Bold")));
    cr_assert_eq(standardfont_width(f, 0, 'A'), 722);
    cr_assert_eq(standardfont_width(standardfont_find(text("Times-Italic")), 0, 'A'), 611);
    cr_assert_eq(standardfont_width(standardfont_find(text("Courier New")), 0, 'i'), 600);
    cr_assert_eq(standardfont_width(standardfont_find(text("Symbol")), 0x61, 0), 631);
    cr_assert_null(standardfont_find(text("Arial-Black")));
    cr_assert_null(standardfont_find(text("")));
    cr_assert_eq(standardfont_find((struct span){ NULL, NULL }), NULL);
}

Test(type1, encoding)
{
    struct span names[256];
    cr_assert_eq(type1_encoding(text("%!\n/Encoding StandardEncoding def"), names),
                 TYPE1_STANDARD);
    cr_assert_eq(type1_encoding(text("%!\n/Encoding 256 array 0 1 255 {1 index exch "
                                     "/.notdef put} for dup 65 /alpha put dup 8#102 /beta "
                                     "put dup 999 /no put readonly def dup 67 /late put"),
                                names),
                 TYPE1_OWN);
    cr_assert(syntax_is(names[65], "alpha") && syntax_is(names[66], "beta"));
    cr_assert_null(names[67].at);
    cr_assert_eq(type1_encoding(text("%! /Encoding [/a /b] def"), names), TYPE1_OWN);
    cr_assert(syntax_is(names[1], "b"));
    const char *const bad[] = { "", "/Encoding", "/Encoding 256 array dup", "/Encoding dup 65",
                                "eexec /Encoding [/a]" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        cr_assert_eq(type1_encoding(text(bad[i]), names), TYPE1_NONE, "%s", bad[i]);
}
