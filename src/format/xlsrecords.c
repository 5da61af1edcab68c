/* SPDX-License-Identifier: GPL-3.0-or-later */
/* xlsrecords.c - goes through a sheet's records once. Charts within it are
 * sheets of their own, of which only the names of the series count. */
#include <config.h>

#include "format/xlsrecords.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/little.h"
#include "format/cellformat.h"

struct reading {
    struct xls_records *out;
    const struct xls_book *book;
    struct biff b;
    unsigned object;  /* of the last OBJ record */
    bool has_formula; /* the last cell waits for its string */
};

static void *grow(void *items, size_t count, size_t size)
{
    if ((count & (count - 1)) != 0)
        return items;
    return xrealloc_array(items, count > 0 ? 2 * count : 1, size);
}

/* What has been appended to the text since START. */
static struct xls_span span_from(const struct xls_records *r, size_t start)
{
    return (struct xls_span){start, r->text.size - start};
}

/* --- cells --- */

/* The cell that the record at hand begins with; without text so far. */
static struct xls_cell *cell_add(struct reading *g, size_t column)
{
    struct xls_records *r = g->out;
    r->cells = grow(r->cells, r->cell_count, sizeof *r->cells);
    struct xls_cell *cell = &r->cells[r->cell_count];
    *cell = (struct xls_cell){.row = little16(g->b.p),
                              .column = (uint16_t)column,
                              .order = r->cell_count,
                              .span = {r->text.size, 0}};
    r->cell_count++;
    return cell;
}

/* Bytes before a cell's value: row and column, then the number of its style,
 * or in Excel 2 what it looks like. */
static size_t head_of(const struct reading *g)
{
    return g->book->version == 2 ? 7 : 6;
}

static void cell_number(struct reading *g, size_t column, unsigned style,
                        double value)
{
    struct xls_cell *cell = cell_add(g, column);
    /* Of the first three versions the style's format is in the cell. */
    const char *code = xls_book_code(g->book, style);
    cellformat_number(value, code, g->book->epoch_1904, &g->out->text);
    cell->span = span_from(g->out, cell->span.start);
}

static unsigned style_of(const struct reading *g)
{
    return g->book->version == 2 ? g->b.p[4] & 0x3fu : little16(g->b.p + 4);
}

static void cells_rk(struct reading *g)
{
    size_t column = little16(g->b.p + 2);
    /* The last two bytes are the last column. */
    for (size_t at = 4; at + 8 <= g->b.length; at += 6)
        cell_number(g, column++, little16(g->b.p + at), biff_rk(g->b.p + at + 2));
}

static void cell_truth(struct reading *g, unsigned value, bool is_error)
{
    struct xls_cell *cell = cell_add(g, little16(g->b.p + 2));
    const char *text = is_error ? biff_error(value) : value ? "TRUE" : "FALSE";
    buffer_append_string(&g->out->text, text);
    cell->span = span_from(g->out, cell->span.start);
}

static void cell_text(struct reading *g)
{
    struct xls_cell *cell = cell_add(g, little16(g->b.p + 2));
    g->b.at = head_of(g);
    biff_string(&g->b, g->book->version == 2 ? 1 : 2, &g->out->text);
    cell->span = span_from(g->out, cell->span.start);
}

static void cell_shared(struct reading *g)
{
    struct xls_cell *cell = cell_add(g, little16(g->b.p + 2));
    cell->is_shared = true;
    cell->span.start = little32(g->b.p + 6);
}

/* The result: a double; or FF FF at its end, and what it is at its start. */
static void cell_formula(struct reading *g)
{
    const unsigned char *p = g->b.p + head_of(g);
    if (p[6] != 0xff || p[7] != 0xff) {
        cell_number(g, little16(g->b.p + 2), style_of(g), little_double(p));
    } else if (p[0] == 1 || p[0] == 2) {
        cell_truth(g, p[2], p[0] == 2);
    } else if (p[0] == 0) {
        cell_add(g, little16(g->b.p + 2));
        g->has_formula = true;
    }
}

static void formula_string(struct reading *g)
{
    if (!g->has_formula)
        return;
    g->has_formula = false;
    struct xls_cell *cell = &g->out->cells[g->out->cell_count - 1];
    cell->span.start = g->out->text.size;
    biff_string(&g->b, g->book->version == 2 ? 1 : 2, &g->out->text);
    cell->span = span_from(g->out, cell->span.start);
}

/* Whether the record has a cell's head and SIZE bytes behind it. */
static bool has(const struct reading *g, size_t size)
{
    return g->b.length >= head_of(g) + size;
}

static bool cell_read(struct reading *g)
{
    const unsigned char *p = g->b.p;
    size_t head = head_of(g);
    switch (g->b.id) {
    case BIFF2_NUMBER:
    case BIFF_NUMBER:
        if (has(g, 8))
            cell_number(g, little16(p + 2), style_of(g), little_double(p + head));
        return true;
    case BIFF2_INTEGER:
        if (has(g, 2))
            cell_number(g, little16(p + 2), style_of(g), little16(p + head));
        return true;
    case BIFF_RK:
        if (has(g, 4))
            cell_number(g, little16(p + 2), style_of(g), biff_rk(p + head));
        return true;
    case BIFF_MULRK:
        if (has(g, 0))
            cells_rk(g);
        return true;
    case BIFF2_LABEL:
    case BIFF_LABEL:
    case BIFF_RSTRING:
        if (has(g, 1))
            cell_text(g);
        return true;
    case BIFF_LABELSST:
        if (has(g, 4))
            cell_shared(g);
        return true;
    case BIFF2_BOOLERR:
    case BIFF_BOOLERR:
        if (has(g, 2))
            cell_truth(g, p[head], p[head + 1] != 0);
        return true;
    case BIFF_FORMULA:
    case BIFF_FORMULA3:
    case BIFF_FORMULA4:
        if (has(g, 8))
            cell_formula(g);
        return true;
    case BIFF2_STRING:
    case BIFF_STRING:
        formula_string(g);
        return true;
    }
    return false;
}

