/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-stream.c - text on one descriptor, in input order or as documents end,
 * whatever order it comes in. */
#include <config.h>

#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "sink/sink.h"
#include "sink/stream.h"

static struct buffer reported; /* "3 0 1 " as they are reported */
static struct buffer record_ends; /* "10 14 22 ", their output_end */
static struct sink *sink;
static struct sink_report report;
static struct error error;
static int out;

static void finished(struct sink_report *unused, struct result *r)
{
    (void)unused;
    buffer_printf(&reported, "%d ", (int)r->item.ordinal);
    buffer_printf(&record_ends, "%d ", (int)r->output_end);
    result_destroy(r);
}

static void setup(int fd, bool in_order, size_t hold)
{
    out = fd >= 0 ? fd : memfd_create("out", MFD_CLOEXEC);
    report.finished = finished;
    sink = sink_create_stream(out, in_order, hold, &report);
}

static void teardown(void)
{
    sink_destroy(sink);
    buffer_free(&reported);
    buffer_free(&record_ends);
    close(out);
}

static struct result *make(int ordinal)
{
    struct item item = {.ordinal = (uint64_t)ordinal, .path = xstrdup("x")};

    return result_create(&item);
}

static int text(struct result *r, int page, const char *s, bool end_of_page)
{
    return sink->ops->text(sink, r, page, s, strlen(s), end_of_page, &error);
}

static int end(struct result *r)
{
    return sink->ops->end(sink, r, &error);
}

static void check(const char *expected, size_t size)
{
    char *bytes = xcalloc(1, size + 1);
    struct stat st;

    cr_assert_eq(sink->ops->flush(sink, &error), 0);
    cr_assert_eq(fstat(out, &st), 0);
    cr_assert_eq(st.st_size, (off_t)size, "%ld bytes, not %zu", (long)st.st_size,
                 size);
    cr_assert_eq(pread(out, bytes, size, 0), (ssize_t)size);
    cr_assert(memcmp(bytes, expected, size) == 0, "%.200s", bytes);
    free(bytes);
}

Test(stream, a_form_feed_after_each_page)
{
    setup(-1, true, 1 << 20);
    struct result *r = make(0);

    text(r, 1, "on", false);
    text(r, 1, "e\n", true);
    text(r, 2, "", true);
    text(r, 3, "three\n", true);
    end(r);
    check("one\n\f\fthree\n\f", 13);
    cr_assert_str_eq(buffer_string(&reported), "0 ");
    teardown();
}

Test(stream, in_input_order)
{
    setup(-1, true, 1 << 20);
    struct result *a = make(0), *b = make(1), *c = make(2), *d = make(3);

    text(c, 1, "c1", true);
    text(b, 1, "b1", true);
    end(d); /* without text */
    text(c, 2, "c2", true);
    end(c);
    check("", 0);
    cr_assert_eq(reported.size, 0);
    text(a, 1, "a1", true);
    check("a1\f", 3);
    end(a);
    /* B is the head: what it had is out, and what comes follows. */
    check("a1\fb1\f", 6);
    text(b, 2, "b2", true);
    check("a1\fb1\fb2\f", 9);
    end(b);
    check("a1\fb1\fb2\fc1\fc2\f", 15);
    cr_assert_str_eq(buffer_string(&reported), "0 1 2 3 ");
    teardown();
}

Test(stream, as_they_end)
{
    setup(-1, false, 1 << 20);
    struct result *a = make(0), *b = make(1), *c = make(2);

    text(a, 1, "a1", true);
    text(b, 1, "b1", true);
    end(c);
    text(a, 2, "a2", true);
    end(b);
    check("b1\f", 3);
    end(a);
    check("b1\fa1\fa2\f", 9);
    cr_assert_str_eq(buffer_string(&reported), "2 1 0 ");
    cr_assert_eq(sink->horizon, UINT64_MAX);
    teardown();
}

/* Many documents, their pieces shuffled, against the text in order. */
static void check_shuffled(size_t hold, bool first_is_late)
{
    enum { COUNT = 3000, PAGES = 4 };
    struct result **results = xcalloc(COUNT, sizeof *results);
    int *pages = xcalloc(COUNT, sizeof *pages);
    struct buffer expected = {0};
    unsigned seed = 5;

    setup(-1, true, hold);
    for (int i = 0; i < COUNT; i++) {
        results[i] = make(i);
        for (int page = 1; page <= PAGES; page++)
            buffer_printf(&expected, "%d.%d %*s\n\f", i, page, i % 100, "");
    }
    for (int left = COUNT, low = 0; left > 0;) {
        int i = low + rand_r(&seed) % 200;

        if (i >= COUNT || !results[i] || (first_is_late && i == 0 && left > 1)) {
            while (low < COUNT && (!results[low] || (first_is_late && !low)))
                low++;
            low = first_is_late && left == 1 ? 0 : low;
            continue;
        }
        if (pages[i] == PAGES) {
            cr_assert_eq(end(results[i]), 0);
            results[i] = NULL;
            left--;
        } else {
            char piece[128];

            snprintf(piece, sizeof piece, "%d.%d %*s\n", i, ++pages[i], i % 100,
                     "");
            cr_assert_eq(text(results[i], pages[i], piece, true), 0);
        }
    }
    check(expected.data, expected.size);
    buffer_clear(&expected);
    for (int i = 0; i < COUNT; i++)
        buffer_printf(&expected, "%d ", i);
    cr_assert_str_eq(buffer_string(&reported), buffer_string(&expected));
    buffer_free(&expected);
    free(results);
    free(pages);
    teardown();
}

