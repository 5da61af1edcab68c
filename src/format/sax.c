/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sax.c - well-formed XML through libxml2's SAX2 interface, with guards for
 * what libxml2 does in quadratic time (of a whole document: saxguard.h). */
#include <config.h>

#include "format/sax.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "format/library.h"
#include "format/saxguard.h"

/* Namespace bindings in scope (libxml2 keeps two pointers for each, and
 * searches all of them for each prefixed name). */
#define SAX_NAMESPACES 128

/* Bytes of all different names: libxml2 keeps them in a hash table that stops
 * growing at 16,384 places. */
#define SAX_NAMES ((size_t)1 << 20)

/* Bytes of a reference to an entity that is declared outside. */
#define SAX_REFERENCE 160

#define SAX_CALLS(call)                     \
    call(htmlEntityLookup)                  \
    call(xmlCreateMemoryParserCtxt)         \
    call(xmlCreatePushParserCtxt)           \
    call(xmlCtxtUseOptions)                 \
    call(xmlDictSetLimit)                   \
    call(xmlFreeDoc)                        \
    call(xmlFreeParserCtxt)                 \
    call(xmlInitParser)                     \
    call(xmlParseChunk)                     \
    call(xmlParseDocument)                  \
    call(xmlSetGenericErrorFunc)            \
    call(xmlStopParser)                     \
    call(xmlThrDefSetGenericErrorFunc)      \
    call(__xmlParserVersion)

LIBRARY(SAX_CALLS)

struct sax {
    struct sax_handler *handler;
    xmlParserCtxtPtr parser;
    bool stopped;
    int depth;
    xmlEntity entity; /* what get_entity hands out; lives as long as this */
    char entity_text[SAX_REFERENCE];
    bool open; /* it may have declarations outside, which are never read */
};

static void sax_silence(void *ctx, const char *message, ...)
{
    (void)ctx;
    (void)message;
}

static void sax_stop(struct sax *sax)
{
    sax->stopped = true;
    sax->parser->wellFormed = 0;
    lib->xmlStopParser(sax->parser);
}

/* libxml2 would read on to the end after an error, without sending events. */
static void sax_error(void *ctx, xmlErrorPtr error)
{
    struct sax *sax = ctx;
    if (error->level == XML_ERR_FATAL && !sax->stopped)
        sax_stop(sax);
}

static void sax_load(void)
{
    if (!LIBRARY_LOAD(LIBXML_SONAME))
        return;
    lib->xmlInitParser();
    /* Messages that have no parser context to go to; the first call is for
     * this thread, the second for those that follow. */
    lib->xmlSetGenericErrorFunc(NULL, sax_silence);
    lib->xmlThrDefSetGenericErrorFunc(NULL, sax_silence);
}

bool sax_prepare(const char **why)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, sax_load);
    *why = lib_missing;
    return lib_missing == NULL;
}

bool sax_require(struct error *e)
{
    const char *why;
    if (!sax_prepare(&why))
        error_set(e, ERROR_UNSUPPORTED, "libxml2 is missing: %s", why);
    return why == NULL;
}

char *sax_library_version(void)
{
    const char *why;
    if (!sax_prepare(&why))
        return xstrdup("(missing)");
    int version = atoi(*lib->__xmlParserVersion()); /* 20914 is 2.9.14 */
    return xasprintf("%d.%d.%d", version / 10000, version / 100 % 100, version % 100);
}

bool sax_named_character(const char *name, size_t size, unsigned *code)
{
    char copy[32]; /* the longest name, "thetasym", has 8 letters */
    const char *why;
    if (size >= sizeof copy || !sax_prepare(&why))
        return false;
    memcpy(copy, name, size);
    copy[size] = '\0';
    const htmlEntityDesc *found = lib->htmlEntityLookup((const xmlChar *)copy);
    if (!found)
        return false;
    *code = found->value;
    return true;
}

const struct sax_attribute *sax_find(const struct sax_attribute *attributes,
                                     size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (!attributes[i].prefix && strcmp(attributes[i].name, name) == 0)
            return &attributes[i];
    }
    return NULL;
}

void sax_no_end(struct sax_handler *handler, const char *name)
{
    (void)handler;
    (void)name;
}

void sax_no_text(struct sax_handler *handler, const char *text, size_t size)
{
    (void)handler;
    (void)text;
    (void)size;
}

/* What an entity stands for; false: nobody knows. What is declared outside stays as
 * it is written. */
