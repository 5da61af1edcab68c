/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rtf.c - the format "rtf": one page, as pages are made by who shows it. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "format/load.h"
#include "format/pieces.h"
#include "format/registry.h"
#include "format/rtfread.h"

struct format_document {
    struct buffer text;
};

static int rtf_bid(const struct peek *peek)
{
    const unsigned char *p = peek->head, *end = p + peek->head_size;
    if (end - p >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0)
        p += 3;
    while (p < end && (*p == ' ' || (*p >= '\t' && *p <= '\r')))
        p++;
    return end - p >= 5 && memcmp(p, "{\\rtf", 5) == 0 ? 95 : 0;
}

static void rtf_close(struct format_document *document)
{
    if (!document)
        return;
    buffer_free(&document->text);
    free(document);
}

static struct format_document *rtf_open(const struct format_input *input,
                                        struct format_info *info,
                                        struct error *e)
{
    struct format_document *document = xcalloc(1, sizeof *document);
    const char *data = (const char *)input->data;
    const char *start = memchr(data, '{', input->size);
    size_t size = start ? input->size - (size_t)(start - data) : 0;
    if (rtf_read(start, size, &document->text, &info->metadata, &info->flaw) < 0 &&
        document->text.size == 0) {
        *e = info->flaw;
        rtf_close(document);
        return NULL;
    }
    info->pages = 1;
    return document;
}

static int rtf_page(struct format_document *document, int page, struct emit *emit,
                    struct error *e)
{
    if (page != 1)
        return error_set(e, ERROR_NO_PAGES, "there is no page %d", page);
    return pieces_emit(emit, document->text.data, document->text.size);
}

const struct format format_rtf = {
    .name = "rtf",
    .media_type = "application/rtf",
    .extensions = "rtf",
    .description = "Rich Text Format",
    .bid = rtf_bid,
    .open = rtf_open,
    .page = rtf_page,
    .close = rtf_close,
    .prepare = load_text,
};
