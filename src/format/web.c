/* SPDX-License-Identifier: GPL-3.0-or-later */
/* web.c - the formats "html" and "xhtml": a page of the web is one page, all
 * that a browser shows of it. Both go through the tolerant tokenizer, in one
 * pass over the mapped file, and the text leaves as it comes. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "detect/magic.h"
#include "format/charset.h"
#include "format/entities.h"
#include "format/load.h"
#include "format/markup.h"
#include "format/pieces.h"
#include "format/prose.h"
#include "format/registry.h"
#include "format/soup.h"
#include "format/text.h"
#include "format/webhead.h"

/* Bytes of text that are kept before they are emitted. */
#define WEB_HELD ((size_t)64 << 10)

/* Where a document type declaration with entities of its own stands. */
#define WEB_PROLOG ((size_t)16 << 10)

struct format_document {
    const char *source; /* UTF-8: the input, or what DECODED holds */
    size_t size;
    struct buffer decoded;
    struct error entities; /* why the page's own stand as they are written */
};

static int web_bid_for(const struct peek *peek, const char *media_type)
{
    const char *type = textual_type(peek);
    return type && strcmp(type, media_type) == 0 ? MAGIC_TEXTUAL + 5 : 0;
}

/* A piece of a page, without what a page begins with, needs the name. */
static bool web_is_piece(const struct peek *peek)
{
    static const char tag[] = "</";
    return text_is_named(peek->name, "html htm xhtml") && text_bid(peek) > 0 &&
           memmem(peek->head, peek->head_size, tag, sizeof tag - 1) != NULL &&
           textual_type(peek) == NULL;
}

static int html_bid(const struct peek *peek)
{
    int bid = web_bid_for(peek, "text/html");
    return bid > 0 || !web_is_piece(peek) ? bid : BID_TEXT_KIND;
}

static int xhtml_bid(const struct peek *peek)
{
    return web_bid_for(peek, "application/xhtml+xml");
}

static void web_close(struct format_document *document)
{
    if (!document)
        return;
    buffer_free(&document->decoded);
    free(document);
}

/* A page is read where it lies when it is UTF-8 without entities of its own. */
static void web_decode(struct format_document *document, const char *data,
                       size_t size, const struct charset *charset)
{
    size_t prolog = size < WEB_PROLOG ? size : WEB_PROLOG;
    bool declares = memmem(data, prolog, "<!ENTITY", 8) != NULL;
    document->source = data + charset->mark;
    document->size = size - charset->mark;
    if (!declares && strcmp(charset->name, "UTF-8") == 0 &&
        utf8_valid_prefix(document->source, document->size) == document->size)
        return;
    markup_convert(data, size, charset, &document->decoded);
    entities_expand(&document->decoded, &document->entities);
    document->source = document->decoded.data;
    document->size = document->decoded.size;
}

static struct format_document *web_open(const struct format_input *input,
                                        struct format_info *info,
                                        struct error *e)
{
    const char *data = (const char *)input->data;
    struct charset charset;
    if (!sax_require(e))
        return NULL;
    if (!markup_charset(data, input->size, &charset)) {
        error_set(e, ERROR_DAMAGED, "no text, but binary data");
        return NULL;
    }
    struct format_document *document = xcalloc(1, sizeof *document);
    web_decode(document, data, input->size, &charset);
    webhead_read(document->source, document->size, &info->metadata);
    metadata_add(&info->metadata, "charset", charset.name);
    info->flaw = document->entities;
    info->pages = 1;
    return document;
}

/* Stands between the tokenizer and the prose, and passes on what is settled. */
struct web_pass {
    struct sax_handler handler;
    struct prose *prose;
    struct sax_handler *next;
    struct buffer text;
    struct emit *emit;
    bool is_stopped;
};

static void web_start(struct sax_handler *handler, const char *prefix,
                      const char *name, const struct sax_attribute *attributes,
                      size_t count)
{
    struct web_pass *pass = (struct web_pass *)handler;
    pass->next->start(pass->next, prefix, name, attributes, count);
}

static void web_end(struct sax_handler *handler, const char *name)
{
    struct web_pass *pass = (struct web_pass *)handler;
    pass->next->end(pass->next, name);
}

static void web_text(struct sax_handler *handler, const char *text, size_t size)
{
    struct web_pass *pass = (struct web_pass *)handler;
    if (pass->is_stopped)
        return;
    pass->next->text(pass->next, text, size);
    size_t settled = pass->text.size > WEB_HELD ? prose_settled(pass->prose) : 0;
    if (settled == 0)
        return;
    if (pieces_emit(pass->emit, pass->text.data, settled) < 0)
        pass->is_stopped = true;
    pass->text.size -= settled;
    memmove(pass->text.data, pass->text.data + settled, pass->text.size);
}

static int web_page(struct format_document *document, int page,
                    struct emit *emit, struct error *e)
{
    if (page != 1)
        return error_set(e, ERROR_NO_PAGES, "there is no page %d", page);
    struct web_pass pass = {
        .handler = { .start = web_start, .end = web_end, .text = web_text },
        .emit = emit,
    };
    pass.prose = prose_create(&pass.text);
    prose_show_all(pass.prose);
    pass.next = prose_handler(pass.prose);
    soup_parse(document->source, document->size, true, &pass.handler);
    prose_finish(pass.prose);
    int r = pass.is_stopped
                ? -1
                : pieces_emit(emit, pass.text.data, pass.text.size);
    buffer_free(&pass.text);
    return r;
}

const struct format format_html = {
    .name = "html",
    .media_type = "text/html",
    .extensions = "html htm",
    .description = "HTML pages in any charset",
    .bid = html_bid,
    .open = web_open,
    .page = web_page,
    .close = web_close,
    .prepare = load_markup,
};

const struct format format_xhtml = {
    .name = "xhtml",
    .media_type = "application/xhtml+xml",
    .extensions = "xhtml xht",
    .description = "XHTML pages",
    .bid = xhtml_bid,
    .open = web_open,
    .page = web_page,
    .close = web_close,
    .prepare = load_markup,
};
