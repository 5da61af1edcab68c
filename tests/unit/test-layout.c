/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-layout.c - the order of reading: columns, headings, tables, scripts. */
#include <config.h>

#include <criterion/criterion.h>
#include <string.h>

#include "sheet.h"

static void check_as(struct sheet *s, enum layout_mode mode, const char *expected)
{
    char *text = sheet_read(s, mode, true, NULL);
    cr_assert_str_eq(text, expected, "got:\n%s", text);
    free(text);
}

static void check(struct sheet *s, const char *expected)
{
    check_as(s, LAYOUT_READING, expected);
}

#define LEFT \
    "alpha one two three\nalpha four five six\n" \
    "alpha seven eight n\nalpha ten eleven tw\n"
#define MIDDLE \
    "beta one two three x\nbeta four five six x\n" \
    "beta seven eight ni\nbeta ten eleven twe\n"
#define RIGHT \
    "gamma one two three\ngamma four five six\n" \
    "gamma seven eight n\ngamma ten eleven tw\n"
#define BOTH LEFT "\n" MIDDLE

Test(layout, reads_one_column)
{
    struct sheet s = { 0 };
    sheet_lines(&s, 50, 100, 10, LEFT);
    check(&s, LEFT);
}

Test(layout, reads_two_columns_one_after_the_other)
{
    struct sheet s = { 0 };
    /* Line by line, as an engine without any idea of columns would. */
    char **l = g_strsplit(LEFT, "\n", -1), **r = g_strsplit(MIDDLE, "\n", -1);
    for (int i = 0; i < 4; i++) {
        sheet_put(&s, 50, 100 + 12 * (float)i, 10, l[i]);
        sheet_put(&s, 165, 100 + 12 * (float)i, 10, r[i]);
    }
    g_strfreev(l);
    g_strfreev(r);
    check(&s, BOTH);
}

Test(layout, reads_columns_whose_lines_do_not_agree)
{
    struct sheet s = { 0 };
    sheet_lines(&s, 165, 106, 10, MIDDLE);
    sheet_lines(&s, 50, 100, 10, LEFT);
    check(&s, BOTH);
}

/* Letters of a stamp, each over some lines of both columns. */
Test(layout, reads_columns_below_a_stamp)
{
    struct sheet s = { 0 };
    sheet_put(&s, 110, 135, 60, "D");
    sheet_put(&s, 140, 135, 60, "R");
    sheet_lines(&s, 50, 100, 10, LEFT);
    sheet_lines(&s, 165, 100, 10, MIDDLE);
    check(&s, BOTH "\nDR\n");
}

/* A line that is too long for its column runs into one of the next. */
Test(layout, reads_columns_that_a_line_runs_into)
{
    struct sheet s = { 0 };
    sheet_lines(&s, 50, 100, 10, LEFT);
    sheet_put(&s, 50, 148, 10, "alpha is too long here, far");
    sheet_put(&s, 50, 160, 10, "alpha ends");
    sheet_lines(&s, 165, 106, 10, MIDDLE "beta ends below it\n");
    check(&s, LEFT "alpha is too long here, far\nalpha ends\n\n" MIDDLE
                   "beta ends below it\n");
}

Test(layout, reads_three_columns)
{
    struct sheet s = { 0 };
    sheet_lines(&s, 280, 100, 10, RIGHT);
    sheet_lines(&s, 50, 100, 10, LEFT);
    sheet_lines(&s, 165, 100, 10, MIDDLE);
    check(&s, BOTH "\n" RIGHT);
}

/* Short lines on a grid: two lists, or the rows of a table. */
static void put_grid(struct sheet *s, bool by_row)
{
    for (int i = 0; i < 12; i++) {
        int row = by_row ? i / 2 : i % 6, column = by_row ? i % 2 : i / 6;
        char text[] = "item a0";
        text[5] = (char)('a' + column);
        text[6] = (char)('0' + row);
        sheet_put(s, 50 + 100 * (float)column, 100 + 12 * (float)row, 10, text);
    }
    s->content_order = true;
}

Test(layout, follows_the_content_where_it_cannot_tell)
{
    struct sheet s = { 0 };
    put_grid(&s, true);
    check(&s, "item a0\titem b0\nitem a1\titem b1\nitem a2\titem b2\nitem a3\titem b3\n"
              "item a4\titem b4\nitem a5\titem b5\n");
    put_grid(&s, false);
    check(&s, "item a0\nitem a1\nitem a2\nitem a3\nitem a4\nitem a5\n\n"
              "item b0\nitem b1\nitem b2\nitem b3\nitem b4\nitem b5\n");
}

