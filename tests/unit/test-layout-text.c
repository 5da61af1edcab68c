/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-layout-text.c - what the layout makes of letters: divided words,
 * ligatures, right-to-left lines, and pages that are no text. */
#include <config.h>

#include <criterion/criterion.h>
#include <string.h>

#include "sheet.h"

static void check(struct sheet *s, bool dehyphenate, const char *expected)
{
    char *text = sheet_read(s, LAYOUT_READING, dehyphenate, NULL);
    cr_assert_str_eq(text, expected, "got:\n%s", text);
    free(text);
}

static void check_lines(const char *lines, const char *expected)
{
    struct sheet s = { 0 };
    sheet_lines(&s, 50, 100, 10, lines);
    check(&s, true, expected);
}

Test(layout_text, joins_divided_words)
{
    check_lines("this is an exam-\nple of it", "this is an example\nof it\n");
    check_lines("the hyphen here is U+2010 exam\u2010\nple",
                "the hyphen here is U+2010 example\n");
}

Test(layout_text, does_not_part_the_lines_of_a_heading)
{
    struct sheet s = { 0 };
    sheet_lines(&s, 50, 100, 10, "the text above it\nin two lines");
    sheet_put(&s, 50, 140, 14, "2 A heading of some divi-");
    sheet_put(&s, 71, 157, 14, "ded words");
    sheet_lines(&s, 50, 180, 10, "the text below it\nin two lines");
    check(&s, true, "the text above it\nin two lines\n\n"
                    "2 A heading of some divided\nwords\n\n"
                    "the text below it\nin two lines\n");
}

Test(layout_text, does_not_part_the_lines_of_an_item)
{
    struct sheet s = { 0 };
    for (int i = 0; i < 3; i++) {
        float y = 100 + 24 * (float)i;
        sheet_put(&s, 50, y, 10, "[1] This item is one of two li-");
        sheet_put(&s, 70, y + 12, 10, "nes, and ends");
    }
    sheet_put(&s, 50, 172, 10, "[2] This one has one line only.");
    check(&s, true, "[1] This item is one of two lines,\nand ends\n"
                    "[1] This item is one of two lines,\nand ends\n"
                    "[1] This item is one of two lines,\nand ends\n"
                    "[2] This one has one line only.\n");
}

Test(layout_text, parts_paragraphs_by_their_first_line)
{
    struct sheet s = { 0 };
    sheet_put(&s, 50, 100, 10, "These are the full lines of a");
    sheet_put(&s, 50, 112, 10, "paragraph that ends by chance.");
    sheet_put(&s, 65, 124, 10, "A line of its own.");
    sheet_put(&s, 50, 136, 10, "And so it goes on with others.");
    check(&s, true, "These are the full lines of a\nparagraph that ends by chance.\n\n"
                    "A line of its own.\nAnd so it goes on with others.\n");
}

Test(layout_text, keeps_hyphens_that_the_page_writes)
{
    check_lines("a well-known fact\nand a well-\nknown one",
                "a well-known fact\nand a well-known\none\n");
}

Test(layout_text, keeps_hyphens_between_words_of_the_page)
{
    check_lines("some vector fields\nare vector-\nfields too",
                "some vector fields\nare vector-fields\ntoo\n");
    /* But not where the page has them as one word. */
    check_lines("some over thing overthing\nare over-\nthing",
                "some over thing overthing\nare overthing\n");
}

Test(layout_text, keeps_hyphens_before_capitals_and_digits)
{
    check_lines("by Saxe-\nCoburg and COVID-\n19 at the end-\n(of it)",
                "by Saxe-Coburg\nand COVID-19\nat the end-\n(of it)\n");
}

Test(layout_text, keeps_hyphens_that_stand_for_the_rest_of_a_word)
{
    check_lines("a short-\nand long-term plan", "a short-\nand long-term plan\n");
    check_lines("Vor-\nund Nachteile", "Vor-\nund Nachteile\n");
    check_lines("the thousand thous-\nand years", "the thousand thousand\nyears\n");
}

Test(layout_text, keeps_hyphens_of_addresses_and_options)
{
    check_lines("see http://x.org/annual-\nreport or", "see http://x.org/annual-report\nor\n");
    check_lines("with --with-\nallocator or", "with --with-allocator\nor\n");
    check_lines("along the x-\naxis there", "along the x-axis\nthere\n");
}

Test(layout_text, does_not_complete_a_word_with_the_number_of_a_page)
{
    struct sheet s = { 0 };
    for (int i = 0; i < 8; i++) {
        sheet_put(&s, 50, 100 + 12 * (float)i, 10, "lines of the left column h");
        sheet_put(&s, 250, 104 + 12 * (float)i, 10,
                  i < 7 ? "lines of the right column" : "and the last one is divi-");
    }
    sheet_put(&s, 240, 260, 10, "17");
    char *text = sheet_read(&s, LAYOUT_READING, true, NULL);
    cr_assert_not_null(strstr(text, "is divi-\n\n17\n"), "got:\n%s", text);
    free(text);
}