Test(stream, shuffled, .timeout = 300)
{
    check_shuffled(1 << 20, false);
    check_shuffled(1000, false);
    check_shuffled(0, false);
}

Test(stream, a_slow_first_document, .timeout = 300)
{
    check_shuffled(1 << 20, true);
    check_shuffled(10000, true);
}

Test(stream, the_horizon_follows_the_head)
{
    setup(-1, true, 1000);
    uint64_t ahead = sink->horizon;

    cr_assert_gt(ahead, 1000);
    end(make(1));
    end(make(2));
    cr_assert_eq(sink->horizon, ahead);
    end(make(0));
    cr_assert_eq(sink->horizon, ahead + 3);
    teardown();
}

/* As far ahead as a run may be, around the ring more than once. */
Test(stream, up_to_the_horizon, .timeout = 300)
{
    setup(-1, true, 1 << 20);
    int next = 0;

    for (int round = 0; round < 3; round++) {
        int last = (int)sink->horizon;
        int first = next;

        for (next = first + 1; next < last; next++) {
            struct result *r = make(next);

            text(r, 1, "", true);
            end(r);
        }
        end(make(first));
    }
    cr_assert_eq(sink->ops->flush(sink, &error), 0);

    struct stat st;

    fstat(out, &st);
    cr_assert_eq(st.st_size, next - 3);
    teardown();
}

Test(stream, idle_shows_what_is_there)
{
    int ends[2];
    char byte[4];

    cr_assert_eq(pipe2(ends, O_NONBLOCK), 0);
    setup(ends[1], true, 1000);
    struct result *r = make(0);

    text(r, 1, "hi", true);
    cr_assert_eq(read(ends[0], byte, sizeof byte), -1);
    cr_assert_eq(sink->ops->idle(sink, &error), 0);
    cr_assert_eq(read(ends[0], byte, sizeof byte), 3);
    end(r);
    close(ends[0]);
    teardown();
}

static void *read_slowly(void *arg)
{
    static char block[5000];
    size_t total = 0;
    int fd = *(int *)arg;

    for (ssize_t n; (n = read(fd, block, sizeof block)) > 0; total += (size_t)n)
        usleep(100);
    return (void *)total;
}

Test(stream, a_pipe_that_does_not_block, .timeout = 300)
{
    int ends[2];
    pthread_t thread;
    void *total;
    char *block = xcalloc(1, 1 << 20);

    cr_assert_eq(pipe(ends), 0);
    fcntl(ends[1], F_SETFL, O_NONBLOCK);
    pthread_create(&thread, NULL, read_slowly, ends);
    setup(ends[1], true, 1000);
    struct result *r = make(0);

    memset(block, 'x', (1 << 20) - 1);
    for (int page = 1; page <= 3; page++)
        cr_assert_eq(text(r, page, block, true), 0);
    end(r);
    cr_assert_eq(sink->ops->flush(sink, &error), 0);
    teardown();
    pthread_join(thread, &total);
    cr_assert_eq((size_t)total, 3 << 20);
    close(ends[0]);
    free(block);
}

/* Whatever call meets the error, all is freed. */
static void check_fails(int fd, bool in_order, int errnum)
{
    setup(fd, in_order, 100);
    struct result *first = make(0);
    char *block = xcalloc(1, 300001);
    int rc = 0;

    memset(block, 'x', 300000);
    text(first, 1, "first", true);
    for (int i = 1; i < 5; i++) {
        struct result *r = make(i);

        rc |= text(r, 1, block, true);
        if (rc != 0) {
            result_destroy(r);
            break;
        }
        rc |= end(r);
        if (rc != 0)
            break;
    }
    if (rc == 0)
        rc = end(first);
    else
        result_destroy(first);
    if (rc == 0)
        rc = sink->ops->flush(sink, &error);
    cr_assert_eq(rc, -1);
    cr_assert_eq(error.kind, ERROR_OUTPUT);
    cr_assert_eq(error.sys_errno, errnum);
    teardown();
    free(block);
}

Test(stream, a_full_disk)
{
    check_fails(open("/dev/full", O_WRONLY), true, ENOSPC);
    check_fails(open("/dev/full", O_WRONLY), false, ENOSPC);
}

