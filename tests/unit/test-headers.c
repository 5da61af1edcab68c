/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-headers.c - rows at the edges of pages that are put together here. */
#include <config.h>

#include <criterion/criterion.h>
#include <float.h>
#include <math.h>
#include <string.h>

#include "format/headers.h"

#define WIDTH 600
#define HEIGHT 800

static void add_sized(struct boxes *b, const char *text, float y, float size)
{
    for (float x = 72; *text; text++, x += 0.6f * size)
        boxes_add(b, (struct glyph){ x, y, x + 0.6f * size, y + 1.2f * size,
                                     size, (unsigned char)*text, 0, 0, 0 });
    boxes_add(b, (struct glyph){ 600, y, 600, y, size, '\n', 0, 0, 0 });
}

static void add_line(struct boxes *b, const char *text, float y)
{
    add_sized(b, text, y, 10);
}

/* A page with lines at the top, in the middle and at the bottom. */
static struct boxes page(const char *top, const char *bottom)
{
    struct boxes b = { 0 };
    add_line(&b, bottom, 760);
    for (int i = 0; i < 10; i++)
        add_line(&b, "A line of the page's own", (float)(100 + 14 * i));
    add_line(&b, top, 40);
    return b;
}

/* Whether row AT of EDGE of OWN is on OTHER too. */
static bool has(const struct headers_edges *own, int edge, int at,
                const struct headers_edges *other)
{
    struct headers_search s = { 0 };
    headers_look(&s, own, edge, at, other, 1);
    return s.seen == 1;
}

static struct headers_edges edges_of(const struct boxes *b)
{
    struct headers_edges edges;
    struct layout_page layout = { b->data, b->count, WIDTH, HEIGHT, false };
    headers_find(&layout, &edges);
    return edges;
}

Test(headers, numbers_are_alike)
{
    static const struct {
        const char *one, *other;
        bool same;
    } cases[] = {
        { "Chapter 9: Tea", "Chapter 9: Tea", true },
        { "9 Tea", "10 Tea", true },
        { "Tea 1-9", "Tea 12-143", true },
        { "ix", "x", true },
        { "xii", "14", true },
        { "Tea", "Sea", false },
        { "Tea", "Tea 1", false },
        { "mixed", "civil", false },
        { "mix", "six", false },
        { "iiii", "v", false },
        { "3/5", "4/5", true },
        { "3/5", "5/5", false },
        { "3/5", "4/6", true },
        { "3 of 5", "4 of 5", true },
        { "- 3 -", "- 4 -", true },
        { "- iv -", "- v -", true },
        { "Contents xc", "Contents xci", true },
        { "iv/xx", "v/xx", true },
        { "9-12", "9-13", true },
        { "12.5 13.5", "12.5 15.5", false },
        { "12.5 13.5", "12.5 13.5", true },
        { "1 2 3 4 5 6 7 8 9", "1 2 3 4 5 6 7 8 10", false },
        { "-iv-", "-v-", true },
        { "Page 12/40", "Page 13/40", true },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct boxes a = page(cases[i].one, "1"), b = page(cases[i].other, "2");
        struct headers_edges x = edges_of(&a), y = edges_of(&b);
        cr_assert_eq(x.count[0], HEADERS_ROWS);
        cr_assert_eq(has(&x, 0, 0, &y), cases[i].same, "%s, %s",
                     cases[i].one, cases[i].other);
        cr_assert(has(&x, 1, 0, &y));
        boxes_free(&a);
        boxes_free(&b);
    }
}

Test(headers, the_same_at_another_height_is_none)
{
    struct boxes a = page("Tea", "1"), b = { 0 };
    add_line(&b, "Tea", 48);
    struct headers_edges x = edges_of(&a), y = edges_of(&b);
    cr_assert_not(has(&x, 0, 0, &y));
    boxes_free(&a);
    boxes_free(&b);
}