/* Poppler gives each half of the letter's width. */
Test(layout_text, does_not_part_words_behind_an_accent_that_was_cut_off)
{
    struct sheet s = { 0 };
    float x = 50;
    for (const char *p = "Mu\u0308ller"; *p; p = g_utf8_next_char(p)) {
        uint32_t code = g_utf8_get_char(p);
        float width = code == 'u' || code == 0x308 ? 2.5f : 5;
        sheet_box(&s, (struct glyph){ x, 92, x + width, 102, 10, code, 0, 0, 0 });
        x += width;
    }
    check(&s, true, "Mu\u0308ller\n");
}

Test(layout_text, keeps_hyphens_of_words_with_more_of_them)
{
    check_lines("a state-of-\nthe-art thing", "a state-of-the-art\nthing\n");
    check_lines("the light-house-\nkeeper", "the light-house-keeper\n");
}

Test(layout_text, leaves_hyphens_when_told_so)
{
    struct sheet s = { 0 };
    sheet_lines(&s, 50, 100, 10, "this is an exam-\nple of it");
    check(&s, false, "this is an exam-\nple of it\n");
}

Test(layout_text, drops_soft_hyphens_always)
{
    struct sheet s = { 0 };
    sheet_lines(&s, 50, 100, 10, "a soft\u00adware exam\u00ad\nple of it");
    check(&s, false, "a software example\nof it\n");
}

Test(layout_text, expands_ligatures_and_keeps_no_break_spaces)
{
    check_lines("ﬁne eﬀect oﬃce waﬄe 10\u00a0km", "fine effect office waffle 10\u00a0km\n");
}

Test(layout_text, joins_lines_of_chinese_without_a_space)
{
    check_lines("这是一个句子\n没有空格", "这是一个句子没有空格\n");
    check_lines("한국어 문장\n둘째 줄", "한국어 문장\n둘째 줄\n");
}

/* Draws TEXT, in logical order, from X to the left. BACKWARDS: the boxes come
 * from left to right, as some engines have them. */
static void put_leftwards(struct sheet *s, float x, float y, const char *text,
                          bool backwards)
{
    size_t first = s->count;
    for (; *text; text = g_utf8_next_char(text)) {
        uint32_t code = g_utf8_get_char(text);
        float width = sheet_advance(code, 10);
        sheet_box(s, (struct glyph){ x - width, y - 8, x, y + 2, 10, code, 0, 0, 0 });
        x -= width;
    }
    for (size_t i = first, k = s->count; backwards && i + 1 < k;) {
        struct glyph swap = s->boxes[i];
        s->boxes[i++] = s->boxes[--k];
        s->boxes[k] = swap;
    }
    sheet_box(s, (struct glyph){ x, y, x, y, 10, '\n', 0, 0, 0 });
}

Test(layout_text, reads_hebrew_whatever_the_order_of_its_boxes)
{
    for (int backwards = 0; backwards < 2; backwards++) {
        struct sheet s = { 0 };
        put_leftwards(&s, 500, 100, "שלום עולם", backwards);
        put_leftwards(&s, 500, 112, "שורה שנייה", backwards);
        check(&s, true, "שלום עולם\nשורה שנייה\n");
    }
}

Test(layout_text, keeps_figures_and_latin_in_hebrew_as_they_are)
{
    struct sheet s = { 0 };
    put_leftwards(&s, 500, 100, "בשנת", false);
    sheet_put(&s, 455, 100, 10, "1948");
    put_leftwards(&s, 450, 100, "היה", false);
    sheet_put(&s, 390, 100, 10, "IBM PC");
    put_leftwards(&s, 385, 100, "כאן", false);
    check(&s, true, "בשנת 1948 היה IBM PC כאן\n");
}

Test(layout_text, keeps_points_with_their_letters_whatever_their_order)
{
    for (int backwards = 0; backwards < 2; backwards++) {
        struct sheet s = { 0 };
        put_leftwards(&s, 500, 100, "שָׁלוֹם, עוֹלָם!", backwards);
        check(&s, true, "שָׁלוֹם, עוֹלָם!\n");
    }
}

/* However many figures there are. */
Test(layout_text, does_not_take_a_date_for_a_side)
{
    struct sheet s = { 0 };
    put_leftwards(&s, 500, 100, "יום", false);
    sheet_put(&s, 430, 100, 10, "12/05/1999");
    put_leftwards(&s, 425, 100, "טוב", false);
    check(&s, true, "יום 12/05/1999 טוב\n");
}