static bool sax_entity_text(struct sax *sax, const char *name, bool in_attribute)
{
    unsigned code;
    size_t size = strlen(name);
    if (sax_named_character(name, size, &code)) {
        struct buffer text = { 0 };
        utf8_append(&text, code);
        memcpy(sax->entity_text, text.data, text.size);
        sax->entity_text[text.size] = '\0';
        buffer_free(&text);
        return true;
    }
    if (!sax->open || size + sizeof "&#38;;" > sizeof sax->entity_text)
        return false;
    snprintf(sax->entity_text, sizeof sax->entity_text, "%s%s;",
             in_attribute ? "&#38;" : "&", name);
    return true;
}

static xmlEntityPtr sax_get_entity(void *ctx, const xmlChar *name)
{
    struct sax *sax = ctx;
    bool in_attribute = sax->parser->instate == XML_PARSER_ATTRIBUTE_VALUE;
    if (!sax_entity_text(sax, (const char *)name, in_attribute))
        return NULL;
    xmlEntity *entity = &sax->entity;
    memset(entity, 0, sizeof *entity);
    entity->type = XML_ENTITY_DECL;
    entity->name = name;
    entity->content = (xmlChar *)sax->entity_text;
    entity->orig = entity->content;
    entity->length = (int)strlen(sax->entity_text);
    entity->checked = 2; /* "scanned, holds no further entities" */
    /* In content, a predefined entity comes as plain characters; in an
     * attribute only its first byte would be taken. */
    entity->etype = in_attribute ? XML_INTERNAL_GENERAL_ENTITY
                                 : XML_INTERNAL_PREDEFINED_ENTITY;
    return entity;
}

static void sax_start(void *ctx, const xmlChar *name, const xmlChar *prefix,
                      const xmlChar *uri, int namespace_count,
                      const xmlChar **namespaces, int attribute_count,
                      int defaulted, const xmlChar **raw)
{
    struct sax *sax = ctx;
    struct sax_attribute attributes[SAX_ATTRIBUTES];
    size_t count = 0;
    (void)uri;
    (void)namespace_count;
    (void)namespaces;
    (void)defaulted;
    for (int i = 0; i < attribute_count && count < SAX_ATTRIBUTES; i++) {
        const xmlChar **a = raw + 5 * (size_t)i;
        attributes[count++] = (struct sax_attribute){
            .prefix = (const char *)a[1],
            .name = (const char *)a[0],
            .value = (const char *)a[3],
            .size = (size_t)(a[4] - a[3]),
        };
    }
    sax->handler->start(sax->handler, (const char *)prefix, (const char *)name,
                        attributes, count);
    /* The depth is libxml2's own affair when it gets the document whole. */
    if (sax->parser->nsNr > 2 * SAX_NAMESPACES || ++sax->depth > SAX_DEPTH + 1)
        sax_stop(sax);
}

static void sax_end(void *ctx, const xmlChar *name, const xmlChar *prefix,
                    const xmlChar *uri)
{
    struct sax *sax = ctx;
    (void)prefix;
    (void)uri;
    sax->depth--;
    sax->handler->end(sax->handler, (const char *)name);
}

static void sax_text(void *ctx, const xmlChar *text, int size)
{
    struct sax *sax = ctx;
    if (size > 0)
        sax->handler->text(sax->handler, (const char *)text, (size_t)size);
}

static const xmlSAXHandler sax_events = {
    .initialized = XML_SAX2_MAGIC,
    .getEntity = sax_get_entity,
    .startElementNs = sax_start,
    .endElementNs = sax_end,
    .characters = sax_text,
    .cdataBlock = sax_text,
    .ignorableWhitespace = sax_text,
    .serror = sax_error,
};

static void sax_set_up(xmlParserCtxtPtr parser)
{
    /* No XML_PARSE_HUGE: the limits on depth and on the length of names and
     * values are wanted. NOENT, for attributes: see sax_get_entity. */
    lib->xmlCtxtUseOptions(parser, XML_PARSE_NONET | XML_PARSE_NOENT |
                                  XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                                  XML_PARSE_IGNORE_ENC);
    lib->xmlDictSetLimit(parser->dict, SAX_NAMES);
}

/* Whether all of it was well-formed: 0 or -1. */
static int sax_end_parser(xmlParserCtxtPtr parser)
{
    bool well_formed = parser->wellFormed;
    if (parser->myDoc)
        lib->xmlFreeDoc(parser->myDoc);
    lib->xmlFreeParserCtxt(parser);
    return well_formed ? 0 : -1;
}

