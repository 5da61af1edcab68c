/* SPDX-License-Identifier: GPL-3.0-or-later */
/* nest.c - each member has its container's nest, and each nest its outer one. */
#include <config.h>

#include "sched/nest.h"

#include <stdlib.h>

#include "base/alloc.h"

struct nest *nest_create(struct nest *outer, struct nest_share share)
{
    struct nest *n = xcalloc(1, sizeof *n);
    n->outer = nest_use(outer);
    n->depth = outer ? outer->depth + 1 : 1;
    n->users = 1;
    n->share = share;
    return n;
}

struct nest *nest_use(struct nest *n)
{
    if (n)
        n->users++;
    return n;
}

void nest_release(struct nest *n)
{
    while (n && --n->users == 0) {
        struct nest *outer = n->outer;
        free(n);
        n = outer;
    }
}

struct nest_share nest_whole(const struct nest_limits *limits)
{
    return (struct nest_share){ limits->ratio, NEST_FLOOR };
}

struct nest_share nest_share(const struct nest *n, uint64_t size,
                             const struct nest_limits *limits)
{
    double grown = size ? (double)n->bytes / (double)size : 1;
    double ratio = grown > 1 ? n->share.ratio / grown : n->share.ratio;
    double least = limits->ratio;
    for (int i = 0; i < n->depth; i++)
        least /= 4;
    if (ratio < least)
        ratio = least;
    uint64_t number = n->depth > 1 ? n->members : n->members / NEST_FREE;
    return (struct nest_share){ ratio > 1 ? ratio : 1,
                                n->share.floor / (number > 1 ? number : 1) };
}

bool nest_is_bomb(const struct nest *n, uint64_t size)
{
    return n->bytes > n->share.floor &&
           (double)n->bytes > n->share.ratio * (double)size;
}

void nest_enter(struct nest *n, struct nest_entry entry)
{
    if (n->waiting < NEST_WAITING)
        n->open[n->waiting] = entry.number;
    n->waiting++;
    n->held += entry.held;
    n->files += entry.filed;
}

void nest_leave(struct nest *n, struct nest_entry entry)
{
    n->waiting--;
    n->held -= entry.held;
    n->files -= entry.filed;
    int last = n->waiting < NEST_WAITING ? n->waiting : NEST_WAITING - 1;
    for (int i = 0; i < last; i++)
        if (n->open[i] == entry.number) {
            n->open[i] = n->open[last];
            break;
        }
}

/* How many members have come since the first that is not over. */
static uint64_t nest_ahead(const struct nest *n)
{
    uint64_t first = n->members;
    for (int i = 0; i < n->waiting && i < NEST_WAITING; i++)
        if (n->open[i] < first)
            first = n->open[i];
    return n->members - first;
}

bool nest_has_room(const struct nest *n, bool in_order)
{
    return n->waiting < NEST_WAITING && n->held < NEST_BYTES && n->files < NEST_FILES &&
           (!in_order || nest_ahead(n) < NEST_AHEAD);
}
