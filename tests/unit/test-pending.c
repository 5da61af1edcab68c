/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-pending.c - what waits and what is at work, by a clock of the tests' own. */
#include <config.h>

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "input/pending.h"

static struct pending *p;

static void setup(double debounce, int batch)
{
    struct pending_config config = { debounce, batch };

    p = pending_create(&config);
}

static enum pending_noted note(const char *path, enum pending_change change, double now)
{
    return pending_note(p, path, change, ITEM_NORMAL, now);
}

/* What is due at NOW, in its order, with a space behind each; "?" behind what a walk has
 * found, "-" behind what is gone. */
static const char *due(double now)
{
    static char all[4096];
    struct pending_due d;

    all[0] = '\0';
    while (pending_take(p, now, &d)) {
        size_t size = strlen(all);

        snprintf(all + size, sizeof all - size, "%s%s%s ", d.path, d.fresh ? "" : "?",
                 d.change == PENDING_GONE ? "-" : "");
        free(d.path);
    }
    return all;
}

static void expect_counts(size_t waiting, size_t whole, size_t at_work)
{
    struct pending_counts counts;

    pending_count(p, &counts);
    cr_expect_eq(counts.waiting, waiting, "%zu wait", counts.waiting);
    cr_expect_eq(counts.whole, whole, "%zu are whole", counts.whole);
    cr_expect_eq(counts.at_work, at_work, "%zu are at work", counts.at_work);
}

Test(pending, quiet_comes_before_work)
{
    setup(5, 50);
    cr_expect_eq(pending_next(p), HUGE_VAL);
    cr_expect_eq(note("a", PENDING_WRITTEN, 100), PENDING_NEW);
    cr_expect_eq(note("b", PENDING_WRITTEN, 101), PENDING_NEW);
    cr_expect_eq(note("a", PENDING_WRITTEN, 103), PENDING_MERGED);
    cr_expect_float_eq(pending_next(p), 105, 1e-9);
    cr_expect_str_eq(due(105.9), "");
    cr_expect_str_eq(due(106), "b ");
    cr_expect_float_eq(pending_next(p), 108, 1e-9);
    cr_expect_str_eq(due(107.9), "");
    cr_expect_str_eq(due(108), "a ");
    cr_expect_eq(pending_next(p), HUGE_VAL);
    expect_counts(0, 0, 0);
    pending_destroy(p);
}

Test(pending, patience_ends)
{
    setup(5, 50);
    for (double now = 0; now < 30; now += 1)
        note("log", PENDING_WRITTEN, now);
    cr_expect_str_eq(due(29.9), "");
    cr_expect_str_eq(due(30), "log ");
    pending_destroy(p);
}

Test(pending, a_batch_goes_at_once)
{
    char name[16];

    setup(5, 50);
    note("open", PENDING_WRITING, 0);
    for (int i = 0; i < 49; i++) {
        snprintf(name, sizeof name, "%d", i);
        note(name, PENDING_WRITTEN, 0);
    }
    cr_expect_str_eq(due(1), "");
    note("0", PENDING_WRITTEN, 1); /* no other one */
    cr_expect_str_eq(due(1), "");
    expect_counts(50, 49, 0);
    note("49", PENDING_WRITTEN, 1);
    cr_expect_gt(strlen(due(1)), 100);
    expect_counts(1, 0, 0);
    cr_expect_str_eq(due(4.9), "");
    cr_expect_str_eq(due(5), "open ");
    pending_destroy(p);
}

Test(pending, flushes)
{
    setup(5, 50);
    note("a", PENDING_WRITTEN, 0);
    note("b", PENDING_WRITING, 0);
    note("c", PENDING_GONE, 0);
    note("d", PENDING_FOUND, 0);
    note("e", PENDING_TOUCHED, 0);
    cr_expect_str_eq(due(1), "");
    pending_flush(p, 1);
    cr_expect_str_eq(due(1), "a c- e? ");
    cr_expect_str_eq(due(2), "d? ");
    cr_expect_str_eq(due(5), "b ");
    pending_destroy(p);
}

Test(pending, realtime)
{
    setup(0, 1);
    note("a", PENDING_WRITTEN, 7);
    cr_expect_str_eq(due(7), "a ");
    note("b", PENDING_WRITING, 7);
    cr_expect_str_eq(due(8.9), "");
    note("b", PENDING_WRITING, 8.9); /* somebody is at it */
    cr_expect_str_eq(due(10.8), "");
    cr_expect_str_eq(due(10.9), "b ");
    note("c", PENDING_WRITING, 20);
    note("c", PENDING_WRITTEN, 20.5);
    cr_expect_str_eq(due(20.5), "c ");
    pending_destroy(p);
}

Test(pending, what_comes_later_counts)
{
    setup(1, 50);
    note("a", PENDING_WRITTEN, 0);
    note("a", PENDING_GONE, 0);
    note("b", PENDING_GONE, 0);
    note("b", PENDING_WRITTEN, 0);
    note("c", PENDING_WRITTEN, 0);
    note("c", PENDING_TOUCHED, 0);
    note("d", PENDING_FOUND, 0);
    note("d", PENDING_TOUCHED, 0);
    note("e", PENDING_FOUND, 0);
    note("e", PENDING_WRITTEN, 0);
    note("f", PENDING_WRITING, 0);
    note("f", PENDING_FOUND, 0);
    expect_counts(6, 4, 0);
    cr_expect_str_eq(due(1), "a- b c e ");
    cr_expect_str_eq(due(2), "d? f ");
    note("g", PENDING_WRITTEN, 2);
    cr_expect(pending_has(p, "g"));
    cr_expect(pending_forget(p, "g"));
    cr_expect_not(pending_forget(p, "g"));
    cr_expect_not(pending_has(p, "g"));
    cr_expect_str_eq(due(9), "");
    pending_destroy(p);
}

