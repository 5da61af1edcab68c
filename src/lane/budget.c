/* SPDX-License-Identifier: GPL-3.0-or-later */
/* budget.c - counters that several lanes add to; which of two deaths came first
 * does not matter. */
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

void budget_died(struct budget *c, enum error_kind kind)
{
    if (!c)
        return;
    c->killer = (int)kind;
    c->deaths++;
}

void budget_lost(struct budget *c)
{
    if (c)
        c->losses++;
}

bool budget_is_suspect(const struct budget *c)
{
    return c && c->killer != ERROR_NONE;
}

void budget_survived(struct budget *c)
{
    if (c && c->deaths)
        c->deaths = 0;
    if (c && c->losses)
        c->losses = 0;
}

bool budget_is_over(const struct budget *c, struct error *e)
{
    if (c && c->deaths >= BUDGET_DEATHS) {
        error_set(e, (enum error_kind)c->killer, "given up after %d deaths of workers in a row",
                  BUDGET_DEATHS);
        return true;
    }
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
