/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-lanes.c - the number of lanes changes while a run goes on: nothing is lost, the
 * bytes are the same, and lanes that are too many give back what they have. */
#include <config.h>

#include "fake-run.h"

static pthread_t steering;
static atomic_bool over;

static void add_mix(void)
{
    static const int pages[] = {1, 3, 9, 60, 230, 1100};
    static const char *const kinds[] = {"split", "whole", "permit"};

    for (int i = 0; i < 150; i++)
        add(kinds[i % 7 % 3], pages[i * 5 % 6], LINES, i % 4 ? 0 : 3 + i % 5,
            i % 3 ? 60 : 0, 2 << 10);
    add("split", 3000, LINES, 10, 100, 0);
}

/* To and fro, as no governor would, with memory that hardly ever is enough. */
static void *steer_wildly(void *ctx)
{
    static const int lanes[] = {1, 8, 2, 5, 1, 3, 100};
    static const uint64_t budgets[] = {0, UINT64_MAX, 200 << 20, 1 << 20};

    (void)ctx;
    for (unsigned i = 0; !over; i++) {
        sched_set_lanes(run.sched, lanes[i % 7], budgets[i % 4]);
        usleep(i % 5 * 200);
    }
    return NULL;
}

static void begin_wildly(void)
{
    over = false;
    cr_assert_eq(pthread_create(&steering, NULL, steer_wildly, NULL), 0);
}

static void end(void)
{
    over = true;
    pthread_join(steering, NULL);
}

Test(sched, same_bytes_while_lanes_come_and_go)
{
    struct buffer expected = {0};

    start(8, 7);
    run.begin = begin_wildly;
    run.end = end;
    add_mix();
    for (size_t i = 0; i < run.count; i++)
        expect(&expected, i);
    go_and_drop();
    cr_assert_eq(run.rc, 0);
    check_output(&expected);
    check_one_result_each();
    cr_assert_gt(rests, 0);
    buffer_free(&expected);
    finish();
}

/* As often as it can, what holds anyway. */
static void *steer_to_the_same(void *ctx)
{
    (void)ctx;
    while (!over)
        sched_set_lanes(run.sched, 8, UINT64_MAX);
    return NULL;
}

static void begin_to_the_same(void)
{
    over = false;
    cr_assert_eq(pthread_create(&steering, NULL, steer_to_the_same, NULL), 0);
}

Test(sched, hands_that_have_not_begun_have_their_lanes)
{
    rest_time = 2000;
    for (int i = 0; i < 20; i++) {
        start(8, 7);
        run.begin = begin_to_the_same;
        run.end = end;
        for (int k = 0; k < 200; k++)
            add(k % 3 ? "whole" : "split", 1 + k % 40, LINES, 0, 100, 2 << 10);
        go_and_drop();
        cr_assert_eq(run.rc, 0);
        check_one_result_each();
        finish();
    }
    rest_time = 0;
}

/* Lanes at a page at once, once the first pages are through. */
static atomic_int at_pages, at_pages_most, at_pages_late;

static void count_lanes(uint64_t id, int page)
{
    (void)id;
    (void)page;
    int now = ++at_pages;
    raise_to(pages_run > 100 ? &at_pages_late : &at_pages_most, now);
    usleep(2000);
    at_pages--;
}

static void *steer_down(void *ctx)
{
    (void)ctx;
    while (pages_run < 50 && !over)
        usleep(1000);
    sched_set_lanes(run.sched, 2, UINT64_MAX);
    return NULL;
}

static void begin_down(void)
{
    over = false;
    cr_assert_eq(pthread_create(&steering, NULL, steer_down, NULL), 0);
}

Test(sched, lanes_that_are_too_many_rest)
{
    start(6, 4);
    run.begin = begin_down;
    run.end = end;
    on_page = count_lanes;
    rests = 0;
    for (int i = 0; i < 400; i++)
        add("whole", 1, LINES, 0, 0, 0);
    go_and_drop();
    on_page = NULL;
    check_one_result_each();
    cr_assert_gt(at_pages_most, 2, "%d", at_pages_most);
    cr_assert_leq(at_pages_late, 2, "%d", at_pages_late);
    cr_assert_eq(rests, 4);
    finish();
}

static void *steer_up(void *ctx)
{
    (void)ctx;
    while (pages_run < 20 && !over)
        usleep(1000);
    sched_set_lanes(run.sched, 6, UINT64_MAX);
    return NULL;
}

static void begin_up(void)
{
    over = false;
    sched_set_lanes(run.sched, 1, UINT64_MAX);
    cr_assert_eq(pthread_create(&steering, NULL, steer_up, NULL), 0);
}

Test(sched, lanes_that_are_wanted_come)
{
    start(6, 4);
    run.begin = begin_up;
    run.end = end;
    on_page = count_lanes;
    at_pages_late = 0;
    for (int i = 0; i < 400; i++)
        add("whole", 1, LINES, 0, 0, 0);
    go_and_drop();
    on_page = NULL;
    check_one_result_each();
    cr_assert_geq(at_pages_late, 4, "%d", at_pages_late);
    finish();
}

/* Lanes at heavy documents at once. */
static void begin_poor(void)
{
    sched_set_lanes(run.sched, 4, 100 << 20);
}

Test(sched, giants_start_when_there_is_memory)
{
    start(4, 10);
    run.begin = begin_poor;
    on_page = count_lanes;
    at_pages_most = at_pages_late = 0;
    /* 64 MiB each, by the fake lanes: one alone. */
    for (int i = 0; i < 3; i++)
        add("split", 300, LINES, 0, 0, 20 << 10);
    go_and_drop();
    on_page = NULL;
    check_one_result_each();
    cr_assert_eq(at_pages_late, 1, "%d", at_pages_late);
    finish();
}
