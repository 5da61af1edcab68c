/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ppt.c - the format "ppt": presentations of PowerPoint 97 to 2003; a slide
 * with its notes is a page. */
#include <config.h>

#include <libdeflate.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/little.h"
#include "detect/magic.h"
#include "format/charset.h"
#include "format/load.h"
#include "format/oleobject.h"
#include "format/oleprops.h"
#include "format/pieces.h"
#include "format/pptfile.h"
#include "format/ppttext.h"
#include "format/registry.h"

/* No byte of zlib's makes more. */
#define DEFLATE_RATIO 1032

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

/* Appends the bytes of OBJECT to OUT; or -1 and E. */
static int object_read(const struct ppt_object *object, struct buffer *out,
                       struct error *e)
{
    struct ppt_span s = object->body;
    if (!object->is_packed) {
        buffer_append(out, s.p, s.size);
        return 0;
    }
    size_t size = s.size >= 4 ? little32(s.p) : 0;
    if (size == 0 || size > OLEOBJECT_LIMIT || size / DEFLATE_RATIO > s.size)
        return error_set(e, ERROR_DAMAGED, "the object's size is %zu", size);
    char *bytes = xmalloc(size);
    struct libdeflate_decompressor *d = libdeflate_alloc_decompressor();
    size_t got = 0;
    bool is_whole = d != NULL
        && libdeflate_zlib_decompress(d, s.p + 4, s.size - 4, bytes, size, &got)
               == LIBDEFLATE_SUCCESS;
    libdeflate_free_decompressor(d);
    if (is_whole)
        buffer_append(out, bytes, got);
    free(bytes);
    return is_whole ? 0
                    : error_set(e, ERROR_DAMAGED, "the object cannot be inflated");
}

static int objects_send(const struct ppt_file *file, struct emit *emit)
{
    if (emit->member_begin == NULL)
        return 0;
    int r = 0;
    for (size_t i = 0; i < file->object_count && r == 0; i++) {
        char name[32];
        struct buffer bytes = {0};
        struct error why = {0};
        snprintf(name, sizeof name, "object%zu.bin", i + 1);
        bool is_whole = object_read(&file->objects[i], &bytes, &why) == 0;
        r = oleobject_send_file(emit, name, &bytes, is_whole ? NULL : &why);
        buffer_free(&bytes);
    }
    return r;
}

static int ppt_page(struct format_document *document, int page,
                    struct emit *emit, struct error *e)
{
    const struct ppt_file *file = &document->file;
    if (page == 1 && file->count == 0)
        return objects_send(file, emit); /* no slides */
    if (page < 1 || (size_t)page > file->count)
        return error_set(e, ERROR_NO_PAGES, "there is no page %d", page);
    const struct ppt_slide *slide = &file->slides[page - 1];
    struct buffer text = {0};
    ppt_text(slide, page, &text);
    int r = pieces_emit(emit, text.data, text.size);
    buffer_free(&text);
    /* Which slide an object is on is not in the list: the first has them. */
    if (r == 0 && page == 1)
        r = objects_send(file, emit);
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
    .flags = FORMAT_HOLDS,
    .bid = ppt_bid,
    .open = ppt_open,
    .page = ppt_page,
    .close = ppt_close,
    .prepare = load_text,
};
