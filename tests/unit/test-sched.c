/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-sched.c - the scheduler: the same bytes with any number of lanes, one
 * result for each item, permits, ranges, and how it stops. */
#include <config.h>

#include "fake-run.h"

/* Documents of all kinds, tiers and kinds of trouble. */
static void add_mix(void)
{
    static const int pages[] = {1, 3, 9, 12, 60, 230};
    static const off_t sizes[] = {0, 2 << 10, 10 << 10, 40 << 10, 80 << 10};
    static const char *const kinds[] = {"split", "whole", "permit"};

    for (int i = 0; i < 120; i++)
        add(kinds[i % 7 % 3], pages[i * 5 % 6], LINES, i % 4 ? 0 : 3 + i % 5,
            i % 3 ? 60 : 0, sizes[i % 5]);
    add("split", 1100, LINES, 10, 30, 0);
    add("whole", 3, 40000, 2, 0, 0); /* pages of megabytes */
    add("split", 20, 5000, 0, 0, 0);
    add("split", 0, 1, 0, 0, 0);
    add("split", 5, 1, 1, 0, 0); /* all fail */
    add("other", 1, 1, 0, 0, 0);
    add("split", -1, 1, 0, 0, 0);
    add_path("none/such");
    add_path("/dev/null");
    add("permit", 2, LINES, 0, 0, 0);
}

static void check_mix(int lanes, int split, bool by_completion)
{
    struct buffer expected = {0};
    struct metrics_snapshot m;

    start(lanes, split);
    run.by_completion = by_completion;
    add_mix();
    for (size_t i = 0; i < run.count; i++)
        expect(&expected, i);
    go();
    cr_assert_eq(run.rc, 0);
    cr_assert_eq(run.writer_rc, 0);
    if (by_completion)
        cr_assert_eq(run.output.size, expected.size);
    else
        check_output(&expected);
    check_one_result_each();
    cr_assert_leq(permits_most, 2);
    cr_assert_eq(run.results[120].pages, 1100);
    cr_assert_eq(run.results[120].failed, 110);
    cr_assert_eq(run.results[120].status, STATUS_PARTIAL);
    cr_assert_eq(run.results[120].tier, TIER_HUGE);
    cr_assert_eq(run.results[123].status, STATUS_SKIPPED);
    cr_assert_eq(run.results[123].kind, ERROR_NO_PAGES);
    cr_assert_eq(run.results[124].status, STATUS_FAILED);
    cr_assert_eq(run.results[125].kind, ERROR_UNKNOWN);
    cr_assert_eq(run.results[126].kind, ERROR_DAMAGED);
    cr_assert_eq(run.results[127].kind, ERROR_MISSING);
    cr_assert_eq(run.results[128].status, STATUS_FAILED);

    metrics_read(run.metrics, &m);
    cr_assert_eq(m.admitted, run.count);
    cr_assert_eq(m.not_reached, 0);
    cr_assert_eq(m.lanes_active, 0);
    cr_assert_eq(m.pages_live, m.all.pages + m.pages_failed);
    metrics_destroy(run.metrics);
    buffer_free(&expected);
    finish();
}

Test(sched, same_bytes_with_1_lane)
{
    check_mix(1, 1, false);
    check_mix(1, 7, false);
    check_mix(1, 1000, false);
}

Test(sched, same_bytes_with_2_lanes)
{
    check_mix(2, 1, false);
    check_mix(2, 7, false);
    check_mix(2, 1000, false);
}

Test(sched, same_bytes_with_3_lanes)
{
    check_mix(3, 1, false);
    check_mix(3, 7, false);
    check_mix(3, 1000, false);
}

Test(sched, same_bytes_with_8_lanes)
{
    check_mix(8, 1, false);
    check_mix(8, 7, false);
    check_mix(8, 1000, false);
}

Test(sched, as_they_end)
{
    check_mix(1, 7, true);
    check_mix(3, 1, true);
    check_mix(8, 7, true);
}

