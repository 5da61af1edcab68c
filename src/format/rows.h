/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rows.h - a table's rows as lines, its cells with a tab in between. Blocks in
 * a cell are folded to a blank, unless the row has no other cell (tables used
 * for layout). */
#ifndef EXTRACT_FORMAT_ROWS_H
#define EXTRACT_FORMAT_ROWS_H

#include <stddef.h>

#include "format/lines.h"

/* A zeroed struct is a table without rows. */
struct rows {
    int rows, cells;
    size_t row, cell; /* where the output of the last ones begins */
};

void rows_start(struct rows *r, struct lines *l);
void rows_end(struct rows *r, struct lines *l);
void rows_cell_start(struct rows *r, struct lines *l);
void rows_cell_end(struct rows *r, struct lines *l);

#endif
