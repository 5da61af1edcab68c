/* SPDX-License-Identifier: GPL-3.0-or-later */
/* xlsx.c - Excel workbooks, their macro and template kinds: a sheet is a page,
 * its name the first line, then rows, header and footer, the text of drawings,
 * comments. Hidden sheets, rows and columns are part of the document. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "format/drawml.h"
#include "format/ooxml.h"
#include "format/opcobject.h"
#include "format/pieces.h"
#include "format/registry.h"
#include "format/remarks.h"
#include "format/sheetbook.h"
#include "format/sheetml.h"

#define XLSX_SHEETS 100000

struct xlsx_sheet {
    char *name;
    int64_t member; /* -1: missing */
};

struct format_document {
    struct opc opc;
    struct opc_relations relations; /* of the workbook */
    struct xlsx_sheet *sheets;
    size_t count, capacity;
    bool has_book; /* what is below has been read */
    struct sheetbook book;
    struct error book_fault; /* its strings are not complete */
    struct remarks_authors authors;
};

static void xlsx_close(struct format_document *d)
{
    if (!d)
        return;
    for (size_t i = 0; i < d->count; i++)
        free(d->sheets[i].name);
    free(d->sheets);
    sheetbook_clear(&d->book);
    remarks_authors_clear(&d->authors);
    opc_relations_clear(&d->relations);
    opc_close(&d->opc);
    free(d);
}

/* --- the workbook --- */

struct workbook {
    struct sax_handler handler;
    struct format_document *document;
};

static void workbook_sheet(struct format_document *d,
                           const struct sax_attribute *attributes, size_t count)
{
    const struct sax_attribute *id = opc_prefixed(attributes, count, "id");
    const struct sax_attribute *name = sax_find(attributes, count, "name");
    if (!id || d->count >= XLSX_SHEETS)
        return;
    if (d->count == d->capacity) {
        d->capacity = d->capacity ? 2 * d->capacity : 8;
        d->sheets = xrealloc_array(d->sheets, d->capacity, sizeof *d->sheets);
    }
    const struct opc_relation *r = opc_by_id(&d->relations, id->value, id->size);
    d->sheets[d->count++] = (struct xlsx_sheet){
        .name = xstrndup(name ? name->value : "", name ? name->size : 0),
        .member = r ? r->member : -1,
    };
}

static void workbook_start(struct sax_handler *handler, const char *prefix,
                           const char *name,
                           const struct sax_attribute *attributes,
                           size_t count)
{
    struct format_document *d = ((struct workbook *)handler)->document;
    (void)prefix;
    if (strcmp(name, "sheet") == 0) {
        workbook_sheet(d, attributes, count);
    } else if (strcmp(name, "workbookPr") == 0) {
        const struct sax_attribute *a =
            sax_find(attributes, count, "date1904");
        d->book.epoch_1904 = a && opc_is_on(a);
    }
}

static struct format_document *xlsx_open(const struct format_input *input,
                                         struct format_info *info,
                                         struct error *e)
{
    struct format_document *d = xcalloc(1, sizeof *d);
    int64_t main;
    if (ooxml_open(input, &d->opc, &main, &d->relations, info, e) < 0) {
        free(d);
        return NULL;
    }
    struct workbook workbook = {
        .handler = { .start = workbook_start, .end = sax_no_end, .text = sax_no_text },
        .document = d,
    };
    struct error why = { 0 };
    int r = opc_parse(&d->opc, main, &workbook.handler, &why);
    if (d->count == 0) {
        if (r == 0)
            error_set(&why, ERROR_DAMAGED, "the workbook has no sheets");
        *e = why;
        xlsx_close(d);
        return NULL;
    }
    if (r < 0)
        info->flaw = why;
    info->pages = (int)d->count;
    return d;
}

static void xlsx_read_book(struct format_document *d)
{
    if (d->has_book)
        return;
    d->has_book = true;
    sheetbook_read(&d->book, &d->opc,
                   opc_by_type(&d->relations, "sharedStrings"),
                   opc_by_type(&d->relations, "styles"), &d->book_fault);
    remarks_read_authors(&d->authors, &d->opc,
                         opc_by_type(&d->relations, "person"));
}

