/* SPDX-License-Identifier: GPL-3.0-or-later */
/* epub.c - the format "epub": each item of the spine is a page. libzip and
 * libxml2 objects here belong to one document, so to one thread at a time. */
#include <config.h>

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "format/load.h"
#include "format/markup.h"
#include "format/package.h"
#include "format/pieces.h"
#include "format/plausible.h"
#include "format/registry.h"
#include "format/sax.h"
#include "format/zipfile.h"

/* Bytes of one chapter, inflated. The largest real ones, books in one file,
 * have some 10 MiB; it is held in memory, and its text too. */
#define EPUB_CHAPTER ((size_t)64 << 20)

struct format_document {
    struct zipfile *zip;
    struct package package;
};

/* Sure when the first member is what OCF asks for; else a ZIP archive among whose
 * members an EPUB's container is will do, as readers accept those too. Some other
 * formats have the container as well, but a mimetype of their own; and an archive of
 * books holds it within its members. */
static int epub_bid(const struct peek *peek)
{
    static const char type[] = "application/epub+zip";
    const unsigned char *head = peek->head;
    if (peek->head_size < 30 || memcmp(head, "PK\3\4", 4) != 0)
        return 0;
    /* Local header (APPNOTE 4.3.7): method at 8, the length of the name at
     * 26, of extra fields at 28, then these, then the content. */
    size_t extra = (size_t)head[28] | (size_t)head[29] << 8;
    size_t content = 30 + 8 + extra;
    if (head[8] == 0 && head[9] == 0 && head[26] == 8 && head[27] == 0 &&
        peek->head_size >= content + sizeof type - 1 &&
        memcmp(head + 30, "mimetype", 8) == 0)
        return memcmp(head + content, type, sizeof type - 1) == 0 ? 100 : 0;
    return peek->container && !strcmp(peek->container, type) ? 90 : 0;
}

static void epub_close(struct format_document *document)
{
    if (!document)
        return;
    package_clear(&document->package);
    zipfile_close(document->zip);
    free(document);
}

static struct format_document *epub_open(const struct format_input *input,
                                         struct format_info *info,
                                         struct error *e)
{
    if (!sax_require(e))
        return NULL;
    struct zipfile *zip =
        zipfile_open(input->data, input->size, input->password, e);
    if (!zip)
        return NULL;
    struct format_document *document = xcalloc(1, sizeof *document);
    document->zip = zip;
    if (package_read(zip, &document->package, e) < 0) {
        epub_close(document);
        return NULL;
    }
    info->pages = (int)document->package.count; /* at most PACKAGE_ITEMS */
    metadata_move(&info->metadata, &document->package.metadata);
    info->flaw = document->package.flaw;
    return document;
}

/* Whether SOURCE can be markup at all: not empty, not binary. */
static bool epub_is_chapter(const struct buffer *source)
{
    const unsigned char *data = (const unsigned char *)source->data;
    size_t mark;
    if (source->size == 0)
        return false;
    return !memchr(data, '\0', source->size) ||
           plausible_mark(data, source->size, &mark) ||
           plausible_wide(data, source->size);
}

/* Data for a program of the book (BOUND) that is not text has none to show. */
static int epub_chapter(struct format_document *document, int64_t member, bool bound,
                        struct emit *emit, struct error *e)
{
    const char *name = zipfile_name(document->zip, member);
    struct buffer source = { 0 }, text = { 0 };
    struct error why = { 0 };
    int r = zipfile_read(document->zip, member, EPUB_CHAPTER, &source, &why);
    if (r == 0 && bound && !epub_is_chapter(&source)) {
        buffer_free(&source);
        return 0;
    }
    if (r == 0 && !epub_is_chapter(&source))
        r = error_set(&why, ERROR_DAMAGED, source.size ? "not a text" : "empty");
    /* What came before the fault is text as well. */
    if (markup_render(&source, &text, r < 0 ? NULL : &why) < 0)
        r = -1;
    if (pieces_emit(emit, text.data, text.size) < 0)
        r = -1;
    else if (r < 0)
        error_set(e, why.kind, "%s: %s", name, why.detail);
    buffer_free(&source);
    buffer_free(&text);
    return r;
}

static int epub_page(struct format_document *document, int page,
                     struct emit *emit, struct error *e)
{
    if (page < 1 || (size_t)page > document->package.count)
        return error_set(e, ERROR_NO_PAGES, "there is no page %d", page);
    const struct package_page *p = &document->package.pages[page - 1];
    switch (p->fault) {
    case PACKAGE_FINE:
        return epub_chapter(document, p->member, p->bound, emit, e);
    case PACKAGE_NO_TEXT:
        return 0;
    case PACKAGE_NO_ITEM:
        return error_set(e, ERROR_DAMAGED,
                         "%s: in the reading order, but not an item of the "
                         "package", p->label);
    case PACKAGE_NO_MEMBER:
        return error_set(e, ERROR_DAMAGED, "%s: not in the archive", p->label);
    case PACKAGE_ENCRYPTED:
        return error_set(e, ERROR_ENCRYPTED, "%s: encrypted by %s",
                         zipfile_name(document->zip, p->member),
                         document->package.scheme);
    }
    return error_set(e, ERROR_INTERNAL, "page %d is of no known kind", page);
}

const struct format format_epub = {
    .name = "epub",
    .media_type = "application/epub+zip",
    .extensions = "epub",
    .description = "EPUB 2 and 3 books",
    .flags = FORMAT_NEEDS_PERMIT,
    .bid = epub_bid,
    .open = epub_open,
    .page = epub_page,
    .close = epub_close,
    .prepare = load_packed,
    .library = load_packed_library,
};
