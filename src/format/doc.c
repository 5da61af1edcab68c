/* SPDX-License-Identifier: GPL-3.0-or-later */
/* doc.c - the format "doc": documents of Word 6 to 2003, one page each, as
 * where a page ends is not in the file. */
#include <config.h>

#include <stdlib.h>

#include "base/alloc.h"
#include "detect/magic.h"
#include "format/docfile.h"
#include "format/doctext.h"
#include "format/load.h"
#include "format/oleobject.h"
#include "format/oleprops.h"
#include "format/pieces.h"
#include "format/registry.h"

struct format_document {
    struct ole *ole;
    struct doc_file file;
};

static int doc_bid(const struct peek *peek)
{
    return container_ole_bid(peek, format_doc.media_type);
}

static void doc_close(struct format_document *document)
{
    if (document == NULL)
        return;
    doc_file_clear(&document->file);
    ole_close(document->ole);
    free(document);
}

static struct format_document *doc_open(const struct format_input *input,
                                        struct format_info *info,
                                        struct error *e)
{
    struct ole *ole = ole_open(input->data, input->size, e);
    if (ole == NULL)
        return NULL;
    struct format_document *document = xcalloc(1, sizeof *document);
    document->ole = ole;
    if (doc_file_read(&document->file, ole, &info->flaw, e) < 0) {
        doc_close(document);
        return NULL;
    }
    oleprops_read(ole, &info->metadata);
    info->pages = 1;
    return document;
}

static int doc_page(struct format_document *document, int page,
                    struct emit *emit, struct error *e)
{
    if (page != 1)
        return error_set(e, ERROR_NO_PAGES, "there is no page %d", page);
    struct buffer text = {0};
    doc_text(&document->file, &text);
    int r = pieces_emit(emit, text.data, text.size);
    buffer_free(&text);
    if (r == 0)
        r = oleobject_send_all(document->ole,
                               ole_find(document->ole, OLE_ROOT, "ObjectPool"),
                               "_", emit);
    return r;
}

const struct format format_doc = {
    .name = "doc",
    .media_type = "application/msword",
    .extensions = "doc dot",
    .description = "Word 6 to 2003 documents",
    .flags = FORMAT_HOLDS,
    .bid = doc_bid,
    .open = doc_open,
    .page = doc_page,
    .close = doc_close,
    .prepare = load_text,
};
