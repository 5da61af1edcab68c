/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-stats.c - the counts of a run, and the --stats file made of them. */
#include <config.h>

#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "run/metrics.h"
#include "run/stats.h"

static char scratch[] = "./test-stats-XXXXXX";

static void setup(void)
{
    cr_assert_not_null(mkdtemp(scratch));
    cr_assert_eq(chdir(scratch), 0);
    setenv("TMPDIR", ".", 1);
}

static void teardown(void)
{
    unlink("stats.json");
    cr_assert_eq(chdir(".."), 0);
    /* Fails when a temporary file was left. */
    cr_assert_eq(rmdir(scratch), 0);
}

TestSuite(stats, .init = setup, .fini = teardown, .timeout = 300);

static struct result *make(const char *path, uint64_t bytes)
{
    struct item item = {.path = xstrdup(path), .bytes = bytes, .named = true};

    return result_create(&item);
}

static struct result *make_ok(const char *format, int pages, enum tier tier)
{
    struct result *r = make("x", 1000);

    r->format = format;
    r->tier = tier;
    r->pages = r->pages_total = pages;
    r->text_bytes = 10;
    r->lane_seconds = 0.5;
    return r;
}

static void finish(struct metrics *m, struct result *r)
{
    metrics_admit(m, &r->item);
    result_conclude(r);
    metrics_finish(m, r);
    result_destroy(r);
}

Test(metrics, counts)
{
    struct metrics *m = metrics_create(3);
    struct metrics_snapshot s;
    struct result *r;
    struct error e;

    finish(m, make_ok("pdf", 10, TIER_TINY));
    finish(m, make_ok("pdf", 20, TIER_LARGE));
    finish(m, make_ok("text", 1, TIER_TINY));

    error_set(&e, ERROR_DAMAGED, "bad");
    r = make_ok("pdf", 5, TIER_TINY);
    result_add_page_error(r, 2, &e);
    result_add_page_error(r, 3, &e);
    finish(m, r);

    r = make("gone", 0);
    error_set(&r->error, ERROR_MISSING, "no such file");
    finish(m, r);

    r = make("filtered", 7);
    error_set(&r->error, ERROR_FILTERED, "not asked for");
    finish(m, r);

    /* These two have no result that counts. */
    r = make_ok("pdf", 5, TIER_TINY);
    error_set(&r->error, ERROR_INTERRUPTED, "stopped");
    finish(m, r);
    r = make("waiting", 1);
    metrics_admit(m, &r->item);
    result_destroy(r);

    metrics_read(m, &s);
    cr_assert_eq(s.admitted, 8);
    cr_assert_eq(s.admitted_bytes, 4 * 1000 + 7 + 1000 + 1);
    cr_assert_eq(s.not_reached, 2);
    cr_assert_eq(s.all.documents[STATUS_OK], 3);
    cr_assert_eq(s.all.documents[STATUS_PARTIAL], 1);
    cr_assert_eq(s.all.documents[STATUS_FAILED], 1);
    cr_assert_eq(s.all.documents[STATUS_SKIPPED], 1);
    cr_assert_eq(s.all.pages, 34);
    cr_assert_eq(s.all.bytes, 4007);
    cr_assert_eq(s.all.seconds, 2);
    cr_assert_eq(s.pages_failed, 2);
    cr_assert_eq(s.text_bytes, 40);
    cr_assert_eq(s.trouble, 2);
    cr_assert_eq(s.tiers[TIER_LARGE].pages, 20);
    cr_assert_eq(s.tiers[TIER_TINY].pages, 14);
    cr_assert_eq(s.type_count, 3);
    cr_assert_str_eq(s.types[0].name, "pdf");
    cr_assert_eq(s.types[0].group.pages, 33);
    cr_assert_str_eq(s.types[2].name, "none");
    cr_assert_eq(s.errors[ERROR_DAMAGED], 1); /* the row */
    cr_assert_eq(s.errors[ERROR_MISSING], 1);
    cr_assert_eq(s.errors[ERROR_INTERRUPTED], 0);
    cr_assert_eq(s.lanes, 3);
    metrics_destroy(m);
    metrics_destroy(NULL);
}

