/* SPDX-License-Identifier: GPL-3.0-or-later */
/* nametree.c - a stack of its own, and a bit for each object, so that cycles end. */
#include <config.h>

#include "pdf/nametree.h"

#include <stdlib.h>

#include "pdf/inside.h"
#include "pdf/seen.h"

#define NAMETREE_DEPTH 64
#define NAMETREE_COST ((uint64_t)1 << 27) /* see objects_cost; what is more is left out */

struct nametree_node {
    const struct value *kids;
    uint32_t next;
};

struct nametree {
    struct objects *o;
    bool (*visit)(void *ctx, struct span name, const struct value *v);
    void *ctx;
    struct seen seen;
    struct nametree_node stack[NAMETREE_DEPTH];
    size_t depth;
};

/* The names of V itself. False: the visitor has enough. */
static bool nametree_names(struct nametree *t, const struct value *v)
{
    const struct value *names = objects_find(t->o, v, "Names");
    if (names->type != VALUE_ARRAY)
        return true;
    for (uint32_t i = 0; i + 1 < names->list.count; i += 2) {
        const struct value *name = objects_at(t->o, names, i);
        if (name->type == VALUE_STRING &&
            !t->visit(t->ctx, objects_string(t->o, name, t->o->arena),
                      value_at(names, i + 1)))
            return false;
    }
    return true;
}

static bool nametree_enter(struct nametree *t, const struct value *reference)
{
    if (!seen_add(&t->seen, reference) || t->depth == NAMETREE_DEPTH)
        return true;
    const struct value *v = objects_resolve(t->o, reference);
    if (v->type != VALUE_DICTIONARY)
        return true;
    if (!nametree_names(t, v))
        return false;
    t->stack[t->depth++] = (struct nametree_node){ objects_find(t->o, v, "Kids"), 0 };
    return true;
}

void nametree_walk(struct objects *o, const struct value *root,
                   bool (*visit)(void *ctx, struct span name, const struct value *v),
                   void *ctx)
{
    struct nametree t = { .o = o, .visit = visit, .ctx = ctx };
    if (!seen_create(&t.seen, objects_count(o)))
        return;
    uint64_t before = objects_cost(o);
    bool more = nametree_enter(&t, root);
    while (more && t.depth > 0 && objects_cost(o) - before < NAMETREE_COST) {
        struct nametree_node *node = t.stack + t.depth - 1;
        if (node->kids->type != VALUE_ARRAY || node->next >= node->kids->list.count)
            t.depth--;
        else
            more = nametree_enter(&t, value_at(node->kids, node->next++));
    }
    seen_free(&t.seen);
}
