/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-document.c - page lists, metadata, and how results are concluded. */
#include <config.h>

#include <criterion/criterion.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "document/metadata.h"
#include "document/pages.h"
#include "document/result.h"
#include "layout/layout.h"

/* The wanted pages of a document of COUNT as "1 2 7 ". */
static void check_pages(const char *list, int count, const char *expected)
{
    struct error e = {0};
    struct pages *p = pages_parse(list, &e);
    struct buffer b = {0};

    cr_assert_not_null(p, "%s: %s", list, e.detail);
    for (int i = 0; i < pages_wanted(p, count); i++)
        buffer_printf(&b, "%d ", pages_at(p, i));
    cr_assert_str_eq(buffer_string(&b), expected, "%s: %s", list,
                     buffer_string(&b));
    buffer_free(&b);
    pages_destroy(p);
}

Test(pages, lists)
{
    check_pages("3", 5, "3 ");
    check_pages("1-3,7", 10, "1 2 3 7 ");
    check_pages("7,1-3", 10, "1 2 3 7 ");
    check_pages("5-", 7, "5 6 7 ");
    check_pages("-3", 7, "1 2 3 ");
    check_pages("-", 3, "1 2 3 ");
    check_pages("1-4,2-3,4-5,6", 7, "1 2 3 4 5 6 ");
    check_pages("2,2,2", 7, "2 ");
    check_pages("5-,7,1", 8, "1 5 6 7 8 ");
    check_pages("3-,-", 2, "1 2 ");
    check_pages("007", 9, "7 ");
}

Test(pages, are_clipped_to_the_document)
{
    check_pages("1-3,7", 2, "1 2 ");
    check_pages("1-3,7", 6, "1 2 3 ");
    check_pages("7", 6, "");
    check_pages("1-", 0, "");
    check_pages("2147483647", 6, "");
}

Test(pages, none_given_means_all)
{
    cr_assert_eq(pages_wanted(NULL, 12), 12);
    cr_assert_eq(pages_at(NULL, 0), 1);
    cr_assert_eq(pages_at(NULL, 11), 12);
}

Test(pages, large_numbers_do_not_overflow)
{
    struct pages *all = pages_parse("1-", NULL);
    struct pages *edges = pages_parse("2147483647,1-2147483646", NULL);
    struct pages *last = pages_parse("2147483647-", NULL);

    cr_assert(all && edges && last);
    cr_assert_eq(pages_wanted(all, INT_MAX), INT_MAX);
    cr_assert_eq(pages_at(all, INT_MAX - 1), INT_MAX);
    cr_assert_eq(pages_wanted(edges, INT_MAX), INT_MAX);
    cr_assert_eq(pages_wanted(last, INT_MAX), 1);
    cr_assert_eq(pages_at(last, 0), INT_MAX);
    pages_destroy(all);
    pages_destroy(edges);
    pages_destroy(last);
    pages_destroy(NULL);
}

