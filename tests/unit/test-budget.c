/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-budget.c - what a document may cost before it is given up. */
#include <config.h>

#include <criterion/criterion.h>

#include "lane/budget.h"

Test(budget, none_is_no_limit)
{
    struct budget zero = { 0 };
    struct error e = { 0 };

    budget_charge(NULL, 1e6);
    budget_died(NULL);
    budget_survived(NULL);
    cr_assert_not(budget_is_over(NULL, &e));
    cr_assert_not(budget_is_suspect(NULL));
    cr_assert_gt(budget_left(NULL), 1e8);
    budget_charge(&zero, 1e6);
    cr_assert_not(budget_is_over(&zero, &e));
    cr_assert_gt(budget_left(&zero), 1e8);
}

Test(budget, time)
{
    struct budget b = { .limit = 10 };
    struct error e = { 0 };

    budget_charge(&b, 9.5);
    cr_assert_float_eq(budget_left(&b), 0.5, 1e-5);
    cr_assert_not(budget_is_over(&b, &e));
    budget_charge(&b, 0.5);
    cr_assert(budget_is_over(&b, &e));
    cr_assert_eq(e.kind, ERROR_TIMEOUT);
    cr_assert_str_eq(e.detail, "timeout: the document took longer than 10 s");
}

Test(budget, suspicion_stays)
{
    struct budget b = { 0 };

    cr_assert_not(budget_is_suspect(&b));
    budget_died(&b);
    budget_survived(&b);
    cr_assert(budget_is_suspect(&b));
}

Test(budget, pages_lost_in_a_row)
{
    struct budget b = { 0 };
    struct error e = { 0 };
    for (int i = 1; i < BUDGET_LOSSES; i++)
        budget_lost(&b);
    cr_assert_not(budget_is_over(&b, &e));
    budget_survived(&b);
    for (int i = 1; i < BUDGET_LOSSES; i++)
        budget_lost(&b);
    cr_assert_not(budget_is_over(&b, &e), "one came out between");
    cr_assert_not(budget_is_suspect(&b), "it is not to blame");
    budget_lost(&b);
    cr_assert(budget_is_over(&b, &e));
    cr_assert_eq(e.kind, ERROR_KILLED);
    budget_survived(&b);
    cr_assert(budget_is_over(&b, &e), "another lane was still at a page");
    budget_lost(NULL);
}
