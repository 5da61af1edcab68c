/* SPDX-License-Identifier: GPL-3.0-or-later */
/* table.c - two levels: groups of slots, which an array points to. */
#include <config.h>

#include "pdf/table.h"

#include <stdlib.h>
#include <string.h>

struct table_slot *table_find(const struct table *t, uint64_t number)
{
    if (number >= t->count || !t->groups[number / TABLE_GROUP])
        return NULL;
    return t->groups[number / TABLE_GROUP] + number % TABLE_GROUP;
}

uint32_t table_next(const struct table *t, uint32_t number)
{
    while (number < t->count && !t->groups[number / TABLE_GROUP])
        number = (number / TABLE_GROUP + 1) * TABLE_GROUP;
    return number < t->count ? number : t->count;
}

static bool table_grow(struct table *t, uint32_t group)
{
    uint32_t room = group < 32 ? 64 : group * 2;
    struct table_slot **groups = realloc(t->groups, room * sizeof *groups);
    if (!groups)
        return false;
    memset(groups + t->room, 0, (room - t->room) * sizeof *groups);
    t->groups = groups;
    t->room = room;
    return true;
}

struct table_slot *table_slot(struct table *t, uint64_t number)
{
    uint32_t group = (uint32_t)(number / TABLE_GROUP);
    if (number > TABLE_NUMBER_MOST || (group >= t->room && !table_grow(t, group)))
        return NULL;
    if (!t->groups[group])
        t->groups[group] =
            arena_alloc_array(t->arena, TABLE_GROUP, sizeof **t->groups);
    if (!t->groups[group])
        return NULL;
    if (number >= t->count)
        t->count = (uint32_t)number + 1;
    return t->groups[group] + number % TABLE_GROUP;
}

void table_free(struct table *t)
{
    free(t->groups);
    *t = (struct table){ 0 };
}
