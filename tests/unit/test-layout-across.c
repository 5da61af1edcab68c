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

/* Cells, or lines of columns, one row after the other. */
static void put_rows(struct sheet *s, const char *const *cells, int columns, float width)
{
    for (int i = 0; i < LINES; i++)
        for (int k = 0; k < columns; k++)
            sheet_put(s, 50 + width * (float)k, 100 + 12 * (float)i, 10,
                      cells[(i * columns + k) % (3 * columns)]);
    s->content_order = true;
}

Test(layout_across, reads_columns_that_are_written_row_by_row)
{
    static const char *const two[] = {
        "it was the best of the times and of", "there were a king with a large jaw",
        "the worst, an age of much wisdom and", "and a queen with a plain face on the",
        "foolishness, an epoch of belief. The", "throne of England; there were others",
    };
    static const char *const three[] = {
        "it was the best of times", "there were one king with", "in both of the countries",
        "and the worst, an age of", "a large jaw and one queen", "it was clearer than glass",
        "much wisdom, an epoch of", "with a plain face on one", "to the lords of the state",
    };
    struct sheet s = { 0 };
    put_rows(&s, two, 2, 230);
    check(&s, "it was the best of the times and of\nthe worst, an age of much wisdom and\n"
              "foolishness, an epoch of belief. The\nit was the best");
    put_rows(&s, three, 3, 145);
    check(&s, "it was the best of times\nand the worst, an age of\nmuch wisdom, an epoch of\n"
              "it was the best");
    put_rows(&s, three, 3, 145);
    check(&s, "a large jaw and one queen\n\nin both of the countries\nit was clearer");
}

/* Cells that each are a line, and as full; that do not go on, or are few words. */
Test(layout_across, reads_tables_that_are_written_row_by_row)
{
    static const char *const phrases[] = {
        "Opens the door for all who are here", "Macht die Tuer auf fuer alle hier",
        "Closes it behind them once they left", "Schliesst sie wieder hinter ihnen",
        "Leaves the house on the other side", "Verlaesst das Haus nach hinten zu",
    };
    static const char *const code[] = {
        "the_number_of_lines_in_all_files;", "set by_reading_the_configuration;",
        "the_number_of_pages_in_all_files;", "set by_reading_a_page_of_the_text;",
        "the_number_of_words_in_all_files;", "set by_reading_a_line_of_the_text;",
    };
    static const char *const ragged[] = {
        "to open", "die grosse Tuer des Hauses aufmachen und dann",
        "to close something behind one", "zumachen",
        "to go out of the house and away", "hinausgehen, auch verlassen",
    };
    struct sheet s = { 0 };
    put_rows(&s, phrases, 2, 230);
    check(&s, "Opens the door for all who are here\tMacht die Tuer auf fuer alle hier\n");
    put_rows(&s, code, 2, 230);
    check(&s, "the_number_of_lines_in_all_files;\tset by_reading_the_configuration;\n");
    put_rows(&s, ragged, 2, 230);
    check(&s, "to open\tdie grosse Tuer des Hauses aufmachen und dann\n");
}
