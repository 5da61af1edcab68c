/* SPDX-License-Identifier: GPL-3.0-or-later */
/* xml.c - the formats "xml", "svg", "fb2", "docbook", and feeds and property
 * lists: read once, when the document is opened. What is not well-formed is read
 * as it stands, and said. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "detect/magic.h"
#include "format/charset.h"
#include "format/datatext.h"
#include "format/entities.h"
#include "format/feed.h"
#include "format/load.h"
#include "format/markup.h"
#include "format/pieces.h"
#include "format/registry.h"
#include "format/sheet2003.h"
#include "format/soup.h"
#include "format/text.h"
#include "format/vocabulary.h"

/* Source and text are held in memory together. */
#define XML_SIZE ((size_t)256 << 20)

struct format_document {
    struct buffer text;
    int pages;
    size_t *ends; /* of the pages in it; NULL: it is one page */
};

enum xml_kind {
    XML_DATA,
    XML_FEED,
    XML_SVG,
    XML_FICTION,
    XML_DOCBOOK,
    XML_WORD,
    XML_SHEET
};

/* XML without a declaration needs the name. */
static int xml_bid_named(const struct peek *peek)
{
    size_t at = 0;
    while (at < peek->head_size && strchr(" \t\r\n", peek->head[at]))
        at++;
    return at < peek->head_size && peek->head[at] == '<' &&
                   textual_type(peek) == NULL && textual_has_root(peek)
               ? text_bid_named(peek, "xml xsd xsl")
               : 0;
}

static void xml_close(struct format_document *document)
{
    if (!document)
        return;
    buffer_free(&document->text);
    free(document->ends);
    free(document);
}

/* SOURCE is used up. 0; or -1: not well-formed. M is NULL for data. */
static int xml_parse(struct buffer *source, enum xml_kind kind, bool tolerant,
                     struct buffer *text, struct metadata *m)
{
    static const enum vocabulary_kind kinds[] = {
        [XML_SVG] = VOCABULARY_NONE,
        [XML_FICTION] = VOCABULARY_FICTION,
        [XML_DOCBOOK] = VOCABULARY_DOCBOOK,
        [XML_WORD] = VOCABULARY_WORD,
    };
    struct datatext *data = NULL;
    struct prose *prose = NULL;
    struct vocabulary *v = NULL;
    struct feed *feed = NULL;
    struct sax_handler *handler;
    int r = 0;
    if (kind == XML_DATA) {
        data = datatext_create(text);
        handler = datatext_handler(data);
    } else if (kind == XML_FEED) {
        prose = prose_create(text);
        feed = feed_create(prose, m);
        handler = feed_handler(feed);
    } else {
        prose = prose_create(text);
        v = vocabulary_create(kinds[kind], prose, m);
        handler = vocabulary_handler(v);
    }
    if (tolerant)
        soup_parse(source->data, source->size, false, handler);
    else
        r = sax_parse(source, handler);
    vocabulary_destroy(v);
    feed_destroy(feed);
    if (prose)
        prose_finish(prose);
    else
        datatext_finish(data);
    return r;
}

/* The sheets of SOURCE, which is used up. 0; or -1: not well-formed. */
static int xml_parse_sheets(struct buffer *source, bool tolerant,
                            struct format_document *document,
                            struct metadata *m, struct format_info *info)
{
    struct sheet2003 *sheets = sheet2003_create(&document->text, m);
    struct sax_handler *handler = sheet2003_handler(sheets);
    size_t pages;
    bool cut;
    int r = 0;
    if (tolerant)
        soup_parse(source->data, source->size, false, handler);
    else
        r = sax_parse(source, handler);
    free(document->ends);
    document->ends = sheet2003_finish(sheets, &pages, &cut);
    info->pages = (int)pages; /* at most SHEET2003_PAGES */
    if (r == 0 && cut && info->flaw.kind == ERROR_NONE)
        error_set(&info->flaw, ERROR_LIMIT, "more than %d sheets or %zu MiB of text",
                  SHEET2003_PAGES, SHEET2003_TEXT >> 20);
    sheet2003_destroy(sheets);
    return r;
}

static int xml_parse_any(struct buffer *source, enum xml_kind kind, bool tolerant,
                         struct format_document *document, struct metadata *m,
                         struct format_info *info)
{
    if (kind == XML_SHEET)
        return xml_parse_sheets(source, tolerant, document, m, info);
    info->pages = 1;
    return xml_parse(source, kind, tolerant, &document->text, m);
}

