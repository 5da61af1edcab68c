/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-layout-paragraph.c - which indented lines begin a paragraph. */
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

/* The lines as they are, blanks at their beginning as an indent. */
static void put(struct sheet *s, const char *text)
{
    char **lines = g_strsplit(text, "\n", -1);
    for (int i = 0; lines[i] && lines[i][0]; i++) {
        const char *line = lines[i];
        while (*line == ' ')
            line++;
        sheet_put(s, 50 + 5 * (float)(line - lines[i]), 100 + 12 * (float)i, 10, line);
    }
    g_strfreev(lines);
}

Test(layout_paragraph, begins_with_an_indent)
{
    struct sheet s = { 0 };
    put(&s, "Some words of a paragraph that go on here\nand end on this line.\n"
            "  A second one is as long as the first is\nand goes on in a line that is full as well\nand ends.\n"
            "  A short third one.\n");
    check(&s, "Some words of a paragraph that go on here\nand end on this line.\n\n"
              "A second one is as long as the first is\nand goes on in a line that is full as well\nand ends.\n\n"
              "A short third one.\n");
}

Test(layout_paragraph, is_none_in_a_compact_list)
{
    struct sheet s = { 0 };
    put(&s, "Name\n   What it is called\nPlace\n   Where it is to be found in it\n"
            "Time\n   When it was\nThe end of all of the things\n");
    check(&s, "Name\nWhat it is called\nPlace\nWhere it is to be found in it\n"
              "Time\nWhen it was\nThe end of all of the things\n");
}

Test(layout_paragraph, is_none_in_code)
{
    struct sheet s = { 0 };
    put(&s, "while (next(item, all)) {\n    use(item);\n}\n"
            "if (none)\n    return 0;\ncall(all);\n");
    check(&s, "while (next(item, all)) {\nuse(item);\n}\n"
              "if (none)\nreturn 0;\ncall(all);\n");
}

Test(layout_paragraph, is_none_in_a_table_of_contents)
{
    struct sheet s = { 0 };
    put(&s, "1 Introduction . . . . . . . . . . 1\n  1.1 Motivation . . . . . . . . . 2\n"
            "2 Methods . . . . . . . . . . . . . 2\n  2.1 Results . . . . . . . . . . 4\n"
            "3 Ends . . . . . . . . . . . . . . . 5\n");
    check(&s, "1 Introduction . . . . . . . . . . 1\n1.1 Motivation . . . . . . . . . 2\n"
              "2 Methods . . . . . . . . . . . . . 2\n2.1 Results . . . . . . . . . . 4\n"
              "3 Ends . . . . . . . . . . . . . . . 5\n");
}

Test(layout_paragraph, is_none_in_a_balance_sheet)
{
    struct sheet s = { 0 };
    const char *labels[] = { "Revenue", "  Products", "Costs", "  Of sales", "Net" };
    for (int i = 0; i < 5; i++) {
        bool in = labels[i][0] == ' ';
        sheet_put(&s, in ? 60 : 50, 100 + 12 * (float)i, 10, labels[i] + (in ? 2 : 0));
        if (in || i == 4) {
            sheet_put(&s, 200, 100 + 12 * (float)i, 10, "1,234");
            sheet_put(&s, 260, 100 + 12 * (float)i, 10, "1,100");
        }
    }
    check(&s, "Revenue\nProducts 1,234 1,100\nCosts\nOf sales 1,234 1,100\n"
              "Net 1,234 1,100\n");
}

/* Three paragraphs of three lines each, SKIP apart; TALL: how far the last lines of
 * paragraphs have something below them. */
static void put_skips(struct sheet *s, float skip, float tall)
{
    const char *lines[] = { "Some words that go on in a line",
                            "and in another one after it for",
                            "some words more, and then." };
    for (int i = 0; i < 9; i++) {
        float y = 100 + 12 * (float)i + skip * (float)(i / 3);
        float x = sheet_put(s, 50, y, 10, lines[i % 3]);
        if (tall > 0 && i % 3 == 2)
            sheet_put(s, x, y + tall, 7, "n");
    }
}

Test(layout_paragraph, begins_with_a_little_white)
{
    struct sheet s = { 0 };
    put_skips(&s, 4, 0);
    const char *expected =
        "Some words that go on in a line\nand in another one after it for\n"
        "some words more, and then.\n\n"
        "Some words that go on in a line\nand in another one after it for\n"
        "some words more, and then.\n\n"
        "Some words that go on in a line\nand in another one after it for\n"
        "some words more, and then.\n";
    check(&s, expected);
    /* ... but not when it is that of an index. */
    put_skips(&s, 4, 3);
    char *text = sheet_read(&s, LAYOUT_READING, true, NULL);
    cr_assert(!strstr(text, "\n\n"), "got:\n%s", text);
    free(text);
}
