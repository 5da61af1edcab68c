/* SPDX-License-Identifier: GPL-3.0-or-later */
/* keeper.h - a document whose ranges are merged into a sink that keeps all of
 * them. */
#ifndef EXTRACT_TESTS_KEEPER_H
#define EXTRACT_TESTS_KEEPER_H

#include <criterion/criterion.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "sched/merge.h"

/* A sink that keeps all text, and fails from a number of calls on. */
static struct keeper {
    struct sink sink;
    struct sink_report report;
    struct buffer text;
    struct buffer pages; /* "1 2 3 " as they end */
    atomic_size_t size;
    int calls, fail_at;
    int finished;
} keeper;
static struct writer *writer;
static struct result *result;
static atomic_int failures;

static inline int keep_text(struct sink *sink, struct result *r, int page,
                            const char *text, size_t size, bool end_of_page,
                            struct error *e)
{
    struct keeper *k = (struct keeper *)sink;

    (void)r;
    if (++k->calls == k->fail_at)
        return error_set(e, ERROR_OUTPUT, "full");
    buffer_append(&k->text, text, size);
    k->size = k->text.size;
    if (end_of_page)
        buffer_printf(&k->pages, "%d ", page);
    return 0;
}

static inline int keep_end(struct sink *sink, struct result *r, struct error *e)
{
    (void)e;
    sink->report->finished(sink->report, r);
    return 0;
}

static inline void keep_result(struct sink_report *report, struct result *r)
{
    (void)report;
    keeper.finished++;
    cr_assert_eq(r, result);
}

static inline void fail(void *ctx)
{
    (void)ctx;
    failures++;
}

static inline void setup(struct merge *m, unsigned window)
{
    static const struct sink_ops ops = {.text = keep_text, .end = keep_end};
    struct item item = {.path = xstrdup("x")};
    struct error e = {0};

    keeper.report.finished = keep_result;
    sink_init(&keeper.sink, &ops, &keeper.report);
    result = result_create(&item);
    writer = writer_create(&keeper.sink, fail, NULL, &e);
    cr_assert_not_null(writer);
    merge_init(m, result, writer, NULL, window);
}

/* Ends the document; 0, or -1: the sink failed. */
static inline int end(struct merge *m)
{
    struct error e = {0};
    struct result *r = result;

    merge_clear(m);
    if (keeper.fail_at == 0)
        writer_end(writer, r);
    int rc = writer_finish(writer, &e);
    if (keeper.fail_at == 0)
        cr_assert_eq(keeper.finished, 1);
    else
        cr_assert_str_eq(e.detail, "full");
    return rc;
}

static inline void clear(void)
{
    result_destroy(result);
    buffer_free(&keeper.text);
    buffer_free(&keeper.pages);
}

/* The text of PAGE, to be found again in the output. */
static inline void put_page(struct merge *m, struct range *range, int page)
{
    char text[32];
    int size = snprintf(text, sizeof text, "page %d\n", page);

    merge_text(m, range, page, text, (size_t)size);
    merge_page_done(range, page, NULL, false);
}

static inline void check_text(int pages)
{
    struct buffer expected = {0};

    for (int page = 1; page <= pages; page++)
        buffer_printf(&expected, "page %d\n", page);
    cr_assert_eq(keeper.text.size, expected.size);
    cr_assert(memcmp(keeper.text.data, expected.data, expected.size) == 0);
    buffer_clear(&expected);
    for (int page = 1; page <= pages; page++)
        buffer_printf(&expected, "%d ", page);
    cr_assert_str_eq(buffer_string(&keeper.pages), buffer_string(&expected));
    buffer_free(&expected);
}

#endif
