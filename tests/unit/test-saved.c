/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-saved.c - ranges of a document that a run has saved, gone on with by another. */
#include <config.h>

#include <criterion/criterion.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/alloc.h"
#include "sched/saved.h"

#define WANTED 8
#define RANGE 2

static char folder[] = "./saved-XXXXXX";
static struct journals journals;
static struct sink sink;
static struct writer *writer;
static struct result *result;
static struct merge merge;

static int drop_text(struct sink *s, struct result *r, int page, const char *text,
                     size_t size, bool end_of_page, struct error *e)
{
    (void)s, (void)r, (void)page, (void)text, (void)size, (void)end_of_page, (void)e;
    return 0;
}

static void fail(void *ctx)
{
    (void)ctx;
}

/* Takes the document up; returns how many of its pages an earlier run has saved. */
static int begin(void)
{
    static const struct sink_ops ops = { .text = drop_text };
    struct item item = { .path = xstrdup("x.pdf") };
    struct error e = { 0 };

    sink_init(&sink, &ops, NULL);
    result = result_create(&item);
    writer = writer_create(&sink, fail, NULL, &e);
    cr_assert_not_null(writer);
    merge_init(&merge, result, writer, NULL, 4);
    struct journal *j = journal_open(&journals, result);
    cr_assert_not_null(j);
    return saved_recover(j, &merge, WANTED);
}

/* The run ends, with the document or without. */
static void end(void)
{
    struct error e = { 0 };

    merge_clear(&merge);
    cr_assert_eq(writer_finish(writer, &e), 0);
    result_destroy(result);
}

/* The next RANGE pages from index FIRST on; the last of them with E. */
static void finish(int first, const struct error *e)
{
    struct range *range = merge_claim(&merge, first, RANGE);

    for (int i = 0; i < RANGE; i++) {
        merge_text(&merge, range, first + i + 1, "text\n", 5);
        merge_page_done(range, first + i + 1, i + 1 == RANGE ? e : NULL, false);
    }
    cr_assert_eq(merge_finish(&merge, range), 0);
}

static void setup(void)
{
    cr_assert_not_null(mkdtemp(folder));
    journals = (struct journals){ folder, "options", true };
}

TestSuite(saved, .init = setup);

Test(saved, is_gone_on_with)
{
    struct error e = { 0 };

    error_set(&e, ERROR_DAMAGED, "the page object is damaged");
    cr_assert_eq(begin(), 0);
    finish(0, NULL);
    finish(2, &e);
    end();
    cr_assert_eq(begin(), 4);
    cr_assert_eq(result->pages, 4);
    cr_assert_eq(result->pages_failed, 1);
    finish(4, NULL);
    end();
    cr_assert_eq(begin(), 6);
    unlink(result->unfinished);
    end();
    cr_assert_eq(rmdir(folder), 0);
}

Test(saved, tells_why_pages_were_declined)
{
    cr_assert_eq(begin(), 0);
    struct range *range = merge_claim(&merge, 0, 3);
    for (int page = 1; page <= 3; page++) {
        merge_text(&merge, range, page, "text\n", 5);
        merge_page_flags(range, page == 3 ? 0 : READER_FONT << RESULT_REASON_SHIFT,
                         page == 2 ? "a font: X" : NULL);
        merge_page_done(range, page, NULL, false);
    }
    cr_assert_eq(merge_finish(&merge, range), 0);
    for (int i = 0; i < 2; i++) {
        cr_assert_eq(result->pages_declined[READER_FONT], 2);
        cr_assert_eq(result->declined_count, 2);
        cr_assert_str_empty(result->declined[0].why);
        cr_assert_str_eq(result->declined[1].why, "a font: X");
        if (i == 0) {
            end();
            cr_assert_eq(begin(), 3);
        }
    }
    unlink(result->unfinished);
    end();
    cr_assert_eq(rmdir(folder), 0);
}

Test(saved, is_not_what_a_stop_has_cut)
{
    struct error e = { 0 };

    error_set(&e, ERROR_INTERRUPTED, "stopped");
    cr_assert_eq(begin(), 0);
    finish(0, NULL);
    finish(2, &e);
    finish(4, NULL);
    end();
    cr_assert_eq(begin(), 2);
    cr_assert_eq(result->pages_failed, 0);
    unlink(result->unfinished);
    end();
    cr_assert_eq(rmdir(folder), 0);
}
