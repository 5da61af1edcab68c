/* SPDX-License-Identifier: GPL-3.0-or-later */
/* package.c - collects manifest and spine while the document is parsed, then
 * turns each itemref into a page. */
#include <config.h>

#include "format/package.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "format/ocf.h"
#include "format/sax.h"

/* Steps from an item to its fallback: chains are one or two long, and a
 * circle has no end. */
#define PACKAGE_FALLBACKS 16

/* Each item is compared with all of them; books have one or two. */
#define PACKAGE_BINDINGS 64

/* Of a name in a message. */
#define PACKAGE_LABEL 160

struct package_item {
    char *id, *href, *media, *fallback; /* each may be NULL */
    int64_t member;                     /* -2: not looked up yet */
};

/* EPUB 3.0's bindings (Publications 3.0, 3.4.16): a program of the book shows
 * what is of this type. */
struct package_binding {
    char *media, *handler; /* the handler: an id; each may be NULL */
};

struct package_reader {
    struct sax_handler handler;
    struct package *package;
    struct zipfile *zip;
    const char *path; /* of the package document */
    struct package_item *items;
    size_t item_count, item_room;
    char **spine; /* idrefs */
    size_t spine_count, spine_room;
    struct package_binding *bindings;
    size_t binding_count, binding_room;
    bool cut;             /* there were more than PACKAGE_ITEMS */
    bool in_metadata;
    const char *key;      /* of the metadata element at hand; NULL: none */
    struct buffer value;
    bool *encrypted;      /* by member; NULL: none are */
    bool *shown;          /* by member: it is a page already */
};

static char *package_copy(const struct sax_attribute *a)
{
    return a ? xstrndup(a->value, a->size) : NULL;
}

static bool package_is(const struct sax_attribute *a, const char *value)
{
    return a && a->size == strlen(value) &&
           memcmp(a->value, value, a->size) == 0;
}

/* --- events --- */

/* Room for one more in an array; false when it has PACKAGE_ITEMS. */
static bool package_room(struct package_reader *r, void **array, size_t count,
                         size_t *room, size_t size)
{
    if (count == PACKAGE_ITEMS) {
        r->cut = true;
        return false;
    }
    if (count == *room) {
        *room = *room ? 2 * *room : 64;
        *array = xrealloc_array(*array, *room, size);
    }
    return true;
}

static void package_add_item(struct package_reader *r,
                             const struct sax_attribute *attributes,
                             size_t count)
{
    void *items = r->items;
    if (!package_room(r, &items, r->item_count, &r->item_room,
                      sizeof *r->items))
        return;
    r->items = items;
    r->items[r->item_count++] = (struct package_item){
        .id = package_copy(sax_find(attributes, count, "id")),
        .href = package_copy(sax_find(attributes, count, "href")),
        .media = package_copy(sax_find(attributes, count, "media-type")),
        .fallback = package_copy(sax_find(attributes, count, "fallback")),
        .member = -2,
    };
}

static void package_add_itemref(struct package_reader *r,
                                const struct sax_attribute *idref)
{
    void *spine = r->spine;
    if (!package_room(r, &spine, r->spine_count, &r->spine_room,
                      sizeof *r->spine))
        return;
    r->spine = spine;
    r->spine[r->spine_count++] = idref ? package_copy(idref) : xstrdup("");
}

static void package_add_binding(struct package_reader *r,
                                const struct sax_attribute *attributes,
                                size_t count)
{
    void *bindings = r->bindings;
    if (r->binding_count == PACKAGE_BINDINGS ||
        !package_room(r, &bindings, r->binding_count, &r->binding_room,
                      sizeof *r->bindings))
        return;
    r->bindings = bindings;
    r->bindings[r->binding_count++] = (struct package_binding){
        .media = package_copy(sax_find(attributes, count, "media-type")),
        .handler = package_copy(sax_find(attributes, count, "handler")),
    };
}

static void package_add_version(struct package *p,
                                const struct sax_attribute *version)
{
    struct buffer text = { 0 };
    if (!version || version->size == 0 || version->size > 16)
        return;
    buffer_append_string(&text, "EPUB ");
    buffer_append(&text, version->value, version->size);
    metadata_add(&p->metadata, "version", buffer_string(&text));
    buffer_free(&text);
}

