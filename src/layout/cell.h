/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cell.h - the rows of tables and diagrams whose cells have several lines: a
 * cell is read to its end before the next one. */
#ifndef EXTRACT_LAYOUT_CELL_H
#define EXTRACT_LAYOUT_CELL_H

#include "layout/line.h"

/* A part of a line with wide gaps around it. */
struct cell {
    uint32_t first, count; /* of the list of words */
    uint32_t line;
    uint32_t column; /* of its row, once that is sorted */
    float x0, x1;
};

struct cells {
    struct cell *all; /* line by line */
    uint32_t *starts; /* of each line, and of what is behind the last */
    uint32_t *rows;   /* of each line: how many lines from it on are one row */
    bool *tables;     /* of each line: it is of a table, whose cells a tab parts */
};

/* The cells of L, which are those of one block. */
struct cells cells_create(const struct words *w, const struct lines *l);
void cells_clear(struct cells *c);

/* How many cells there are in a line. */
static inline size_t cells_of_line(const struct cells *c, size_t line)
{
    return c->starts[line + 1] - c->starts[line];
}

/* Sorts the cells of the COUNT lines from AT on, which are one row, so that each
 * column of them stands together, from left to right. Returns how many there
 * are from c->all + c->starts[AT] on. */
size_t cells_sort_row(struct cells *c, size_t at, size_t count);

#endif
