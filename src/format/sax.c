/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sax.c - well-formed XML through libxml2's SAX2 interface, with guards for
 * what libxml2 does in quadratic time. */
#include <config.h>

#include "format/sax.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "format/library.h"

/* Namespace bindings in scope (libxml2 keeps two pointers for each, and
 * searches all of them for each prefixed name). */
#define SAX_NAMESPACES 128

/* Bytes of all different names: libxml2 keeps them in a hash table that stops
 * growing at 16,384 places. */
#define SAX_NAMES ((size_t)1 << 20)

#define SAX_CALLS(call)                     \
    call(htmlEntityLookup)                  \
    call(xmlCreateMemoryParserCtxt)         \
    call(xmlCtxtUseOptions)                 \
    call(xmlDictSetLimit)                   \
    call(xmlFreeDoc)                        \
    call(xmlFreeParserCtxt)                 \
    call(xmlInitParser)                     \
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
    xmlEntity entity; /* what get_entity hands out; lives as long as this */
    char entity_text[8];
};

static void sax_silence(void *ctx, const char *message, ...)
{
    (void)ctx;
    (void)message;
}

/* libxml2 would read on to the end after an error, without sending events. */
static void sax_error(void *ctx, xmlErrorPtr error)
{
    struct sax *sax = ctx;
    if (error->level == XML_ERR_FATAL && !sax->stopped) {
        sax->stopped = true;
        sax->parser->wellFormed = 0;
        lib->xmlStopParser(sax->parser);
    }
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

static xmlEntityPtr sax_get_entity(void *ctx, const xmlChar *name)
{
    struct sax *sax = ctx;
    unsigned code;
    if (!sax_named_character((const char *)name, strlen((const char *)name),
                             &code))
        return NULL;
    struct buffer text = { 0 };
    utf8_append(&text, code);
    memcpy(sax->entity_text, text.data, text.size);
    sax->entity_text[text.size] = '\0';
    xmlEntity *entity = &sax->entity;
    memset(entity, 0, sizeof *entity);
    entity->type = XML_ENTITY_DECL;
    entity->name = name;
    entity->content = (xmlChar *)sax->entity_text;
    entity->orig = entity->content;
    entity->length = (int)text.size;
    entity->checked = 2; /* "scanned, holds no further entities" */
    /* In content, a predefined entity comes as plain characters; in an
     * attribute only its first byte would be taken. */
    entity->etype = sax->parser->instate == XML_PARSER_ATTRIBUTE_VALUE
                        ? XML_INTERNAL_GENERAL_ENTITY
                        : XML_INTERNAL_PREDEFINED_ENTITY;
    buffer_free(&text);
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
    if (sax->parser->nsNr > 2 * SAX_NAMESPACES) {
        sax->parser->wellFormed = 0;
        lib->xmlStopParser(sax->parser);
    }
}

static void sax_end(void *ctx, const xmlChar *name, const xmlChar *prefix,
                    const xmlChar *uri)
{
    struct sax *sax = ctx;
    (void)prefix;
    (void)uri;
    sax->handler->end(sax->handler, (const char *)name);
}

static void sax_text(void *ctx, const xmlChar *text, int size)
{
    struct sax *sax = ctx;
    if (size > 0)
        sax->handler->text(sax->handler, (const char *)text, (size_t)size);
}

/* Past the next MARK, or NULL. */
static char *sax_after(char *p, const char *end, const char *mark)
{
    size_t size = strlen(mark);
    p = memmem(p, (size_t)(end - p), mark, size);
    return p ? p + size : NULL;
}

/* The end of the document type declaration that begins at P, or NULL. */
static char *sax_doctype_end(char *p, const char *end)
{
    bool subset = false;
    while (p && p < end) {
        char c = *p++;
        if (c == '"' || c == '\'') {
            p = memchr(p, c, (size_t)(end - p));
            if (p)
                p++;
        } else if (c == '[') {
            subset = true;
        } else if (c == ']') {
            subset = false;
        } else if (c == '>' && !subset) {
            return p;
        } else if (c == '<' && end - p >= 3 && memcmp(p, "!--", 3) == 0) {
            p = sax_after(p + 3, end, "-->");
        } else if (c == '<' && p < end && *p == '?') {
            p = sax_after(p, end, "?>");
        }
    }
    return NULL;
}

/* Past the end of the tag whose name begins at P; NULL when it has no end or
 * more attributes than are good. */
static char *sax_tag_end(char *p, const char *end)
{
    int attributes = 0;
    while (p < end) {
        char c = *p++;
        if (c == '>')
            return p;
        if (c == '<')
            return NULL;
        if (c == '=' && ++attributes > SAX_ATTRIBUTES)
            return NULL;
        if (c == '"' || c == '\'') {
            p = memchr(p, c, (size_t)(end - p));
            if (!p)
                return NULL;
            p++;
        }
    }
    return NULL;
}

/* One pass over the markup before libxml2 sees it: blanks the document type
 * declaration, so that libxml2 keeps no entities and default attributes of
 * it, and refuses tags with endless attributes. False: not for libxml2. */
static bool sax_guard(struct buffer *source)
{
    char *p = source->data;
    const char *end = p + source->size;
    bool prolog = true;
    while (p && p < end && (p = memchr(p, '<', (size_t)(end - p)))) {
        char *tag = p++;
        size_t left = (size_t)(end - p);
        if (left >= 3 && memcmp(p, "!--", 3) == 0) {
            p = sax_after(p + 3, end, "-->");
        } else if (left >= 8 && memcmp(p, "![CDATA[", 8) == 0) {
            p = sax_after(p + 8, end, "]]>");
        } else if (left >= 1 && *p == '?') {
            p = sax_after(p, end, "?>");
        } else if (left >= 8 && memcmp(p, "!DOCTYPE", 8) == 0) {
            p = prolog ? sax_doctype_end(p, end) : NULL;
            if (p)
                memset(tag, ' ', (size_t)(p - tag));
        } else {
            prolog = false;
            p = sax_tag_end(p, end);
        }
        if (!p)
            return false;
    }
    return true;
}

int sax_parse(struct buffer *source, struct sax_handler *handler)
{
    const char *why;
    if (source->size == 0 || source->size > INT_MAX || !sax_prepare(&why) ||
        !sax_guard(source))
        return -1;
    xmlParserCtxtPtr parser =
        lib->xmlCreateMemoryParserCtxt(source->data, (int)source->size);
    if (!parser)
        return -1;
    struct sax sax = { .handler = handler, .parser = parser };
    xmlSAXHandler events = {
        .initialized = XML_SAX2_MAGIC,
        .getEntity = sax_get_entity,
        .startElementNs = sax_start,
        .endElementNs = sax_end,
        .characters = sax_text,
        .cdataBlock = sax_text,
        .ignorableWhitespace = sax_text,
        .serror = sax_error,
    };
    xmlSAXHandlerPtr own = parser->sax;
    parser->sax = &events;
    parser->userData = &sax;
    /* No XML_PARSE_HUGE: the limits on depth and on the length of names and
     * values are wanted. NOENT, for attributes: see sax_get_entity. */
    lib->xmlCtxtUseOptions(parser, XML_PARSE_NONET | XML_PARSE_NOENT |
                                  XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                                  XML_PARSE_IGNORE_ENC);
    lib->xmlDictSetLimit(parser->dict, SAX_NAMES);
    lib->xmlParseDocument(parser);
    bool well_formed = parser->wellFormed;
    parser->sax = own;
    if (parser->myDoc)
        lib->xmlFreeDoc(parser->myDoc);
    lib->xmlFreeParserCtxt(parser);
    return well_formed ? 0 : -1;
}
