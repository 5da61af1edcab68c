/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-layout-across.c - tables over two columns, and columns that look like one. */
#include <config.h>

#include <criterion/criterion.h>
#include <string.h>

#include "sheet.h"

#define LINES 14

static void check(struct sheet *s, const char *wanted)
{
    char *text = sheet_read(s, LAYOUT_READING, true, NULL);
    cr_assert_not_null(strstr(text, wanted), "got:\n%s", text);
    free(text);
}

/* Two columns of prose from Y on, as far below each other as a table's rows. */
static void put_prose(struct sheet *s, float y, float shift)
{
    for (int i = 0; i < LINES; i++, y += 12) {
        sheet_put(s, 50, y, 10, "alpha is the text of the left column here");
        sheet_put(s, 300, y + shift, 10, "beta is the text of the right column here");
    }
}

Test(layout_across, reads_the_rows_of_a_table_over_both_columns)
{
    struct sheet s = { 0 };
    for (int i = 0; i < 4; i++) {
        float y = 100 + 12 * (float)i;
        sheet_put(&s, 50, y, 10, i % 2 ? "Ours" : "Others");
        sheet_put(&s, 150, y, 10, "0.91");
        sheet_put(&s, 310, y, 10, "0.88");
        sheet_put(&s, 400, y, 10, "0.89");
    }
    put_prose(&s, 180, 5);
    check(&s, "Others\t0.91\t0.88\t0.89\nOurs\t0.91\t0.88\t0.89\nOthers\t0.91\t0.88\t0.89\n"
              "Ours\t0.91\t0.88\t0.89\n\nalpha is the text of the left column here\nalpha");
}

Test(layout_across, keeps_a_table_in_its_column)
{
    struct sheet s = { 0 };
    put_prose(&s, 100, 0);
    /* Below the left column, on the lines of the right one. */
    for (int i = 0; i < 5; i++) {
        float y = 280 + 12 * (float)i;
        sheet_put(&s, 60, y, 10, "0.91");
        sheet_put(&s, 150, y, 10, "0.88");
        sheet_put(&s, 300, y, 10, "beta is the text of the right column here");
    }
    check(&s, "\n0.91\t0.88\n0.91\t0.88\n0.91\t0.88\n0.91\t0.88\n0.91\t0.88\n");
}