Test(layout_text, does_not_join_lines_across_directions)
{
    struct sheet s = { 0 };
    put_leftwards(&s, 500, 100, "שלום", false);
    sheet_put(&s, 475 - 5 * 5, 100, 10, "exam-");
    sheet_put(&s, 450, 112, 10, "ple");
    /* A hyphen between two directions goes with the line. */
    check(&s, true, "שלום -exam\nple\n");
}

Test(layout_text, drops_marks_of_direction)
{
    struct sheet s = { 0 };
    sheet_box(&s, (struct glyph){ 0, 0, 0, 0, 10, 0x202b, 0, 0, 0 });
    put_leftwards(&s, 500, 100, "שלום\u200f", false);
    sheet_box(&s, (struct glyph){ 0, 0, 0, 0, 10, 0x2069, 0, 0, 0 });
    check(&s, true, "שלום\n");
}

Test(layout_text, writes_arabic_in_its_base_letters)
{
    struct sheet s = { 0 };
    /* Seen, lam-alef, meem in the shapes they have when joined. */
    put_leftwards(&s, 500, 100, "\ufeb3\ufefc\ufee1", false);
    check(&s, true, "\u0633\u0644\u0627\u0645\n");
}

Test(layout_text, keeps_marks_behind_their_letters)
{
    struct sheet s = { 0 };
    put_leftwards(&s, 500, 100, "שָׁלוֹם", false);
    check(&s, true, "שָׁלוֹם\n");
}

static unsigned flags_of(const char *text)
{
    struct sheet s = { 0 };
    unsigned flags;
    sheet_lines(&s, 50, 100, 10, text);
    free(sheet_read(&s, LAYOUT_READING, true, &flags));
    return flags;
}

#define MANY(text) text text text text text text text text

Test(layout_text, tells_pages_that_are_no_text)
{
    cr_assert_eq(flags_of("... - (*)"), LAYOUT_NO_TEXT);
    cr_assert_eq(flags_of("\ue001\ue002\ue003 \ue004\ue005 a b"), LAYOUT_GARBLED);
    cr_assert_eq(flags_of("a\ufffd\ufffdb\ufffd c\ufffd\ufffd"), LAYOUT_GARBLED);
    cr_assert_eq(flags_of("\x01\x02\x03\x04 \x05\x06 ab"), LAYOUT_GARBLED);
}

Test(layout_text, tells_shifted_alphabets)
{
    char text[] = MANY("it is a truth universally acknowledged that a single man\n");
    for (char *p = text; *p; p++)
        if (*p >= 'a')
            *p = (char)(*p - 29);
    cr_assert_eq(flags_of(text), LAYOUT_GARBLED);
}

/* Two lines of sentences say enough, as many letters among figures do not. */
Test(layout_text, tells_short_shifted_alphabets)
{
    cr_assert_eq(flags_of("7KLV LV D SDJH RI FRPPRQ ZRUGV WKDW ZHUH VHW LQ D IRQW\n"
                          "ZLWKRXW D ZRUG DERXW ZKDW LWV OHWWHUV PHDQ WR XV DOO\n"),
                 LAYOUT_GARBLED);
    cr_assert_eq(flags_of("7KLV LV D SDJH RI FRPPRQ"), 0);
    cr_assert_eq(flags_of(MANY("P 5h1 P 4c0 3 P 3d0 Pg Z/2 Z/3 pic002.jpg = 2h2\n")),
                 0);
}

Test(layout_text, takes_real_text_for_text)
{
    static const char *const good[] = {
        MANY("The quick brown fox jumps over the lazy dog\n"),
        MANY("这是一个句子没有空格的中文文本\n"),
        MANY("for (int i = 0; i < n; i++) { buf[i] = ptr->len; }\n"),
        MANY("1,234 5,678 (9,012) 3.14 %% -42 100\n"),
        MANY("∑ αβγ ∫ x² ≤ ℝ ⊂ ∂Ω → ∞ f(x)\n"),
        MANY("Strč prst skrz krk, zmrzl vlk, vtrhl srn v dno\n"),
        MANY("Съешь же ещё этих мягких французских булок\n"),
        MANY("de b0 1a 42 ff 00 3c 9e 77 ab cd ef 12 34 56 78\n"),
        "\ue000 bullet\n\ue000 bullet\n\ue000 bullet\n",
    };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        cr_assert_eq(flags_of(good[i]), 0, "case %zu", i);
}

/* A space before it is the engine's. */
Test(layout_text, does_not_part_scripts_from_what_they_stand_at)
{
    struct sheet s = { 0 };
    sheet_put(&s, 50, 100, 10, "the area is d");
    sheet_put(&s, 115.8f, 96, 7, "2");
    sheet_put(&s, 124, 100, 10, "of it");
    check(&s, true, "the area is d2 of it\n");
}