Test(pages, refuse_what_is_no_list)
{
    static const struct {
        const char *list, *part;
    } cases[] = {
        {"", "''"},         {",", "''"},
        {"1,", "''"},       {"1,,2", "''"},
        {"0", "'0'"},       {"0-3", "'0-3'"},
        {"1-0", "'1-0'"},   {"3-1", "'3-1'"},
        {"a", "'a'"},       {"1-2-3", "'1-2-3'"},
        {"--", "'--'"},     {"1,2x,3", "'2x'"},
        {"1 ", "'1 '"},     {"+1", "'+1'"},
        {"-0", "'-0'"},     {"2147483648", "'2147483648'"},
        {"1-99999999999999999999", "'1-99999999999999999999'"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct error e = {0};

        cr_assert_null(pages_parse(cases[i].list, &e), "%s", cases[i].list);
        cr_assert_neq(e.kind, ERROR_NONE);
        cr_assert_not_null(strstr(e.detail, cases[i].part), "%s", e.detail);
    }
}

Test(metadata, bookmarks)
{
    struct metadata m = {0};
    char title[2 * METADATA_BOOKMARK_MAX];

    cr_assert(metadata_add_bookmark(&m, " One\n more ", 3, 1));
    cr_assert(metadata_add_bookmark(&m, NULL, 3, 1));
    cr_assert(metadata_add_bookmark(&m, "\t", 3, 1));
    cr_assert_not(metadata_add_bookmark(&m, "x", 3, 0));
    cr_assert_not(metadata_add_bookmark(&m, "x", 3, METADATA_BOOKMARK_DEPTH + 1));
    cr_assert_eq(m.bookmark_count, 1);
    cr_assert_str_eq(m.bookmarks[0].title, "One more");
    memset(title, 'x', sizeof title - 1);
    title[sizeof title - 1] = '\0';
    while (metadata_add_bookmark(&m, title, 1, 1))
        cr_assert_leq(m.bookmark_bytes, METADATA_BOOKMARKS_BYTES);
    cr_assert_eq(strlen(m.bookmarks[1].title), METADATA_BOOKMARK_MAX);
    metadata_clear(&m);
    for (int i = 0; i < METADATA_BOOKMARKS_MAX; i++)
        cr_assert(metadata_add_bookmark(&m, "x", 1, 1));
    cr_assert_not(metadata_add_bookmark(&m, "x", 1, 1));
    metadata_clear(&m);
    cr_assert_eq(m.bookmark_count, 0);
}

Test(metadata, folds_and_drops)
{
    struct metadata m = {0};

    metadata_add(&m, "title", "  A\t\n title\r\n with\x01 blanks\xc2\xa0 ");
    metadata_add(&m, "author", NULL);
    metadata_add(&m, "author", "");
    metadata_add(&m, "author", " \n\t ");
    metadata_add(&m, "author", "First");
    metadata_add(&m, "author", "Second");
    metadata_add(&m, "subject", "a\xe2\x80\xa9\xc2\x85" "b\xff" "c\xe2\x80");
    cr_assert_eq(m.count, 4);
    cr_assert_str_eq(metadata_get(&m, "title"), "A title with blanks");
    cr_assert_str_eq(metadata_get(&m, "author"), "First");
    cr_assert_str_eq(metadata_get(&m, "subject"),
                     "a b\xef\xbf\xbd" "c\xef\xbf\xbd");
    cr_assert_null(metadata_get(&m, "language"));
    metadata_clear(&m);
    cr_assert_eq(m.count, 0);
    cr_assert_null(m.entries);
}

Test(metadata, is_bounded)
{
    size_t size = 1 << 20;
    char *value = xmalloc(size + 1);
    struct metadata m = {0};

    for (size_t i = 0; i < size; i++)
        value[i] = "\xe2\x82\xac"[i % 3];
    value[size] = '\0';
    for (int i = 0; i < 2 * METADATA_ENTRIES_MAX; i++)
        metadata_add(&m, "title", value);
    cr_assert_eq(m.count, METADATA_ENTRIES_MAX);

    const char *kept = metadata_get(&m, "title");

    cr_assert_leq(strlen(kept), METADATA_VALUE_MAX);
    cr_assert_gt(strlen(kept), METADATA_VALUE_MAX - 3);
    cr_assert_eq(utf8_valid_prefix(kept, strlen(kept)), strlen(kept));
    cr_assert_null(strstr(kept, "\xef\xbf\xbd"));
    metadata_clear(&m);

    /* No blank is left where it is cut. */
    memset(value, 'x', size);
    value[METADATA_VALUE_MAX - 1] = ' ';
    metadata_add(&m, "title", value);
    cr_assert_eq(strlen(metadata_get(&m, "title")), METADATA_VALUE_MAX - 1);
    metadata_clear(&m);

    /* The raw value ends within a character. */
    memset(value, ' ', size);
    memcpy(value, "start", 5);
    memcpy(value + 4 * METADATA_VALUE_MAX - 2, "\xe2\x82\xac", 3);
    metadata_add(&m, "title", value);
    cr_assert_str_eq(metadata_get(&m, "title"), "start");
    metadata_clear(&m);
    free(value);
}

Test(metadata, moments)
{
    struct metadata m = {0};

    metadata_add_time(&m, "created", 1709294400);
    metadata_add_time(&m, "modified", -1);
    metadata_add_time(&m, "modified", INT64_MAX);
    metadata_add_time(&m, "modified", INT64_MIN);
    metadata_add_time(&m, "modified", INT64_C(253402300800)); /* year 10000 */
    cr_assert_eq(m.count, 2);
    cr_assert_str_eq(metadata_get(&m, "created"), "2024-03-01T12:00:00Z");
    cr_assert_str_eq(metadata_get(&m, "modified"), "1969-12-31T23:59:59Z");
    metadata_clear(&m);
    metadata_add_time(&m, "created", INT64_C(-62135596800));
    cr_assert_str_eq(metadata_get(&m, "created"), "0001-01-01T00:00:00Z");
    metadata_clear(&m);
}

Test(metadata, moves)
{
    struct metadata from = {0}, to = {0};

    metadata_add(&from, "title", "new");
    metadata_add(&to, "title", "old");
    metadata_move(&to, &from);
    cr_assert_str_eq(metadata_get(&to, "title"), "new");
    cr_assert_eq(from.count, 0);
    cr_assert_null(from.entries);
    metadata_clear(&to);
}

static struct result *make_result(bool named)
{
    struct item item = {
        .ordinal = 4, .path = xstrdup("a.pdf"), .bytes = 9, .named = named};
    struct result *r = result_create(&item);

    cr_assert_null(item.path);
    return r;
}

static void fail_page(struct result *r, int page, const char *detail)
{
    struct error e;

    error_set(&e, ERROR_DAMAGED, "%s", detail);
    result_add_page_error(r, page, &e);
}

Test(result, takes_the_item_over)
{
    struct result *r = make_result(true);

    cr_assert_str_eq(r->item.path, "a.pdf");
    cr_assert_eq(r->item.ordinal, 4);
    cr_assert_eq(r->page_error_count, 0);
    result_destroy(r);
    result_destroy(NULL);
}

Test(result, neighbours_with_the_same_error_share_a_row)
{
    struct result *r = make_result(true);

    for (int page = 1; page <= 10000; page++)
        fail_page(r, page, "bad");
    fail_page(r, 10002, "bad"); /* 10001 is good */
    fail_page(r, 10003, "worse");
    fail_page(r, 10004, "worse");
    cr_assert_eq(r->pages_failed, 10003);
    cr_assert_eq(r->page_error_count, 3);
    cr_assert_eq(r->page_errors[0].first, 1);
    cr_assert_eq(r->page_errors[0].last, 10000);
    cr_assert_eq(r->page_errors[1].first, 10002);
    cr_assert_eq(r->page_errors[1].last, 10002);
    cr_assert_eq(r->page_errors[2].first, 10003);
    cr_assert_eq(r->page_errors[2].last, 10004);
    cr_assert_str_eq(r->page_errors[2].error.detail, "worse");
    result_destroy(r);
}

Test(result, rows_are_bounded_and_failures_counted)
{
    struct result *r = make_result(true);

    for (int page = 1; page <= 3000; page++)
        fail_page(r, page, page % 2 ? "odd" : "even");
    cr_assert_eq(r->page_error_count, RESULT_PAGE_ERRORS_MAX);
    cr_assert_eq(r->pages_failed, 3000);
    for (int i = 0; i < RESULT_PAGE_ERRORS_MAX; i++)
        cr_assert_eq(r->page_errors[i].first, i + 1);
    result_destroy(r);
}

Test(result, conclusions)
{
    static const struct {
        enum error_kind kind;
        int pages, failed;
        enum status status;
    } cases[] = {
        {ERROR_NONE, 5, 0, STATUS_OK},
        {ERROR_NONE, 5, 2, STATUS_PARTIAL},
        {ERROR_NONE, 5, 5, STATUS_FAILED},
        {ERROR_TRUNCATED, 5, 0, STATUS_PARTIAL},
        {ERROR_TRUNCATED, 5, 5, STATUS_FAILED},
        {ERROR_TRUNCATED, 0, 0, STATUS_FAILED},
        {ERROR_UNSUPPORTED, 0, 0, STATUS_SKIPPED},
        {ERROR_NO_PAGES, 0, 0, STATUS_SKIPPED},
        {ERROR_FILTERED, 0, 0, STATUS_SKIPPED},
        {ERROR_UNKNOWN, 0, 0, STATUS_FAILED},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct result *r = make_result(false);

        if (cases[i].kind != ERROR_NONE)
            error_set(&r->error, cases[i].kind, "whole");
        r->pages = cases[i].pages;
        for (int page = 1; page <= cases[i].failed; page++)
            fail_page(r, page, page == 1 ? "first" : "other");
        result_conclude(r);
        cr_assert_eq(r->status, cases[i].status, "case %zu", i);
        if (cases[i].kind != ERROR_NONE)
            cr_assert_str_eq(r->error.detail, "whole");
        else if (cases[i].status == STATUS_FAILED)
            cr_assert_str_eq(r->error.detail, "first");
        else
            cr_assert_eq(r->error.kind, ERROR_NONE);
        cr_assert_eq(result_is_trouble(r),
                     cases[i].status == STATUS_PARTIAL ||
                         cases[i].status == STATUS_FAILED);
        result_destroy(r);
    }
}

Test(result, pages_without_text)
{
    struct result *r = make_result(false);

    for (int page = 1; page <= 9; page++)
        result_add_page_flags(r, page, page == 5                ? 0
                                       : page == 6 || page == 7 ? LAYOUT_GARBLED
                                                                : LAYOUT_NO_TEXT, NULL);
    r->pages = 9;
    result_conclude(r);
    cr_assert_eq(r->status, STATUS_OK);
    cr_assert_eq(r->pages_no_text, 6);
    cr_assert_eq(r->no_text_count, 2);
    cr_assert_eq(r->no_text[0].first, 1);
    cr_assert_eq(r->no_text[0].last, 4);
    cr_assert_eq(r->no_text[1].first, 8);
    cr_assert_eq(r->no_text[1].last, 9);
    cr_assert_eq(r->pages_garbled, 2);
    cr_assert(r->garbled, "two of the three with text are");
    cr_assert_not(result_has_no_text(r));
    result_destroy(r);
}

Test(result, declined_pages)
{
    struct result *r = make_result(false);
    static const enum reader_reason reasons[] = {
        READER_FONT, READER_FONT, READER_LIMIT, READER_NO_REASON, READER_LIMIT,
        READER_REASONS,
    };

    for (int i = 0; i < 6; i++)
        result_add_page_flags(r, 3 + i, (unsigned)reasons[i] << RESULT_REASON_SHIFT, NULL);
    cr_assert_eq(r->pages_declined[READER_FONT], 2);
    cr_assert_eq(r->pages_declined[READER_LIMIT], 2);
    cr_assert_eq(r->pages_declined[READER_NO_REASON], 0);
    cr_assert_eq(r->declined_count, 3);
    cr_assert_eq(r->declined[0].first, 3);
    cr_assert_eq(r->declined[0].last, 4);
    cr_assert_eq(r->declined[0].reason, READER_FONT);
    cr_assert_eq(r->declined[1].first, 5);
    cr_assert_eq(r->declined[1].last, 5, "the same reason, but not its neighbour");
    cr_assert_eq(r->declined[2].first, 7);
    cr_assert_str_empty(r->declined[2].why);
    result_add_page_flags(r, 8, READER_LIMIT << RESULT_REASON_SHIFT, "of X");
    result_add_page_flags(r, 9, READER_LIMIT << RESULT_REASON_SHIFT, "of X");
    cr_assert_eq(r->declined_count, 4, "other words, another row");
    cr_assert_eq(r->declined[3].last, 9);
    cr_assert_str_eq(r->declined[3].why, "of X");
    for (int page = 10; page <= 4 * RESULT_PAGE_ERRORS_MAX; page += 2)
        result_add_page_flags(r, page, READER_FONT << RESULT_REASON_SHIFT, NULL);
    cr_assert_eq(r->declined_count, RESULT_PAGE_ERRORS_MAX);
    result_destroy(r);
}

Test(result, pages_without_text_are_bounded)
{
    struct result *r = make_result(false);
    int pages = 4 * RESULT_PAGE_ERRORS_MAX;

    for (int page = 2; page <= pages; page += 2)
        result_add_page_flags(r, page, LAYOUT_NO_TEXT | LAYOUT_GARBLED * (page == 2), NULL);
    r->pages = pages;
    result_conclude(r);
    cr_assert_eq(r->pages_no_text, pages / 2 - 1);
    cr_assert_eq(r->no_text_count, RESULT_PAGE_ERRORS_MAX);
    cr_assert_not(r->garbled);
    result_destroy(r);

    r = make_result(false);
    result_conclude(r);
    cr_assert_not(result_has_no_text(r), "there are no pages");
    cr_assert_not(r->garbled);
    result_add_page_flags(r, 1, LAYOUT_NO_TEXT, NULL);
    r->pages = 1;
    cr_assert(result_has_no_text(r));
    result_destroy(r);
}

Test(result, text_of_a_page_that_failed_makes_it_partial)
{
    struct result *r = make_result(false);

    r->pages = 1;
    fail_page(r, 1, "cut");
    r->text_bytes = 100;
    result_conclude(r);
    cr_assert_eq(r->status, STATUS_PARTIAL);
    result_destroy(r);
}

Test(result, skipping_what_was_named_is_trouble)
{
    struct result *r = make_result(true);

    error_set(&r->error, ERROR_UNSUPPORTED, "a spreadsheet");
    result_conclude(r);
    cr_assert(result_is_trouble(r));
    error_set(&r->error, ERROR_FILTERED, "not among --type");
    result_conclude(r);
    cr_assert_not(result_is_trouble(r));
    result_destroy(r);
}

Test(names, are_all_there)
{
    for (int i = 0; i < STATUSES; i++)
        cr_assert_not_null(status_name((enum status)i));
    for (int i = 0; i < TIERS; i++)
        cr_assert_not_null(tier_name((enum tier)i));
    cr_assert_str_eq(status_name(STATUS_PARTIAL), "partial");
    cr_assert_str_eq(tier_name(TIER_HUGE), "huge");
}
