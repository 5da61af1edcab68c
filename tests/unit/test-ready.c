/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-ready.c - what a lane is given next, and what becomes startable. */
#include <config.h>

#include <criterion/criterion.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "sched/ready.h"

#define NONE UINT64_MAX

static const struct format splits = {.name = "x", .flags = FORMAT_SPLITS};
static struct gate gate;
static struct ready ready;

static void setup(int lanes, int permits)
{
    gate_init(&gate, lanes, permits);
    ready_init(&ready, &gate);
}

static struct task *make(uint64_t ordinal, uint64_t bytes)
{
    struct item item = {
        .ordinal = ordinal, .path = xstrdup("x"), .bytes = bytes};

    return task_create(result_create(&item), &tier_limits_default);
}

static void drop(struct task *t)
{
    result_destroy(task_conclude(t));
    task_destroy(t);
}

/* Opened, and with PAGES to claim. */
static struct task *make_open(uint64_t ordinal, enum gate_class class, int pages,
                              unsigned window)
{
    struct task *t = make(ordinal, 1);

    t->class = class;
    t->total = pages;
    t->document.format = &splits;
    merge_init(&t->merge, t->result, NULL, NULL, window);
    t->merging = true;
    return t;
}

/* The ordinal of what is picked, as a lane would; NONE: nothing. */
static uint64_t pick(uint64_t own)
{
    enum gate_class class;
    bool startable = ready_is_startable(&ready);
    struct task *t = ready_pick(&ready, own, &class);

    cr_assert_eq(startable, t != NULL);
    if (!t)
        return NONE;
    cr_assert_eq(class, t->class);
    gate_enter(&gate, class);
    gate_leave(&gate, class);

    uint64_t ordinal = t->document.id;

    if (!t->shared)
        drop(t);
    return ordinal;
}

#define MIB ((uint64_t)1 << 20)

Test(ready, nothing_is_there)
{
    setup(2, 1);
    cr_assert_eq(ready_waiting(&ready), 0);
    cr_assert_eq(pick(NONE), NONE);
    cr_assert_null(ready_drain(&ready));
    ready_clear(&ready);
}

Test(ready, quick_ones_in_the_order_of_inputs)
{
    setup(2, 1);
    for (uint64_t i = 0; i < 20; i++)
        ready_push(&ready, make(i, i % 3 * MIB));
    cr_assert_eq(ready_waiting(&ready), 20);
    for (uint64_t i = 0; i < 20; i++)
        cr_assert_eq(pick(NONE), i);
    cr_assert_eq(pick(NONE), NONE);
    ready_clear(&ready);
}

Test(ready, long_ones_by_size_then_order)
{
    static const uint64_t mib[] = {60, 190, 60, 51, 400, 190, 60, 1000, 51};
    static const uint64_t order[] = {7, 4, 1, 5, 0, 2, 6, 3, 8};

    setup(2, 1);
    for (uint64_t i = 0; i < 9; i++)
        ready_push(&ready, make(i, mib[i] * MIB));
    for (int i = 0; i < 9; i++)
        cr_assert_eq(pick(NONE), order[i], "%d", i);
    ready_clear(&ready);
}

Test(ready, the_heap_holds_with_many)
{
    uint64_t last = UINT64_MAX;
    unsigned seed = 7;

    setup(2, 1);
    for (uint64_t i = 0; i < 1000; i++)
        ready_push(&ready, make(i, (11 + (uint64_t)rand_r(&seed) % 39) * MIB));
    for (int i = 0; i < 1000; i++) {
        enum gate_class class;
        struct task *t = ready_pick(&ready, NONE, &class);

        cr_assert_eq(class, GATE_MEDIUM);
        cr_assert_leq(t->result->item.bytes, last);
        last = t->result->item.bytes;
        drop(t);
    }
    cr_assert_eq(pick(NONE), NONE);
    ready_clear(&ready);
}