Test(layout, reads_headings_across_and_headers_first)
{
    struct sheet s = { 0 };
    sheet_put(&s, 50, 40, 10, "Header");
    sheet_put(&s, 240, 40, 10, "7");
    sheet_lines(&s, 50, 120, 10, LEFT);
    sheet_lines(&s, 165, 120, 10, MIDDLE);
    sheet_put(&s, 60, 80, 16, "A heading across it");
    sheet_put(&s, 150, 200, 10, "42");
    check(&s, "Header 7\n\nA heading across it\n\n" BOTH "\n42\n");
}

Test(layout, reads_tables_row_by_row)
{
    struct sheet s = { 0 };
    const char *rows[][3] = { { "Item", "2023", "2022" },
                              { "Revenue of all kinds", "1,234", "987" },
                              { "Cost of goods", "(567)", "(432)" },
                              { "Taxes on income", "89", "76" },
                              { "Net income", "578", "479" } };
    /* Column by column: an engine may well draw it so. */
    for (int k = 0; k < 3; k++)
        for (int i = 0; i < 5; i++)
            sheet_put(&s, 50 + 150 * (float)k, 100 + 12 * (float)i, 10, rows[i][k]);
    check(&s, "Item\t2023\t2022\nRevenue of all kinds\t1,234\t987\n"
              "Cost of goods\t(567)\t(432)\nTaxes on income\t89\t76\n"
              "Net income\t578\t479\n");
}

/* In a table whose lines all stand alike. */
Test(layout, reads_a_cell_of_two_lines_to_its_end)
{
    struct sheet s = { 0 };
    const char *rows[][3] = { { "Item", "Description", "4" },
                              { "A-1001", "Steel bolts with a zinc coat and", "5" },
                              { "", "hexagonal heads", "" },
                              { "B-2077", "Washers", "6" },
                              { "C-1200", "Nuts", "7" },
                              { "D-1300", "Screws", "8" } };
    for (int i = 0; i < 6; i++)
        for (int k = 0; k < 3; k++)
            if (rows[i][k][0])
                sheet_put(&s, k == 0 ? 50 : k == 1 ? 120 : 320, 100 + 12 * (float)i, 10,
                          rows[i][k]);
    check(&s, "Item\tDescription\t4\n"
              "A-1001\tSteel bolts with a zinc coat and hexagonal heads\t5\n"
              "B-2077\tWashers\t6\nC-1200\tNuts\t7\nD-1300\tScrews\t8\n");
}

Test(layout, keeps_footnotes_below_their_column)
{
    struct sheet s = { 0 };
    sheet_lines(&s, 50, 100, 10, LEFT);
    sheet_lines(&s, 50, 160, 8, "1 A note below the left");
    sheet_lines(&s, 165, 100, 10, MIDDLE);
    sheet_lines(&s, 165, 148, 10, "beta thirteen fourt\nbeta fifteen sixte\n");
    check(&s, LEFT "\n1 A note below the left\n\n" MIDDLE
                   "beta thirteen fourt\nbeta fifteen sixte\n");
}

Test(layout, reads_cells_of_several_lines_to_their_end)
{
    struct sheet s = { 0 };
    const char *labels[] = { "Accounts\nreceivable", "Common stock\nat par value",
                             "Taxes\n", "Deferred\nrevenue" };
    const char *numbers[] = { "1,234", "987", "65", "43" };
    for (int i = 0; i < 4; i++) {
        sheet_lines(&s, 50, 100 + 30 * (float)i, 10, labels[i]);
        sheet_put(&s, 200, 100 + 30 * (float)i, 10, numbers[i]);
        sheet_put(&s, 300, 100 + 30 * (float)i, 10, numbers[3 - i]);
    }
    check(&s, "Accounts receivable\t1,234\t43\nCommon stock at par value\t987\t65\n"
              "Taxes\t65\t987\nDeferred revenue\t43\t1,234\n");
}

/* Cells of two lines beside cells of three, DOWN from the top of these: written cell by
 * cell, with no more white between rows. */
