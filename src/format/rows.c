/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rows.c - what is only known at the end of a cell or a row is put right in
 * the output. */
#include <config.h>

#include "format/rows.h"

/* A cell takes no more rows, twice as many in HTML (4.9.11); and the mark of a column
 * that is of the same cell as the one before: a cell has one tab, however wide. */
#define ROWS_SPAN 0x7fff
#define ROWS_JOINED 0x8000

void rows_start(struct rows *r, struct lines *l)
{
    if (r->rows++ == 0)
        lines_ask(l, 1);
    else
        lines_next(l);
    r->cells = 0;
    r->column = 0;
    r->row = l->out->size;
}

void rows_end(struct rows *r, struct lines *l)
{
    lines_trim(l, r->row);
    l->space = false;
    lines_next(l);
    for (int i = 0; r->taken && i < ROWS_COLUMNS; i++)
        if (r->taken[i] & ROWS_SPAN)
            r->taken[i]--;
}

void rows_cell_start(struct rows *r, struct lines *l)
{
    if (r->cells == 1) /* it stands after the row's own line break */
        lines_flatten(l, r->cell, true);
    if (r->cells > 0) {
        l->space = false;
        lines_begin(l);
        buffer_append_char(l->out, '\t');
    }
    r->cells++;
    r->cell = l->out->size;
    l->space = false;
    l->fresh = true;
}

void rows_span_start(struct rows *r, struct lines *l, int64_t rows, int64_t columns)
{
    while (r->taken && r->column < ROWS_COLUMNS && r->taken[r->column] & ROWS_SPAN) {
        if (!(r->taken[r->column++] & ROWS_JOINED)) {
            rows_cell_start(r, l);
            rows_cell_end(r, l);
        }
    }
    rows_cell_start(r, l);
    unsigned taken = rows < ROWS_SPAN ? (unsigned)rows : ROWS_SPAN;
    for (int64_t i = 0; r->taken && i < columns && r->column < ROWS_COLUMNS; i++)
        r->taken[r->column++] = (unsigned short)(taken | (i > 0 ? ROWS_JOINED : 0));
}

void rows_cell_end(struct rows *r, struct lines *l)
{
    if (r->cells > 1)
        lines_flatten(l, r->cell, false);
    if (!l->fresh)
        l->breaks = 0;
    l->fresh = false;
    l->space = false;
}
