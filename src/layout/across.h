/* SPDX-License-Identifier: GPL-3.0-or-later */
/* across.h - rows of a table that go on across what else may be a gutter. */
#ifndef EXTRACT_LAYOUT_ACROSS_H
#define EXTRACT_LAYOUT_ACROSS_H

#include "layout/gutter.h"

/* Marks in ACROSS, which begins at G's first piece and is false so far, the pieces of
 * such rows: some in a row have figures on either side, and are no lines of two
 * columns. Whether there are any. INDEX: the sides look like an index, too. */
bool across_mark(const struct gutter_search *s, const struct gutter *g, bool index,
                 bool *across);

#endif