static void put_cells(struct sheet *s, float down, bool by_row)
{
    static const char *const keys[] = { "First key\nof all", "Second key\nof them",
                                        "Third key\nof four", "Fourth key\nthe last" };
    for (int i = 0; i < 8; i++) {
        int row = by_row ? i / 2 : i % 4;
        float y = 100 + 36 * (float)row;
        if (by_row ? i % 2 == 0 : i < 4)
            sheet_lines(s, 50, y + down, 10, keys[row]);
        else
            sheet_lines(s, 200, y, 10, "What it is\nand what it does\nin a word");
    }
    s->content_order = true;
}

Test(layout, tells_cells_from_columns_by_the_turns_of_writing)
{
    struct sheet s = { 0 };
    const float downs[] = { 0, 6 };
    for (int i = 0; i < 2; i++) {
        put_cells(&s, downs[i], true);
        char *text = sheet_read(&s, LAYOUT_READING, true, NULL);
        const char *first = strstr(text, "in a word"), *second = strstr(text, "Second key");
        cr_assert(first && second && first < second, "%g got:\n%s", (double)downs[i], text);
        free(text);
        put_cells(&s, downs[i], false);
        text = sheet_read(&s, LAYOUT_READING, true, NULL);
        const char *last = strstr(text, "the last");
        first = strstr(text, "What it is");
        cr_assert(first && last && last < first, "%g got:\n%s", (double)downs[i], text);
        free(text);
    }
}

Test(layout, does_not_take_wide_spaces_for_the_white_between_cells)
{
    struct sheet s = { 0 };
    for (int i = 0; i < 3; i++) {
        float y = 100 + 45 * (float)i;
        sheet_put(&s, 50, y, 10, "Author and Writer.");
        sheet_put(&s, 155, y, 10, "The title of");
        sheet_put(&s, 50, y + 12, 10, "number ten of it.");
        sheet_put(&s, 150, y + 12, 10, "Some journal,");
        sheet_put(&s, 50, y + 24, 10, "10, 2010.");
    }
    check(&s, "Author and Writer. The title of\nnumber ten of it. Some journal,\n"
              "10, 2010.\n\nAuthor and Writer. The title of\n"
              "number ten of it. Some journal,\n10, 2010.\n\n"
              "Author and Writer. The title of\nnumber ten of it. Some journal,\n"
              "10, 2010.\n");
}

Test(layout, reads_aligned_code_line_by_line)
{
    struct sheet s = { 0 };
    for (int i = 0; i < 12; i++) {
        sheet_put(&s, 50, 100 + 12 * (float)i, 10, i % 2 ? "title/english" : "where");
        sheet_put(&s, 150, 100 + 12 * (float)i, 10, i % 2 ? "= {Some}," : "= {Other},");
    }
    char *text = sheet_read(&s, LAYOUT_READING, true, NULL);
    cr_assert_eq(strncmp(text, "where\t= {Other},\ntitle/english\t= {Some},\n", 40), 0);
    free(text);
}

Test(layout, reads_notes_behind_the_paragraph_that_they_stand_at)
{
    struct sheet s = { 0 };
    float y = sheet_lines(&s, 50, 100, 10, LEFT);
    y = sheet_lines(&s, 50, y + 10, 10, MIDDLE);
    sheet_lines(&s, 50, y + 10, 10, RIGHT);
    sheet_lines(&s, 165, 99, 7, "a note");
    check(&s, LEFT "\na note\n\n" MIDDLE "\n" RIGHT);
}

Test(layout, reads_boxes_behind_the_text_beside_them)
{
    struct sheet s = { 0 };
    float y = sheet_lines(&s, 150, 100, 10, LEFT MIDDLE LEFT MIDDLE RIGHT);
    sheet_lines(&s, 150, y, 10, LEFT);
    const char *box = "in a box\nthere is\nanother\ntext of\nits own\nthat goes\n"
                      "on for\nmore\nlines\nthan any\nnote\n";
    sheet_lines(&s, 50, 112, 9, box);
    check(&s, LEFT MIDDLE LEFT MIDDLE RIGHT "\n" LEFT "\nin a box\nthere is\nanother\ntext of\n"
              "its own\nthat goes\non for\nmore\nlines\nthan any\nnote\n");
}