Test(pending, priorities)
{
    setup(1, 50);
    pending_note(p, "normal", PENDING_WRITTEN, ITEM_NORMAL, 0);
    pending_note(p, "batch", PENDING_WRITTEN, ITEM_BATCH, 0);
    pending_note(p, "critical", PENDING_WRITTEN, ITEM_CRITICAL, 0.5);
    pending_note(p, "late", PENDING_WRITTEN, ITEM_CRITICAL, 0.9);
    cr_expect_str_eq(due(1.5), "critical normal batch ");
    cr_expect_str_eq(due(2), "late ");
    pending_destroy(p);
}

Test(pending, no_path_is_at_work_twice)
{
    setup(1, 50);
    cr_expect(pending_begin(p, "a", 7, true, ITEM_NORMAL, 0));
    expect_counts(0, 0, 1);
    note("a", PENDING_WRITTEN, 1);
    cr_expect_str_eq(due(5), "");
    cr_expect_eq(pending_next(p), HUGE_VAL, "%f", pending_next(p));
    cr_expect_not(pending_begin(p, "a", 8, false, ITEM_NORMAL, 5));
    cr_expect_not(pending_land(p, 8, 5));
    cr_expect(pending_land(p, 7, 9));
    cr_expect_float_eq(pending_next(p), 9, 1e-9);
    cr_expect_str_eq(due(9), "a ");
    expect_counts(0, 0, 0);
    cr_expect(pending_begin(p, "a", 9, true, ITEM_NORMAL, 9));
    cr_expect(pending_land(p, 9, 9));
    pending_destroy(p);
}

Test(pending, a_path_is_at_work_as_long_as_its_members)
{
    setup(1, 50);
    pending_begin(p, "a.zip", 4096 + 3, true, ITEM_NORMAL, 0);
    pending_begin(p, "other", 3, true, ITEM_NORMAL, 0); /* of the same chain */
    pending_join(p, 4096 + 3);
    pending_join(p, 4096 + 3);
    cr_expect_not(pending_land(p, 4096 + 3, 1));
    note("a.zip", PENDING_WRITTEN, 1);
    cr_expect_not(pending_land(p, 4096 + 3, 2));
    cr_expect_str_eq(due(3), "");
    cr_expect(pending_land(p, 4096 + 3, 3));
    cr_expect_str_eq(due(3), "a.zip ");
    cr_expect(pending_land(p, 3, 3));
    pending_join(p, 99);
    cr_expect_not(pending_land(p, 99, 3));
    pending_destroy(p);
}

Test(pending, a_directory_goes_with_all_below)
{
    setup(1, 50);
    note("d/waits", PENDING_WRITTEN, 0);
    pending_begin(p, "d/e/works", 1, true, ITEM_NORMAL, 0);
    note("dd/else", PENDING_WRITTEN, 0);
    note("d", PENDING_WRITTEN, 0);
    pending_gone_below(p, "d", 0);
    cr_expect_str_eq(due(1), "dd/else d d/waits- ");
    pending_land(p, 1, 2);
    cr_expect_str_eq(due(2), "d/e/works- ");
    pending_destroy(p);
}

Test(pending, is_bounded)
{
    char name[16];

    setup(5, 1000000);
    cr_assert(pending_begin(p, "works", 1, true, ITEM_NORMAL, 0));
    for (int i = 0; i < PENDING_MOST; i++) {
        snprintf(name, sizeof name, "%d", i);
        cr_assert_eq(note(name, PENDING_WRITTEN, 0), PENDING_NEW);
    }
    cr_expect_eq(note("one more", PENDING_WRITTEN, 0), PENDING_FULL);
    cr_expect_not(pending_has(p, "one more"));
    cr_expect_eq(note("17", PENDING_GONE, 0), PENDING_MERGED);
    cr_expect_eq(note("works", PENDING_WRITTEN, 0), PENDING_NEW);
    pending_destroy(p);
}

Test(pending, what_was_at_work_while_events_were_lost_is_looked_at_again)
{
    setup(1, 50);
    cr_assert(pending_begin(p, "a", 1, true, ITEM_NORMAL, 0));
    cr_assert(pending_begin(p, "b", 2, true, ITEM_NORMAL, 0));
    cr_assert(pending_begin(p, "c", 3, true, ITEM_NORMAL, 0));
    note("c", PENDING_WRITTEN, 0);
    pending_doubt(p, 1);
    expect_counts(3, 1, 3);
    cr_expect_not(pending_has(p, "a"));
    cr_expect(pending_has(p, "c"));
    cr_expect_not(pending_begin(p, "b", 4, false, ITEM_NORMAL, 1));
    cr_expect(pending_has(p, "b"));
    cr_expect_str_eq(due(9), "");
    cr_expect(pending_land(p, 1, 10));
    cr_expect_str_eq(due(10), "a? ");
    cr_expect(pending_land(p, 2, 10));
    cr_expect(pending_land(p, 3, 10));
    cr_expect_str_eq(due(10), "c b? ");
    pending_destroy(p);
}
