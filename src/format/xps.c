/* SPDX-License-Identifier: GPL-3.0-or-later */
/* xps.c - the format "xps" (XPS and OpenXPS): each FixedPage is a page, whose
 * glyphs go the way of those of PDFs. Libgxps renders pages and gives no text. */
#include <config.h>

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "format/load.h"
#include "format/ocf.h"
#include "format/pieces.h"
#include "format/registry.h"
#include "format/sax.h"
#include "format/xpspage.h"
#include "format/xpsparts.h"
#include "format/zipfile.h"
#include "layout/layout.h"

/* Fonts that are kept, and bytes of one and of all: on a page with more, the
 * others count as not known. */
#define XPS_FONTS 256
#define XPS_FONT ((size_t)32 << 20)
#define XPS_FONTS_SIZE ((size_t)128 << 20)

struct font {
    char *name;
    struct buffer data;
    struct xpsfont font;
};

struct format_document {
    struct xps_fonts source; /* first: see xps_find_font */
    struct zipfile *zip;
    struct xpsparts parts;
    struct format_options options;
    struct font fonts[XPS_FONTS];
    size_t count, size; /* of fonts, and their bytes */
    const char *page;   /* that is read, for what is relative to it */
};

static int xps_bid(const struct peek *peek)
{
    static const char mark[] = ".fdseq"; /* FixedDocumentSequence */
    if (peek->head_size < 30 || memcmp(peek->head, "PK\3\4", 4) != 0)
        return 0;
    return memmem(peek->tail, peek->tail_size, mark, sizeof mark - 1) ? 90 : 0;
}

static void xps_forget_fonts(struct format_document *d)
{
    for (size_t i = 0; i < d->count; i++) {
        free(d->fonts[i].name);
        buffer_free(&d->fonts[i].data);
    }
    d->count = d->size = 0;
}

static void xps_close(struct format_document *d)
{
    if (!d)
        return;
    xps_forget_fonts(d);
    xpsparts_clear(&d->parts);
    zipfile_close(d->zip);
    free(d);
}

static struct format_document *xps_open(const struct format_input *input,
                                        struct format_info *info, struct error *e)
{
    if (!sax_require(e))
        return NULL;
    struct zipfile *zip =
        zipfile_open(input->data, input->size, input->password, e);
    if (!zip)
        return NULL;
    struct format_document *d = xcalloc(1, sizeof *d);
    d->zip = zip;
    if (input->options)
        d->options = *input->options;
    if (xpsparts_read(zip, &d->parts, &info->metadata, e) < 0) {
        xps_close(d);
        return NULL;
    }
    info->pages = (int)d->parts.count; /* at most XPSPARTS_PAGES */
    info->flaw = d->parts.flaw;
    return d;
}

/* Reads the font NAME#NUMBER into F, which knows nothing when it cannot. */
static void xps_read_font(struct format_document *d, struct font *f,
                          const char *number)
{
    size_t length = strlen(f->name);
    if (d->size > XPS_FONTS_SIZE ||
        xpsparts_content(d->zip, f->name, XPS_FONT, &f->data, NULL) < 0)
        buffer_clear(&f->data);
    if (f->data.size && length > 7 && strcasecmp(f->name + length - 7, ".odttf") == 0)
        xpsfont_reveal((unsigned char *)f->data.data, f->data.size, f->name);
    unsigned long at = number ? strtoul(number, NULL, 10) : 0;
    xpsfont_read(&f->font, (const unsigned char *)f->data.data, f->data.size,
                 at < 256 ? (unsigned)at : 0);
    d->size += f->data.size;
}

static const struct xpsfont *xps_find_font(struct xps_fonts *source, const char *uri,
                                           size_t size)
{
    static const struct xpsfont unknown;
    struct format_document *d = (struct format_document *)source;
    if (size == 0 || size > OCF_PATH)
        return &unknown;
    char *name = xpsparts_target(d->page, uri, size);
    for (size_t i = 0; i < d->count; i++) {
        if (strcmp(d->fonts[i].name, name) == 0) {
            free(name);
            return &d->fonts[i].font;
        }
    }
    if (d->count == XPS_FONTS) {
        free(name);
        return &unknown;
    }
    struct font *f = &d->fonts[d->count++];
    *f = (struct font){ .name = name };
    char *hash = strchr(name, '#');
    if (hash)
        *hash = '\0';
    xps_read_font(d, f, hash ? hash + 1 : NULL);
    if (hash)
        *hash = '#';
    return &f->font;
}

/* The text of what PAGE has gathered. */
static int xps_emit(struct format_document *d, const struct xpspage *page,
                    struct emit *emit)
{
    struct buffer text = { 0 };
    struct layout_page layout = {
        .boxes = page->boxes.data,
        .count = page->boxes.count,
        .width = page->width,
        .height = page->height,
        .content_order = true,
    };
    struct layout_options options = {
        .mode = d->options.layout == FORMAT_PHYSICAL ? LAYOUT_PHYSICAL
                                                     : LAYOUT_READING,
        .dehyphenate = !d->options.keep_hyphens,
    };
    emit->flags |= layout_text(&layout, &options, &text);
    const struct buffer *out = d->options.layout == FORMAT_RAW ? &page->raw : &text;
    int r = pieces_emit(emit, out->data, out->size);
    buffer_free(&text);
    return r;
}

static int xps_page(struct format_document *d, int number, struct emit *emit,
                    struct error *e)
{
    if (number < 1 || (size_t)number > d->parts.count)
        return error_set(e, ERROR_NO_PAGES, "there is no page %d", number);
    struct buffer xml = { 0 };
    struct error why = { 0 };
    struct xpspage *page = xcalloc(1, sizeof *page);
    /* What the pages before needed may leave no room for those of this one. */
    if (d->count > XPS_FONTS / 2 || d->size > XPS_FONTS_SIZE / 2)
        xps_forget_fonts(d);
    d->page = d->parts.pages[number - 1];
    d->source.find = xps_find_font;
    xpspage_start(page, &d->source);
    int r = xpsparts_content(d->zip, d->page, XPSPARTS_PART, &xml, &why);
    if (xml.size) {
        int parsed = ocf_parse_xml(&xml, r < 0, &page->handler, xpspage_restart, &why);
        if (parsed > 0 && r == 0)
            error_set(&why, ERROR_DAMAGED, "damaged");
        r = parsed ? -1 : r;
    } else if (r == 0) {
        r = error_set(&why, ERROR_DAMAGED, "empty");
    }
    if (page->is_cut)
        r = error_set(&why, ERROR_LIMIT, "more than %d glyphs", XPSPAGE_BOXES);
    buffer_free(&xml);
    if (xps_emit(d, page, emit) < 0)
        r = -1;
    else if (r < 0)
        error_set(e, why.kind, "%s: %s", d->page, why.detail);
    xpspage_clear(page);
    free(page);
    return r;
}

const struct format format_xps = {
    .name = "xps",
    .media_type = "application/vnd.ms-xpsdocument",
    .extensions = "xps oxps",
    .description = "XML Paper Specification",
    .flags = FORMAT_NEEDS_PERMIT,
    .bid = xps_bid,
    .open = xps_open,
    .page = xps_page,
    .close = xps_close,
    .prepare = load_packed,
    .library = load_packed_library,
};