Test(layout, ends_columns_at_a_heading_too_short_to_cross)
{
    struct sheet s = { 0 };
    sheet_lines(&s, 50, 100, 10, LEFT);
    sheet_lines(&s, 165, 100, 10, MIDDLE);
    sheet_put(&s, 50, 160, 14, "Short one");
    sheet_lines(&s, 50, 182, 10, RIGHT);
    sheet_lines(&s, 165, 182, 10, LEFT);
    check(&s, BOTH "\nShort one\n\n" RIGHT "\n" LEFT);
}

/* The lines between the groups of an index, of which each column has others. */
static bool index_is_empty(int column, int row)
{
    return column == 0 ? row == 4 : row == 6 || row == 6 + 2 * column;
}

Test(layout, reads_an_index_in_three_columns_on_a_grid)
{
    struct sheet s = { 0 };
    struct buffer expected = { 0 };
    for (int i = 0; i < 3 * 13; i++) {
        int column = i / 13, row = i % 13;
        char text[] = "entry aa .... 12";
        text[6] = (char)('a' + column);
        text[7] = (char)('a' + row);
        bool empty = index_is_empty(column, row);
        if (!empty)
            sheet_put(&s, 50 + 90 * (float)column, 100 + 12 * (float)row, 10, text);
        if (empty || (row == 0 && column > 0))
            buffer_append_char(&expected, '\n');
        if (!empty) {
            buffer_append_string(&expected, text);
            buffer_append_char(&expected, '\n');
        }
    }
    check(&s, buffer_string(&expected));
    buffer_free(&expected);
}

/* Eleven lines on either side of a gutter, and LEFT and RIGHT, which begins by
 * INDENT to the right of its column, in the seventh place. */
static void check_sides(const char *left, float indent, const char *right)
{
    struct sheet s = { 0 };
    struct buffer lefts = { 0 }, rights = { 0 };
    for (int i = 0; i < 12; i++) {
        float y = 100 + 12 * (float)i;
        const char *a = i == 6 ? left : "alpha one two three";
        const char *b = i == 6 ? right : "beta one two three x";
        sheet_put(&s, 50, y, 10, a);
        sheet_put(&s, 165 + (i == 6 ? indent : 0), y + 5, 10, b);
        buffer_printf(&lefts, "%s\n", a);
        buffer_printf(&rights, "%s\n", b);
    }
    /* White that runs down all of the page would be an edge of its own. */
    sheet_put(&s, 50, 252, 10, "and this is of both of the columns");
    buffer_printf(&lefts, "\n%s\nand this is of both of the columns\n",
                  buffer_string(&rights));
    check(&s, buffer_string(&lefts));
    buffer_free(&lefts);
    buffer_free(&rights);
}

Test(layout, does_not_end_columns_at_an_overfull_line)
{
    check_sides("alpha is not yet done here", 0, "beta one two three x");
}

Test(layout, does_not_end_columns_at_a_number_that_hangs_out)
{
    check_sides("alpha one two three", -8, "[10] the tenth of it");
}

/* The first line beside it is none of its scripts. */
Test(layout, keeps_lines_beside_a_title_apart)
{
    struct sheet s = { 0 };
    sheet_put(&s, 50, 100, 24, "Languages");
    sheet_put(&s, 50, 120, 8, "seven eight nine");
    sheet_put(&s, 162, 85, 8, "one two three");
    sheet_put(&s, 162, 95, 8, "four five six");
    check(&s, "one two three\n\nLanguages four five six\n\nseven eight nine\n");
}

Test(layout, joins_scripts_to_their_line)
{
    struct sheet s = { 0 };
    float x = sheet_put(&s, 50, 100, 10, "as shown");
    sheet_put(&s, x + 12, 100, 10, "by him");
    sheet_put(&s, 50, 112, 10, "the next line");
    /* Far from its word in the engine's order. */
    sheet_put(&s, x, 96, 7, "12");
    check(&s, "as shown12 by him\nthe next line\n");
}

Test(layout, does_not_let_a_big_symbol_bridge_lines)
{
    struct sheet s = { 0 };
    sheet_put(&s, 50, 100, 10, "above it all");
    sheet_box(&s, (struct glyph){ 120, 85, 130, 130, 10, 0x222b, 0, 0, 0 });
    sheet_put(&s, 50, 112, 10, "below it all");
    sheet_put(&s, 50, 124, 10, "last of all");
    char *text = sheet_read(&s, LAYOUT_READING, true, NULL);
    cr_assert(strstr(text, "above it all"));
    cr_assert(strstr(text, "\nbelow it all"));
    cr_assert(strstr(text, "\nlast of all"));
    free(text);
}

