/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-nest.c - how far a container may be read ahead of its members. */
#include <config.h>

#include <criterion/criterion.h>

#include "sched/nest.h"

static struct nest *nest;

static void begin(void)
{
    nest = nest_create(NULL, (struct nest_share){ 100, NEST_FLOOR });
}

static void end(void)
{
    nest_release(nest);
}

TestSuite(nest, .init = begin, .fini = end, .timeout = 300);

static struct nest_entry enter(uint64_t held, bool filed)
{
    struct nest_entry entry = { ++nest->members, held, filed };
    nest_enter(nest, entry);
    return entry;
}

Test(nest, window)
{
    struct nest_entry entries[NEST_WAITING];
    for (int i = 0; i < NEST_WAITING; i++) {
        cr_assert(nest_has_room(nest, true));
        entries[i] = enter(1, false);
    }
    cr_assert_not(nest_has_room(nest, false));
    for (int i = NEST_WAITING; i-- > 0;)
        nest_leave(nest, entries[i]);
    cr_assert_eq(nest->held, 0);
    struct nest_entry large = enter(NEST_BYTES, true);
    cr_assert_not(nest_has_room(nest, false));
    nest_leave(nest, large);
    cr_assert(nest_has_room(nest, true));
    cr_assert_eq(nest->files, 0);
}

/* One is slow, whichever; thousands behind it are over. */
Test(nest, slow_member)
{
    for (int slow = 0; slow < 4; slow++) {
        struct nest_entry entries[4], kept;
        for (int i = 0; i < 4; i++)
            entries[i] = enter(1, false);
        kept = entries[slow];
        for (int i = 0; i < 4; i++)
            if (i != slow)
                nest_leave(nest, entries[i]);
        while (nest->members - kept.number < NEST_AHEAD) {
            cr_assert(nest_has_room(nest, true));
            nest_leave(nest, enter(1, false));
        }
        cr_assert_not(nest_has_room(nest, true));
        cr_assert(nest_has_room(nest, false), "out of order none waits");
        nest_leave(nest, kept);
        cr_assert(nest_has_room(nest, true));
    }
}
