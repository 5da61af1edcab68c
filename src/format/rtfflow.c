/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rtfflow.c - RTF says where cells and rows end, not where they begin. */
#include <config.h>

#include "format/rtfflow.h"

void rtf_open(struct rtf *r, const char *name)
{
    struct sax_handler *h = prose_handler(targets_top(&r->targets)->prose);
    h->start(h, NULL, name, NULL, 0);
}

void rtf_close(struct rtf *r, const char *name)
{
    struct sax_handler *h = prose_handler(targets_top(&r->targets)->prose);
    h->end(h, name);
}

void rtf_paragraph_end(struct rtf *r)
{
    struct rtf_flow *f = rtf_flow(r);
    struct target *t = targets_top(&r->targets);
    if (f->paragraph)
        rtf_close(r, f->element);
    f->paragraph = false;
    t->paragraphs = 0;
    targets_flush_boxes(t);
}

static void rtf_row_end(struct rtf *r)
{
    struct rtf_flow *f = rtf_flow(r);
    int i = f->tables - 1;
    if (f->cells[i])
        rtf_close(r, "td");
    if (f->rows[i])
        rtf_close(r, "tr");
    f->cells[i] = f->rows[i] = false;
}

/* Opens or closes tables until LEVEL of them are around. */
void rtf_tables(struct rtf *r, int level)
{
    struct rtf_flow *f = rtf_flow(r);
    for (; f->tables > level; f->tables--) {
        rtf_row_end(r);
        rtf_close(r, "table");
    }
    for (int i = 0; i < level; i++) {
        if (i == f->tables) {
            rtf_open(r, "table");
            f->tables++;
        }
        if (!f->rows[i])
            rtf_open(r, "tr");
        if (!f->cells[i])
            rtf_open(r, "td");
        f->rows[i] = f->cells[i] = true;
    }
}

static int rtf_level(struct rtf *r)
{
    const struct rtf_group *g = rtf_group(r);
    if (!g->intbl && !rtf_flow(r)->in_row)
        return 0;
    return g->level < 1 ? 1 : g->level > RTF_TABLES ? RTF_TABLES : g->level;
}

void rtf_paragraph_start(struct rtf *r)
{
    struct rtf_flow *f = rtf_flow(r);
    if (f->paragraph)
        return;
    rtf_tables(r, rtf_level(r));
    f->paragraph = true;
    f->element = r->mark.size > 0 ? "div" : "p";
    targets_top(&r->targets)->paragraphs = 1;
    rtf_open(r, f->element);
    struct prose *prose = targets_top(&r->targets)->prose;
    prose_keep(prose, r->mark.data, r->mark.size);
    buffer_clear(&r->mark);
}

void rtf_say(struct rtf *r, const char *text, size_t size)
{
    rtf_paragraph_start(r);
    struct target *t = targets_top(&r->targets);
    /* Between a note's own mark and its text. */
    while (t->slot != SLOT_PAGE && t->text.size == 0 && size > 0 &&
           (*text == ' ' || *text == '\t')) {
        text++;
        size--;
    }
    prose_keep(t->prose, text, size);
}

void rtf_cell(struct rtf *r, int level)
{
    struct rtf_flow *f = rtf_flow(r);
    rtf_paragraph_end(r);
    rtf_tables(r, level);
    rtf_close(r, "td");
    f->cells[level - 1] = false;
}

void rtf_row(struct rtf *r, int level)
{
    struct rtf_flow *f = rtf_flow(r);
    rtf_paragraph_end(r);
    if (f->tables < level)
        return;
    while (f->tables > level)
        rtf_tables(r, level);
    rtf_row_end(r);
    if (level == 1)
        f->in_row = false;
}
