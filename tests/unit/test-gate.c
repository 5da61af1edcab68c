/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-gate.c - shares of the starts, caps on lanes, permits. */
#include <config.h>

#include <criterion/criterion.h>
#include <stdlib.h>

#include "sched/gate.h"

static const bool all[GATE_CLASSES] = {true, true, true};

/* Starts N documents, one after the other, and counts them by class. */
static void start(struct gate *g, const bool startable[GATE_CLASSES], int n,
                  int started[GATE_CLASSES])
{
    while (n--) {
        enum gate_class class = gate_choose(g, startable);

        cr_assert_lt((int)class, (int)GATE_CLASSES);
        gate_enter(g, class);
        gate_leave(g, class);
        started[class]++;
    }
}

Test(gate, classes_of_the_tiers)
{
    cr_assert_eq(gate_class_of(TIER_TINY), GATE_QUICK);
    cr_assert_eq(gate_class_of(TIER_SMALL), GATE_QUICK);
    cr_assert_eq(gate_class_of(TIER_MEDIUM), GATE_MEDIUM);
    cr_assert_eq(gate_class_of(TIER_LARGE), GATE_HEAVY);
    cr_assert_eq(gate_class_of(TIER_HUGE), GATE_HEAVY);
}

Test(gate, sixty_thirty_ten)
{
    struct gate g;
    int started[GATE_CLASSES] = {0};

    gate_init(&g, 4, 2);
    start(&g, all, 1000, started);
    cr_assert_leq(abs(started[GATE_QUICK] - 600), 2);
    cr_assert_leq(abs(started[GATE_MEDIUM] - 300), 2);
    cr_assert_leq(abs(started[GATE_HEAVY] - 100), 2);
}

Test(gate, the_mix_holds_in_any_hundred_starts)
{
    struct gate g;

    gate_init(&g, 2, 2);
    for (int i = 0; i < 50; i++) {
        int started[GATE_CLASSES] = {0};

        start(&g, all, 100, started);
        cr_assert_leq(abs(started[GATE_QUICK] - 60), 3);
        cr_assert_leq(abs(started[GATE_MEDIUM] - 30), 3);
        cr_assert_leq(abs(started[GATE_HEAVY] - 10), 3);
    }
}

Test(gate, long_work_is_first)
{
    struct gate g;

    gate_init(&g, 2, 2);
    cr_assert_eq(gate_choose(&g, all), GATE_HEAVY);
    gate_enter(&g, GATE_HEAVY);
    cr_assert_eq(gate_choose(&g, all), GATE_MEDIUM);
    gate_enter(&g, GATE_MEDIUM);
    cr_assert_eq(gate_choose(&g, all), GATE_QUICK);
}

Test(gate, a_class_without_work_leaves_its_share_to_others)
{
    static const bool two[GATE_CLASSES] = {true, false, true};
    struct gate g;
    int started[GATE_CLASSES] = {0};

    gate_init(&g, 4, 2);
    start(&g, two, 700, started);
    cr_assert_leq(abs(started[GATE_QUICK] - 600), 2);
    cr_assert_eq(started[GATE_MEDIUM], 0);
}

/* Thousands of quick ones, then medium ones come in. */
Test(gate, no_class_catches_up_in_a_burst)
{
    static const bool quick[GATE_CLASSES] = {true, false, false};
    struct gate g;
    int started[GATE_CLASSES] = {0};

    gate_init(&g, 8, 2);
    start(&g, quick, 10000, started);
    started[GATE_QUICK] = 0;
    start(&g, all, 20, started);
    cr_assert_geq(started[GATE_QUICK], 9);
    cr_assert_leq(started[GATE_MEDIUM], 8);
    cr_assert_leq(started[GATE_HEAVY], 4);
}

Test(gate, half_of_the_lanes_at_most)
{
    struct gate g;
    int active[GATE_CLASSES] = {0};

    gate_init(&g, 8, 2);
    for (int i = 0; i < 8; i++) {
        enum gate_class class = gate_choose(&g, all);

        gate_enter(&g, class);
        active[class]++;
    }
    cr_assert_leq(active[GATE_MEDIUM], 4);
    cr_assert_leq(active[GATE_HEAVY], 4);

    /* Whatever their shares would say. */
    gate_init(&g, 8, 2);
    for (int i = 0; i < 4; i++)
        gate_enter(&g, GATE_MEDIUM);
    g.pass[GATE_QUICK] = g.pass[GATE_HEAVY] = 1000;
    cr_assert_eq(gate_choose(&g, all), GATE_HEAVY);
    for (int i = 0; i < 4; i++)
        gate_enter(&g, GATE_HEAVY);
    cr_assert_eq(gate_choose(&g, all), GATE_QUICK);
}

Test(gate, a_cap_holds_only_while_others_wait)
{
    static const bool medium[GATE_CLASSES] = {false, true, false};
    static const bool both[GATE_CLASSES] = {false, true, true};
    static const bool none[GATE_CLASSES] = {false};
    struct gate g;

    gate_init(&g, 4, 2);
    for (int i = 0; i < 4; i++) {
        cr_assert_eq(gate_choose(&g, medium), GATE_MEDIUM);
        gate_enter(&g, GATE_MEDIUM);
    }
    gate_enter(&g, GATE_HEAVY);
    gate_enter(&g, GATE_HEAVY);
    cr_assert_neq(gate_choose(&g, both), GATE_CLASSES);
    cr_assert_eq(gate_choose(&g, none), GATE_CLASSES);
}

Test(gate, one_lane_takes_all_classes)
{
    for (int lanes = 1; lanes <= 3; lanes++) {
        struct gate g;
        int started[GATE_CLASSES] = {0};

        gate_init(&g, lanes, 1);
        start(&g, all, 100, started);
        for (int c = 0; c < GATE_CLASSES; c++)
            cr_assert_geq(started[c], 9, "class %d of %d lanes", c, lanes);
    }
}

Test(gate, what_turns_out_larger_counts_there)
{
    struct gate g;

    gate_init(&g, 2, 1);
    gate_enter(&g, GATE_QUICK);
    gate_move(&g, GATE_QUICK, GATE_HEAVY);
    cr_assert_eq(g.active[GATE_QUICK], 0);
    cr_assert_eq(g.active[GATE_HEAVY], 1);
    g.pass[GATE_QUICK] = g.pass[GATE_MEDIUM] = 1000;
    cr_assert_neq(gate_choose(&g, all), GATE_HEAVY);
    gate_leave(&g, GATE_HEAVY);
    cr_assert_eq(gate_choose(&g, all), GATE_HEAVY);
}

Test(gate, permits)
{
    struct gate g;

    gate_init(&g, 8, 2);
    cr_assert(gate_try_permit(&g));
    cr_assert(gate_try_permit(&g));
    cr_assert_not(gate_try_permit(&g));
    gate_return_permit(&g);
    cr_assert(gate_try_permit(&g));
    cr_assert_not(gate_try_permit(&g));
}
