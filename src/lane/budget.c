/* SPDX-License-Identifier: GPL-3.0-or-later */
/* budget.c - counters that several lanes add to. */
#include <config.h>

#include "lane/budget.h"

#define BUDGET_NO_LIMIT 1e9

double budget_limit(const struct budget *c)
{
    return c && c->limit > 0 ? c->limit : BUDGET_NO_LIMIT;
}

double budget_left(const struct budget *c)
{
    return budget_limit(c) - (c ? (double)c->spent_us / 1e6 : 0);
}

void budget_charge(struct budget *c, double seconds)
{
    if (c)
        c->spent_us += (int64_t)(seconds * 1e6);
}

void budget_died(struct budget *c)
{
    if (c)
        c->suspect = true;
}

void budget_lost(struct budget *c)
{
    if (c)
        c->losses++;
}

bool budget_is_suspect(const struct budget *c)
{
    return c && c->suspect;
}

void budget_survived(struct budget *c)
{
    /* What was given up stays so, whatever other lanes are at. */
    int losses = c ? c->losses : 0;
    if (losses && losses < BUDGET_LOSSES)
        atomic_compare_exchange_strong(&c->losses, &losses, 0);
}

bool budget_is_over(const struct budget *c, struct error *e)
{
    if (c && c->losses >= BUDGET_LOSSES) {
        error_set(e, ERROR_KILLED,
                  "given up after %d pages in a row whose workers were ended from outside",
                  BUDGET_LOSSES);
        return true;
    }
    if (budget_left(c) > 0)
        return false;
    error_set(e, ERROR_TIMEOUT, "timeout: the document took longer than %.6g s",
              budget_limit(c));
    return true;
}
