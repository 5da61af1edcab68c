/* SPDX-License-Identifier: GPL-3.0-or-later */
/* xls.c - the format "xls": workbooks of Excel 2 to 2003; a sheet is a page,
 * hidden ones too. Up to version 4 the file is the stream itself. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/little.h"
#include "detect/magic.h"
#include "format/codepage.h"
#include "format/load.h"
#include "format/ole.h"
#include "format/oleobject.h"
#include "format/oleprops.h"
#include "format/registry.h"
#include "format/xlssheet.h"

/* Bytes of the stream; Excel has 65,536 rows of 256 columns for a sheet. */
#define STREAM_LIMIT ((size_t)1 << 30)

/* A bare stream: a few bytes that most other files cannot have. */
#define BID_BARE 60

struct format_document {
    struct ole *ole; /* NULL: a bare stream */
    struct buffer stream;
    struct xls_book book;
};

/* A record that begins a sheet (or a book), of a length that it had. */
static bool is_bare(const unsigned char *p, size_t size)
{
    if (size < 12)
        return false;
    unsigned id = little16(p), length = little16(p + 2), what = little16(p + 6);
    return (id == 0x9 || id == 0x209 || id == 0x409 || id == 0x809)
           && length >= 4 && length <= 16
           && (what == 0x5 || what == 0x10 || what == 0x20 || what == 0x40
               || what == 0x100)
           && (id != 0x9 || length == 4);
}

static int xls_bid(const struct peek *peek)
{
    int bid = container_ole_bid(peek, format_xls.media_type);
    if (bid == 0 && is_bare(peek->head, peek->head_size))
        bid = BID_BARE;
    return bid;
}

static void xls_close(struct format_document *document)
{
    if (document == NULL)
        return;
    xls_book_clear(&document->book);
    buffer_free(&document->stream);
    ole_close(document->ole);
    free(document);
}

/* The stream of the workbook: of Excel 97 on, else that of Excel 5. */
static int stream_read(struct format_document *document, struct error *flaw,
                       struct error *e)
{
    struct ole *ole = document->ole;
    int entry = ole_find(ole, OLE_ROOT, "Workbook");
    if (entry < 0)
        entry = ole_find(ole, OLE_ROOT, "Book");
    if (entry < 0)
        return ole_missing(ole, "Workbook", e);
    ole_read(ole, entry, STREAM_LIMIT, &document->stream, flaw);
    ole_flaw(ole, flaw);
    return 0;
}

static int book_open(struct format_document *document,
                     const struct format_input *input, struct format_info *info,
                     struct error *e)
{
    unsigned codepage = CODEPAGE_WINDOWS;
    const unsigned char *data = input->data;
    size_t size = input->size;
    if (ole_is(data, size)) {
        document->ole = ole_open(data, size, e);
        if (document->ole == NULL
            || stream_read(document, &info->flaw, e) < 0)
            return -1;
        unsigned own = oleprops_read(document->ole, &info->metadata);
        if (own != 0 && own != CODEPAGE_UTF16 && own != CODEPAGE_UTF8)
            codepage = own;
        data = (const unsigned char *)document->stream.data;
        size = document->stream.size;
    }
    if (xls_book_read(&document->book, data, size, codepage, &info->flaw, e) < 0)
        return -1;
    info->pages = (int)document->book.sheet_count;
    return 0;
}

static struct format_document *xls_open(const struct format_input *input,
                                        struct format_info *info,
                                        struct error *e)
{
    struct format_document *document = xcalloc(1, sizeof *document);
    if (book_open(document, input, info, e) == 0)
        return document;
    xls_close(document);
    return NULL;
}

static int xls_page(struct format_document *document, int page,
                    struct emit *emit, struct error *e)
{
    const struct xls_book *book = &document->book;
    if (page < 1 || (size_t)page > book->sheet_count)
        return error_set(e, ERROR_NO_PAGES, "there is no page %d", page);
    if (xls_sheet_emit(book, &book->sheets[page - 1], emit, e) < 0)
        return -1;
    /* Which sheet an object is on is not in its name: the first has them. */
    if (page == 1 && document->ole != NULL)
        return oleobject_send_all(document->ole, OLE_ROOT, "MBD", emit);
    return 0;
}

const struct format format_xls = {
    .name = "xls",
    .media_type = "application/vnd.ms-excel",
    .extensions = "xls xlt",
    .description = "Excel 2 to 2003 workbooks",
    .flags = FORMAT_HOLDS,
    .bid = xls_bid,
    .open = xls_open,
    .page = xls_page,
    .close = xls_close,
    .prepare = load_text,
};
