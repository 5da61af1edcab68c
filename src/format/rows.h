/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rows.h - a table's rows as lines, its cells with a tab in between. Blocks in
 * a cell are folded to a blank, unless the row has no other cell (tables used
 * for layout). */
#ifndef EXTRACT_FORMAT_ROWS_H
#define EXTRACT_FORMAT_ROWS_H

#include <stddef.h>
#include <stdint.h>

#include "format/lines.h"

/* Columns in which cells of former rows are known to reach down. */
#define ROWS_COLUMNS 32

/* A zeroed struct is a table without rows. */
struct rows {
    int rows, cells;
    size_t row, cell; /* where the output of the last ones begins */
    /* By column, how many rows its cell still takes with the one at hand: ROWS_COLUMNS
     * zeros of the caller's at first; NULL: no cell takes more than one. */
    unsigned short *taken;
    int column; /* of the next cell */
};

void rows_start(struct rows *r, struct lines *l);
void rows_end(struct rows *r, struct lines *l);
void rows_cell_start(struct rows *r, struct lines *l);
/* The same for a cell of ROWS rows and COLUMNS columns; those that are taken from
 * above come before it, empty. */
void rows_span_start(struct rows *r, struct lines *l, int64_t rows, int64_t columns);
void rows_cell_end(struct rows *r, struct lines *l);

#endif
