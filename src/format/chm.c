/* SPDX-License-Identifier: GPL-3.0-or-later */
/* chm.c - the format "chm": each topic is a page. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "format/charset.h"
#include "format/chmfile.h"
#include "format/chmtopics.h"
#include "format/markup.h"
#include "format/pieces.h"
#include "format/registry.h"
#include "format/sax.h"

/* Bytes of one topic. */
#define CHM_TOPIC ((size_t)64 << 20)

struct format_document {
    struct chmfile *file;
    struct chmtopics topics;
};

static int chm_bid(const struct peek *peek)
{
    static const char mark[] = "ITSF\3\0\0"; /* with its NUL: version 3 */
    return peek->head_size >= 8 && memcmp(peek->head, mark, 8) == 0 ? 100 : 0;
}

static void chm_close(struct format_document *d)
{
    if (!d)
        return;
    chmtopics_clear(&d->topics);
    chmfile_close(d->file);
    free(d);
}

static void chm_prepare(void)
{
    const char *why;
    chmfile_prepare(&why);
    sax_prepare(&why);
    charset_prepare(&why);
}

static struct format_document *chm_open(const struct format_input *input,
                                        struct format_info *info, struct error *e)
{
    struct chmfile *file = chmfile_open(input->data, input->size, e);
    if (!file)
        return NULL;
    struct format_document *d = xcalloc(1, sizeof *d);
    d->file = file;
    chmtopics_read(file, &d->topics, &info->metadata);
    if (d->topics.count == 0) {
        error_set(e, ERROR_DAMAGED, "the help has no pages");
        chm_close(d);
        return NULL;
    }
    info->pages = (int)d->topics.count; /* at most CHMFILE_FILES */
    if (chmfile_count(file) == CHMFILE_FILES)
        error_set(&info->flaw, ERROR_LIMIT, "the help has more than %d files",
                  CHMFILE_FILES);
    return d;
}

static int chm_page(struct format_document *d, int page, struct emit *emit,
                    struct error *e)
{
    if (page < 1 || (size_t)page > d->topics.count)
        return error_set(e, ERROR_NO_PAGES, "there is no page %d", page);
    size_t file = d->topics.files[page - 1];
    struct buffer source = { 0 }, text = { 0 };
    struct error why = { 0 };
    int r = chmfile_read(d->file, file, CHM_TOPIC, &source, &why);
    /* What came before the fault is text as well. */
    if (markup_render(&source, &text, r < 0 ? NULL : &why) < 0)
        r = -1;
    if (pieces_emit(emit, text.data, text.size) < 0)
        r = -1;
    else if (r < 0)
        error_set(e, why.kind, "%s: %s", chmfile_name(d->file, file), why.detail);
    buffer_free(&source);
    buffer_free(&text);
    return r;
}

static char *chm_library(void)
{
    char *xml = sax_library_version();
    char *both = xasprintf("libmspack, libxml2 %s", xml);
    free(xml);
    return both;
}

const struct format format_chm = {
    .name = "chm",
    .media_type = "application/vnd.ms-htmlhelp",
    .extensions = "chm",
    .description = "Compiled HTML help",
    .flags = 0,
    .bid = chm_bid,
    .open = chm_open,
    .page = chm_page,
    .close = chm_close,
    .prepare = chm_prepare,
    .library = chm_library,
};
