/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-layout-turned.c - text that is turned, and Japanese in columns. */
#include <config.h>

#include <criterion/criterion.h>
#include <string.h>

#include "sheet.h"

static void check(struct sheet *s, const char *expected)
{
    char *text = sheet_read(s, LAYOUT_READING, true, NULL);
    cr_assert_str_eq(text, expected, "got:\n%s", text);
    free(text);
}

#define UPRIGHT \
    "alpha one two three\nalpha four five six\n" \
    "alpha seven eight n\nalpha ten eleven tw\n"

/* The text turned by 90 degrees at a time, around (X, Y) where it begins. */
static void put_turned(struct sheet *s, float x, float y, int turns, const char *text)
{
    for (; *text; text++, turns == 1 ? (y += 5) : turns == 2 ? (x -= 5) : (y -= 5)) {
        struct glyph b = { x - 5, y - 2, x, y + 8, 10, (uint32_t)*text, 0, 0, 0 };
        if (turns == 1)
            b = (struct glyph){ x - 2, y, x + 8, y + 5, 10, (uint32_t)*text, 0, 0, 0 };
        if (turns == 3)
            b = (struct glyph){ x - 8, y - 5, x + 2, y, 10, (uint32_t)*text, 0, 0, 0 };
        sheet_box(s, b);
    }
    sheet_box(s, (struct glyph){ x, y, x, y, 10, '\n', 0, 0, 0 });
}

Test(layout_turned, reads_turned_text_as_blocks_of_their_own)
{
    struct sheet s = { 0 };
    sheet_put(&s, 100, 100, 10, "the text of the page is here");
    put_turned(&s, 20, 300, 3, "up the margin");
    sheet_put(&s, 100, 112, 10, "and its next line");
    put_turned(&s, 500, 100, 1, "down the side");
    put_turned(&s, 488, 100, 1, "in two lines");
    put_turned(&s, 300, 700, 2, "upside down");
    check(&s, "the text of the page is here\nand its next line\n\n"
              "down the side\nin two lines\n\nup the margin\n\nupside down\n");
}

/* Marks and figures have no say, but go with their line. */
Test(layout_turned, turns_marks_with_the_text_that_is_upside_down)
{
    struct sheet s = { 0 };
    sheet_lines(&s, 100, 100, 10, UPRIGHT);
    put_turned(&s, 400, 700, 2, "\"You called me in 1881, my friend...\"");
    put_turned(&s, 400, 688, 2, "\"Why, I did not!\"");
    check(&s, UPRIGHT "\n"
              "\"You called me in 1881, my friend...\"\n\"Why, I did not!\"\n");
}

Test(layout_turned, reads_vertical_japanese_from_the_right)
{
    struct sheet s = { 0 };
    static const char *const columns[] = { "縦書きの文", "章はこう読" };
    for (int k = 0; k < 2; k++) {
        float y = 100;
        for (const char *p = columns[k]; *p; p = g_utf8_next_char(p), y += 10)
            sheet_box(&s, (struct glyph){ 300 - 18 * (float)k, y,
                                          310 - 18 * (float)k, y + 10, 10,
                                          g_utf8_get_char(p), 0, 0, 0 });
        sheet_box(&s, (struct glyph){ 300, 800, 300, 800, 10, '\n', 0, 0, 0 });
    }
    check(&s, "縦書きの文章はこう読\n");
}

Test(layout_turned, reads_vertical_japanese_that_comes_row_by_row)
{
    struct sheet s = { 0 };
    static const char *const rows[] = { "章縦", "は書", "こき", "うの", "読文" };
    for (int i = 0; i < 5; i++) {
        float y = 100 + 10 * (float)i;
        uint32_t left = g_utf8_get_char(rows[i]);
        uint32_t right = g_utf8_get_char(g_utf8_next_char(rows[i]));
        sheet_box(&s, (struct glyph){ 282, y, 292, y + 10, 10, left, 0, 0, 0 });
        sheet_box(&s, (struct glyph){ 292, y, 300, y + 10, 10, ' ', 0, 0, 0 });
        sheet_box(&s, (struct glyph){ 300, y, 310, y + 10, 10, right, 0, 0, 0 });
        sheet_box(&s, (struct glyph){ 310, y, 310, y, 10, '\n', 0, 0, 0 });
    }
    check(&s, "縦書きの文章はこう読\n");
}

Test(layout_turned, does_not_turn_wide_letters_below_each_other)
{
    struct sheet s = { 0 };
    /* As high as its size, and an M nearly as wide. */
    for (int i = 0; i < 4; i++)
        sheet_box(&s, (struct glyph){ 50, 92 + 11 * (float)i, 60.5f,
                                      102 + 11 * (float)i, 10, 'M', 0, 0, 0 });
    check(&s, "M\nM\nM\nM\n");
}
