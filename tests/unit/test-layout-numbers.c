/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-layout-numbers.c - the numbers beside lines of text, and figures that only
 * look like them. */
#include <config.h>

#include <criterion/criterion.h>

#include "sheet.h"

#define ROWS 12
#define PROSE "some words of a text that fills its line"
#define SHORT "first"

static void check(struct sheet *s, struct buffer *expected)
{
    char *text = sheet_read(s, LAYOUT_READING, true, NULL);
    cr_assert_str_eq(text, buffer_string(expected), "got:\n%s", text);
    free(text);
    buffer_free(expected);
}

/* ROWS lines, LINE at X, and STEP, twice STEP... at NUMBER. */
static void put(struct sheet *s, float x, const char *line, float number, int step)
{
    for (int i = 0; i < ROWS; i++) {
        float y = 100 + 12 * (float)i;
        char *text = g_strdup_printf("%d", i + 1);
        sheet_put(s, x, y, 10, line);
        if ((i + 1) % step == 0)
            sheet_put(s, number - 3 * (float)strlen(text), y, 6, text);
        g_free(text);
    }
}

static void expect(struct buffer *b, const char *line)
{
    for (int i = 0; i < ROWS; i++)
        buffer_printf(b, "%s\n", line);
}

static void expect_numbers(struct buffer *b)
{
    for (int i = 0; i < ROWS; i++)
        buffer_printf(b, "%s%d", i ? " " : "\n", i + 1);
    buffer_append_string(b, "\n");
}

Test(layout_numbers, are_read_after_their_text)
{
    struct sheet s = { 0 };
    struct buffer expected = { 0 };
    put(&s, 50, PROSE, 40, 1);
    expect(&expected, PROSE);
    expect_numbers(&expected);
    check(&s, &expected);
}

Test(layout_numbers, may_stand_on_the_right)
{
    struct sheet s = { 0 };
    struct buffer expected = { 0 };
    put(&s, 50, PROSE, 290, 1);
    expect(&expected, PROSE);
    expect_numbers(&expected);
    check(&s, &expected);
}

Test(layout_numbers, may_count_each_column)
{
    struct sheet s = { 0 };
    struct buffer expected = { 0 };
    put(&s, 50, PROSE, 40, 1);
    put(&s, 300, PROSE, 290, 1);
    expect(&expected, PROSE);
    buffer_append_string(&expected, "\n");
    expect(&expected, PROSE);
    expect_numbers(&expected);
    expect_numbers(&expected);
    check(&s, &expected);
}

static void check_in_line(const char *line, int step)
{
    struct sheet s = { 0 };
    struct buffer expected = { 0 };
    put(&s, 50, line, 40, step);
    for (int i = 0; i < ROWS; i++) {
        if ((i + 1) % step == 0)
            buffer_printf(&expected, "%d ", i + 1);
        buffer_printf(&expected, "%s\n", line);
    }
    check(&s, &expected);
}

Test(layout_numbers, of_rows_stay_with_them)
{
    check_in_line(SHORT, 1);
    check_in_line("if (x[i] == y[i]) { z[i] += f(x[i], y[i]); }", 1);
}

Test(layout_numbers, that_are_few_stay_with_their_lines)
{
    check_in_line(PROSE, 5);
}

Test(layout_numbers, of_items_of_two_lines_stay_with_them)
{
    struct sheet s = { 0 };
    struct buffer expected = { 0 };
    for (int i = 0; i < 2 * ROWS; i++) {
        float y = 100 + 12 * (float)i;
        char number[] = { (char)('0' + i / 20), (char)('0' + i / 2 % 10), '\0' };
        sheet_put(&s, 50, y, 10, i % 2 ? "and its end, in " SHORT : PROSE);
        if (i % 2 == 0)
            sheet_put(&s, 36, y, 6, number);
        if (i % 2 == 0)
            buffer_printf(&expected, "%s %s\n", number, PROSE);
        else
            buffer_printf(&expected, "and its end, in %s\n", SHORT);
    }
    check(&s, &expected);
}
