/* SPDX-License-Identifier: GPL-3.0-or-later */
/* xpsparts.c - relationships, FixedDocumentSequence and FixedDocument, each as
 * a list of places that one reader gathers. */
#include <config.h>

#include "format/xpsparts.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "format/coreprops.h"
#include "format/ocf.h"

/* Bytes of a part that lists others: 160 for each of XPSPARTS_PAGES. */
#define XPSPARTS_LIST ((size_t)16 << 20)

/* Documents in a sequence. */
#define XPSPARTS_DOCUMENTS 10000

struct list {
    struct sax_handler handler;
    const char *base;
    const char *element;   /* "PageContent", and its Source is wanted */
    const char *relation;  /* else NULL: a Relationship whose type ends so */
    char **names;
    size_t count, room, limit;
    bool is_cut;
};

char *xpsparts_target(const char *base, const char *href, size_t size)
{
    struct buffer path = { 0 };
    const char *slash = strrchr(base, '/'), *end = href + size;
    if (slash && (size == 0 || *href != '/'))
        buffer_append(&path, base, (size_t)(slash - base));
    while (href < end) {
        const char *next = memchr(href, '/', (size_t)(end - href));
        size_t n = (size_t)((next ? next : end) - href);
        if (n == 2 && memcmp(href, "..", 2) == 0) {
            while (path.size > 0 && path.data[--path.size] != '/')
                continue;
        } else if (n > 0 && !(n == 1 && *href == '.')) {
            if (path.size > 0)
                buffer_append_char(&path, '/');
            buffer_append(&path, href, n);
        }
        href += n + 1;
    }
    char *name = xstrdup(buffer_string(&path));
    buffer_free(&path);
    return name;
}

static bool ends_with(const struct sax_attribute *a, const char *end)
{
    size_t size = strlen(end);
    return a && a->size >= size && memcmp(a->value + a->size - size, end, size) == 0;
}

static void list_start(struct sax_handler *handler, const char *prefix,
                       const char *name, const struct sax_attribute *attributes,
                       size_t count)
{
    struct list *l = (struct list *)handler;
    const struct sax_attribute *to =
        sax_find(attributes, count, l->relation ? "Target" : "Source");
    (void)prefix;
    if (strcmp(name, l->element) != 0 || !to || to->size > OCF_PATH ||
        (l->relation && !ends_with(sax_find(attributes, count, "Type"), l->relation)))
        return;
    if (l->count == l->limit) {
        l->is_cut = true;
        return;
    }
    if (l->count == l->room) {
        l->room = l->room ? 2 * l->room : 16;
        l->names = xrealloc_array(l->names, l->room, sizeof *l->names);
    }
    l->names[l->count++] = xpsparts_target(l->base, to->value, to->size);
}

static void list_forget(struct list *l)
{
    for (size_t i = 0; i < l->count; i++)
        free(l->names[i]);
    l->count = 0;
    l->is_cut = false;
}

static void list_restart(struct sax_handler *handler)
{
    list_forget((struct list *)handler);
}

static void list_clear(struct list *l)
{
    list_forget(l);
    free(l->names);
}

/* What the part NAME lists. 0, 1 when it is damaged, -1 and E. */
static int list_read(struct list *l, struct zipfile *zip, const char *name,
                     struct error *e)
{
    struct buffer xml = { 0 };
    struct error why = { 0 };
    l->handler = (struct sax_handler){ .start = list_start,
                      .end = sax_no_end,
                      .text = sax_no_text };
    int r = xpsparts_content(zip, name, XPSPARTS_LIST, &xml, &why);
    if (r < 0 && xml.size == 0)
        error_set(e, why.kind, "%s: %s", name, why.detail);
    else
        r = ocf_parse_xml(&xml, r < 0, &l->handler, list_restart, e);
    buffer_free(&xml);
    return r;
}

/* A part in pieces: NAME/[0].piece up to NAME/[n].last.piece. */
static int read_pieces(struct zipfile *zip, const char *name, size_t limit,
                       struct buffer *out, struct error *e)
{
    size_t start = out->size;
    for (int i = 0; i < ZIPFILE_MEMBERS; i++) {
        char *piece = xasprintf("%s/[%d].piece", name, i);
        char *last = xasprintf("%s/[%d].last.piece", name, i);
        int64_t member = zipfile_find(zip, piece), end = zipfile_find(zip, last);
        free(piece);
        free(last);
        if (member < 0 && end < 0)
            return error_set(e, ERROR_DAMAGED, i ? "a piece of it is missing"
                                                 : "not in the package");
        if (zipfile_read(zip, member < 0 ? end : member,
                         limit - (out->size - start), out, e) < 0)
            return -1;
        if (member < 0)
            return 0;
    }
    return error_set(e, ERROR_LIMIT, "in too many pieces");
}