/* The key for an element of the metadata, or NULL. */
static const char *package_key(struct package *p, const char *name,
                               const struct sax_attribute *attributes,
                               size_t count)
{
    static const char *const keys[][2] = {
        { "title", "title" },           { "creator", "author" },
        { "language", "language" },     { "publisher", "publisher" },
        { "identifier", "identifier" }, { "subject", "subject" },
        { "modified", "modified" },
    };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (strcmp(name, keys[i][0]) == 0)
            return keys[i][1];
    }
    if (strcmp(name, "date") == 0) {
        /* EPUB 2 has opf:event="modification" and others. */
        for (size_t i = 0; i < count; i++) {
            if (strcmp(attributes[i].name, "event") == 0 &&
                package_is(&attributes[i], "modification"))
                return "modified";
        }
        return metadata_get(&p->metadata, "created") ? NULL : "created";
    }
    if (strcmp(name, "meta") != 0)
        return NULL;
    const struct sax_attribute *property =
        sax_find(attributes, count, "property");
    if (package_is(property, "dcterms:modified"))
        return "modified";
    /* Media Overlays: with "refines" it is about one of them. */
    if (package_is(property, "media:narrator"))
        return "narrator";
    if (package_is(property, "media:duration"))
        return sax_find(attributes, count, "refines") ? NULL : "duration";
    const struct sax_attribute *content =
        sax_find(attributes, count, "content");
    if (content && package_is(sax_find(attributes, count, "name"),
                              "generator")) {
        char *text = package_copy(content);
        metadata_add(&p->metadata, "creator", text);
        free(text);
    }
    return NULL;
}

static void package_start(struct sax_handler *handler, const char *prefix,
                          const char *name,
                          const struct sax_attribute *attributes,
                          size_t count)
{
    struct package_reader *r = (struct package_reader *)handler;
    (void)prefix;
    if (r->in_metadata) {
        r->key = package_key(r->package, name, attributes, count);
        buffer_clear(&r->value);
    } else if (strcmp(name, "metadata") == 0) {
        r->in_metadata = true;
    } else if (strcmp(name, "package") == 0) {
        package_add_version(r->package,
                            sax_find(attributes, count, "version"));
    } else if (strcmp(name, "item") == 0) {
        package_add_item(r, attributes, count);
    } else if (strcmp(name, "itemref") == 0) {
        package_add_itemref(r, sax_find(attributes, count, "idref"));
    } else if (strcmp(name, "mediaType") == 0) {
        package_add_binding(r, attributes, count);
    }
}

static void package_end(struct sax_handler *handler, const char *name)
{
    struct package_reader *r = (struct package_reader *)handler;
    if (r->key)
        metadata_add(&r->package->metadata, r->key, buffer_string(&r->value));
    r->key = NULL;
    if (strcmp(name, "metadata") == 0)
        r->in_metadata = false;
}

static void package_text(struct sax_handler *handler, const char *text,
                         size_t size)
{
    struct package_reader *r = (struct package_reader *)handler;
    /* Twice what is kept, for white space to be folded. */
    if (r->key && r->value.size < 2 * METADATA_VALUE_MAX)
        buffer_append(&r->value, text, size);
}

static void package_forget(struct package_reader *r)
{
    for (size_t i = 0; i < r->item_count; i++) {
        free(r->items[i].id);
        free(r->items[i].href);
        free(r->items[i].media);
        free(r->items[i].fallback);
    }
    for (size_t i = 0; i < r->spine_count; i++)
        free(r->spine[i]);
    for (size_t i = 0; i < r->binding_count; i++) {
        free(r->bindings[i].media);
        free(r->bindings[i].handler);
    }
    r->item_count = 0;
    r->spine_count = 0;
    r->binding_count = 0;
}

/* The tolerant parser begins again. */
static void package_restart(struct sax_handler *handler)
{
    struct package_reader *r = (struct package_reader *)handler;
    package_forget(r);
    metadata_clear(&r->package->metadata);
    r->in_metadata = false;
    r->key = NULL;
}