static void *count(void *arg)
{
    struct metrics *m = arg;
    struct metrics_snapshot s;

    for (int i = 0; i < 1000; i++) {
        metrics_lane_busy(m);
        metrics_page(m, 0);
        finish(m, make_ok(i % 2 ? "pdf" : "text", 1, TIER_TINY));
        metrics_read(m, &s);
        if (s.not_reached > 4 || s.lanes_active < 1 || s.lanes_active > 4)
            return m;
        metrics_lane_idle(m);
    }
    return NULL;
}

Test(metrics, from_many_threads)
{
    struct metrics *m = metrics_create(4);
    struct metrics_snapshot s;
    pthread_t threads[4];
    void *wrong;

    for (int i = 0; i < 4; i++)
        pthread_create(&threads[i], NULL, count, m);
    for (int i = 0; i < 4; i++) {
        pthread_join(threads[i], &wrong);
        cr_assert_null(wrong);
    }
    metrics_read(m, &s);
    cr_assert_eq(s.pages_live, 4000);
    cr_assert_eq(s.all.documents[STATUS_OK], 4000);
    cr_assert_eq(s.lanes_active, 0);
    cr_assert_gt(s.lanes_busy_seconds, 0);
    cr_assert_leq(s.lanes_busy_seconds, 4 * s.wall_seconds);
    cr_assert_gt(s.wall_seconds, 0);
    metrics_destroy(m);
}

/* Two lanes: half idle, then full, then a tail of one. */
Test(metrics, idle_lanes_and_the_tail)
{
    struct metrics *m = metrics_create(2);
    struct metrics_snapshot s;
    const struct timespec pause = {.tv_nsec = 50 * 1000 * 1000};

    metrics_lane_busy(m);
    nanosleep(&pause, NULL);
    metrics_lane_busy(m);
    metrics_lane_idle(m);
    metrics_read(m, &s);
    cr_assert_gt(s.lanes_idle_share, 0.4);
    cr_assert_lt(s.lanes_idle_share, 1);
    nanosleep(&pause, NULL);
    metrics_lane_idle(m);
    metrics_read(m, &s);
    cr_assert_geq(s.tail_seconds, 0.05);
    double tail = s.tail_seconds;
    nanosleep(&pause, NULL);
    metrics_read(m, &s);
    cr_assert_eq(s.tail_seconds, tail, "nobody was at work any more");
    cr_assert_geq(s.lanes_busy_seconds, 0.1);
    metrics_destroy(m);
}

Test(metrics, more_types_than_are_told_apart)
{
    static char names[METRICS_TYPES + 8][12];
    struct metrics *m = metrics_create(1);
    struct metrics_snapshot s;

    for (int i = 0; i < METRICS_TYPES + 8; i++) {
        snprintf(names[i], sizeof names[i], "%d", i);
        finish(m, make_ok(names[i], 1, TIER_TINY));
    }
    metrics_read(m, &s);
    cr_assert_eq(s.type_count, METRICS_TYPES);
    cr_assert_eq(s.types[METRICS_TYPES - 1].group.pages, 9);
    cr_assert_eq(s.all.pages, METRICS_TYPES + 8);
    metrics_destroy(m);
}

static json_t *load(const char *path)
{
    json_error_t e;
    json_t *root = json_load_file(path, 0, &e);

    cr_assert_not_null(root, "line %d: %s", e.line, e.text);
    return root;
}

