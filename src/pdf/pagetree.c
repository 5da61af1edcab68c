/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pagetree.c - walks the tree from its root with a stack of its own, as poppler does: a
 * kid without kids is a page, whatever its type; a node within itself is passed over. */
#include <config.h>

#include "pdf/pagetree.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Nodes above a page. */
#define PAGETREE_DEPTH 256
/* Pages, and nodes that are visited: more than real files have. */
#define PAGETREE_MOST (1 << 21)
#define PAGETREE_STEPS ((size_t)1 << 22)
/* What all of it may cost, and for each object (see objects_cost). */
#define PAGETREE_COST ((uint64_t)1 << 28)
#define PAGETREE_COST_EACH 4096

/* What a page has of its own or inherits; NULL: nothing. */
struct pagetree_inherited {
    const struct value *resources, *media, *crop, *rotate;
};

struct pagetree_entry {
    const struct value *dictionary;
    uint32_t number; /* of the object; 0: it is direct */
    struct pagetree_inherited inherited;
};

struct pagetree_order {
    uint32_t number;
    int page;
};

struct pagetree {
    struct objects *o;
    struct pagetree_entry *entries;
    size_t found, room;
    int count;
    struct pagetree_order *order; /* by object number; made on first need */
};

struct pagetree_node {
    const struct value *kids;
    uint32_t number, next;
    struct pagetree_inherited inherited;
};

struct pagetree_walk {
    struct pagetree *p;
    struct pagetree_node stack[PAGETREE_DEPTH];
    size_t depth, steps;
};

static void pagetree_inherit(struct objects *o, const struct value *v,
                             struct pagetree_inherited *i)
{
    const struct {
        const char *key;
        const struct value **place;
    } known[] = {
        { "Resources", &i->resources },
        { "MediaBox", &i->media },
        { "CropBox", &i->crop },
        { "Rotate", &i->rotate },
    };
    for (size_t k = 0; k < sizeof known / sizeof *known; k++) {
        const struct value *found = objects_find(o, v, known[k].key);
        if (found->type != VALUE_NULL)
            *known[k].place = found;
    }
}

static bool pagetree_add(struct pagetree *p, const struct value *v, uint32_t number,
                      const struct pagetree_inherited *inherited)
{
    if (p->found == p->room) {
        size_t room = p->room ? p->room * 2 : 64;
        struct pagetree_entry *entries = realloc(p->entries, room * sizeof *entries);
        if (!entries)
            return false;
        p->entries = entries;
        p->room = room;
    }
    struct pagetree_entry *entry = p->entries + p->found++;
    *entry = (struct pagetree_entry){ v, number, *inherited };
    pagetree_inherit(p->o, v, &entry->inherited);
    return true;
}

static bool pagetree_is_above(const struct pagetree_walk *w, uint32_t number)
{
    for (size_t i = 0; number && i < w->depth; i++)
        if (w->stack[i].number == number)
            return true;
    return false;
}

static void pagetree_enter(struct pagetree_walk *w, const struct value *v,
                           uint32_t number, const struct pagetree_inherited *inherited)
{
    struct pagetree_node *node = w->stack + w->depth++;
    *node = (struct pagetree_node){ .number = number, .inherited = *inherited };
    node->kids = objects_find(w->p->o, v, "Kids");
    pagetree_inherit(w->p->o, v, &node->inherited);
}

/* KID of NODE, which is the uppermost. False: memory is out. */
static bool pagetree_visit(struct pagetree_walk *w, const struct value *kid,
                           const struct pagetree_inherited *inherited)
{
    struct objects *o = w->p->o;
    uint32_t number = kid->type == VALUE_REFERENCE ? kid->reference.number : 0;
    if (pagetree_is_above(w, number))
        return true;
    const struct value *v = objects_resolve(o, kid);
    if (v->type != VALUE_DICTIONARY)
        return true;
    if (value_is_name(objects_find(o, v, "Type"), "Page") ||
        value_get(v, "Kids")->type == VALUE_NULL)
        return pagetree_add(w->p, v, number, inherited);
    if (w->depth < PAGETREE_DEPTH)
        pagetree_enter(w, v, number, inherited);
    return true;
}

/* Up to MOST pages below the root V. False: memory or patience is out. */
static bool pagetree_walk(struct pagetree *p, const struct value *v, uint32_t number,
                          size_t most)
{
    struct pagetree_walk w = { .p = p };
    static const struct pagetree_inherited nothing;
    pagetree_enter(&w, v, number, &nothing);
    uint64_t most_cost = objects_cost(p->o) + PAGETREE_COST +
                         (uint64_t)objects_count(p->o) * PAGETREE_COST_EACH;
    while (w.depth > 0 && p->found < most && w.steps++ < PAGETREE_STEPS) {
        if (objects_cost(p->o) > most_cost)
            return false;
        struct pagetree_node *node = w.stack + w.depth - 1;
        if (node->kids->type != VALUE_ARRAY || node->next >= node->kids->list.count)
            w.depth--;
        else if (!pagetree_visit(&w, value_at(node->kids, node->next++),
                                 &node->inherited))
            return false;
    }
    return true;
}

/* All objects of Type Page, for files without a tree. */
static bool pagetree_collect(struct pagetree *p)
{
    static const struct pagetree_inherited nothing;
    uint32_t count = objects_count(p->o);
    for (uint32_t number = 0; p->found < PAGETREE_MOST &&
                              (number = objects_next(p->o, number)) < count;
         number++) {
        const struct value *v = objects_get(p->o, number);
        if (v->type == VALUE_DICTIONARY &&
            value_is_name(objects_find(p->o, v, "Type"), "Page") &&
            !pagetree_add(p, v, number, &nothing))
            return false;
    }
    p->count = (int)p->found;
    return true;
}

