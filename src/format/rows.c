/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rows.c - what is only known at the end of a cell or a row is put right in
 * the output. */
#include <config.h>

#include "format/rows.h"

void rows_start(struct rows *r, struct lines *l)
{
    if (r->rows++ == 0)
        lines_ask(l, 1);
    else
        lines_next(l);
    r->cells = 0;
    r->row = l->out->size;
}

void rows_end(struct rows *r, struct lines *l)
{
    lines_trim(l, r->row);
    l->space = false;
    lines_next(l);
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

void rows_cell_end(struct rows *r, struct lines *l)
{
    if (r->cells > 1)
        lines_flatten(l, r->cell, false);
    if (!l->fresh)
        l->breaks = 0;
    l->fresh = false;
    l->space = false;
}
