/* SPDX-License-Identifier: GPL-3.0-or-later */
/* nest.c - each member has its container's nest, and each nest its outer one. */
#include <config.h>

#include "sched/nest.h"

#include <stdlib.h>

#include "base/alloc.h"

struct nest *nest_create(struct nest *outer)
{
    struct nest *n = xcalloc(1, sizeof *n);
    n->outer = nest_use(outer);
    n->depth = outer ? outer->depth + 1 : 1;
    n->users = 1;
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

struct nest *nest_outermost(struct nest *n)
{
    while (n->outer)
        n = n->outer;
    return n;
}

bool nest_has_room(const struct nest *n)
{
    return n->waiting < NEST_WAITING && n->held < NEST_BYTES && n->files < NEST_FILES;
}