/* --- around the cells --- */

static void margin_read(struct reading *g, struct xls_span *span)
{
    size_t start = g->out->text.size;
    if (g->b.length == 0)
        return;
    biff_string(&g->b, g->book->version >= 8 ? 2 : 1, &g->out->text);
    *span = span_from(g->out, start);
}

static void note_read(struct reading *g)
{
    struct xls_records *r = g->out;
    struct biff *b = &g->b;
    size_t start = r->text.size;
    if (b->length < 8)
        return;
    struct xls_note note = {.row = little16(b->p), .column = little16(b->p + 2)};
    if (g->book->version >= 8) {
        note.object = little16(b->p + 6);
        b->at = 8;
        biff_string(b, 2, &r->text);
        note.author = span_from(r, start);
    } else {
        b->at = 6;
        biff_characters(b, b->length - 6, &r->text);
        note.text = span_from(r, start);
        /* Longer ones go on in notes without a place. */
        if (note.row == UINT16_MAX && r->note_count > 0) {
            r->notes[r->note_count - 1].text.size += note.text.size;
            return;
        }
    }
    r->notes = grow(r->notes, r->note_count, sizeof *r->notes);
    r->notes[r->note_count++] = note;
}

/* TEXT of the object at hand; or, COUNT 0, of none. */
static void box_add(struct reading *g, unsigned object, size_t start)
{
    struct xls_records *r = g->out;
    if (r->text.size == start)
        return;
    r->boxes = grow(r->boxes, r->box_count, sizeof *r->boxes);
    r->boxes[r->box_count] = (struct xls_box){.object = (uint16_t)object,
                                              .order = r->box_count,
                                              .text = span_from(r, start)};
    r->box_count++;
}

/* The text stands in the records that continue this one. */
static void box_read(struct reading *g)
{
    size_t start = g->out->text.size;
    if (g->b.length < 12)
        return;
    size_t count = little16(g->b.p + 10);
    g->b.at = g->b.length;
    if (count > 0)
        biff_characters(&g->b, count, &g->out->text);
    box_add(g, g->object, start);
}

static void series_read(struct reading *g)
{
    size_t start = g->out->text.size;
    if (g->b.length < 3)
        return;
    g->b.at = 2;
    biff_string(&g->b, 1, &g->out->text);
    box_add(g, 0, start);
}

static void around_read(struct reading *g)
{
    switch (g->b.id) {
    case BIFF_HEADER:
        margin_read(g, &g->out->header);
        break;
    case BIFF_FOOTER:
        margin_read(g, &g->out->footer);
        break;
    case BIFF_NOTE:
        note_read(g);
        break;
    case BIFF_OBJ:
        /* Its first part says what it is, and its number. */
        if (g->b.length >= 8 && little16(g->b.p) == 0x15)
            g->object = little16(g->b.p + 6);
        break;
    case BIFF_TXO:
        box_read(g);
        break;
    case BIFF_SERIESTEXT:
        series_read(g);
        break;
    }
}

/* --- the sheet --- */

static int compare_cells(const void *a, const void *b)
{
    const struct xls_cell *x = a, *y = b;
    if (x->row != y->row)
        return x->row < y->row ? -1 : 1;
    if (x->column != y->column)
        return x->column < y->column ? -1 : 1;
    return x->order < y->order ? -1 : 1;
}

static int compare_boxes(const void *a, const void *b)
{
    const struct xls_box *x = a, *y = b;
    if (x->object != y->object)
        return x->object < y->object ? -1 : 1;
    return x->order < y->order ? -1 : 1;
}

int xls_records_read(struct xls_records *r, const struct xls_book *book,
                     size_t at, struct error *e)
{
    struct reading g = {.out = r, .book = book, .b = xls_book_records(book, at)};
    unsigned what;
    if (!biff_next(&g.b) || biff_begin(&g.b, &what) == 0)
        return error_set(e, ERROR_DAMAGED, "there is no sheet where it should be");
    int depth = 1; /* of charts within charts */
    while (depth > 0 && biff_next(&g.b)) {
        if (biff_begin(&g.b, &what) != 0 && g.b.id >= 0x209)
            depth++;
        else if (g.b.id == BIFF_EOF)
            depth--;
        else if (depth > 1)
            around_read(&g);
        else if (!cell_read(&g))
            around_read(&g);
    }
    r->is_cut = depth > 0;
    if (r->cell_count > 0)
        qsort(r->cells, r->cell_count, sizeof *r->cells, compare_cells);
    if (r->box_count > 0)
        qsort(r->boxes, r->box_count, sizeof *r->boxes, compare_boxes);
    return 0;
}

void xls_records_clear(struct xls_records *r)
{
    buffer_free(&r->text);
    free(r->cells);
    free(r->notes);
    free(r->boxes);
}