Test(ready, parked_ones_wait_for_a_permit)
{
    enum gate_class class;

    setup(2, 1);
    cr_assert(gate_try_permit(&gate));
    for (uint64_t i = 0; i < 3; i++)
        ready_park(&ready, make(i, 1));
    cr_assert_eq(ready_waiting(&ready), 0);
    cr_assert_eq(pick(NONE), NONE);
    ready_push(&ready, make(3, 1));
    cr_assert_eq(pick(NONE), 3);

    gate_return_permit(&gate);
    ready_push(&ready, make(4, 1));

    struct task *t = ready_pick(&ready, NONE, &class);

    cr_assert_eq(t->document.id, 0);
    cr_assert(t->has_permit);
    cr_assert_eq(gate.permits, 0);
    drop(t);
    cr_assert_eq(pick(NONE), 4);
    cr_assert_eq(pick(NONE), NONE);
    gate_return_permit(&gate);
    cr_assert_eq(pick(NONE), 1);
    gate_return_permit(&gate);
    cr_assert_eq(pick(NONE), 2);
    ready_clear(&ready);
}

Test(ready, a_lane_stays_with_its_own_then_takes_new_ones_then_helps)
{
    setup(2, 1);
    struct task *first = make_open(0, GATE_HEAVY, 100, 4);
    struct task *second = make_open(1, GATE_HEAVY, 100, 4);

    ready_share(&ready, first);
    ready_share(&ready, second);
    ready_push(&ready, make(2, 300 * MIB));
    cr_assert_eq(pick(1), 1);
    cr_assert_eq(pick(0), 0);
    cr_assert_eq(pick(NONE), 2);
    cr_assert_eq(pick(NONE), 0);
    /* Its own has nothing left to claim. */
    second->claimed = second->total;
    cr_assert_eq(pick(1), 0);
    first->given_up = true;
    cr_assert_eq(pick(0), NONE);
    ready_unshare(&ready, first);
    cr_assert_not(first->shared);
    ready_unshare(&ready, first);
    ready_unshare(&ready, second);
    cr_assert_eq(ready.shared.count, 0);
    drop(first);
    drop(second);
    ready_clear(&ready);
}

Test(ready, a_full_window_is_not_startable)
{
    setup(2, 1);
    struct task *t = make_open(0, GATE_HEAVY, 100, 2);

    ready_share(&ready, t);
    cr_assert_eq(task_claim(t, 10, 2)->first, 0);
    cr_assert_eq(pick(0), 0);
    cr_assert_eq(task_claim(t, 10, 2)->first, 10);
    cr_assert_eq(pick(0), NONE);
    t->merge.emitted++;
    cr_assert_eq(pick(NONE), 0);
    ready_unshare(&ready, t);
    drop(t);
    ready_clear(&ready);
}

Test(ready, short_ones_at_work_are_helped_last)
{
    setup(4, 1);
    struct task *quick = make_open(0, GATE_QUICK, 9, 4);
    struct task *medium = make_open(1, GATE_MEDIUM, 100, 4);
    struct task *heavy = make_open(2, GATE_HEAVY, 1000, 4);

    ready_share(&ready, quick);
    ready_share(&ready, medium);
    ready_share(&ready, heavy);
    ready_push(&ready, make(3, 1));
    /* The heavy one's range and the new one, in some order. */
    cr_assert_neq(pick(NONE), 0);
    heavy->claimed = heavy->total;
    ready_push(&ready, make(3, 1));
    cr_assert_eq(pick(NONE), 3);
    while (ready_waiting(&ready))
        cr_assert_eq(pick(NONE), 3);
    cr_assert_eq(pick(NONE), 1);
    medium->claimed = medium->total;
    cr_assert_eq(pick(NONE), 0);
    ready_unshare(&ready, medium);
    ready_unshare(&ready, quick);
    ready_unshare(&ready, heavy);
    drop(quick);
    drop(medium);
    drop(heavy);
    ready_clear(&ready);
}

Test(ready, drains_all_that_wait)
{
    int count = 0;

    setup(2, 1);
    ready_push(&ready, make(0, 1));
    ready_push(&ready, make(1, 20 * MIB));
    ready_push(&ready, make(2, 100 * MIB));
    ready_park(&ready, make(3, 1));
    for (struct task *t; (t = ready_drain(&ready)); count++)
        drop(t);
    cr_assert_eq(count, 4);
    cr_assert_not(ready_is_startable(&ready));
    ready_clear(&ready);
}

