/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-pace.c - how long a lane lets pages gather. */
#include <config.h>

#include <criterion/criterion.h>
#include <limits.h>
#include <math.h>
#include <stdint.h>

#include "lane/pace.h"

#define LONGEST 2e-3 /* as in pace.c */
#define MOST_BYTES (48 * 1024)

/* The rest behind PAGES of BYTES each, which came in EACH seconds, with LEFT to come. */
static double rest(int pages, size_t bytes, double each, int left)
{
    struct pace p;
    pace_begin(&p, 100);
    for (int i = 0; i < pages; i++)
        pace_add(&p, bytes);
    return pace_rest(&p, left, 100 + pages * each);
}

static bool is(double a, double b)
{
    return fabs(a - b) < 1e-9;
}

Test(pace, is_half_of_what_is_left)
{
    cr_assert(is(rest(5, 1000, 1e-5, 100), 49 * 1e-5), "by bytes before that");
    cr_assert(is(rest(5, 100, 1e-5, 100), 50 * 1e-5));
    cr_assert(is(rest(5, 100, 1e-5, 5), 2 * 1e-5));
}

Test(pace, is_no_rest_for_a_page)
{
    cr_assert_eq(rest(5, 100, 1e-5, 3), 0);
    cr_assert_eq(rest(5, 100, 1e-5, 0), 0);
    cr_assert_eq(rest(5, 100, LONGEST, 100), 0, "slow pages are waited for");
    cr_assert_eq(rest(5, MOST_BYTES, 1e-5, 100), 0, "a large one fills the socket");
}

Test(pace, has_bounds)
{
    double longest = rest(5, 10, LONGEST / 10.01, 1000);
    cr_assert(longest > 0.99 * LONGEST && longest <= LONGEST);
    cr_assert_leq(rest(5, 0, 1e-9, INT_MAX), LONGEST);
    for (size_t bytes = 0; bytes < MOST_BYTES; bytes = 2 * bytes + 1)
        cr_assert_leq(rest(3, bytes, 1e-6, INT_MAX) / 1e-6 * (double)bytes, MOST_BYTES);
    cr_assert_eq(rest(2, SIZE_MAX / 2, 1e-6, 100), 0);
}

Test(pace, needs_pages_and_time)
{
    cr_assert_eq(rest(0, 0, 1, 100), 0);
    cr_assert_eq(rest(5, 100, 0, 100), 0);
    cr_assert_eq(rest(5, 100, -1e-5, 100), 0, "a clock that was set back");
}

/* Pages are counted from the last rest on. */
Test(pace, forgets)
{
    struct pace p;
    pace_begin(&p, 0);
    pace_add(&p, 100);
    pace_add(&p, 100);
    cr_assert(is(pace_rest(&p, 20, 2e-5), 10 * 1e-5));
    cr_assert_eq(pace_rest(&p, 20, 3e-5), 0, "none has come since");
    pace_add(&p, 100);
    cr_assert(is(pace_rest(&p, 20, 5e-5), 10 * 2e-5));
}
