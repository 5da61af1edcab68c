/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ppt.c - the format "ppt": presentations of PowerPoint 97 to 2003; a slide
 * with its notes is a page. */
#include <config.h>

#include <stdlib.h>

#include "base/alloc.h"
#include "detect/magic.h"
#include "format/load.h"
#include "format/oleprops.h"
#include "format/pieces.h"
#include "format/pptfile.h"
#include "format/ppttext.h"
#include "format/registry.h"

struct format_document {
    struct ole *ole;
    struct ppt_file file;
};

static int ppt_bid(const struct peek *peek)
{
    return container_ole_bid(peek, format_ppt.media_type);
}

static void ppt_close(struct format_document *document)
{
    if (document == NULL)
        return;
    ppt_file_clear(&document->file);
    ole_close(document->ole);
    free(document);
}

static struct format_document *ppt_open(const struct format_input *input,
                                        struct format_info *info,
                                        struct error *e)
{
    struct ole *ole = ole_open(input->data, input->size, e);
    if (ole == NULL)
        return NULL;
    struct format_document *document = xcalloc(1, sizeof *document);
    document->ole = ole;
    if (ppt_file_read(&document->file, ole, &info->flaw, e) < 0) {
        ppt_close(document);
        return NULL;
    }
    oleprops_read(ole, &info->metadata);
    size_t count = document->file.count;
    info->pages = count > 0 ? (int)count : 1;
    return document;
}

static int ppt_page(struct format_document *document, int page,
                    struct emit *emit, struct error *e)
{
    const struct ppt_file *file = &document->file;
    if (page == 1 && file->count == 0)
        return 0; /* no slides */
    if (page < 1 || (size_t)page > file->count)
        return error_set(e, ERROR_NO_PAGES, "there is no page %d", page);
    const struct ppt_slide *slide = &file->slides[page - 1];
    struct buffer text = {0};
    ppt_text(slide, page, &text);
    int r = pieces_emit(emit, text.data, text.size);
    buffer_free(&text);
    if (r < 0)
        return -1;
    if (slide->is_repeated)
        return error_set(e, ERROR_LIMIT, "slides are named again and again");
    if (slide->body.p == NULL)
        return error_set(e, ERROR_DAMAGED, "the slide is not in the file");
    return 0;
}

const struct format format_ppt = {
    .name = "ppt",
    .media_type = "application/vnd.ms-powerpoint",
    .extensions = "ppt pps pot",
    .description = "PowerPoint 97 to 2003 presentations",
    .bid = ppt_bid,
    .open = ppt_open,
    .page = ppt_page,
    .close = ppt_close,
    .prepare = load_text,
};
