/* SPDX-License-Identifier: GPL-3.0-or-later */
/* xlsbook.c - the first part of the stream, up to its end record. */
#include <config.h>

#include "format/xlsbook.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/little.h"
#include "format/cellbuiltin.h"

/* Sheets of a workbook: each takes 8 bytes to list, and becomes a page. */
#define SHEETS 20000

/* What begins at a BOF record. */
enum { BOOK = 0x05, WORKSPACE = 0x100 };

/* What a sheet is; a module holds the source of a program. */
enum { MODULE = 6 };

struct biff xls_book_records(const struct xls_book *book, size_t at)
{
    return (struct biff){
        .data = book->data,
        .size = book->size,
        .next = at,
        .version = book->version,
        .codepage = book->codepage,
    };
}

static void *grow(void *items, size_t count, size_t size)
{
    if ((count & (count - 1)) != 0)
        return items;
    return xrealloc_array(items, count > 0 ? 2 * count : 1, size);
}

static void sheet_add(struct xls_book *book, const char *name, size_t at)
{
    book->sheets = grow(book->sheets, book->sheet_count, sizeof *book->sheets);
    book->sheets[book->sheet_count++] = (struct xls_sheet){xstrdup(name), at};
}

static void sheet_read(struct xls_book *book, struct biff *b)
{
    struct buffer name = {0};
    if (b->length < 8 || b->p[5] == MODULE || book->sheet_count == SHEETS)
        return;
    b->at = 6;
    biff_string(b, 1, &name);
    sheet_add(book, buffer_string(&name), little32(b->p));
    buffer_free(&name);
}

/* Formats of old versions have no number but their order. */
static void code_read(struct xls_book *book, struct biff *b)
{
    struct buffer code = {0};
    unsigned id = (unsigned)book->code_count;
    if (b->id == BIFF_FORMAT && b->length < 3)
        return;
    if (b->id == BIFF_FORMAT) {
        b->at = 2;
        if (b->version >= 5)
            id = little16(b->p);
    }
    biff_string(b, b->version >= 8 ? 2 : 1, &code);
    book->codes = grow(book->codes, book->code_count, sizeof *book->codes);
    book->codes[book->code_count++] =
        (struct xls_code){id, xstrdup(buffer_string(&code))};
    buffer_free(&code);
}

static void format_read(struct xls_book *book, const struct biff *b)
{
    unsigned format = 0;
    if (b->length < 4)
        return;
    format = b->version >= 5 ? little16(b->p + 2) : b->p[1];
    book->formats = grow(book->formats, book->format_count,
                         sizeof *book->formats);
    book->formats[book->format_count++] = (uint16_t)format;
}

/* Each string takes three bytes at least, so their number needs no trust. */
static void strings_read(struct xls_book *book, struct biff *b,
                         struct error *flaw)
{
    uint32_t wanted = b->length >= 8 ? little32(b->p + 4) : 0;
    b->at = 8;
    while (book->string_count < wanted) {
        bool is_whole = biff_shared(b, &book->strings);
        book->ends = grow(book->ends, book->string_count, sizeof *book->ends);
        book->ends[book->string_count++] = book->strings.size;
        if (is_whole)
            continue;
        error_set(flaw, ERROR_DAMAGED, "%u of %u strings could be read",
                  (unsigned)book->string_count - 1, (unsigned)wanted);
        return;
    }
}

static int compare_codes(const void *a, const void *b)
{
    const struct xls_code *x = a, *y = b;
    return x->id < y->id ? -1 : x->id > y->id;
}

/* One record of the book's. Returns 0, or -1 and E. */
static int record_read(struct xls_book *book, struct biff *b,
                       struct error *flaw, struct error *e)
{
    switch (b->id) {
    case BIFF_FILEPASS:
        return error_set(e, ERROR_ENCRYPTED, "the workbook is encrypted");
    case BIFF_CODEPAGE:
        if (b->length >= 2)
            b->codepage = book->codepage = little16(b->p);
        break;
    case BIFF_EPOCH:
        book->epoch_1904 = b->length >= 2 && b->p[0] == 1;
        break;
    case BIFF_SHEET:
        sheet_read(book, b);
        break;
    case BIFF_FORMAT:
    case BIFF_FORMAT3:
        code_read(book, b);
        break;
    case BIFF_XF:
    case BIFF_XF3:
    case BIFF_XF4:
        format_read(book, b);
        break;
    case BIFF_SST:
        strings_read(book, b, flaw);
        break;
    }
    return 0;
}

int xls_book_read(struct xls_book *book, const unsigned char *data, size_t size,
                  unsigned codepage, struct error *flaw, struct error *e)
{
    unsigned what;
    book->data = data;
    book->size = size;
    book->codepage = codepage;
    struct biff b = xls_book_records(book, 0);
    if (!biff_next(&b) || (book->version = biff_begin(&b, &what)) == 0)
        return error_set(e, ERROR_DAMAGED, "not a workbook of Excel's");
    b.version = book->version;
    bool has_end = false;
    while (!has_end && biff_next(&b)) {
        has_end = b.id == BIFF_EOF;
        if (record_read(book, &b, flaw, e) < 0)
            return -1;
    }
    if (!has_end && flaw->kind == ERROR_NONE)
        error_set(flaw, ERROR_TRUNCATED, "the end of the workbook is missing");
    if (book->code_count > 0)
        qsort(book->codes, book->code_count, sizeof *book->codes, compare_codes);
    if (what != BOOK && what != WORKSPACE && book->sheet_count == 0)
        sheet_add(book, "", 0);
    if (book->sheet_count == 0)
        return error_set(e, ERROR_DAMAGED, "the workbook has no sheets");
    return 0;
}

void xls_book_clear(struct xls_book *book)
{
    for (size_t i = 0; i < book->sheet_count; i++)
        free(book->sheets[i].name);
    for (size_t i = 0; i < book->code_count; i++)
        free(book->codes[i].code);
    free(book->sheets);
    free(book->codes);
    free(book->formats);
    free(book->ends);
    buffer_free(&book->strings);
}

const char *xls_book_string(const struct xls_book *book, size_t index,
                            size_t *size)
{
    if (index >= book->string_count)
        return NULL;
    size_t start = index > 0 ? book->ends[index - 1] : 0;
    *size = book->ends[index] - start;
    return *size > 0 ? book->strings.data + start : NULL;
}

const char *xls_book_code(const struct xls_book *book, size_t index)
{
    struct xls_code key = {index < book->format_count ? book->formats[index] : 0,
                           NULL};
    const struct xls_code *own =
        book->code_count == 0 ? NULL
                              : bsearch(&key, book->codes, book->code_count,
                                        sizeof key, compare_codes);
    const char *code = own != NULL ? own->code : cellbuiltin_code((int)key.id);
    return code != NULL ? code : "General";
}