Test(layout, parts_paragraphs_by_white_and_indent)
{
    struct sheet s = { 0 };
    sheet_lines(&s, 50, 100, 10, "one two three\nfour five six\nseven eight");
    sheet_lines(&s, 50, 150, 10, "nine ten eleven\ntwelve thirteen");
    sheet_lines(&s, 65, 174, 10, "indented line");
    sheet_lines(&s, 50, 186, 10, "goes on here");
    check(&s, "one two three\nfour five six\nseven eight\n\n"
              "nine ten eleven\ntwelve thirteen\n\nindented line\ngoes on here\n");
}

Test(layout, breaks_words_that_an_engine_glued)
{
    struct sheet s = { 0 };
    sheet_put(&s, 50, 100, 10, "label");
    s.count--; /* without the space behind it */
    sheet_put(&s, 200, 100, 10, "12.5");
    check(&s, "label 12.5\n");
}

Test(layout, drops_spaces_without_a_gap)
{
    struct sheet s = { 0 };
    float x = sheet_put(&s, 50, 100, 10, "S");
    x = sheet_put(&s, x + 0.2f, 100, 8, "MALL");
    sheet_put(&s, x + 4, 100, 10, "capitals");
    check(&s, "SMALL capitals\n");
}

/* Letters and blanks of a text that the document has, in whatever room there is. */
Test(layout, keeps_what_is_said_in_place_of_what_is_drawn)
{
    static const char said[] = "all of a a word word so so narrow";
    for (float step = 0.1f; step < 1.7f; step *= 2) {
        struct sheet s = { 0 };
        float x = sheet_put(&s, 50, 100, 10, "See") + 3;
        for (size_t i = 0; said[i]; i++, x += step)
            sheet_box(&s, (struct glyph){ x, 92, x + step, 102, 10, (uint32_t)said[i], 0, 0,
                                          i > 0 ? GLYPH_SAID : 0 });
        check(&s, "See all of a a word word so so narrow\n");
    }
}

Test(layout, drops_copies)
{
    struct sheet s = { 0 };
    /* The whole line again, and each letter again. */
    sheet_put(&s, 50, 100, 10, "bold words");
    sheet_put(&s, 50.3f, 100, 10, "bold words");
    for (int i = 0; i < 4; i++)
        for (int k = 0; k < 2; k++)
            sheet_box(&s,
                      (struct glyph){ 50 + 5 * (float)i + 0.2f * (float)k, 104,
                                               55 + 5 * (float)i, 114, 10,
                                               (uint32_t)"fake"[i], 0, 0, 0 });
    check(&s, "bold words\nfake\n");
}

Test(layout, keeps_the_look_of_the_page)
{
    struct sheet s = { 0 };
    sheet_put(&s, 50, 100, 10, "Item");
    sheet_put(&s, 150, 100, 10, "2023");
    sheet_put(&s, 50, 112, 10, "Cost of it");
    sheet_put(&s, 155, 112, 10, "987");
    sheet_put(&s, 60, 136, 10, "indented");
    check_as(&s, LAYOUT_PHYSICAL, "Item                2023\n"
                                  "Cost of it           987\n\n"
                                  "  indented\n");
}

/* Columns stay beside each other, line by line. */
Test(layout, keeps_the_look_of_columns)
{
    struct sheet s = { 0 };
    sheet_lines(&s, 50, 100, 10, LEFT);
    sheet_lines(&s, 165, 100, 10, MIDDLE);
    char *text = sheet_read(&s, LAYOUT_PHYSICAL, true, NULL);
    char **lines = g_strsplit(text, "\n", -1);
    cr_assert_eq(g_strv_length(lines), 5U, "got:\n%s", text);
    cr_assert_str_eq(lines[0], "alpha one two three    beta one two three x");
    cr_assert_str_eq(lines[3], "alpha ten eleven tw    beta ten eleven twe");
    g_strfreev(lines);
    free(text);
}

Test(layout, has_nothing_to_say_of_an_empty_page)
{
    struct sheet s = { 0 };
    unsigned flags;
    char *text = sheet_read(&s, LAYOUT_READING, true, &flags);
    cr_assert_str_eq(text, "");
    cr_assert_eq(flags, LAYOUT_NO_TEXT);
    free(text);
}