Test(ready, ranges_get_short_towards_the_end)
{
    setup(2, 1);
    struct task *t = make_open(0, GATE_HEAVY, 1000, 1000);
    int next = 0, last = 1000;

    while (t->claimed < t->total) {
        struct range *r = task_claim(t, 32, 2);

        cr_assert_eq(r->first, next);
        cr_assert_geq(r->count, 1);
        cr_assert_leq(r->count, last);
        cr_assert_leq(r->count, 32);
        last = r->count;
        next += r->count;
    }
    cr_assert_eq(next, 1000);
    cr_assert_leq(last, 4);
    drop(t);
    ready_clear(&ready);
}

/* A lane whose container is full gets its members alone, from wherever they are. */
Test(ready, members_of_one_container)
{
    struct nest_share share = { 100, NEST_FLOOR };
    struct nest *nest = nest_create(NULL, share), *other = nest_create(NULL, share);
    static const uint64_t bytes[] = {1, 2, 20 << 20, 30 << 20, 300 << 20, 400 << 20};
    struct task *tasks[6];
    enum gate_class class;
    setup(2, 0);
    for (unsigned i = 0; i < 6; i++) {
        tasks[i] = make(i, bytes[i]);
        tasks[i]->within = nest_use(i % 2 ? nest : other);
        ready_push(&ready, tasks[i]);
    }
    for (unsigned i = 1; i < 6; i += 2) {
        struct task *t = ready_pick_within(&ready, nest, &class);
        cr_assert_eq(t, tasks[i]);
        cr_expect_eq(class, t->class);
    }
    cr_expect_null(ready_pick_within(&ready, nest, &class));
    /* Without a permit: who has it may wait for this very member. */
    ready_park(&ready, tasks[1]);
    cr_expect_eq(ready_pick_within(&ready, nest, &class), tasks[1]);
    cr_expect(tasks[1]->has_permit);
    cr_expect_eq(gate.permits, -1);
    cr_expect_eq(ready_waiting(&ready), 3);
    for (int i = 0; i < 3; i++)
        cr_expect_eq(ready_drain(&ready)->within, other);
    for (int i = 0; i < 6; i++)
        drop(tasks[i]);
    nest_release(nest);
    nest_release(other);
    ready_clear(&ready);
}

static struct task *make_urgent(uint64_t ordinal, uint64_t bytes,
                                enum item_priority priority)
{
    struct task *t = make(ordinal, bytes);

    t->result->item.priority = priority;
    return t;
}

Test(ready, priorities_come_before_all_else)
{
    setup(4, 1);
    ready_push(&ready, make_urgent(0, 1, ITEM_BATCH));
    ready_push(&ready, make_urgent(1, 60 * MIB, ITEM_NORMAL));
    ready_push(&ready, make_urgent(2, 1, ITEM_NORMAL));
    ready_push(&ready, make_urgent(3, 20 * MIB, ITEM_BATCH));
    ready_push(&ready, make_urgent(4, 20 * MIB, ITEM_CRITICAL));
    ready_push(&ready, make_urgent(5, 1, ITEM_CRITICAL));
    ready_push(&ready, make_urgent(6, 30 * MIB, ITEM_NORMAL));
    cr_assert_eq(ready_waiting(&ready), 7);
    bool normal[7] = {false};
    uint64_t first = pick(NONE), second = pick(NONE);
    cr_assert_eq(first + second, 9, "%d, %d", (int)first, (int)second);
    for (int i = 0; i < 3; i++)
        normal[pick(NONE)] = true;
    cr_assert(normal[1] && normal[2] && normal[6]);
    cr_assert_eq(pick(NONE) + pick(NONE), 3);
    cr_assert_eq(pick(NONE), NONE);
    ready_clear(&ready);
}

Test(ready, what_the_gate_holds_back_does_not_hold_back_others)
{
    setup(4, 1);
    gate_limit(&gate, 4, 0);
    ready_push(&ready, make_urgent(0, 60 * MIB, ITEM_CRITICAL));
    ready_push(&ready, make_urgent(1, 1, ITEM_BATCH));
    gate_enter(&gate, GATE_HEAVY);
    cr_assert_eq(pick(NONE), 1);
    cr_assert_eq(pick(NONE), NONE);
    gate_leave(&gate, GATE_HEAVY);
    gate_limit(&gate, 4, 1);
    cr_assert_eq(pick(NONE), 0);
    ready_clear(&ready);
}