Test(sched, nothing_to_do)
{
    start(4, 8);
    go_and_drop();
    cr_assert_eq(run.rc, 0);
    cr_assert_eq(run.writer_rc, 0);
    cr_assert_eq(run.output.size, 0);
    finish();
}

/* More than wait in the look-ahead, and than fit the writer's queue. */
Test(sched, many_small_ones)
{
    struct buffer expected = {0};

    start(3, 8);
    for (int i = 0; i < 3000; i++) {
        add(i % 50 ? "split" : "permit", 1, 1, 0, 0, 0);
        expect(&expected, (size_t)i);
    }
    go_and_drop();
    check_one_result_each();
    check_output(&expected);
    buffer_free(&expected);
    finish();
}

Test(sched, permits_are_kept_and_used)
{
    for (int permits = 1; permits <= 3; permits++) {
        start(8, 8);
        run.permits = permits;
        for (int i = 0; i < 60; i++)
            add(i % 10 == 9 ? "split" : "permit", 4, 1, 0, 1000, 0);
        go_and_drop();
        check_one_result_each();
        cr_assert_eq(permits_most, permits, "%d of %d permits", permits_most,
                     permits);
        finish();
    }
}

/* Parked documents past what is looked ahead, and permits come late. */
Test(sched, more_wait_for_a_permit_than_may)
{
    struct buffer expected = {0};

    start(4, 8);
    run.permits = 1;
    for (int i = 0; i < 1500; i++) {
        add(i == 1499 ? "split" : "permit", 1, 1, 0, i % 100 ? 0 : 2000, 0);
        expect(&expected, (size_t)i);
    }
    go_and_drop();
    check_one_result_each();
    check_output(&expected);
    cr_assert_eq(permits_most, 1);
    buffer_free(&expected);
    finish();
}

/* Waits in the lane until another one is at the same document. */
static void meet(uint64_t id, int page)
{
    double begin = clock_now();

    (void)page;
    while (seen[id].peak < 2 && clock_now() - begin < PATIENCE)
        usleep(100);
}

Test(sched, ranges_of_a_document_run_at_once)
{
    static const struct {
        int pages;
        off_t size;
    } cases[] = {
        /* The last is closed by a lane that the window stops, so it has no
         * more ranges than the window. */
        {1200, 0}, {300, 0}, {40, 80 << 10}, {28, 0},
    };

    on_page = meet;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        start(2, 4);
        add("split", cases[i].pages, LINES, 0, 0, cases[i].size);
        go_and_drop();
        check_one_result_each();
        cr_assert_eq(seen[0].peak, 2, "case %zu", i);
        cr_assert_eq(seen[0].opens, 2, "case %zu", i);
        finish();
    }
}

/* Three lanes are at the document before any goes on; then one is slow. */
static void slow_at_6(uint64_t id, int page)
{
    double begin = clock_now();

    while (seen[id].most < 3 && clock_now() - begin < PATIENCE)
        usleep(100);
    if (page == 6)
        usleep(50000);
}

Test(sched, what_does_not_split_runs_in_one_lane)
{
    start(4, 4);
    add("whole", 300, LINES, 0, 100, 0);
    add("permit", 1200, LINES, 0, 10, 0);
    go_and_drop();
    cr_assert_eq(seen[0].opens, 1);
    cr_assert_eq(seen[1].opens, 1);
    finish();
}

/* A slow first range fills the window; the lanes come back after it. */
Test(sched, lanes_wait_for_the_window_and_come_back)
{
    struct buffer expected = {0};

    on_page = slow_at_6;
    start(3, 1);
    add("split", 1500, LINES, 0, 20, 0);
    expect(&expected, 0);
    go_and_drop();
    check_output(&expected);
    cr_assert_eq(seen[0].most, 3);
    buffer_free(&expected);
    finish();
}

/* Quick ones in between must not make a lane lose its long document: each
 * costs an open file, memory, and a walk of its page tree. */