/* How far apart is judged by the size: posters and thumbnails are as pages are. */
Test(headers, any_size)
{
    for (float size = 1; size < 200; size *= 3) {
        struct boxes a = { 0 }, b = { 0 }, c = { 0 };
        add_sized(&a, "Tea", 4 * size, size);
        add_sized(&b, "Tea", 4.1f * size, size);
        add_sized(&c, "Tea", 4.6f * size, size);
        struct headers_edges x = edges_of(&a), y = edges_of(&b), z = edges_of(&c);
        cr_assert(has(&x, 0, 0, &y), "%g", (double)size);
        cr_assert_not(has(&x, 0, 0, &z), "%g", (double)size);
        boxes_free(&a);
        boxes_free(&b);
        boxes_free(&c);
    }
}

/* Own page and its neighbours by what stands at the top. */
static bool repeats(const char *own, const char *const near[HEADERS_NEAR])
{
    struct headers_search s = { 0 };
    struct boxes a = page(own, "1");
    struct headers_edges x = edges_of(&a);
    for (int i = 0; i < HEADERS_NEAR; i++) {
        struct boxes b = page(near[i], "1");
        struct headers_edges y = edges_of(&b);
        headers_look(&s, &x, 0, 0, &y, i < 2 ? i - 2 : i - 1);
        boxes_free(&b);
    }
    boxes_free(&a);
    return headers_repeat(&s, &x.rows[0][0]);
}

Test(headers, left_and_right_pages)
{
    cr_assert(repeats("Left", (const char *[]){ "Left", "Right", "Right", "Left" }));
    cr_assert(repeats("Left", (const char *[]){ "Left", "Right", "Right", "Ash" }));
    cr_assert(repeats("Right", (const char *[]){ "Left", "Left", "Right", "Left" }));
    cr_assert_not(repeats("Left", (const char *[]){ "Left", "Ash", "Beech", "Oak" }));
    cr_assert_not(repeats("Ash", (const char *[]){ "Left", "Right", "Right", "Left" }));
}

/* How many rows from the top stand off, and as many from below: ROWS lines, PITCH
 * sizes apart, but HEAD sizes after the first ones, COUNT, and before the last. */
static int apart(int rows, float pitch, int count, float head)
{
    struct boxes b = { 0 };
    float y = 30;
    for (int i = 0; i < rows; i++) {
        add_line(&b, "Sample 12.3 mg", y);
        y += 10 * (i + 1 == count || i + 1 == rows - count ? head : pitch);
    }
    struct headers_edges x = edges_of(&b);
    int found[2] = { 0 };
    for (int below = 0; below < 2; below++)
        for (int i = 0; i < x.count[below]; i++)
            found[below] += x.rows[below][i].apart;
    boxes_free(&b);
    cr_assert_eq(found[0], found[1]);
    return found[0];
}

Test(headers, white_parts_them_from_the_body)
{
    cr_assert_eq(apart(40, 1.2f, 1, 1.2f), 0, "lines that go on");
    cr_assert_eq(apart(40, 2.4f, 1, 2.4f), 0, "spaced ones");
    cr_assert_eq(apart(40, 1.2f, 1, 1.3f), 0);
    cr_assert_eq(apart(40, 1.2f, 1, 2), 1);
    cr_assert_eq(apart(40, 1.2f, 2, 2), 2);
    cr_assert_eq(apart(40, 1.2f, 3, 2), 0, "too many");
    cr_assert_eq(apart(40, 2.4f, 1, 3), 1);
    cr_assert_eq(apart(6, 1.6f, 1, 1.6f), 0, "few that go on");
    cr_assert_eq(apart(6, 1.2f, 1, 2.4f), 1);
    cr_assert_eq(apart(1, 1.2f, 1, 2), 1, "alone on the page");
}

/* Rows of a table in groups of two to five, the first of which begins on the page
 * before: the white after it is no header's. */