/* --- from the spine to pages --- */

static int package_compare_ids(const void *a, const void *b)
{
    const struct package_item *x = a, *y = b;
    return strcmp(x->id ? x->id : "", y->id ? y->id : "");
}

static struct package_item *package_item(struct package_reader *r,
                                         const char *id)
{
    struct package_item key = { .id = (char *)id };
    if (!id || !r->item_count)
        return NULL;
    return bsearch(&key, r->items, r->item_count, sizeof *r->items,
                   package_compare_ids);
}

/* Whether the type is one that holds text for us. Unknown types are tried as
 * markup only when no fallback leads to one of these. */
static bool package_is_markup(const char *media)
{
    static const char *const types[] = {
        "application/xhtml+xml",    "text/html",
        "image/svg+xml",            "application/x-dtbook+xml",
        "text/x-oeb1-document",     "application/xml",
        "text/xml",
    };
    if (!media)
        return true;
    size_t size = strcspn(media, "; ");
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (strlen(types[i]) == size && strncasecmp(media, types[i], size) == 0)
            return true;
    }
    return false;
}

/* Whether what is of this type has no text to be read: what is seen or heard,
 * and what serves other items, as the overlays that say which sound goes with
 * which part of a chapter. */
static bool package_is_textless(const char *media)
{
    static const char *const families[] = { "image/", "audio/", "video/",
                                            "font/" };
    static const char *const types[] = {
        "application/smil+xml",     "application/smil",
        "application/pls+xml",      "application/x-dtbncx+xml",
        "application/javascript",   "application/ecmascript",
        "text/javascript",          "text/css",
        "application/font-woff",    "application/font-sfnt",
        "application/vnd.ms-opentype",
    };
    size_t size = strcspn(media, "; ");
    for (size_t i = 0; i < sizeof families / sizeof *families; i++) {
        if (strncasecmp(media, families[i], strlen(families[i])) == 0)
            return true;
    }
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (strlen(types[i]) == size && strncasecmp(media, types[i], size) == 0)
            return true;
    }
    return false;
}

static bool package_is_bound(const struct package_reader *r, const char *media)
{
    for (size_t i = 0; media && i < r->binding_count; i++) {
        if (r->bindings[i].media && strcasecmp(media, r->bindings[i].media) == 0)
            return true;
    }
    return false;
}

static bool package_is_handler(const struct package_reader *r, const char *id)
{
    for (size_t i = 0; i < r->binding_count; i++) {
        if (r->bindings[i].handler && strcmp(id, r->bindings[i].handler) == 0)
            return true;
    }
    return false;
}

static int64_t package_member(struct package_reader *r,
                              struct package_item *item)
{
    if (item->member == -2)
        item->member = item->href ? ocf_find(r->zip, r->path, item->href,
                                                   strlen(item->href))
                                  : -1;
    return item->member;
}

/* The item that stands for ITEM: the first along its chain of fallbacks that
 * is markup, else itself. */
static struct package_item *package_shown(struct package_reader *r,
                                          struct package_item *item)
{
    struct package_item *shown = item;
    for (int i = 0; i < PACKAGE_FALLBACKS && shown &&
                    !package_is_markup(shown->media);
         i++)
        shown = package_item(r, shown->fallback);
    return shown && package_is_markup(shown->media) ? shown : item;
}

static struct package_page package_page(struct package_reader *r,
                                        struct package_item *item)
{
    struct package_item *shown = package_shown(r, item);
    struct package_page page = { .fault = PACKAGE_FINE,
                                 .bound = !package_is_markup(shown->media) &&
                                          package_is_bound(r, shown->media) };
    page.member = package_member(r, shown);
    if (page.member < 0) {
        page.fault = PACKAGE_NO_MEMBER;
        page.label = xstrndup(shown->href ? shown->href : "", PACKAGE_LABEL);
    } else if (r->encrypted && r->encrypted[page.member]) {
        page.fault = PACKAGE_ENCRYPTED;
    } else if (shown->media && !package_is_markup(shown->media) &&
               package_is_textless(shown->media)) {
        page.fault = PACKAGE_NO_TEXT;
    } else if (r->shown[page.member] && strchr(shown->href, '#')) {
        page.fault = PACKAGE_NO_TEXT;
    }
    if (page.member >= 0)
        r->shown[page.member] = true;
    return page;
}