static void check_few_long_ones(int lanes, int pages, off_t size, int opens_each)
{
    int opens = 0;

    start(lanes, 4);
    for (int i = 0; i < 600; i++)
        add(i % 10 ? "whole" : "split", i % 10 ? 1 : pages, 1, 0, 50,
            i % 10 ? 0 : size);
    go_and_drop();
    check_one_result_each();
    for (int i = 0; i < 600; i += 10)
        opens += seen[i].opens;
    cr_assert_leq(heavy_most, 2 * lanes, "%d at %d lanes", heavy_most, lanes);
    cr_assert_leq(opens, 60 * opens_each + lanes, "%d opens at %d lanes", opens,
                  lanes);
    finish();
}

Test(sched, long_documents_at_work_are_few)
{
    for (int lanes = 1; lanes <= 4; lanes *= 2)
        check_few_long_ones(lanes, 60, 80 << 10, lanes > 1 ? 3 : 1);
}

/* Their bytes do not tell: each is opened once more, to see that it is long. */
Test(sched, documents_that_turn_out_long_are_few)
{
    for (int lanes = 1; lanes <= 4; lanes *= 2)
        check_few_long_ones(lanes, 300, 0, lanes > 1 ? 4 : 2);
}

static int stop_at;
static void (*stop_call)(struct sched *);

static void stop_soon(uint64_t id, int page)
{
    (void)id, (void)page;
    if (pages_run >= stop_at)
        stop_call(run.sched);
}

Test(sched, stop_finishes_what_is_at_work)
{
    on_page = stop_soon;
    stop_call = sched_stop;
    for (int lanes = 1; lanes <= 8; lanes += 3) {
        struct buffer expected = {0};
        struct metrics_snapshot m;
        uint64_t reached = 0, admitted = 0;
        static const int at[] = {0, 1, 30, 500};

        for (size_t i = 0; i < 4; i++) {
            start(lanes, 7);
            stop_at = at[i];
            for (int k = 0; k < 900; k++)
                add(k % 5 == 2 ? "permit" : "split", k % 9 ? 2 : 150, 1, 0, 100,
                    k % 9 ? 0 : 80 << 10);
            go();
            cr_assert_eq(run.rc, 0);
            cr_assert_eq(run.writer_rc, 0);
            buffer_clear(&expected);
            reached = admitted = 0;
            for (size_t k = 0; k < run.count; k++) {
                cr_assert_leq(run.results[k].count, 1);
                admitted += run.results[k].count > 0;
                if (!run.results[k].count ||
                    run.results[k].kind == ERROR_INTERRUPTED)
                    continue;
                cr_assert_eq(run.results[k].status, STATUS_OK);
                expect(&expected, k);
                reached++;
            }
            check_output(&expected);
            metrics_read(run.metrics, &m);
            cr_assert_leq(admitted, m.admitted);
            cr_assert_eq(m.admitted - m.not_reached, reached);
            cr_assert_lt(reached, run.count);
            cr_assert_gt(reached, 0);
            metrics_destroy(run.metrics);
            finish();
        }
        buffer_free(&expected);
    }
}

/* They have been opened, but are not at work. */
Test(sched, stop_does_not_finish_what_turned_out_long)
{
    on_page = stop_soon;
    stop_call = sched_stop;
    stop_at = 500;
    for (int lanes = 1; lanes <= 4; lanes++) {
        int reached = 0;

        start(lanes, 4);
        for (int i = 0; i < 200; i++)
            add("split", 300, 1, 0, 50, 0);
        go_and_drop();
        for (size_t i = 0; i < run.count; i++)
            reached += run.results[i].count &&
                       run.results[i].kind != ERROR_INTERRUPTED;
        /* One that had ended before, and those that the lanes have open. */
        cr_assert_leq(reached, 1 + 2 * lanes, "%d lanes", lanes);
        finish();
    }
}