Test(headers, groups_of_rows_are_body)
{
    for (int size = 2; size <= 5; size++) {
        struct boxes b = { 0 };
        for (int i = 1; i < 41; i++)
            add_line(&b, "Sample 12.3 mg", (float)(30 + 12 * i + 8 * (i / size)));
        struct headers_edges x = edges_of(&b);
        for (int i = 0; i < HEADERS_ROWS; i++)
            cr_assert_not(x.rows[0][i].apart, "%d", size);
        boxes_free(&b);
    }
}

/* Paragraphs that are parted by more white than the header is do not hide it. */
Test(headers, paragraphs_may_have_more_white)
{
    struct boxes b = { 0 };
    add_line(&b, "Tea at sea", 30);
    for (int i = 0; i < 40; i++)
        add_line(&b, "A line of the page's own", (float)(50 + 12 * i + 12 * (i / 3)));
    struct headers_edges x = edges_of(&b);
    cr_assert(x.rows[0][0].apart);
    cr_assert_not(x.rows[0][1].apart);
    boxes_free(&b);
}

/* One page may be full to the header, but not two of three. */
Test(headers, most_pages_have_the_white)
{
    struct headers_row row = { 0 };
    struct headers_search s = { .seen = 2, .apart = 2 };
    cr_assert(headers_repeat(&s, &row));
    s.apart = 1;
    cr_assert_not(headers_repeat(&s, &row));
    row.apart = true;
    cr_assert(headers_repeat(&s, &row));
    s.apart = 0;
    cr_assert_not(headers_repeat(&s, &row));
}

/* What counts with the page is its number, however near the body is. */
Test(headers, the_number_of_the_page_needs_no_white)
{
    static const struct {
        const char *other;
        int ahead, apart;
    } cases[] = { { "Tea 13 of 40", 1, 1 }, { "Tea 10 of 40", -2, 1 },
                  { "Tea 13 of 40", 2, 0 }, { "Tea 12 of 40", 1, 0 },
                  { "Tea 13 of 39", 1, 0 } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct headers_search s = { 0 };
        struct boxes a = page("Tea 12 of 40", "1"), b = page(cases[i].other, "1");
        struct headers_edges x = edges_of(&a), y = edges_of(&b);
        y.rows[0][0].apart = false;
        headers_look(&s, &x, 0, 0, &y, cases[i].ahead);
        cr_assert_eq(s.seen, 1);
        cr_assert_eq(s.apart, cases[i].apart, "%s", cases[i].other);
        boxes_free(&a);
        boxes_free(&b);
    }
}

Test(headers, a_row_is_dropped_with_its_blanks)
{
    struct boxes a = page("Tea at sea", "12");
    size_t count = a.count;
    struct headers_edges x = edges_of(&a);
    headers_drop(&a, &x.rows[0][0]);
    cr_assert_eq(a.count, count - strlen("Tea at sea"));
    cr_assert_eq(a.data[0].code, '1', "the other end stays");
    boxes_free(&a);
}

Test(headers, pages_that_make_no_sense)
{
    static const float odd[] = { 0, -1, 1e30f, -1e30f, FLT_MAX, -FLT_MAX,
                                 INFINITY, -INFINITY, NAN };
    enum { ODD = sizeof odd / sizeof *odd };
    struct boxes b = { 0 };
    struct headers_edges x = edges_of(&b);
    cr_assert_eq(x.count[0] + x.count[1], 0);
    for (size_t i = 0; i < ODD * ODD * ODD; i++)
        boxes_add(&b, (struct glyph){ odd[i % ODD], odd[i / ODD % ODD], 0,
                                      odd[i / ODD / ODD], 0, 'x', 0, 0, 0 });
    x = edges_of(&b);
    cr_assert_leq(x.count[0], HEADERS_ROWS);
    for (int i = 0; i < x.count[0]; i++)
        headers_drop(&b, &x.rows[0][i]);
    boxes_free(&b);
}
