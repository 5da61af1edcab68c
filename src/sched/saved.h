/* SPDX-License-Identifier: GPL-3.0-or-later */
/* saved.h - ranges of a document in its journal: what the merge passes on, and how
 * a later run passes it on again. */
#ifndef EXTRACT_SCHED_SAVED_H
#define EXTRACT_SCHED_SAVED_H

#include "sched/merge.h"
#include "store/journal.h"

/* A piece of the text of the range that is first in line. */
void saved_text(struct journal *j, const struct chunk *chunk);

/* All text of RANGE was saved. */
void saved_range(struct journal *j, const struct range *range);

/* Passes on to M the ranges that J has from its first page on, as many of the TOTAL
 * wanted pages as there are, and goes on saving behind them. Nobody else is at work
 * on M. Returns how many pages these are. */
int saved_recover(struct journal *j, struct merge *m, int total);

#endif