int xpsparts_content(struct zipfile *zip, const char *name, size_t limit,
                     struct buffer *out, struct error *e)
{
    int64_t member = zipfile_find(zip, name);
    if (member < 0)
        member = ocf_find(zip, NULL, name, strlen(name));
    return member >= 0 ? zipfile_read(zip, member, limit, out, e)
                       : read_pieces(zip, name, limit, out, e);
}

/* --- properties --- */

static void properties_restart(struct sax_handler *handler)
{
    metadata_clear(((struct coreprops *)handler)->metadata);
}

static void read_properties(struct zipfile *zip, struct metadata *m)
{
    struct list found = { .base = "", .element = "Relationship", .limit = 1,
                          .relation = "/metadata/core-properties" };
    struct coreprops p;
    struct buffer xml = { 0 };
    coreprops_init(&p, m);
    if (list_read(&found, zip, "_rels/.rels", NULL) >= 0 && found.count &&
        xpsparts_content(zip, found.names[0], XPSPARTS_LIST, &xml, NULL) == 0)
        (void)ocf_parse_xml(&xml, false, &p.handler, properties_restart, NULL);
    list_clear(&found);
    buffer_free(&xml);
    coreprops_clear(&p);
}

/* --- pages --- */

static void add_page(struct xpsparts *p, char *name)
{
    if (p->count == p->room) {
        p->room = p->room ? 2 * p->room : 16;
        p->pages = xrealloc_array(p->pages, p->room, sizeof *p->pages);
    }
    p->pages[p->count++] = name;
}

/* The pages of a document: one whose list cannot be read costs them alone. */
static void read_document(struct zipfile *zip, const char *name, struct xpsparts *p)
{
    struct list pages = { .base = name, .element = "PageContent",
                          .limit = XPSPARTS_PAGES - p->count };
    struct error why = { 0 };
    int r = list_read(&pages, zip, name, &why);
    if (r < 0)
        error_set(&p->flaw, why.kind, "%s", why.detail);
    else if (r > 0)
        error_set(&p->flaw, ERROR_DAMAGED, "%s: damaged", name);
    if (pages.is_cut)
        error_set(&p->flaw, ERROR_LIMIT, "more than %d pages", XPSPARTS_PAGES);
    for (size_t i = 0; i < pages.count; i++)
        add_page(p, pages.names[i]);
    pages.count = 0; /* the names are the document's now */
    list_clear(&pages);
}

int xpsparts_read(struct zipfile *zip, struct xpsparts *p, struct metadata *m,
                  struct error *e)
{
    struct list start = { .base = "", .element = "Relationship", .limit = 1,
                          .relation = "/fixedrepresentation" };
    struct list documents = { .element = "DocumentReference",
                              .limit = XPSPARTS_DOCUMENTS };
    int r = list_read(&start, zip, "_rels/.rels", e);
    if (r >= 0 && start.count == 0)
        r = error_set(e, ERROR_DAMAGED, "the package names no sequence of pages");
    if (r >= 0) {
        documents.base = start.names[0];
        r = list_read(&documents, zip, start.names[0], e);
    }
    if (r > 0)
        error_set(&p->flaw, ERROR_DAMAGED, "%s: damaged", start.names[0]);
    for (size_t i = 0; r >= 0 && i < documents.count; i++)
        read_document(zip, documents.names[i], p);
    if (r >= 0 && p->count == 0)
        r = error_set(e, p->flaw.kind ? p->flaw.kind : ERROR_DAMAGED, "%s",
                      p->flaw.kind ? p->flaw.detail : "there are no pages");
    if (r >= 0)
        read_properties(zip, m);
    list_clear(&start);
    list_clear(&documents);
    return r < 0 ? -1 : 0;
}

void xpsparts_clear(struct xpsparts *p)
{
    for (size_t i = 0; i < p->count; i++)
        free(p->pages[i]);
    free(p->pages);
    *p = (struct xpsparts){ 0 };
}
