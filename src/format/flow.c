/* SPDX-License-Identifier: GPL-3.0-or-later */
/* flow.c - over lines.c and rows.c, which know when a blank or a break that is
 * due comes out. */
#include <config.h>

#include "format/flow.h"

#include <stdio.h>

/* The table at hand, or NULL. */
static struct rows *flow_table(struct flow *f)
{
    return f->depth > 0 && f->depth <= FLOW_TABLES ? &f->tables[f->depth - 1]
                                                   : NULL;
}

void flow_paragraph_start(struct flow *f, bool heading)
{
    f->tab = false;
    f->lines.space = false;
    lines_ask(&f->lines, heading && f->depth == 0 ? 2 : 1);
}

void flow_mark(struct flow *f, const char *mark, int level)
{
    f->lines.level = 0;
    f->lines.marker_level = f->depth == 0 ? level : 0;
    snprintf(f->lines.marker, sizeof f->lines.marker, "%s", mark);
}

void flow_text(struct flow *f, const char *text, size_t size)
{
    if (f->tab && size > 0) {
        bool start = f->lines.breaks > 0 || f->lines.fresh ||
                     f->lines.out->size == 0;
        f->tab = false;
        f->lines.space = false;
        if (!start) {
            lines_begin(&f->lines);
            buffer_append_char(f->lines.out, '\t');
        }
    }
    lines_fold(&f->lines, text, size);
}

/* A tab within a cell would be one more cell. */
void flow_tab(struct flow *f)
{
    if (f->depth > 0)
        f->lines.space = true;
    else
        f->tab = true;
}

void flow_break(struct flow *f)
{
    f->tab = false;
    lines_break(&f->lines);
}

void flow_paragraph_end(struct flow *f, bool heading)
{
    f->tab = false;
    f->lines.space = false;
    f->lines.marker[0] = '\0';
    if (f->depth > 0)
        lines_ask(&f->lines, 1);
    else if (heading)
        lines_ask(&f->lines, 2);
    else /* one that came to nothing finds a break that is due already */
        lines_break(&f->lines);
}

void flow_table_start(struct flow *f)
{
    lines_ask(&f->lines, f->depth++ == 0 ? 2 : 1);
    struct rows *table = flow_table(f);
    if (table)
        *table = (struct rows){ 0 };
}

void flow_row_start(struct flow *f)
{
    struct rows *table = flow_table(f);
    f->tab = false;
    if (table)
        rows_start(table, &f->lines);
}

void flow_row_end(struct flow *f)
{
    struct rows *table = flow_table(f);
    f->tab = false;
    if (table)
        rows_end(table, &f->lines);
}

void flow_cell_start(struct flow *f)
{
    struct rows *table = flow_table(f);
    f->tab = false;
    if (table)
        rows_cell_start(table, &f->lines);
}

void flow_cell_end(struct flow *f)
{
    struct rows *table = flow_table(f);
    f->lines.marker[0] = '\0';
    if (table)
        rows_cell_end(table, &f->lines);
}

void flow_table_end(struct flow *f)
{
    if (f->depth > 0)
        f->depth--;
    lines_ask(&f->lines, f->depth == 0 ? 2 : 1);
}

void flow_block(struct flow *f, const struct buffer *text, bool apart)
{
    size_t size = text->size;
    while (size > 0 && text->data[size - 1] == '\n')
        size--;
    if (size == 0)
        return;
    f->tab = false;
    f->lines.space = false;
    lines_ask(&f->lines, apart ? 2 : 1);
    lines_begin(&f->lines);
    buffer_append(f->lines.out, text->data, size);
    lines_ask(&f->lines, apart ? 2 : 1);
}

void flow_finish(struct flow *f)
{
    lines_trim(&f->lines, 0);
    if (f->lines.out->size > 0)
        buffer_append_char(f->lines.out, '\n');
}
