/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-pdf-show.c - what is said of glyphs that touch the one before them. */
#include <config.h>

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>

#include "pdfpage.h"

/* Which glyphs of CONTENT are joined, as "." and "+" behind each other. */
static const char *joined(const char *content)
{
    static char marks[256];
    char all[512];
    snprintf(all, sizeof all, "BT/F 10 Tf 20 20 Td %s ET", content);
    text_of(FONT, all);
    cr_assert_lt(page.count, sizeof marks);
    for (size_t i = 0; i < page.count; i++)
        marks[i] = page.glyphs[i].marks & GLYPH_JOINED ? '+' : '.';
    marks[page.count] = '\0';
    return marks;
}

/* Each promise of base/glyph.h. */
static void expect_promises(void)
{
    for (size_t i = 0; i < page.count; i++) {
        const struct glyph *g = page.glyphs + i;
        if (!(g->marks & GLYPH_JOINED))
            continue;
        cr_assert_gt(i, 0);
        cr_expect(g->y0 == g[-1].y0 && g->y1 == g[-1].y1 && g->size == g[-1].size);
        cr_expect_gt(g->x0 - g[-1].x0, 0.1f * g->size);
        cr_expect_lt(fabsf(g->x0 - g[-1].x1), 0.06f * g->size);
    }
}

Test(show, glyphs_of_a_string_are_joined)
{
    cr_expect_str_eq(joined("(abc)Tj"), ".++");
    expect_promises();
    cr_expect_str_eq(joined("[(ab)20(cd)-30(e)]TJ"), ".++++", "kerning is little");
    expect_promises();
    cr_expect_str_eq(joined("(ab)Tj(cd)Tj"), ".+.+", "operators stand for themselves");
    cr_expect_str_eq(joined("(a b)Tj"), ".++");
    cr_expect_str_eq(joined("()Tj[()(a)()(b)]TJ"), ".+");
}

Test(show, what_is_apart_is_not_joined)
{
    cr_expect_str_eq(joined("[(ab)-60(cd)60(e)]TJ"), ".+.+.");
    cr_expect_str_eq(joined("[(ab)900(cd)]TJ"), ".+.+");
    cr_expect_str_eq(joined("1 Tc(abc)Tj"), "...");
    cr_expect_str_eq(joined("-1 Tc(abc)Tj"), "...");
    cr_expect_str_eq(joined("2 Tw(a bc)Tj"), ".+.+", "but words are");
    cr_expect_str_eq(joined("[(a)-50(b)-50 -50(c)]TJ"), ".+.", "two are one");
}

Test(show, narrow_letters_are_left_to_others)
{
    /* Of 0.222 and of 0.191, which is narrow in letters of half the width. */
    cr_expect_str_eq(joined("(ili)Tj"), ".++");
    cr_expect_str_eq(joined("50 Tz(ili)Tj"), "...");
    cr_expect_str_eq(joined("200 Tz(ab)Tj"), ".+");
    expect_promises();
    cr_expect_str_eq(joined("1 0 0 -1 20 20 Tm(ab)Tj"), ".+");
    expect_promises();
    cr_expect_str_eq(joined("0 1 -1 0 20 20 Tm(ab)Tj"), "..");
    cr_expect_str_eq(joined("-1 0 0 1 90 20 Tm(ab)Tj"), "..");
}

Test(show, what_leaves_the_page_is_dropped_as_ever)
{
    cr_expect_str_eq(text_of(FONT, "BT/F 10 Tf -8 20 Td(abcd)Tj ET"), "bcd");
    cr_expect_str_eq(text_of(FONT, "BT/F 10 Tf 190 20 Td(abcd)Tj ET"), "ab");
    cr_expect_str_eq(text_of(FONT, "BT/F 10 Tf 20 120 Td(abcd)Tj ET"), "");
}
