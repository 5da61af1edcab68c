/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-rtf.c - RTF: code pages, Unicode and its fallbacks, destinations,
 * tables, and input made to hurt. */
#include <config.h>

#include <criterion/criterion.h>
#include <string.h>

#include "base/buffer.h"
#include "format/rtfread.h"

static void expect_bytes(const char *source, size_t size, int result,
                         const char *expected)
{
    struct buffer text = { 0 };
    struct metadata metadata = { 0 };
    struct error e = { 0 };
    cr_expect_eq(rtf_read(source, size, &text, &metadata, &e), result);
    cr_expect_str_eq(buffer_string(&text), expected);
    buffer_free(&text);
    metadata_clear(&metadata);
}

static void expect(const char *body, const char *expected)
{
    struct buffer source = { 0 };
    buffer_printf(&source, "{\\rtf1%s}", body);
    expect_bytes(source.data, source.size, 0, expected);
    buffer_free(&source);
}

Test(rtf, characters)
{
    expect("\\ansi a\\'e9\\~b\\-c\\_d\\emdash e\\{\\}\\\\", "aé\u00a0bc‑d—e{}\\\n");
    expect("\\ansi\\ansicpg1251 \\'cf\\'f0\\'e8", "При\n");
    expect("\\mac \\'8e", "é\n");
    expect("\\ansi{\\fonttbl{\\f0 Arial;}{\\f3\\fcharset2 Symbol;}"
           "{\\f4\\fcharset2 Wingdings;}}{\\f3 \\'61\\'b7b\\u-3999?} a "
           "{\\f4\\'fc\\'e9}", "α•βα a ✓é\n");
    expect("\\pc \\'82", "é\n");
    expect("\\ansicpg932 \\'93\\'fa\\'96\\'7b\\'83A", "日本ア\n");
}

Test(rtf, fonts)
{
    expect("{\\fonttbl{\\f0\\fcharset0 A;}{\\f1\\fcharset129 B;}{\\f2\\fcharset134 C;}"
           "{\\f3\\fcharset136 D;}{\\f4\\cpg1253 E;}}\\f1\\'c7\\'d1 \\f2\\'d6\\'d0 "
           "\\f3\\'a4\\'a4 {\\f4\\'c1}\\f0\\'c1", "한 中 中 ΑÁ\n");
}

Test(rtf, unicode)
{
    expect("a\\u233?b", "aéb\n");
    expect("\\uc2 a\\u233xyb{\\uc0\\u234 c}\\u235\\'41\\'42d", "aébêcëd\n");
    expect("\\u-10179?\\u-8704?", "😀\n");
    expect("\\u-10179?x", "\xef\xbf\xbdx\n");
    expect("\\u233{}x", "éx\n");
    expect("{\\upr{no}{\\*\\ud{y\\u233?s}}}", "yés\n");
}

Test(rtf, destinations)
{
    expect("{\\*\\unknown x}{\\pict 00ff}{\\*\\shppict{\\pict 00}}"
           "{\\object{\\*\\objdata 01}{\\result shown}}", "shown\n");
    expect("{\\field{\\*\\fldinst PAGE}{\\fldrslt 7}}{\\v no}{\\deleted no}", "7\n");
    expect("a{\\field{\\*\\fldinst {\\rtlch\\fcs1 EQ \\\\* jc2 \\\\o\\\\ad(\\\\s\\\\up 9"
           "(r\\'e9),}{b)}}{\\fldrslt}}{\\v{\\field{\\*\\fldinst EQ x}}}"
           "{\\field{\\*\\fldinst EQUAL(1)}{\\fldrslt c}}", "ab(ré)c\n");
    expect("{\\pict\\bin3 }}}}after", "after\n");
    expect("{\\header H\\par}body\\par{\\footer F}", "H\n\nbody\n\nF\n");
    expect("a{\\footnote{\\chftn} n}b{\\footnote\\ftnalt e}\\par",
           "a[1]b[1]\n\n[1] n\n\n[1] e\n");
    expect("{\\pntext 1.\\tab}one\\par{\\listtext\\'b7\\tab}two\\par",
           "1. one\n- two\n");
}

Test(rtf, tables)
{
    expect("\\trowd\\pard\\intbl a\\cell\\cell c\\cell\\row\\pard x",
           "a\t\tc\n\nx\n");
    expect("\\trowd a\\cell b\\cell\\row x", "a\tb\n\nx\n");
    expect("\\pard\\intbl a\\cell\\pard\\intbl\\itap2 n\\nestcell m\\nestcell"
           "{\\*\\nesttableprops\\trowd\\nestrow}{\\nonesttables\\par}"
           "\\pard\\intbl\\itap1 z\\cell\\row", "a\tn m z\n");
}

Test(rtf, faults)
{
    static const char cut[] = "{\\rtf1 a {\\b b";
    for (size_t size = 0; size < sizeof cut; size++) {
        struct buffer text = { 0 };
        struct metadata metadata = { 0 };
        cr_expect_eq(rtf_read(cut, size, &text, &metadata, NULL), -1);
        buffer_free(&text);
        metadata_clear(&metadata);
    }
    expect_bytes("{\\rtf1 a}{}}} b", 15, 0, "a\n");
    expect("\\'4 \\'zz", "4 zz\n");
    expect_bytes("{\\rtf1 a\\bin99999999999999999999 x}", 36, -1, "a\n");
    expect("\\cell\\row\\nestrow\\nestcell\\row a", "a\n");
}

/* Deeper than what is kept, and each level with a group of every kind. */
Test(rtf, depth, .timeout = 20)
{
    struct buffer source = { 0 };
    buffer_append_string(&source, "{\\rtf1 ");
    for (int i = 0; i < 100000; i++)
        buffer_append_string(&source, "{\\footnote{\\info{\\title ");
    buffer_append_string(&source, "x");
    for (int i = 0; i < 300000; i++)
        buffer_append_char(&source, '}');
    buffer_append_string(&source, "end}");
    struct buffer text = { 0 };
    struct metadata metadata = { 0 };
    cr_expect_eq(rtf_read(source.data, source.size, &text, &metadata, NULL), 0);
    cr_expect(memmem(text.data, text.size, "end", 3) != NULL);
    buffer_free(&text);
    buffer_free(&source);
    metadata_clear(&metadata);
}
