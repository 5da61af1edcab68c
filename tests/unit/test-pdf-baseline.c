/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-pdf-baseline.c - which line the letters of a form field are moved onto. */
#include <config.h>

#include <criterion/criterion.h>
#include <math.h>

#include "pdf/baseline.h"

static struct show show;
static struct baseline lines;
static struct arena *arena;
static size_t labels;

static void begin(void)
{
    arena = arena_create(1 << 20);
    cr_assert_not_null(arena);
}

static void end(void)
{
    show_free(&show);
    arena_destroy(arena);
}

TestSuite(baseline, .init = begin, .fini = end);

/* A letter from X on whose lower edge is at Y. */
static void put(uint32_t code, float x, float y, float size)
{
    const struct glyph g = {
        .x0 = x, .x1 = x + size / 2, .y0 = y - size, .y1 = y, .size = size, .code = code
    };
    show_add(&show, &g);
}

static void label(float x, float y, float size)
{
    put('l', x, y, size);
    labels = show.count;
}

/* Where the letter of a field from 100 to 200 is put that has its lower edge at Y. */
static float settled(float y)
{
    size_t before = show.count;
    put('f', 102, y, 10);
    baseline_settle(&lines, arena, &show, labels, before, 100, 200);
    cr_assert_float_eq(show.glyphs[before].y1 - show.glyphs[before].y0, 10, 1e-4);
    return show.glyphs[before].y1;
}

/* Criterion's macros compute what they compare more than once. */
#define cr_settles(from, to)                                \
    do {                                                    \
        float at = settled(from);                           \
        cr_assert_float_eq(at, to, 1e-4, "%g", (double)at); \
    } while (0)

Test(baseline, is_that_of_a_label_within_reach)
{
    label(20, 50, 10);
    label(20, 80, 10);
    cr_settles(48, 50);
    cr_settles(53, 50);
    cr_settles(78, 80);
    cr_settles(44, 44); /* more than half a letter away */
    cr_settles(65, 65);
}

Test(baseline, is_the_nearest_on_the_left)
{
    label(20, 51, 10);
    label(80, 49, 10);
    label(210, 50, 10);
    cr_settles(50.5f, 49);
}

Test(baseline, is_on_the_right_where_nothing_is_on_the_left)
{
    label(250, 52, 10);
    label(205, 49, 10);
    label(150, 50, 10); /* it is within the field */
    cr_settles(50.5f, 49);
}

Test(baseline, is_of_letters_of_its_size)
{
    label(20, 50, 4);
    label(40, 51, 21);
    put(' ', 80, 52, 10);
    labels = show.count;
    cr_settles(48, 48);
    cr_assert(show.glyphs[0].y1 == 50 && show.glyphs[1].y1 == 51, "labels stay");
}

/* All rows of a field move by as much as the one does that has the least to go. */
Test(baseline, moves_a_field_as_a_whole)
{
    label(20, 50, 10);
    label(20, 63, 10);
    size_t before = show.count;
    put('a', 102, 47, 10);
    put('b', 108, 47, 10);
    put('c', 102, 61, 10);
    baseline_settle(&lines, arena, &show, labels, before, 100, 200);
    cr_assert_float_eq(show.glyphs[before].y1, 49, 1e-4);
    cr_assert_float_eq(show.glyphs[before + 1].y1, 49, 1e-4);
    cr_assert_float_eq(show.glyphs[before + 2].y1, 63, 1e-4);
}

Test(baseline, needs_labels_and_letters)
{
    cr_settles(48, 48);
    baseline_settle(&lines, arena, &show, 0, show.count, 100, 200);
    cr_assert_eq(show.count, 1);
}

/* Fields of a page that has more to look at than that are left where they are. */
Test(baseline, looks_are_bounded)
{
    label(20, 50, 10);
    cr_settles(48, 50);
    cr_assert_eq(lines.looks, 1);
    lines.looks = BASELINE_LOOKS;
    cr_settles(48, 48);
    cr_settles(48, 48);
    cr_assert_leq(lines.looks, BASELINE_LOOKS + 1);
}
