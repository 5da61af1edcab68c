/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf-outline.c - by poppler-glib, which walks an outline item by item. */
#include <config.h>

#include "format/pdf-outline.h"

#include <stdint.h>

#include "format/library.h"

#define OUTLINE_CALLS(call)            \
    call(poppler_action_free)          \
    call(poppler_dest_free)            \
    call(poppler_document_find_dest)   \
    call(poppler_index_iter_free)      \
    call(poppler_index_iter_get_action) \
    call(poppler_index_iter_get_child) \
    call(poppler_index_iter_new)       \
    call(poppler_index_iter_next)

LIBRARY(OUTLINE_CALLS)

/* Items that are looked at, those without a title too. */
#define OUTLINE_ITEMS METADATA_BOOKMARKS_MAX
/* Poppler finds a page by comparing it with all before it: what the bookmarks of
 * a document may cost, in comparisons, some hundred milliseconds. Those past
 * that have no page. */
#define OUTLINE_COMPARISONS ((int64_t)100000000)

struct outline {
    PopplerDocument *document;
    struct metadata *metadata;
    int pages, items;
    int64_t left; /* of OUTLINE_COMPARISONS */
};

/* 0: none of the document. */
static int outline_page(struct outline *o, const PopplerAction *action)
{
    const PopplerDest *to =
        action->type == POPPLER_ACTION_GOTO_DEST ? action->goto_dest.dest : NULL;
    PopplerDest *named = NULL;
    if (to && to->type == POPPLER_DEST_NAMED)
        to = named = to->named_dest ? lib->poppler_document_find_dest(o->document,
                                                                      to->named_dest)
                                    : NULL;
    int page = to && to->page_num >= 1 && to->page_num <= o->pages ? to->page_num : 0;
    if (named)
        lib->poppler_dest_free(named);
    return page;
}

/* Returns false when there is no room for more. */
static bool outline_add(struct outline *o, PopplerIndexIter *at, int depth)
{
    bool more = ++o->items < OUTLINE_ITEMS;
    PopplerAction *action = lib->poppler_index_iter_get_action(at);
    if (!action)
        return more;
    int page = o->left > 0 ? outline_page(o, action) : 0;
    o->left -= o->pages;
    more &= metadata_add_bookmark(o->metadata, action->any.title, page, depth);
    lib->poppler_action_free(action);
    return more;
}

/* From AT on, and what is below. The same. */
static bool outline_walk(struct outline *o, PopplerIndexIter *at, int depth)
{
    bool more = true;
    do {
        more = outline_add(o, at, depth);
        PopplerIndexIter *child = more && depth < METADATA_BOOKMARK_DEPTH
                                      ? lib->poppler_index_iter_get_child(at)
                                      : NULL;
        if (child) {
            more = outline_walk(o, child, depth + 1);
            lib->poppler_index_iter_free(child);
        }
    } while (more && lib->poppler_index_iter_next(at));
    return more;
}

void outline_read(PopplerDocument *document, int pages, struct metadata *m)
{
    struct outline o = { document, m, pages, 0, OUTLINE_COMPARISONS };
    PopplerIndexIter *first = lib->poppler_index_iter_new(document);
    if (!first)
        return;
    outline_walk(&o, first, 1);
    lib->poppler_index_iter_free(first);
}

bool outline_prepare(void)
{
    return LIBRARY_LOAD(POPPLER_SONAME);
}

const char *outline_missing(void)
{
    return lib_missing;
}
