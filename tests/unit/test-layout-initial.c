/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-layout-initial.c - large letters beside some lines of text. */
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

/* INITIAL stands beside the first LINES lines, GAP away from the first one; so high
 * that its top is theirs. A gap of 0 is for small capitals. */
static void put(struct sheet *s, float x, const char *initial, int lines, float gap,
                const char *text)
{
    float size = (12 * (float)(lines - 1) + 7) / 0.7f;
    float end = sheet_put(s, x, 100 + 12 * (float)(lines - 1), size, initial);
    char **all = g_strsplit(text, "\n", -1);
    for (int i = 0; all[i] && all[i][0]; i++)
        sheet_put(s, i >= lines ? x : end + (i ? gap + 4 : gap), 100 + 12 * (float)i, 10,
                  all[i]);
    g_strfreev(all);
}

#define REST \
    "diagrams of many kinds\nare used in the theory\nof numbers in which\n" \
    "there are more of them for good\n"

Test(layout_initial, begins_its_first_line)
{
    for (int lines = 2; lines <= 4; lines++) {
        struct sheet s = { 0 };
        put(&s, 50, "C", lines, 0, "OMMUTATIVE words\n" REST);
        check(&s, "COMMUTATIVE words\n" REST);
        put(&s, 50, "C", lines, 2, "ommutative words\n" REST);
        check(&s, "Commutative words\n" REST);
    }
}

/* Of one letter or some; as a word of its own only where there is a space. */
Test(layout_initial, may_be_a_word)
{
    struct sheet s = { 0 };
    put(&s, 50, "A", 2, 3, "new idea was born\n" REST);
    check(&s, "A new idea was born\n" REST);
    put(&s, 50, "A", 3, 1, "ll ideas were born\n" REST);
    check(&s, "All ideas were born\n" REST);
    put(&s, 50, "In", 2, 3, "the year of the lord\n" REST);
    check(&s, "In the year of the lord\n" REST);
    put(&s, 50, "\u201cW", 2, 1, "hat do you say to it\n" REST);
    check(&s, "\u201cWhat do you say to it\n" REST);
}

/* Its top is below the first line; but not where that is of the text before. */
Test(layout_initial, may_be_too_small)
{
    static const char *const above[] = { "hen upon a time there was", "Twice there was a time" };
    for (int i = 0; i < 2; i++) {
        struct sheet s = { 0 };
        sheet_put(&s, 50, 130, 40, "W");
        sheet_put(&s, 72, 100, 10, above[i]);
        sheet_put(&s, 72, 115, 10, "a king who lived in it");
        sheet_put(&s, 72, 130, 10, "and had much to say");
        sheet_put(&s, 50, 145, 10, "and so it goes on below");
        char *text = sheet_read(&s, LAYOUT_READING, true, NULL);
        bool joined = strncmp(text, "When upon a time there was\na king who", 37) == 0;
        cr_assert_eq(joined, i == 0, "got:\n%s", text);
        free(text);
    }
}

Test(layout_initial, stands_in_a_column)
{
    struct sheet s = { 0 };
    sheet_lines(&s, 50, 105, 10, "alpha one two three four five\n" REST);
    put(&s, 230, "D", 3, 1, "own there are words\n" REST);
    check(&s, "alpha one two three four five\n" REST "\nDown there are words\n" REST);
}

/* Nothing goes on below the letter, or nothing is on its baseline. */
Test(layout_initial, is_no_sign_beside_text)
{
    struct sheet s = { 0 };
    sheet_put(&s, 50, 120, 40, "W");
    sheet_put(&s, 75, 105, 10, "Street and number 12");
    sheet_put(&s, 75, 117, 10, "Town and country 34");
    char *text = sheet_read(&s, LAYOUT_READING, true, NULL);
    cr_assert(!strstr(text, "WStreet"), "got:\n%s", text);
    free(text);
}