Test(sched, abort_ends_soon)
{
    on_page = stop_soon;
    stop_call = sched_abort;
    for (int lanes = 1; lanes <= 4; lanes++) {
        start(lanes, 1000);
        stop_at = 100;
        for (int i = 0; i < 300; i++)
            add(i % 2 ? "split" : "whole", i % 3 ? 100000 : 5, 1, 0, 2000,
                i % 3 ? 80 << 10 : 0);
        go_and_drop();
        cr_assert_eq(run.rc, 0);
        cr_assert_lt(run.seconds, PATIENCE);
        cr_assert_lt(pages_run, 100 + 2 * lanes);
        for (size_t i = 0; i < run.count; i++) {
            cr_assert_leq(run.results[i].count, 1);
            /* What was cut off is not passed off as whole. */
            if (i % 3 && run.results[i].count)
                cr_assert_eq(run.results[i].kind, ERROR_INTERRUPTED);
        }
        finish();
    }
}

/* A pipe whose reader goes away while lanes wait for room in the queue. */
static void *read_some(void *arg)
{
    static char block[100000];
    int fd = *(int *)arg;

    for (int i = 0; i < 3; i++)
        (void)!read(fd, block, sizeof block);
    usleep(100000);
    close(fd);
    return NULL;
}

Test(sched, the_writer_fails_while_lanes_wait)
{
    signal(SIGPIPE, SIG_IGN);
    for (int lanes = 1; lanes <= 8; lanes += 7) {
        int ends[2];
        pthread_t reader;

        start(lanes, 7);
        cr_assert_eq(pipe(ends), 0);
        run.out = ends[1];
        for (int i = 0; i < 400; i++)
            add(i % 4 == 1   ? "permit"
                : i % 4 == 2 ? "whole"
                             : "split",
                i % 10 ? 2 : 200, 5000, i % 7 ? 0 : 2, 0, i % 10 ? 0 : 80 << 10);
        add_path("none/such");
        pthread_create(&reader, NULL, read_some, &ends[0]);
        go_and_drop();
        pthread_join(reader, NULL);
        cr_assert_eq(run.rc, 0);
        cr_assert_eq(run.writer_rc, -1);
        cr_assert_eq(run.error.kind, ERROR_OUTPUT);
        cr_assert_eq(run.error.sys_errno, EPIPE);
        cr_assert_eq(permits_used, 0);
        close(ends[1]);
        finish();
    }
}

/* OMP_THREAD_LIMIT=1, or a caller's region around ours: a team of one. */
Test(sched, a_team_of_one_does_the_work)
{
    struct buffer expected = {0};

    start(3, 7);
    add_mix();
    for (size_t i = 0; i < run.count; i++)
        expect(&expected, i);
    omp_set_max_active_levels(1);
#pragma omp parallel num_threads(2)
#pragma omp single
    go_and_drop();
    check_one_result_each();
    check_output(&expected);
    buffer_free(&expected);
    finish();
}

Test(sched, an_unreadable_list_ends_the_run)
{
    struct sink_report report = {report_finished};
    int fd = memfd_create("out", MFD_CLOEXEC);
    struct sink *sink = sink_create_stream(fd, true, 1 << 20, &report);
    struct error e = {0};

    start(2, 7);
    add("split", 3, 1, 0, 0, 0);
    run.metrics = metrics_create(2);

    struct writer *writer = writer_create(sink, writer_failed, NULL, &e);
    struct sched_config config = {
        .lanes = 2, .split_pages = 4, .permits = 1,
        .limits = tier_limits_default, .lane_create = fake_create,
    };
    struct source_list list = {"none/such", '\n'};
    const char *paths[] = {run.paths.data};
    struct source_config inputs = {
        .paths = paths, .path_count = 1, .lists = &list, .list_count = 1,
        .wake_fd = -1,
    };
    struct source *source = source_create(&inputs);

    run.sched = sched_create(&config, writer, run.metrics);
    cr_assert_eq(sched_run(run.sched, source, &e), -1);
    cr_assert_eq(e.kind, ERROR_MISSING);
    source_destroy(source);
    cr_assert_eq(writer_finish(writer, &e), 0);
    cr_assert_eq(run.results[0].status, STATUS_OK);
    sched_destroy(run.sched);
    sink_destroy(sink);
    metrics_destroy(run.metrics);
    close(fd);
    finish();
}