static bool pagetree_read(struct pagetree *p)
{
    struct objects *o = p->o;
    static const struct pagetree_inherited nothing;
    const struct value *catalog = objects_find(o, objects_trailer(o), "Root");
    const struct value *reference = value_get(catalog, "Pages");
    const struct value *root = objects_resolve(o, reference);
    uint32_t number =
        reference->type == VALUE_REFERENCE ? reference->reference.number : 0;
    if (root->type != VALUE_DICTIONARY)
        return pagetree_collect(p);
    if (value_is_name(objects_find(o, root, "Type"), "Page") &&
        objects_find(o, root, "Kids")->type != VALUE_ARRAY) {
        p->count = 1;
        return pagetree_add(p, root, number, &nothing);
    }
    /* Poppler believes Count unless it is more than there are objects. */
    double count = value_number(objects_find(o, root, "Count"), 0);
    bool sound = count >= 1 && count <= objects_count(o) && count <= PAGETREE_MOST;
    if (!pagetree_walk(p, root, number, sound ? (size_t)count : PAGETREE_MOST))
        return false;
    p->count = sound ? (int)count : (int)p->found;
    return p->count > 0 || pagetree_collect(p);
}

struct pagetree *pagetree_create(struct objects *o)
{
    struct pagetree *p = calloc(1, sizeof *p);
    if (!p)
        return NULL;
    p->o = o;
    if (pagetree_read(p))
        return p;
    pagetree_destroy(p);
    return NULL;
}

int pagetree_count(const struct pagetree *p)
{
    return p->count;
}

static bool pagetree_read_box(struct objects *o, const struct value *v,
                              struct pagetree_box *box)
{
    double at[4];
    if (!v || v->type != VALUE_ARRAY || v->list.count != 4)
        return false;
    for (uint32_t i = 0; i < 4; i++) {
        at[i] = value_number(objects_at(o, v, i), NAN);
        if (!isfinite(at[i]))
            return false;
    }
    /* Readers take one without an area for none. */
    if (!(fabs(at[0] - at[2]) > 0 && fabs(at[1] - at[3]) > 0))
        return false;
    *box = (struct pagetree_box){ fmin(at[0], at[2]), fmin(at[1], at[3]),
                                  fmax(at[0], at[2]), fmax(at[1], at[3]) };
    return true;
}

static double pagetree_clamp(double x, double least, double most)
{
    return x < least ? least : x > most ? most : x;
}

static int pagetree_rotation(struct objects *o, const struct value *v)
{
    int64_t rotate = v ? value_integer(objects_resolve(o, v), 0) % 360 : 0;
    if (rotate < 0)
        rotate += 360;
    return rotate % 90 == 0 ? (int)rotate : 0;
}

bool pagetree_get(struct pagetree *p, int number, struct pagetree_page *page)
{
    if (number < 1 || (size_t)number > p->found || number > p->count)
        return false;
    const struct pagetree_entry *entry = p->entries + number - 1;
    const struct pagetree_inherited *i = &entry->inherited;
    *page = (struct pagetree_page){ .dictionary = entry->dictionary,
                                    .resources = &value_null,
                                    .media = { 0, 0, 612, 792 } };
    if (i->resources && i->resources->type == VALUE_DICTIONARY)
        page->resources = i->resources;
    pagetree_read_box(p->o, i->media, &page->media);
    page->crop = page->media;
    struct pagetree_box c = page->media, *m = &page->media;
    pagetree_read_box(p->o, i->crop, &c);
    c = (struct pagetree_box){ pagetree_clamp(c.x0, m->x0, m->x1),
                               pagetree_clamp(c.y0, m->y0, m->y1),
                               pagetree_clamp(c.x1, m->x0, m->x1),
                               pagetree_clamp(c.y1, m->y0, m->y1) };
    if (c.x1 > c.x0 && c.y1 > c.y0)
        page->crop = c;
    page->rotate = pagetree_rotation(p->o, i->rotate);
    page->unit = value_number(objects_find(p->o, entry->dictionary, "UserUnit"), 1);
    if (page->unit <= 0)
        page->unit = 1;
    return true;
}

static int pagetree_compare(const void *a, const void *b)
{
    const struct pagetree_order *x = a, *y = b;
    if (x->number != y->number)
        return x->number < y->number ? -1 : 1;
    return x->page < y->page ? -1 : x->page > y->page;
}

/* The first page of each object comes first. */
static bool pagetree_sort(struct pagetree *p)
{
    p->order = malloc((p->found + 1) * sizeof *p->order);
    if (!p->order)
        return false;
    for (size_t i = 0; i < p->found; i++)
        p->order[i] = (struct pagetree_order){ p->entries[i].number, (int)i + 1 };
    qsort(p->order, p->found, sizeof *p->order, pagetree_compare);
    return true;
}

int pagetree_number(struct pagetree *p, const struct value *reference)
{
    if (reference->type != VALUE_REFERENCE || (!p->order && !pagetree_sort(p)))
        return 0;
    size_t low = 0, high = p->found;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (p->order[middle].number < reference->reference.number)
            low = middle + 1;
        else
            high = middle;
    }
    return low < p->found && p->order[low].number == reference->reference.number
               ? p->order[low].page
               : 0;
}

void pagetree_destroy(struct pagetree *p)
{
    if (!p)
        return;
    free(p->entries);
    free(p->order);
    free(p);
}
