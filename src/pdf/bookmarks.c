/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bookmarks.c - items are a list by Next, and each may have a list of its own by First.
 * Named destinations are sorted once: manuals have some thousand. */
#include <config.h>

#include "pdf/bookmarks.h"

#include <stdlib.h>
#include <string.h>

#include "pdf/inside.h"
#include "pdf/nametree.h"
#include "pdf/seen.h"
#include "pdf/textstring.h"

#define BOOKMARKS_DEPTH 64
#define BOOKMARKS_NAMES ((size_t)1 << 20)
/* Of one title; what is longer is cut by those who keep it. */
#define BOOKMARKS_TITLE ((size_t)1 << 20)
#define BOOKMARKS_COST ((uint64_t)1 << 28) /* see objects_cost; what is more is left out */

struct bookmarks_name {
    struct span name;
    const struct value *value; /* unresolved */
    size_t order;              /* in the tree: of equal ones the first counts */
};

struct bookmarks {
    struct objects *o;
    struct pagetree *pages;
    const struct value *root;
    struct bookmarks_name *names;
    size_t count, room;
    bool sorted;
};

static bool bookmarks_add_name(void *ctx, struct span name, const struct value *v)
{
    struct bookmarks *b = ctx;
    if (b->count == b->room) {
        size_t room = b->room ? 2 * b->room : 64;
        struct bookmarks_name *names =
            room <= BOOKMARKS_NAMES ? realloc(b->names, room * sizeof *names) : NULL;
        if (!names)
            return false;
        b->names = names;
        b->room = room;
    }
    b->names[b->count] = (struct bookmarks_name){ name, v, b->count };
    b->count++;
    return true;
}

static int bookmarks_compare_names(struct span a, struct span b)
{
    size_t x = (size_t)(a.end - a.at), y = (size_t)(b.end - b.at);
    int order = x && y ? memcmp(a.at, b.at, x < y ? x : y) : 0;
    return order ? order : (x > y) - (x < y);
}

static int bookmarks_compare(const void *a, const void *b)
{
    const struct bookmarks_name *x = a, *y = b;
    int order = bookmarks_compare_names(x->name, y->name);
    return order ? order : (x->order > y->order) - (x->order < y->order);
}

static void bookmarks_sort(struct bookmarks *b)
{
    b->sorted = true;
    const struct value *old = objects_find(b->o, b->root, "Dests");
    for (uint32_t i = 0; old->type == VALUE_DICTIONARY && i + 1 < old->list.count; i += 2)
        bookmarks_add_name(b, old->list.items[i].text, old->list.items + i + 1);
    const struct value *names = objects_find(b->o, b->root, "Names");
    nametree_walk(b->o, value_get(names, "Dests"), bookmarks_add_name, b);
    if (b->count)
        qsort(b->names, b->count, sizeof *b->names, bookmarks_compare);
}

/* What NAME stands for, in the dictionary of PDF 1.1 or in the tree (12.3.2.3). */
static const struct value *bookmarks_named(struct bookmarks *b, struct span name)
{
    if (!b->sorted)
        bookmarks_sort(b);
    size_t low = 0, high = b->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (bookmarks_compare_names(b->names[middle].name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == b->count || bookmarks_compare_names(b->names[low].name, name))
        return &value_null;
    return objects_resolve(b->o, b->names[low].value);
}

/* "[page /Fit ...]" (12.3.2.2); poppler takes none of a kind that it does not know. */
static int bookmarks_explicit_page(struct bookmarks *b, const struct value *to)
{
    static const char *const kinds[] = { "XYZ",  "Fit",  "FitH",  "FitV",
                                         "FitR", "FitB", "FitBH", "FitBV" };
    const struct value *kind = objects_at(b->o, to, 1), *page = value_at(to, 0);
    bool known = false;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        known |= value_is_name(kind, kinds[i]);
    if (!known || (value_is_name(kind, "FitR") && to->list.count < 6))
        return 0;
    if (page->type == VALUE_REFERENCE)
        return pagetree_number(b->pages, page);
    int64_t number = page->type == VALUE_INTEGER ? page->integer : -1;
    return number >= 0 && number < pagetree_count(b->pages) ? (int)number + 1 : 0;
}

static int bookmarks_page(struct bookmarks *b, const struct value *to)
{
    if (to->type == VALUE_NAME || to->type == VALUE_STRING) {
        struct span name = to->type == VALUE_NAME
                               ? to->text
                               : objects_string(b->o, to, b->o->arena);
        to = bookmarks_named(b, name);
        if (to->type == VALUE_DICTIONARY)
            to = objects_find(b->o, to, "D");
    }
    return to->type == VALUE_ARRAY ? bookmarks_explicit_page(b, to) : 0;
}

/* Where ITEM leads to: by Dest, or by an action that stays in the document. */
static int bookmarks_target(struct bookmarks *b, const struct value *item)
{
    const struct value *to = objects_find(b->o, item, "Dest");
    if (to->type != VALUE_NULL)
        return bookmarks_page(b, to);
    const struct value *action = objects_find(b->o, item, "A");
    if (!value_is_name(objects_find(b->o, action, "S"), "GoTo"))
        return 0;
    return bookmarks_page(b, objects_find(b->o, action, "D"));
}

void bookmarks_walk(struct objects *o, struct pagetree *pages,
                    bool (*visit)(void *ctx, const char *title, int page, int depth),
                    void *ctx)
{
    struct bookmarks b = { .o = o, .pages = pages };
    const struct value *next[BOOKMARKS_DEPTH]; /* of each list, unresolved */
    struct seen seen;
    struct arena *arena = arena_create(BOOKMARKS_TITLE);
    b.root = objects_find(o, &o->trailer, "Root");
    next[0] = value_get(objects_find(o, b.root, "Outlines"), "First");
    int depth = arena && seen_create(&seen, objects_count(o)) ? 0 : -1;
    uint64_t before = objects_cost(o);
    while (depth >= 0 && objects_cost(o) - before < BOOKMARKS_COST) {
        const struct value *item = next[depth]->type == VALUE_REFERENCE &&
                                           seen_add(&seen, next[depth])
                                       ? objects_resolve(o, next[depth])
                                       : &value_null;
        if (item->type != VALUE_DICTIONARY) {
            depth--;
            continue;
        }
        arena_clear(arena);
        const char *title = textstring_read(o, objects_find(o, item, "Title"),
                                            arena, NULL);
        if (!visit(ctx, title ? title : "", bookmarks_target(&b, item), depth))
            break;
        next[depth] = value_get(item, "Next");
        if (depth + 1 < BOOKMARKS_DEPTH)
            next[++depth] = value_get(item, "First");
    }
    if (arena && seen.bits)
        seen_free(&seen);
    arena_destroy(arena);
    free(b.names);
}
