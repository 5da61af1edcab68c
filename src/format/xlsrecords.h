/* SPDX-License-Identifier: GPL-3.0-or-later */
/* xlsrecords.h - what the records of a sheet hold: its cells, in any order, and
 * the texts around them. Between xlsrecords.c and xlssheet.c. */
#ifndef EXTRACT_FORMAT_XLSRECORDS_H
#define EXTRACT_FORMAT_XLSRECORDS_H

#include "base/error.h"
#include "format/xlsbook.h"

struct xls_span {
    size_t start, size; /* in xls_records.text */
};

struct xls_cell {
    uint32_t row;
    uint16_t column;
    bool is_shared;    /* span.start is the number of a shared string */
    size_t order;      /* in the file */
    struct xls_span span;
};

struct xls_note {
    uint32_t row;
    uint16_t column;
    uint16_t object;   /* that has its text; 0: TEXT has */
    struct xls_span author, text;
};

struct xls_box {
    uint16_t object;
    bool is_used;      /* by a note */
    size_t order;
    struct xls_span text;
};

struct xls_records {
    struct buffer text;
    struct xls_cell *cells; /* sorted */
    size_t cell_count;
    struct xls_note *notes;
    size_t note_count;
    struct xls_box *boxes;  /* sorted by object */
    size_t box_count;
    struct xls_span header, footer;
    bool is_cut;            /* the sheet's end is missing */
};

/* Reads the sheet at AT into R (zeroed), to be cleared in all cases. Returns
 * 0; or -1 and E: there is no sheet. */
int xls_records_read(struct xls_records *r, const struct xls_book *book,
                     size_t at, struct error *e);
void xls_records_clear(struct xls_records *r);

#endif
