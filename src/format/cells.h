/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cells.h - tables in plain text (CSV, RFC 4180, and its relatives) to lines
 * with a tab between cells, as other formats' tables are. */
#ifndef EXTRACT_FORMAT_CELLS_H
#define EXTRACT_FORMAT_CELLS_H

#include <stdbool.h>

#include "format/format.h"

#define CELLS_PIECE 16384

/* An emit that goes before another. The quotes around a cell are taken away,
 * line ends and tabs in it become blanks. */
struct cells {
    struct emit emit; /* first */
    struct emit *next;
    char delimiter; /* '\0': to be found in the first line */
    bool in_cell, is_quoted, after_quote;
    size_t used;
    char bytes[CELLS_PIECE];
};

void cells_init(struct cells *cells, char delimiter, struct emit *next);

/* After the last text. 0, or -1: stop. */
int cells_finish(struct cells *cells);

#endif
