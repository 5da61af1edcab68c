/* SPDX-License-Identifier: GPL-3.0-or-later */
/* xlsbook.h - what the sheets of an old Excel workbook share: their list,
 * strings, and how cells are shown. Excel 2 to 4 have a sheet and no book. */
#ifndef EXTRACT_FORMAT_XLSBOOK_H
#define EXTRACT_FORMAT_XLSBOOK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"
#include "format/biff.h"

struct xls_sheet {
    char *name; /* "": it has none */
    size_t at;  /* where its records begin */
};

struct xls_book {
    const unsigned char *data; /* the stream; borrowed */
    size_t size;
    unsigned version, codepage;
    bool epoch_1904;
    struct xls_sheet *sheets;
    size_t sheet_count;
    struct buffer strings; /* shared ones, one behind the other */
    size_t *ends;          /* where each ends */
    size_t string_count;
    struct xls_code {
        unsigned id;
        char *code;
    } *codes; /* sorted by id */
    size_t code_count;
    uint16_t *formats; /* the number of the format of each cell style */
    size_t format_count;
};

/* Reads the records at the start of DATA into BOOK (zeroed), to be cleared in
 * all cases. CODEPAGE: of strings when the book does not say. FLAW: what is
 * missing of a book that can be read. Returns 0, or -1 and E. */
int xls_book_read(struct xls_book *book, const unsigned char *data, size_t size,
                  unsigned codepage, struct error *flaw, struct error *e);
void xls_book_clear(struct xls_book *book);

/* The bytes of shared string INDEX, or NULL. */
const char *xls_book_string(const struct xls_book *book, size_t index,
                            size_t *size);

/* The format code of cell style INDEX; never NULL. */
const char *xls_book_code(const struct xls_book *book, size_t index);

/* A reader of BOOK's records from AT on. */
struct biff xls_book_records(const struct xls_book *book, size_t at);

#endif