Test(stream, a_closed_pipe)
{
    int ends[2];

    signal(SIGPIPE, SIG_IGN);
    cr_assert_eq(pipe(ends), 0);
    close(ends[0]);
    check_fails(ends[1], true, EPIPE);
}

Test(stream, no_room_for_what_waits)
{
    setenv("TMPDIR", "none/such", 1);
    check_fails(-1, true, ENOENT);
    check_fails(-1, false, ENOENT);
}

Test(stream, destroy_with_documents_under_way)
{
    for (int in_order = 0; in_order <= 1; in_order++) {
        setup(-1, in_order, 10);
        struct result *a = make(0), *b = make(1), *c = make(2);

        text(a, 1, "a longer text", false);
        text(b, 1, "a longer text", false);
        text(c, 1, "a longer text", true);
        end(c);
        sink_destroy(sink);
        sink = NULL;
        result_destroy(a);
        result_destroy(b);
        teardown();
    }
    sink_destroy(NULL);
}

static _Atomic uint64_t whole;
static struct spill *spill;

static void setup_records(int fd, bool in_order, uint64_t start)
{
    out = fd >= 0 ? fd : memfd_create("out", MFD_CLOEXEC);
    report.finished = finished;
    spill = spill_create(1000);
    sink = stream_create_records(
        &(struct stream_records){
            .fd = out,
            .name = "there",
            .in_order = in_order,
            .start = start,
            .spill = spill,
            .whole = &whole,
        },
        &report);
}

static void teardown_records(void)
{
    teardown();
    spill_destroy(spill);
}

static void record(int ordinal, const char *lines)
{
    struct result *r = make(ordinal);

    if (*lines)
        text(r, 0, lines, false);
    end(r);
}

Test(stream, records_in_input_order)
{
    setup_records(-1, true, 0);
    cr_assert_eq(whole, 0);
    record(2, "{2}\n");
    record(1, ""); /* without a record */
    check("", 0);
    record(0, "{0a}\n{0b}\n");
    check("{0a}\n{0b}\n{2}\n", 14);
    cr_assert_str_eq(buffer_string(&reported), "0 1 2 ");
    cr_assert_str_eq(buffer_string(&record_ends), "10 10 14 ");
    cr_assert_eq(whole, 14);
    teardown_records();
}

Test(stream, records_as_they_end)
{
    setup_records(-1, false, 100);
    cr_assert_eq(whole, 100);
    record(2, "{2}\n");
    record(0, "{0}\n");
    check("{2}\n{0}\n", 8);
    cr_assert_str_eq(buffer_string(&record_ends), "104 108 ");
    cr_assert_eq(whole, 108);
    teardown_records();
}

static off_t size_of_out(void)
{
    struct stat st;

    fstat(out, &st);
    return st.st_size;
}

/* Nothing is written but whole records, unless one is very large. */
Test(stream, records_are_written_whole, .timeout = 300)
{
    enum { PIECE = 1 << 20, LARGE = 100 };
    char *block = xcalloc(1, PIECE + 1);

    memset(block, 'x', PIECE);
    setup_records(-1, true, 0);
    struct result *r = make(0);

    text(r, 0, "{}\n", false);
    for (int i = 0; i < 40; i++) {
        text(r, 0, block, false);
        cr_assert_leq(size_of_out(), 3);
    }
    text(r, 0, "\n", false);
    cr_assert_eq(size_of_out(), 40 * PIECE + 4);
    cr_assert_eq(whole, 40 * PIECE + 4);
    for (int i = 0; i < LARGE; i++) {
        text(r, 0, block, false);
        cr_assert_eq(whole, 40 * PIECE + 4);
    }
    cr_assert_gt(size_of_out(), 40 * PIECE + 4);
    text(r, 0, "\n{}\n", false);
    end(r);
    cr_assert_eq(sink->ops->flush(sink, &error), 0);
    cr_assert_eq(size_of_out(), (40 + LARGE) * PIECE + 8);
    cr_assert_eq(whole, (40 + LARGE) * PIECE + 8);
    teardown_records();
    free(block);
}

/* Whose record was on its way is lost, and the mark stays before it. */
Test(stream, a_disk_that_fills_up_with_records)
{
    setup_records(-1, true, 0);
    record(0, "{0}\n");
    check("{0}\n", 4);
    int full = open("/dev/full", O_WRONLY);
    dup2(full, out);
    close(full);
    record(1, "{1}\n");
    record(3, "{3}\n");
    cr_assert_eq(sink->ops->idle(sink, &error), -1);
    cr_assert(strstr(error.detail, "cannot write to there"), "%s", error.detail);
    sink->ops->lose(sink, &error);
    cr_assert_eq(sink->broken, UINT64_MAX);
    cr_assert_eq(whole, 4);
    cr_assert_str_eq(buffer_string(&reported), "0 1 3 ");
    teardown_records();
}