/* --- sheets --- */

/* What hangs on the sheet beside its cells. */
static void xlsx_attached(struct format_document *d, int64_t sheet,
                          struct buffer *out, struct error *first)
{
    static const char *const comments[] = { "comments", "threadedComment" };
    struct opc_relations relations;
    struct buffer block = { 0 };
    struct error e = { 0 };
    opc_relations_read(&d->opc, sheet, &relations);
    int64_t member = opc_by_type(&relations, "drawing");
    if (member >= 0) {
        ooxml_fault(first,
                    drawml_read(&d->opc, member, DRAWML_PART, &block, &e), &e);
        ooxml_append(out, &block);
    }
    for (size_t i = 0; i < sizeof comments / sizeof *comments; i++) {
        member = opc_by_type(&relations, comments[i]);
        if (member < 0)
            continue;
        ooxml_fault(first,
                    remarks_read(&d->authors, &d->opc, member, &block, &e), &e);
        ooxml_append(out, &block);
    }
    opc_relations_clear(&relations);
    buffer_free(&block);
}

static int xlsx_page(struct format_document *d, int page, struct emit *emit,
                     struct error *e)
{
    if (page < 1 || (size_t)page > d->count)
        return error_set(e, ERROR_NO_PAGES, "there is no page %d", page);
    const struct xlsx_sheet *sheet = &d->sheets[page - 1];
    struct sheetml_sink sink = { .emit = emit };
    struct buffer attached = { 0 };
    struct error first = { 0 }, why = { 0 };
    sheetbook_append(&sink.line, sheet->name, strlen(sheet->name));
    if (sink.line.size > 0)
        buffer_append_string(&sink.line, "\n\n");
    size_t heading = sink.line.size;
    xlsx_read_book(d);
    if (sheet->member < 0) {
        error_set(&first, ERROR_DAMAGED, "the sheet is not in the archive");
    } else {
        ooxml_fault(&first, sheetml_read(&d->opc, sheet->member, &d->book,
                                         &sink, &why), &why);
        xlsx_attached(d, sheet->member, &attached, &first);
    }
    if (sink.size == 0 && sink.line.size == heading && heading > 0 &&
        attached.size == 0)
        sink.line.size--; /* nothing follows the heading */
    else if (sink.size == 0 && sink.line.size == heading)
        buffer_append(&sink.line, attached.data, attached.size);
    else
        ooxml_append(&sink.line, &attached);
    int r = sheetml_flush(&sink, true);
    ooxml_fault(&first, sink.error.kind ? -1 : 0, &sink.error);
    ooxml_fault(&first, d->book_fault.kind ? -1 : 0, &d->book_fault);
    buffer_free(&sink.line);
    buffer_free(&attached);
    /* Which sheet an object is on is not in its name: the first has them. */
    if (r == 0 && page == 1)
        r = opcobject_send_all(&d->opc, emit);
    if (first.kind != ERROR_NONE) {
        *e = first;
        r = -1;
    }
    return r;
}

#define XLSX_TYPE "application/vnd.openxmlformats-officedocument.spreadsheetml."

OOXML_KIND(xlsx, XLSX_TYPE "sheet", "xlsx", "Excel workbooks", FORMAT_HOLDS,
           xlsx)
OOXML_KIND(xlsm, "application/vnd.ms-excel.sheet.macroEnabled.12", "xlsm",
           "Excel workbooks with macros", FORMAT_HOLDS, xlsx)
OOXML_KIND(xlsb, "application/vnd.ms-excel.sheet.binary.macroEnabled.12", "xlsb",
           "Excel workbooks in binary", FORMAT_HOLDS, xlsx)
OOXML_KIND(xltx, XLSX_TYPE "template", "xltx", "Excel templates", FORMAT_HOLDS,
           xlsx)
OOXML_KIND(xltm, "application/vnd.ms-excel.template.macroEnabled.12", "xltm",
           "Excel templates with macros", FORMAT_HOLDS, xlsx)
