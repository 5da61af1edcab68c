/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-pdf-raw.c - lines of glyphs as files have them, from left to right, and their text
 * in the order in which it is read. */
#include <config.h>

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "format/pdf-raw.h"

#define GLYPHS 64

static struct glyph glyphs[GLYPHS];
static struct reader_page page;

/* Small letters stand for those of Hebrew, "^" for a point below the middle of the letter
 * before it, "~" for one that stands where the next letter begins, "*" for an Arabic 3. */
static uint32_t code_of(char c)
{
    return c >= 'a' && c <= 'z'   ? 0x5d0 + (uint32_t)(c - 'a')
           : c == '^' || c == '~' ? 0x5b4
           : c == '*'             ? 0x663
                                  : (uint32_t)c;
}

/* Adds TEXT from X on, upwards by Y; "_" is a gap without a glyph. */
static void put(float x, float y, const char *text)
{
    for (; *text; text++) {
        float wide = *text == '^' || *text == '~' ? 0 : 5, left = *text == '^' ? x - 2.5f : x;
        if (*text != '_') {
            cr_assert(page.count < GLYPHS);
            glyphs[page.count++] = (struct glyph){
                .x0 = left, .x1 = left + wide, .y0 = 100 - y, .y1 = 110 - y,
                .size = 10, .code = code_of(*text)
            };
        }
        x += wide;
    }
    page.glyphs = glyphs;
}

static void expect(const char *text)
{
    static struct buffer out, expected;
    buffer_clear(&out);
    buffer_clear(&expected);
    for (; *text; text++)
        utf8_append(&expected, code_of(*text));
    raw_append(&page, &out);
    cr_expect_str_eq(buffer_string(&out), buffer_string(&expected));
    page.count = 0;
}

static void expect_line(const char *line, const char *text)
{
    put(20, 0, line);
    expect(text);
}

Test(raw, from_the_left)
{
    expect_line("AB 12, (CD)_E", "AB 12, (CD) E\n");
    put(20, 0, "AB");
    put(20, -12, "CD");
    expect("AB\nCD\n");
    expect("");
}

Test(raw, numbers_among_letters_from_the_right)
{
    expect_line("abc 123 def", "fed 123 cba\n");
    expect_line("abc12def", "fed12cba\n");
    expect_line("abc_123_def", "fed 123 cba\n");
    expect_line("abc 12/05/1999 def", "fed 12/05/1999 cba\n");
    expect_line("abc 123 45 def", "fed 123 45 cba\n");
    expect_line("a 50% b $7 c", "c $7 b 50% a\n");
    expect_line("abc ** def", "fed ** cba\n");
    expect_line("a 3.14 b.", ".b 3.14 a\n");
    expect_line(".a 3.14 b", "b 3.14 a.\n");
}

Test(raw, ends_of_lines_from_the_right)
{
    expect_line("abc 123", "123 cba\n");
    expect_line("123 abc", "cba 123\n");
    expect_line("abc ,def", "fed, cba\n");
    expect_line("abc (def) ghi", "ihg (fed) cba\n");
    put(20, 0, "ab 1");
    put(20, -12, "AB");
    put(0, -24, "cd");
    expect("1 ba\nAB\ndc\n");
}

/* The side of the line is not known: numbers go with the letters around them. */
Test(raw, lines_with_letters_of_both_sides)
{
    expect_line("AB abc 12 def CD 34 gh.", "AB fed 12 cba CD 34 hg.\n");
    expect_line("abc_XYZ def", "cba XYZ fed\n");
}

Test(raw, marks_stay_with_their_letters)
{
    expect_line("a^bc^", "c^ba^\n");
    expect_line("~a~bc", "cb^a^\n");
    expect_line("a^~b~~c", "c^^b^a^\n");
    expect_line("~a 12~b", "b^12 a^\n");
}

/* What stands in one line without an end costs no more than its length. */
Test(raw, lines_without_an_end, .timeout = 20)
{
    static const char *const lines[] = { "%", "^", "1", "(", "a", "^_", "%a", "1a" };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        size_t count = 300000;
        struct buffer out = { 0 };
        page.glyphs = calloc(count, sizeof *page.glyphs);
        for (size_t k = 0; k < count; k++) {
            float x = (float)k * (lines[i][1] == '_' ? 4 : 1);
            page.glyphs[k] = (struct glyph){ .x0 = x, .x1 = x + 1, .y1 = 10, .size = 10 };
            page.glyphs[k].code = code_of(k % 2 && lines[i][1] > '_' ? lines[i][1]
                                                                     : *lines[i]);
        }
        page.glyphs[0].code = code_of('a');
        page.count = count;
        raw_append(&page, &out);
        cr_assert_geq(out.size, count);
        free(page.glyphs);
        buffer_free(&out);
    }
}

/* Those that a file has from right to left are read already. */
Test(raw, letters_that_come_from_the_right)
{
    put(60, 0, "a");
    put(55, 0, "b");
    put(42, 0, "12");
    put(34, 0, "c");
    put(29, 0, "d");
    expect("ab 12 cd\n");
}