int sax_parse(struct buffer *source, struct sax_handler *handler)
{
    const char *why;
    bool open = sax_is_open(source);
    if (source->size == 0 || source->size > INT_MAX || !sax_prepare(&why) ||
        !sax_guard(source, handler))
        return -1;
    xmlParserCtxtPtr parser =
        lib->xmlCreateMemoryParserCtxt(source->data, (int)source->size);
    if (!parser)
        return -1;
    struct sax sax = { .handler = handler, .parser = parser, .open = open };
    xmlSAXHandler events = sax_events;
    xmlSAXHandlerPtr own = parser->sax;
    parser->sax = &events;
    parser->userData = &sax;
    sax_set_up(parser);
    lib->xmlParseDocument(parser);
    parser->sax = own;
    return sax_end_parser(parser);
}

/* --- XML in pieces --- */

/* Where the next byte stands. */
enum sax_place { SAX_TEXT, SAX_OPEN, SAX_BANG, SAX_TAG, SAX_QUOTE, SAX_UNTIL };

struct sax_stream {
    struct sax sax;
    enum sax_place place;
    int attributes;   /* of the tag */
    char quote;       /* SAX_QUOTE: that ends it */
    const char *mark; /* SAX_UNTIL: of three characters, that ends it */
    char before[2];   /* SAX_UNTIL: the last two characters */
};

struct sax_stream *sax_stream_create(struct sax_handler *handler)
{
    const char *why;
    if (!sax_prepare(&why))
        return NULL;
    struct sax_stream *s = xcalloc(1, sizeof *s);
    xmlSAXHandler events = sax_events;
    s->sax.handler = handler;
    s->sax.parser =
        lib->xmlCreatePushParserCtxt(&events, &s->sax, NULL, 0, NULL);
    if (!s->sax.parser) {
        free(s);
        return NULL;
    }
    sax_set_up(s->sax.parser);
    return s;
}

/* Past the start of something that is no element. */
static bool sax_watch_bang(struct sax_stream *s, char c)
{
    s->mark = c == '-' ? "-->" : "]]>";
    s->place = SAX_UNTIL;
    s->before[0] = s->before[1] = '\0';
    return c == '-' || c == '['; /* else a document type declaration */
}

static bool sax_watch_tag(struct sax_stream *s, char c)
{
    if (c == '>') {
        s->place = SAX_TEXT;
    } else if (c == '"' || c == '\'') {
        s->place = SAX_QUOTE;
        s->quote = c;
    }
    return c != '<' && (c != '=' || ++s->attributes <= SAX_ATTRIBUTES);
}

static bool sax_watch_byte(struct sax_stream *s, char c)
{
    switch (s->place) {
    case SAX_TEXT:
        if (c == '<')
            s->place = SAX_OPEN;
        break;
    case SAX_OPEN:
        s->attributes = 0;
        s->place = c == '!' ? SAX_BANG : c == '?' ? SAX_UNTIL : SAX_TAG;
        s->mark = "?>";
        s->before[0] = s->before[1] = '\0';
        return s->place != SAX_TAG || sax_watch_tag(s, c);
    case SAX_BANG:
        return sax_watch_bang(s, c);
    case SAX_TAG:
        return sax_watch_tag(s, c);
    case SAX_QUOTE:
        if (c == s->quote)
            s->place = SAX_TAG;
        break;
    case SAX_UNTIL:
        if (c == '>' && s->before[1] == s->mark[s->mark[2] ? 1 : 0] &&
            (!s->mark[2] || s->before[0] == s->mark[0]))
            s->place = SAX_TEXT;
        s->before[0] = s->before[1];
        s->before[1] = c;
        break;
    }
    return true;
}

/* What sax_guard() does for a whole document. In UTF-16 the markup is ASCII
 * with NULs in between, which are passed over. False: not for libxml2. */
static bool sax_watch(struct sax_stream *s, const char *data, size_t size)
{
    for (const char *p = data, *end = data + size; p < end; p++) {
        if (s->place == SAX_TEXT || s->place == SAX_QUOTE) {
            p = memchr(p, s->place == SAX_TEXT ? '<' : s->quote,
                       (size_t)(end - p));
            if (!p)
                return true;
        }
        if (*p && !sax_watch_byte(s, *p))
            return false;
    }
    return true;
}

int sax_stream_feed(void *stream, const char *data, size_t size)
{
    struct sax_stream *s = stream;
    if (s->sax.stopped)
        return -1;
    if (!sax_watch(s, data, size)) {
        sax_stop(&s->sax);
        return -1;
    }
    lib->xmlParseChunk(s->sax.parser, data, (int)size, 0);
    return s->sax.parser->wellFormed && !s->sax.stopped ? 0 : -1;
}

void sax_stream_stop(struct sax_stream *s)
{
    sax_stop(&s->sax);
}

int sax_stream_finish(struct sax_stream *s)
{
    if (!s->sax.stopped)
        lib->xmlParseChunk(s->sax.parser, "", 0, 1);
    int r = sax_end_parser(s->sax.parser);
    free(s);
    return r;
}