static void xml_render(struct buffer *source, enum xml_kind kind,
                       struct format_document *document, struct format_info *info)
{
    struct metadata m = { 0 };
    entities_expand(source, &info->flaw);
    if (xml_parse_any(source, kind, false, document, &m, info) < 0) {
        if (info->flaw.kind == ERROR_NONE)
            error_set(&info->flaw, ERROR_DAMAGED, "not well-formed XML");
        buffer_clear(&document->text);
        metadata_clear(&m);
        xml_parse_any(source, kind, true, document, &m, info);
    }
    for (size_t i = 0; i < m.count; i++)
        metadata_add(&info->metadata, m.entries[i].key, m.entries[i].value);
    metadata_clear(&m);
}

static struct format_document *xml_read(const struct format_input *input,
                                        enum xml_kind kind,
                                        struct format_info *info,
                                        struct error *e)
{
    const char *data = (const char *)input->data;
    struct charset charset;
    if (!sax_require(e))
        return NULL;
    if (input->size > XML_SIZE) {
        error_set(e, ERROR_LIMIT, "more than %zu MiB of XML", XML_SIZE >> 20);
        return NULL;
    }
    if (!markup_charset(data, input->size, &charset)) {
        error_set(e, ERROR_DAMAGED, "no text, but binary data");
        return NULL;
    }
    struct format_document *document = xcalloc(1, sizeof *document);
    struct buffer source = { 0 };
    markup_convert(data, input->size, &charset, &source);
    metadata_add(&info->metadata, "charset", charset.name);
    xml_render(&source, kind, document, info);
    buffer_free(&source);
    document->pages = info->pages;
    return document;
}

static int xml_page(struct format_document *document, int page,
                    struct emit *emit, struct error *e)
{
    if (page < 1 || page > document->pages)
        return error_set(e, ERROR_NO_PAGES, "there is no page %d", page);
    size_t start = page > 1 ? document->ends[page - 2] : 0;
    size_t end =
        document->ends ? document->ends[page - 1] : document->text.size;
    return pieces_emit(emit, document->text.data + start, end - start);
}

static int xml_bid_for(const struct peek *peek, const char *media_type)
{
    const char *found = textual_type(peek);
    if (found)
        return strcmp(found, media_type) == 0 ? MAGIC_TEXTUAL + 5 : 0;
    return strcmp(media_type, "application/xml") == 0 ? xml_bid_named(peek) : 0;
}

#define XML_FORMAT(id, kind, type, names, what)                                \
    static int id##_bid(const struct peek *peek)                               \
    {                                                                          \
        return xml_bid_for(peek, type);                                        \
    }                                                                          \
    static struct format_document *id##_open(const struct format_input *input, \
                                             struct format_info *info,         \
                                             struct error *e)                  \
    {                                                                          \
        return xml_read(input, kind, info, e);                                 \
    }                                                                          \
    const struct format format_##id = {                                        \
        .name = #id,                                                           \
        .media_type = type,                                                    \
        .extensions = names,                                                   \
        .description = what,                                                   \
        .bid = id##_bid,                                                       \
        .open = id##_open,                                                     \
        .page = xml_page,                                                      \
        .close = xml_close,                                                    \
        .prepare = load_markup,                                                \
    };

XML_FORMAT(fb2, XML_FICTION, "application/x-fictionbook+xml", "fb2",
           "FictionBook")
XML_FORMAT(docbook, XML_DOCBOOK, "application/docbook+xml", "dbk docbook",
           "DocBook")
XML_FORMAT(wordml, XML_WORD, "application/vnd.ms-wordml", "xml",
           "Word 2003 XML, and flat packages")
XML_FORMAT(sheetml, XML_SHEET, "application/vnd.ms-spreadsheetml", "xml",
           "Excel 2003 XML")
XML_FORMAT(svg, XML_SVG, "image/svg+xml", "svg", "SVG drawings, their text")
XML_FORMAT(rss, XML_FEED, "application/rss+xml", "rss", "RSS feeds")
XML_FORMAT(atom, XML_FEED, "application/atom+xml", "atom", "Atom feeds")
XML_FORMAT(opml, XML_FEED, "text/x-opml", "opml", "Outlines (OPML)")
XML_FORMAT(plist, XML_DATA, "application/x-plist+xml", "plist",
           "Property lists in XML")
XML_FORMAT(xml, XML_DATA, "application/xml", "xml xsd xsl", "XML, as its text")