/* Without any spine, which a damaged document may have lost, all that is text
 * in the manifest, but for the programs of bindings. */
static void package_guess_spine(struct package_reader *r)
{
    for (size_t i = 0; i < r->item_count; i++) {
        const struct package_item *item = &r->items[i];
        struct sax_attribute idref = { .value = item->id };
        if (!item->id || !item->media || !package_is_markup(item->media) ||
            package_is_handler(r, item->id))
            continue;
        idref.size = strlen(item->id);
        package_add_itemref(r, &idref);
    }
    if (r->spine_count > 0)
        error_set(&r->package->flaw, ERROR_DAMAGED,
                  "the package document has no reading order; went by its "
                  "list of items");
}

static void package_make_pages(struct package_reader *r)
{
    struct package *p = r->package;
    if (r->spine_count == 0)
        package_guess_spine(r);
    /* Equal ids are against the rules; which one of them is found then does
     * not depend on the run. */
    if (r->item_count)
        qsort(r->items, r->item_count, sizeof *r->items, package_compare_ids);
    r->shown = xcalloc((size_t)zipfile_count(r->zip), sizeof *r->shown);
    p->pages = xcalloc(r->spine_count + 1, sizeof *p->pages);
    for (size_t i = 0; i < r->spine_count; i++) {
        struct package_item *item = package_item(r, r->spine[i]);
        struct package_page *page = &p->pages[p->count++];
        if (item)
            *page = package_page(r, item);
        else
            *page = (struct package_page){
                .fault = PACKAGE_NO_ITEM,
                .member = -1,
                .label = xstrndup(r->spine[i], PACKAGE_LABEL),
            };
    }
}

/* Nothing to read: no pages, or none without DRM. */
static int package_check(struct package *p, struct error *e)
{
    size_t encrypted = 0, readable = 0;
    for (size_t i = 0; i < p->count; i++) {
        encrypted += p->pages[i].fault == PACKAGE_ENCRYPTED;
        readable += p->pages[i].fault == PACKAGE_FINE;
    }
    if (p->count == 0)
        return error_set(e, ERROR_DAMAGED,
                         "the package document lists no pages");
    if (encrypted > 0 && readable == 0)
        return error_set(e, ERROR_ENCRYPTED, "encrypted by %s", p->scheme);
    return 0;
}

int package_read(struct zipfile *zip, struct package *p, struct error *e)
{
    struct package_reader r = {
        .handler = { .start = package_start, .end = package_end, .text = package_text },
        .package = p,
        .zip = zip,
    };
    int64_t member = ocf_package(zip, &p->flaw, e);
    if (member < 0)
        return -1;
    r.path = zipfile_name(zip, member);
    int parsed = ocf_parse(zip, member, PACKAGE_SIZE, &r.handler,
                                 package_restart, e);
    if (parsed >= 0) {
        if (parsed > 0)
            error_set(&p->flaw, ERROR_DAMAGED,
                      "the package document %s is damaged", r.path);
        if (r.cut)
            error_set(&p->flaw, ERROR_LIMIT,
                      "the package document has more than %d items",
                      PACKAGE_ITEMS);
        r.encrypted = ocf_encrypted(zip);
        if (r.encrypted) {
            p->scheme = ocf_scheme(zip);
            metadata_add(&p->metadata, "encrypted", "yes");
        }
        package_make_pages(&r);
        parsed = package_check(p, e);
    }
    package_forget(&r);
    free(r.items);
    free(r.spine);
    free(r.bindings);
    free(r.encrypted);
    free(r.shown);
    buffer_free(&r.value);
    return parsed;
}

void package_clear(struct package *p)
{
    for (size_t i = 0; i < p->count; i++)
        free(p->pages[i].label);
    free(p->pages);
    metadata_clear(&p->metadata);
    *p = (struct package){ 0 };
}
