/* SPDX-License-Identifier: GPL-3.0-or-later */
/* djvu.c - the format "djvu": the text layer of each page, as it stands there. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "format/djvufile.h"
#include "format/lines.h"
#include "format/pieces.h"
#include "format/registry.h"
#include "layout/layout.h"

struct format_document {
    struct djvufile file;
};

static int djvu_bid(const struct peek *peek)
{
    return peek->head_size >= 16 && memcmp(peek->head, "AT&TFORM", 8) == 0 ? 100
                                                                           : 0;
}

static void djvu_close(struct format_document *d)
{
    if (!d)
        return;
    djvufile_clear(&d->file);
    free(d);
}

static struct format_document *djvu_open(const struct format_input *input,
                                         struct format_info *info, struct error *e)
{
    struct format_document *d = xcalloc(1, sizeof *d);
    if (djvufile_read(input->data, input->size, &d->file, e) < 0) {
        djvu_close(d);
        return NULL;
    }
    info->pages = (int)d->file.count; /* at most DJVUFILE_PAGES */
    info->flaw = d->file.flaw;
    djvufile_metadata(&d->file.shared, &info->metadata);
    djvufile_metadata(&d->file.pages[0], &info->metadata);
    return d;
}

/* Lines stay lines, what is larger has a blank line between. */
static void djvu_lines(const char *text, size_t size, struct buffer *out)
{
    struct lines lines = { .out = out };
    for (size_t at = 0; at < size;) {
        size_t n = 0;
        while (at + n < size && !memchr("\n\v\035\037", text[at + n], 4))
            n++;
        if (n > 0)
            lines_fold(&lines, text + at, n);
        at += n;
        if (at == size)
            break;
        if (text[at++] == '\n')
            lines_break(&lines);
        else
            lines_ask(&lines, 2);
    }
    if (out->size)
        buffer_append_char(out, '\n');
}

static int djvu_page(struct format_document *d, int page, struct emit *emit,
                     struct error *e)
{
    if (page < 1 || (size_t)page > d->file.count)
        return error_set(e, ERROR_NO_PAGES, "there is no page %d", page);
    struct buffer layer = { 0 }, valid = { 0 }, text = { 0 };
    int r = djvufile_text(&d->file.pages[page - 1], &layer, e);
    utf8_append_sanitized(&valid, layer.data, layer.size);
    djvu_lines(valid.data, valid.size, &text);
    if (text.size == 0)
        emit->flags |= LAYOUT_NO_TEXT;
    if (pieces_emit(emit, text.data, text.size) < 0)
        r = -1;
    buffer_free(&layer);
    buffer_free(&valid);
    buffer_free(&text);
    return r;
}

const struct format format_djvu = {
    .name = "djvu",
    .media_type = "image/vnd.djvu",
    .extensions = "djvu djv",
    .description = "DjVu scans with a text layer",
    .flags = FORMAT_SPLITS,
    .bid = djvu_bid,
    .open = djvu_open,
    .page = djvu_page,
    .close = djvu_close,
};
