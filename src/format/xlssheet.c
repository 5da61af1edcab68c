/* SPDX-License-Identifier: GPL-3.0-or-later */
/* xlssheet.c - puts a sheet's cells into lines. */
#include <config.h>

#include "format/xlssheet.h"

#include <stdlib.h>
#include <string.h>

#include "format/pieces.h"
#include "format/sheetmargin.h"
#include "format/xlsrecords.h"

/* Bytes that come together before they are emitted. */
#define PIECE ((size_t)64 << 10)

/* A gap between two cells of a row is at most that many tabs. */
#define GAP 64

struct output {
    struct emit *emit;
    struct buffer line;
    size_t size; /* emitted */
    struct error *error;
};

/* Emits what has come together when it is some KiB, or ALL. -1: stop, and the
 * error says why if it is for us. */
static int flush(struct output *o, bool all)
{
    if (!all && o->line.size < PIECE)
        return 0;
    o->size += o->line.size;
    if (o->size > XLS_TEXT)
        return error_set(o->error, ERROR_LIMIT,
                         "the sheet has more than %u MiB of text",
                         (unsigned)(XLS_TEXT >> 20));
    int r = pieces_emit(o->emit, o->line.data, o->line.size);
    buffer_clear(&o->line);
    return r;
}

/* Appends TEXT on one line, trimmed; false: there is nothing of it. */
static bool append_folded(struct buffer *out, const char *text, size_t size)
{
    size_t start = out->size;
    bool blank = false;
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c <= ' ') {
            blank = out->size > start;
            continue;
        }
        if (c == 0xc2 && i + 1 < size && (unsigned char)text[i + 1] == 0xad) {
            i++; /* a soft hyphen */
            continue;
        }
        if (blank)
            buffer_append_char(out, ' ');
        blank = false;
        buffer_append_char(out, text[i]);
    }
    return out->size > start;
}

static void append_span(struct buffer *out, const struct xls_records *r,
                        struct xls_span span)
{
    if (span.size > 0)
        append_folded(out, r->text.data + span.start, span.size);
}

/* --- rows --- */

static int rows_emit(struct output *o, const struct xls_book *book,
                     const struct xls_records *r)
{
    bool has_row = false;
    uint32_t row = 0;
    unsigned column = 0;
    struct buffer shown = {0};
    for (size_t i = 0; i < r->cell_count; i++) {
        const struct xls_cell *cell = &r->cells[i];
        size_t size = cell->span.size;
        const char *text = size > 0 ? r->text.data + cell->span.start : NULL;
        if (cell->is_shared)
            text = xls_book_string(book, cell->span.start, &size);
        buffer_clear(&shown);
        if (text == NULL || size == 0 || !append_folded(&shown, text, size))
            continue;
        if (!has_row || cell->row != row) {
            if (has_row)
                buffer_append_string(&o->line, cell->row > row + 1 ? "\n\n" : "\n");
            if (flush(o, false) < 0) {
                buffer_free(&shown);
                return -1;
            }
            column = 0;
        }
        for (unsigned n = 0; n < GAP && column < cell->column; n++, column++)
            buffer_append_char(&o->line, '\t');
        buffer_append(&o->line, shown.data, shown.size);
        has_row = true;
        row = cell->row;
        column = cell->column;
    }
    if (has_row)
        buffer_append_char(&o->line, '\n');
    buffer_free(&shown);
    return 0;
}

/* --- header and footer --- */

static void append_margin(struct buffer *out, const struct xls_records *r,
                          struct xls_span span)
{
    if (span.size > 0)
        sheetmargin_append(out, r->text.data + span.start, span.size);
}

/* --- notes and boxes --- */

static void append_place(struct buffer *out, uint32_t row, unsigned column)
{
    if (column >= 26)
        buffer_append_char(out, (char)('A' + column / 26 % 27 - 1));
    buffer_append_char(out, (char)('A' + column % 26));
    buffer_printf(out, "%u", row + 1);
}

static struct xls_box *box_of(struct xls_records *r, unsigned object)
{
    size_t low = 0, high = r->box_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (r->boxes[middle].object < object)
            low = middle + 1;
        else
            high = middle;
    }
    return low < r->box_count && r->boxes[low].object == object ? &r->boxes[low]
                                                                : NULL;
}

static void append_note(struct buffer *out, struct xls_records *r,
                        const struct xls_note *note)
{
    struct xls_span text = note->text;
    struct xls_box *box = note->object != 0 ? box_of(r, note->object) : NULL;
    if (box != NULL) {
        box->is_used = true;
        text = box->text;
    }
    if (text.size == 0)
        return;
    buffer_append_string(out, "Comment");
    if (note->author.size > 0)
        buffer_append_string(out, " by ");
    append_span(out, r, note->author);
    buffer_append_string(out, " (");
    append_place(out, note->row, note->column);
    buffer_append_string(out, "): ");
    append_span(out, r, text);
    buffer_append_char(out, '\n');
}

static int compare_orders(const void *a, const void *b)
{
    const struct xls_box *x = a, *y = b;
    return x->order < y->order ? -1 : x->order > y->order;
}

static void append_boxes(struct buffer *out, struct xls_records *r)
{
    if (r->box_count > 0)
        qsort(r->boxes, r->box_count, sizeof *r->boxes, compare_orders);
    for (size_t i = 0; i < r->box_count; i++) {
        if (r->boxes[i].is_used)
            continue;
        append_span(out, r, r->boxes[i].text);
        buffer_append_char(out, '\n');
    }
}

/* A block of lines, with a blank line before it. */
static void append_block(struct buffer *out, struct buffer *block)
{
    if (block->size > 0) {
        buffer_append_char(out, '\n');
        buffer_append(out, block->data, block->size);
    }
    buffer_free(block);
}

static void around_append(struct buffer *out, struct xls_records *r)
{
    struct buffer margins = {0}, notes = {0}, boxes = {0};
    append_margin(&margins, r, r->header);
    append_margin(&margins, r, r->footer);
    for (size_t i = 0; i < r->note_count; i++)
        append_note(&notes, r, &r->notes[i]);
    append_boxes(&boxes, r);
    append_block(out, &margins);
    append_block(out, &boxes);
    append_block(out, &notes);
}

int xls_sheet_emit(const struct xls_book *book, const struct xls_sheet *sheet,
                   struct emit *emit, struct error *e)
{
    struct output o = {.emit = emit, .error = e};
    struct xls_records r = {0};
    bool has_name = append_folded(&o.line, sheet->name, strlen(sheet->name));
    int result = xls_records_read(&r, book, sheet->at, e);
    if (has_name)
        buffer_append_string(&o.line, r.cell_count > 0 ? "\n\n" : "\n");
    int sent = rows_emit(&o, book, &r);
    if (sent == 0) {
        around_append(&o.line, &r);
        sent = flush(&o, true);
    }
    if (sent == 0 && result == 0 && r.is_cut)
        result = error_set(e, ERROR_TRUNCATED, "the end of the sheet is missing");
    xls_records_clear(&r);
    buffer_free(&o.line);
    return sent < 0 ? -1 : result;
}
