/* SPDX-License-Identifier: GPL-3.0-or-later */
/* budget.h - the time that lanes have spent on one document, and the workers that
 * they have lost with it. Shared by its lanes. */
#ifndef EXTRACT_BUDGET_H
#define EXTRACT_BUDGET_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

/* Pages in a row that were lost since workers were ended from outside, each of
 * them more than once, after which a document is given up: it may be the kernel
 * that is out of memory. */
#define BUDGET_LOSSES 20

/* A zeroed struct has no limit. */
struct budget {
    double limit; /* seconds; 0: none. Set before the lanes see it. */
    _Atomic int64_t spent_us;
    atomic_int losses; /* pages, in a row */
    atomic_bool suspect;
};

double budget_limit(const struct budget *c);
/* Seconds that are left; a lot when there is no limit. C may be NULL. */
double budget_left(const struct budget *c);
void budget_charge(struct budget *c, double seconds);
/* A worker has died of it; or a page was lost, its workers ended from outside; or
 * a page has come out. */
void budget_died(struct budget *c);
void budget_lost(struct budget *c);
void budget_survived(struct budget *c);
/* Whether a worker has died of it at all. */
bool budget_is_suspect(const struct budget *c);
/* Whether no more of the document is to be tried, and why. */
bool budget_is_over(const struct budget *c, struct error *e);

#endif
