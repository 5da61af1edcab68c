/* SPDX-License-Identifier: GPL-3.0-or-later */
/* layers.c - by the default configuration. Of its usages (8.11.4.4) only those count that
 * turn groups on where a page is viewed: others hide text that poppler gives. */
#include <config.h>

#include "pdf/layers.h"

#include <stdlib.h>

#include "pdf/seen.h"

/* Groups that are off, and terms of one membership; more are taken for on. */
#define LAYERS_MOST 1024
#define LAYERS_TERMS 256
#define LAYERS_DEPTH 16
#define LAYERS_EVENTS 16
#define LAYERS_COST ((uint64_t)1 << 26) /* of those; see objects_cost */
#define LAYERS_TERMS_ALL 4096 /* of one expression, with those within each other */

struct layers {
    struct objects *objects;
    uint32_t *off; /* object numbers, sorted */
    size_t count, room;
    unsigned terms; /* of an expression, so far */
};

static int layers_compare(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* Those of LIST that BUT does not have. */
static void layers_add(struct layers *l, const struct value *list, const struct value *but)
{
    struct seen seen;
    if (list->type != VALUE_ARRAY || !seen_create(&seen, objects_count(l->objects)))
        return;
    for (uint32_t i = 0; but->type == VALUE_ARRAY && i < but->list.count; i++)
        seen_add(&seen, but->list.items + i);
    for (uint32_t i = 0; i < list->list.count && l->count < l->room; i++) {
        const struct value *v = list->list.items + i;
        if (v->type == VALUE_REFERENCE && seen_add(&seen, v))
            l->off[l->count++] = v->reference.number;
    }
    seen_free(&seen);
}

/* Whether GROUP says that it is to be seen on a screen. */
static bool layers_is_for_view(struct objects *o, const struct value *group)
{
    const struct value *usage = objects_find(o, objects_resolve(o, group), "Usage");
    const struct value *view = objects_find(o, usage, "View");
    return value_is_name(objects_find(o, view, "ViewState"), "ON");
}

/* Drops those from the list that a viewer turns on, by the configuration D. */
static void layers_view(struct layers *l, const struct value *d)
{
    struct objects *o = l->objects;
    const struct value *events = objects_find(o, d, "AS");
    uint64_t before = objects_cost(o);
    for (uint32_t i = 0; events->type == VALUE_ARRAY && i < events->list.count &&
                         i < LAYERS_EVENTS; i++) {
        const struct value *event = objects_at(o, events, i);
        const struct value *groups = objects_find(o, event, "OCGs");
        if (!value_is_name(objects_find(o, event, "Event"), "View"))
            continue;
        for (uint32_t k = 0; groups->type == VALUE_ARRAY && k < groups->list.count &&
                             k < LAYERS_MOST &&
                             objects_cost(o) - before < LAYERS_COST; k++) {
            const struct value *group = value_at(groups, k);
            if (group->type != VALUE_REFERENCE || !layers_is_for_view(o, group))
                continue;
            for (size_t n = 0; n < l->count; n++)
                if (l->off[n] == group->reference.number)
                    l->off[n--] = l->off[--l->count];
        }
    }
}

struct layers *layers_create(struct objects *o)
{
    const struct value *catalogue = objects_find(o, objects_trailer(o), "Root");
    const struct value *all = objects_find(o, catalogue, "OCProperties");
    const struct value *d = objects_find(o, all, "D");
    const struct value *groups = objects_find(o, all, "OCGs");
    const struct value *off = objects_find(o, d, "OFF");
    struct layers *l = calloc(1, sizeof *l);
    if (!l)
        return NULL;
    l->objects = o;
    bool base_off = value_is_name(objects_find(o, d, "BaseState"), "OFF");
    size_t most = (off->type == VALUE_ARRAY ? off->list.count : 0) +
                  (base_off && groups->type == VALUE_ARRAY ? groups->list.count : 0);
    l->room = most < LAYERS_MOST ? most : LAYERS_MOST;
    l->off = l->room ? calloc(l->room, sizeof *l->off) : NULL;
    if (!l->off)
        l->room = 0;
    if (base_off)
        layers_add(l, groups, objects_find(o, d, "ON"));
    layers_add(l, off, &value_null);
    layers_view(l, d);
    if (l->count)
        qsort(l->off, l->count, sizeof *l->off, layers_compare);
    return l;
}

static bool layers_group_is_on(const struct layers *l, const struct value *group)
{
    return group->type != VALUE_REFERENCE || !l->count ||
           !bsearch(&group->reference.number, l->off, l->count, sizeof *l->off,
                    layers_compare);
}

/* A visibility expression (8.11.2.2). */
static bool layers_expression(struct layers *l, const struct value *e, int depth)
{
    const struct value *resolved = objects_resolve(l->objects, e);
    l->terms++;
    if (resolved->type != VALUE_ARRAY)
        return layers_group_is_on(l, e);
    const struct value *operator = value_at(resolved, 0);
    bool all = value_is_name(operator, "And"), not = value_is_name(operator, "Not");
    if (depth == LAYERS_DEPTH || l->terms >= LAYERS_TERMS_ALL)
        return true;
    if (not)
        return !layers_expression(l, value_at(resolved, 1), depth + 1);
    for (uint32_t i = 1; i < resolved->list.count && i < LAYERS_TERMS; i++)
        if (layers_expression(l, value_at(resolved, i), depth + 1) != all)
            return !all;
    return all;
}

/* A membership dictionary (8.11.2.2). */
static bool layers_member(struct layers *l, const struct value *dictionary)
{
    const struct value *expression =
        objects_find(l->objects, dictionary, "VE");
    if (expression->type == VALUE_ARRAY) {
        l->terms = 0;
        bool on = layers_expression(l, expression, 0);
        objects_charge_entries(l->objects, l->terms);
        return on;
    }
    const struct value *own = value_get(dictionary, "OCGs");
    const struct value *groups = objects_resolve(l->objects, own);
    const struct value *policy = objects_find(l->objects, dictionary, "P");
    bool list = groups->type == VALUE_ARRAY;
    uint32_t count = list ? groups->list.count : groups->type == VALUE_DICTIONARY;
    uint32_t on = 0, off = 0;
    objects_charge_entries(l->objects, count);
    for (uint32_t i = 0; i < count && i < LAYERS_MOST; i++) {
        const struct value *group = list ? value_at(groups, i) : own;
        if (objects_resolve(l->objects, group)->type != VALUE_DICTIONARY)
            continue;
        if (layers_group_is_on(l, group))
            on++;
        else
            off++;
    }
    if (on + off == 0)
        return true;
    return value_is_name(policy, "AllOn")    ? off == 0
           : value_is_name(policy, "AnyOff") ? off > 0
           : value_is_name(policy, "AllOff") ? on == 0
                                             : on > 0;
}

bool layers_show(struct layers *l, const struct value *content)
{
    const struct value *dictionary = objects_resolve(l->objects, content);
    if (dictionary->type != VALUE_DICTIONARY)
        return true;
    if (value_is_name(objects_find(l->objects, dictionary, "Type"), "OCMD"))
        return layers_member(l, dictionary);
    return layers_group_is_on(l, content);
}

void layers_destroy(struct layers *l)
{
    if (!l)
        return;
    free(l->off);
    free(l);
}