static const char *string_of(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static json_int_t number_of(const json_t *object, const char *key)
{
    cr_assert(json_is_integer(json_object_get(object, key)), "%s", key);
    return json_integer_value(json_object_get(object, key));
}

static json_t *write_and_load(struct stats *s, struct metrics *m)
{
    struct metrics_snapshot totals;
    struct error e = {0};

    metrics_read(m, &totals);
    cr_assert_eq(stats_write(s, &totals, &e), 0, "%s", e.detail);
    stats_destroy(s);
    metrics_destroy(m);
    return load("stats.json");
}

Test(stats, nothing_was_done)
{
    struct error e = {0};
    struct stats *s = stats_create("stats.json", &e);
    json_t *root = write_and_load(s, metrics_create(2));

    cr_assert_eq(json_array_size(json_object_get(root, "results")), 0);
    cr_assert(json_is_array(json_object_get(root, "results")));
    cr_assert_eq(number_of(json_object_get(root, "documents"), "total"), 0);
    cr_assert_eq(number_of(json_object_get(root, "lanes"), "count"), 2);
    json_decref(root);
    stats_destroy(NULL);
}

Test(stats, a_row_for_each_document)
{
    struct error e = {0};
    struct stats *s = stats_create("stats.json", &e);
    struct metrics *m = metrics_create(2);
    struct result *r = make_ok("pdf", 9, TIER_SMALL);

    r->media_type = "application/pdf";
    r->output = xstrdup("x.txt");
    r->written = true;
    metadata_add(&r->metadata, "title", "A \"title\"\n\\");
    metadata_add(&r->metadata, "author", "One");
    metadata_add(&r->metadata, "author", "Two");
    metadata_add(&r->metadata, "author", "Three");
    error_set(&e, ERROR_DAMAGED, "bad");
    result_add_page_error(r, 3, &e);
    result_add_page_error(r, 4, &e);
    result_conclude(r);
    stats_add(s, r);
    finish(m, r);

    r = make("caf\xe9 \xff\x01\n", 3);
    error_set(&r->error, ERROR_UNKNOWN, "not a document");
    result_conclude(r);
    stats_add(s, r);
    finish(m, r);

    json_t *root = write_and_load(s, m);
    json_t *rows = json_object_get(root, "results");
    json_t *row = json_array_get(rows, 0);
    json_t *pages = json_array_get(json_object_get(row, "page_errors"), 0);
    json_t *metadata = json_object_get(row, "metadata");

    cr_assert_eq(json_array_size(rows), 2);
    cr_assert_str_eq(string_of(row, "path"), "x");
    cr_assert_str_eq(string_of(row, "status"), "partial");
    cr_assert_str_eq(string_of(row, "type"), "application/pdf");
    cr_assert_str_eq(string_of(row, "tier"), "small");
    cr_assert_str_eq(string_of(row, "output"), "x.txt");
    cr_assert_eq(number_of(row, "bytes"), 1000);
    cr_assert_eq(number_of(row, "pages"), 9);
    cr_assert_eq(number_of(row, "pages_failed"), 2);
    cr_assert_eq(number_of(pages, "first"), 3);
    cr_assert_eq(number_of(pages, "last"), 4);
    cr_assert_str_eq(string_of(pages, "kind"), "damaged");
    cr_assert_str_eq(string_of(metadata, "title"), "A \"title\" \\");
    cr_assert_eq(json_array_size(json_object_get(metadata, "author")), 3);
    cr_assert_null(json_object_get(row, "path_base64"));

    row = json_array_get(rows, 1);
    cr_assert_str_eq(string_of(row, "path"),
                     "caf\xef\xbf\xbd \xef\xbf\xbd\x01\n");
    cr_assert_str_eq(string_of(row, "path_base64"), "Y2Fm6SD/AQo=");
    cr_assert(json_is_null(json_object_get(row, "type")));
    cr_assert_str_eq(string_of(json_object_get(row, "error"), "reason"),
                     "not a document");
    cr_assert_eq(number_of(json_object_get(root, "errors"), "unknown"), 1);
    cr_assert_eq(number_of(json_object_get(root, "pages"), "extracted"), 7);
    cr_assert_eq(
        number_of(json_object_get(json_object_get(root, "by_type"), "pdf"),
                  "documents"), 1);
    json_decref(root);
}

/* Past a MiB the rows wait in a file. */
Test(stats, many_rows)
{
    struct error e = {0};
    struct stats *s = stats_create("stats.json", &e);
    struct metrics *m = metrics_create(2);

    for (int i = 0; i < 20000; i++) {
        char path[32];

        snprintf(path, sizeof path, "document %d", i);
        struct result *r = make(path, 3);

        result_conclude(r);
        stats_add(s, r);
        finish(m, r);
    }
    json_t *root = write_and_load(s, m);
    json_t *rows = json_object_get(root, "results");

    cr_assert_eq(json_array_size(rows), 20000);
    for (size_t i = 0; i < 20000; i++) {
        char path[32];

        snprintf(path, sizeof path, "document %zu", i);
        cr_assert_str_eq(string_of(json_array_get(rows, i), "path"), path);
    }
    json_decref(root);
}

Test(stats, replaces_a_former_file_only_when_whole)
{
    struct error e = {0};
    struct rlimit old, limit = {200000, 200000};
    struct metrics_snapshot totals;
    struct metrics *m = metrics_create(2);
    FILE *file = fopen("stats.json", "w");
    struct stat st;

    fputs("{\"old\": 1}", file);
    fclose(file);
    umask(027);
    signal(SIGXFSZ, SIG_IGN);
    metrics_read(m, &totals);

    /* Too large to be written. */
    struct stats *s = stats_create("stats.json", &e);

    for (int i = 0; i < 3000; i++) {
        struct result *r = make("some document or other", 3);

        stats_add(s, r);
        result_destroy(r);
    }
    getrlimit(RLIMIT_FSIZE, &old);
    limit.rlim_max = old.rlim_max;
    cr_assert_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    cr_assert_eq(stats_write(s, &totals, &e), -1);
    cr_assert_eq(e.kind, ERROR_OUTPUT);
    cr_assert_eq(e.sys_errno, EFBIG);
    cr_assert_eq(setrlimit(RLIMIT_FSIZE, &old), 0);
    stats_destroy(s);
    json_t *root = load("stats.json");
    cr_assert_not_null(json_object_get(root, "old"));
    json_decref(root);

    s = stats_create("stats.json", &e);
    root = write_and_load(s, m);
    cr_assert_null(json_object_get(root, "old"));
    json_decref(root);
    cr_assert_eq(stat("stats.json", &st), 0);
    cr_assert_eq(st.st_mode & 0777, 0640);
}

Test(stats, what_is_no_regular_file_is_written_to)
{
    struct error e = {0};
    struct metrics_snapshot totals;
    struct metrics *m = metrics_create(2);
    int ends[2];
    char path[32], bytes[8192] = "";

    cr_assert_eq(pipe(ends), 0);
    snprintf(path, sizeof path, "/dev/fd/%d", ends[1]);
    metrics_read(m, &totals);
    struct stats *s = stats_create(path, &e);
    cr_assert_not_null(s, "%s", e.detail);
    cr_assert_eq(stats_write(s, &totals, &e), 0, "%s", e.detail);
    cr_assert_gt(read(ends[0], bytes, sizeof bytes - 1), 100);
    json_t *root = json_loads(bytes, 0, NULL);
    cr_assert_not_null(root);
    json_decref(root);
    stats_destroy(s);

    s = stats_create("/dev/full", &e);
    cr_assert_not_null(s);
    cr_assert_eq(stats_write(s, &totals, &e), -1);
    cr_assert_eq(e.sys_errno, ENOSPC);
    stats_destroy(s);
    metrics_destroy(m);
    close(ends[0]);
    close(ends[1]);
}

/* Said before the run, not after it. */
Test(stats, cannot_be_written)
{
    static const char *const paths[] = {"none/such.json", "stats.json/x", ".",
                                        "/", ""};
    struct error e = {0};

    fclose(fopen("stats.json", "w"));
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        cr_assert_null(stats_create(paths[i], &e), "%s", paths[i]);
        cr_assert_eq(e.kind, ERROR_OUTPUT);
    }
}

Test(stats, no_room_for_the_rows)
{
    struct error e = {0};
    struct stats *s = stats_create("stats.json", &e);
    struct metrics *m = metrics_create(2);
    struct metrics_snapshot totals;

    setenv("TMPDIR", "none/such", 1);
    for (int i = 0; i < 20000; i++) {
        struct result *r = make("some document or other", 3);

        stats_add(s, r);
        result_destroy(r);
    }
    metrics_read(m, &totals);
    cr_assert_eq(stats_write(s, &totals, &e), -1);
    cr_assert_eq(e.sys_errno, ENOENT);
    cr_assert_not_null(strstr(e.detail, "none/such"));
    stats_destroy(s);
    metrics_destroy(m);
}
