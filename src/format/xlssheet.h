/* SPDX-License-Identifier: GPL-3.0-or-later */
/* xlssheet.h - the text of a sheet of an old Excel workbook, as xlsx.c has it. */
#ifndef EXTRACT_FORMAT_XLSSHEET_H
#define EXTRACT_FORMAT_XLSSHEET_H

#include "format/format.h"
#include "format/xlsbook.h"

/* Longest text of a page: a shared string may be named by each of millions of
 * cells. */
#define XLS_TEXT ((size_t)512 << 20)

/* Emits the sheet's name, rows as lines with tabs between the cells, header
 * and footer, the text of boxes, comments. Returns 0, or -1 and E: it is not
 * complete. */
int xls_sheet_emit(const struct xls_book *book, const struct xls_sheet *sheet,
                   struct emit *emit, struct error *e);

#endif
