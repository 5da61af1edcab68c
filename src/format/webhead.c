/* SPDX-License-Identifier: GPL-3.0-or-later */
/* webhead.c - title, html's lang, and the names that meta elements go by: HTML's
 * own, Dublin Core's, and Open Graph's. */
#include <config.h>

#include "format/webhead.h"

#include <string.h>
#include <strings.h>

#include "base/buffer.h"
#include "format/soup.h"

/* Bytes that a head may take: styles and scripts stand in it. */
#define WEBHEAD_SIZE ((size_t)1 << 20)

struct webhead {
    struct sax_handler handler;
    struct metadata *metadata;
    struct buffer title;
    int titles; /* how many have begun */
    bool in_title, is_over;
};

static const struct {
    const char *name; /* ':' is written as '.' */
    const char *key;
} names[] = {
    { "author", "author" },
    { "dc.creator", "author" },
    { "dcterms.creator", "author" },
    { "article.author", "author" },
    { "description", "subject" },
    { "dc.description", "subject" },
    { "dcterms.description", "subject" },
    { "og.description", "subject" },
    { "keywords", "keywords" },
    { "dc.subject", "keywords" },
    { "dcterms.subject", "keywords" },
    { "date", "created" },
    { "pubdate", "created" },
    { "dc.date", "created" },
    { "dc.date.created", "created" },
    { "dcterms.created", "created" },
    { "article.published_time", "created" },
    { "last-modified", "modified" },
    { "dc.date.modified", "modified" },
    { "dcterms.modified", "modified" },
    { "article.modified_time", "modified" },
    { "generator", "creator" },
    { "publisher", "publisher" },
    { "dc.publisher", "publisher" },
    { "dcterms.publisher", "publisher" },
    { "dc.identifier", "identifier" },
    { "dcterms.identifier", "identifier" },
    { "language", "language" },
    { "content-language", "language" },
    { "dc.language", "language" },
    { "dcterms.language", "language" },
    { "dc.title", "title" },
    { "dcterms.title", "title" },
    { "og.title", "title" },
};

static const char *webhead_key(const struct sax_attribute *a)
{
    char name[32];
    if (a->size >= sizeof name)
        return NULL;
    for (size_t i = 0; i < a->size; i++)
        name[i] = a->value[i] == ':' ? '.' : a->value[i];
    name[a->size] = '\0';
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcasecmp(name, names[i].name) == 0)
            return names[i].key;
    }
    return NULL;
}

/* A page has many authors, but of all else the first counts. */
static void webhead_add(struct webhead *w, const char *key, const char *value,
                        size_t size)
{
    const char *there = metadata_get(w->metadata, key);
    struct buffer copy = { 0 };
    buffer_append(&copy, value, size < METADATA_VALUE_MAX ? size : METADATA_VALUE_MAX);
    value = buffer_string(&copy);
    if (!there || (strcmp(key, "author") == 0 && strcmp(there, value) != 0))
        metadata_add(w->metadata, key, value);
    buffer_free(&copy);
}

static void webhead_meta(struct webhead *w,
                         const struct sax_attribute *attributes, size_t count)
{
    static const char *const kinds[] = { "name", "property", "http-equiv" };
    const struct sax_attribute *value = sax_find(attributes, count, "content");
    for (size_t i = 0; value && i < sizeof kinds / sizeof *kinds; i++) {
        const struct sax_attribute *a = sax_find(attributes, count, kinds[i]);
        const char *key = a ? webhead_key(a) : NULL;
        if (key) {
            webhead_add(w, key, value->value, value->size);
            return;
        }
    }
}

static void webhead_start(struct sax_handler *handler, const char *prefix,
                          const char *name,
                          const struct sax_attribute *attributes, size_t count)
{
    struct webhead *w = (struct webhead *)handler;
    (void)prefix;
    if (w->is_over)
        return;
    if (strcmp(name, "body") == 0 || strcmp(name, "svg") == 0) {
        w->is_over = true;
    } else if (strcmp(name, "title") == 0) {
        w->in_title = w->titles++ == 0;
    } else if (strcmp(name, "meta") == 0) {
        webhead_meta(w, attributes, count);
    } else if (strcmp(name, "html") == 0) {
        const struct sax_attribute *lang = sax_find(attributes, count, "lang");
        for (size_t i = 0; !lang && i < count; i++) {
            if (attributes[i].prefix && strcmp(attributes[i].name, "lang") == 0)
                lang = &attributes[i];
        }
        if (lang)
            webhead_add(w, "language", lang->value, lang->size);
    }
}

static void webhead_end(struct sax_handler *handler, const char *name)
{
    struct webhead *w = (struct webhead *)handler;
    (void)name;
    w->in_title = false;
}

static void webhead_text(struct sax_handler *handler, const char *text,
                         size_t size)
{
    struct webhead *w = (struct webhead *)handler;
    if (w->in_title && w->title.size < METADATA_VALUE_MAX)
        buffer_append(&w->title, text,
                      size < METADATA_VALUE_MAX ? size : METADATA_VALUE_MAX);
}

void webhead_read(const char *source, size_t size, struct metadata *m)
{
    struct metadata found = { 0 };
    struct webhead w = {
        .handler = { .start = webhead_start,
                     .end = webhead_end,
                     .text = webhead_text,
                     .wants_title = true },
        .metadata = &found,
    };
    soup_parse(source, size < WEBHEAD_SIZE ? size : WEBHEAD_SIZE, true, &w.handler);
    bool titled = w.title.size > 0;
    if (titled)
        metadata_add(m, "title", buffer_string(&w.title));
    titled = metadata_get(m, "title") != NULL;
    for (size_t i = 0; i < found.count; i++) {
        if (!titled || strcmp(found.entries[i].key, "title") != 0)
            metadata_add(m, found.entries[i].key, found.entries[i].value);
    }
    metadata_clear(&found);
    buffer_free(&w.title);
}
