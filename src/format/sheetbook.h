/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sheetbook.h - what the sheets of a workbook share: strings, and how cells are
 * shown. */
#ifndef EXTRACT_FORMAT_SHEETBOOK_H
#define EXTRACT_FORMAT_SHEETBOOK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"
#include "format/opc.h"

struct sheetbook {
    bool epoch_1904;
    struct buffer text; /* of all shared strings, one behind the other */
    size_t *ends;       /* where each ends in it */
    size_t count, capacity;
    const char **codes; /* the format of each cell style; never NULL */
    size_t style_count, style_capacity;
    struct sheetbook_code {
        int id;
        char *code;
    } *own; /* formats of the workbook's own */
    size_t own_count, own_capacity;
};

/* Reads the parts (-1: there is none) into BOOK, which is zeroed. Returns 0; or
 * -1 and E: strings are missing. */
int sheetbook_read(struct sheetbook *book, const struct opc *opc,
                   int64_t strings, int64_t styles, struct error *e);
void sheetbook_clear(struct sheetbook *book);

/* The bytes of shared string INDEX, or NULL. */
const char *sheetbook_string(const struct sheetbook *book, size_t index,
                             size_t *size);

/* The format code of cell style INDEX; "General" when it is not known. */
const char *sheetbook_code(const struct sheetbook *book, int index);

/* Appends TEXT as the text of one cell: on one line, tabs as blanks. */
void sheetbook_append(struct buffer *out, const char *text, size_t size);

#endif
