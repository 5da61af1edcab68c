/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-merge.c - ranges finished in any order come out in page order, within
 * bounded memory. */
#include <config.h>

#include "keeper.h"
#include "layout/layout.h"

Test(merge, in_any_order)
{
    static const int orders[][4] = {
        {0, 1, 2, 3}, {3, 2, 1, 0}, {1, 0, 3, 2}, {2, 3, 0, 1}};

    for (size_t o = 0; o < 4; o++) {
        struct merge m;
        struct range *ranges[4];

        keeper = (struct keeper){0};
        setup(&m, 4);
        for (int i = 0; i < 4; i++) {
            cr_assert(merge_has_room(&m));
            ranges[i] = merge_claim(&m, i * 2, 2);
        }
        cr_assert_not(merge_has_room(&m));
        for (int i = 0; i < 4; i++) {
            struct range *r = ranges[orders[o][i]];

            put_page(&m, r, r->first + 1);
            put_page(&m, r, r->first + 2);
            cr_assert_eq(merge_finish(&m, r), 0);
        }
        cr_assert(merge_has_room(&m));
        cr_assert_eq(m.held, 0);
        cr_assert_eq(result->pages, 8);
        cr_assert_eq(end(&m), 0);
        check_text(8);
        cr_assert_eq(result->text_bytes, keeper.text.size);
        clear();
    }
}

Test(merge, errors_in_page_order)
{
    struct merge m;
    struct error e;

    setup(&m, 4);
    struct range *a = merge_claim(&m, 0, 10), *b = merge_claim(&m, 10, 10);

    error_set(&e, ERROR_DAMAGED, "bad");
    for (int page = 11; page <= 20; page++)
        merge_page_done(b, page, page % 2 ? &e : NULL, false);
    cr_assert_eq(merge_finish(&m, b), 0);
    cr_assert_eq(result->page_error_count, 0);
    for (int page = 1; page <= 10; page++)
        merge_page_done(a, page, page > 8 ? &e : NULL, false);
    cr_assert_eq(merge_finish(&m, a), 0);
    cr_assert_eq(result->pages, 20);
    cr_assert_eq(result->pages_failed, 7);
    cr_assert_eq(result->page_errors[0].first, 9);
    cr_assert_eq(result->page_errors[0].last, 11);
    cr_assert_eq(result->page_errors[1].first, 13);
    cr_assert_eq(end(&m), 0);
    clear();
}

Test(merge, flags_in_page_order)
{
    struct merge m;

    setup(&m, 4);
    struct range *a = merge_claim(&m, 0, 10), *b = merge_claim(&m, 10, 10);

    for (int page = 11; page <= 20; page++) {
        merge_page_flags(b, page < 14 ? LAYOUT_NO_TEXT : 0, NULL);
        merge_page_done(b, page, NULL, false);
    }
    cr_assert_eq(merge_finish(&m, b), 0);
    for (int page = 1; page <= 10; page++) {
        merge_page_flags(a, page > 8 ? LAYOUT_NO_TEXT : LAYOUT_GARBLED, NULL);
        merge_page_done(a, page, NULL, false);
    }
    cr_assert_eq(merge_finish(&m, a), 0);
    cr_assert_eq(result->no_text_count, 1);
    cr_assert_eq(result->no_text[0].first, 9);
    cr_assert_eq(result->no_text[0].last, 13);
    cr_assert_eq(result->pages_garbled, 8);
    cr_assert_eq(end(&m), 0);
    clear();
}

/* Of pages behind the one for which a document is given up nothing is said. */
Test(merge, flags_of_a_document_that_is_given_up)
{
    struct merge m;
    struct error e;

    error_set(&e, ERROR_CRASH, "crash");
    setup(&m, 4);
    struct range *a = merge_claim(&m, 0, 4), *b = merge_claim(&m, 4, 2);

    for (int page = 5; page <= 6; page++) {
        merge_page_flags(b, LAYOUT_NO_TEXT, NULL);
        merge_page_done(b, page, NULL, false);
    }
    merge_page_flags(a, LAYOUT_NO_TEXT, NULL);
    merge_page_done(a, 1, NULL, false);
    for (int page = 2; page <= 4; page++)
        merge_page_done(a, page, &e, true);
    cr_assert_eq(merge_finish(&m, b), 0);
    cr_assert_eq(merge_finish(&m, a), 0);
    cr_assert_eq(result->pages_no_text, 1);
    cr_assert_eq(result->pages_failed, 5);
    cr_assert_eq(end(&m), 0);
    clear();
}

/* Pages that workers die of, marked x, in ranges of SIZE that end in reverse:
 * what is left of them. */
static const char *left_of(const char *fates, int size)
{
    static char left[64];
    struct merge m;
    struct range *ranges[32];
    struct error e;
    int pages = (int)strlen(fates), count = 0;

    error_set(&e, ERROR_CRASH, "crash");
    setup(&m, 32);
    for (int first = 0; first < pages; first += size)
        ranges[count++] =
            merge_claim(&m, first, pages - first < size ? pages - first : size);
    while (count-- > 0) {
        struct range *r = ranges[count];
        for (int i = r->first; i < r->first + r->count; i++) {
            if (fates[i] == 'x') {
                merge_page_done(r, i + 1, &e, true);
            } else {
                merge_text(&m, r, i + 1, fates + i, 1);
                merge_page_done(r, i + 1, fates[i] == '-' ? &e : NULL, false);
            }
        }
        merge_finish(&m, r);
    }
    cr_assert_eq(end(&m), 0);
    cr_assert_eq(result->pages, pages);
    snprintf(left, sizeof left, "%s %d %zu", buffer_string(&keeper.text),
             result->pages_failed, result->page_error_count);
    clear();
    keeper = (struct keeper){0};
    return left;
}

Test(merge, given_up_by_the_order_of_pages)
{
    for (int size = 1; size < 20; size++) {
        cr_assert_str_eq(left_of("abxxcxxdxxxefgh", size), "abcd 11 4", "%d", size);
        cr_assert_str_eq(left_of("xxxabcdefgh", size), " 11 2", "%d", size);
        cr_assert_str_eq(left_of("abcdefghxxx", size), "abcdefgh 3 1", "%d", size);
        cr_assert_str_eq(left_of("axxbxxcxxdxx", size), "abcd 8 4", "%d", size);
        cr_assert_str_eq(left_of("axx-xxbxxxc", size), "a-b 9 3", "%d", size);
    }
}

Test(merge, given_up_while_the_next_range_is_at_work)
{
    static char block[2 << 20];
    struct merge m;
    struct error e;

    error_set(&e, ERROR_OOM, "oom");
    memset(block, 'x', sizeof block);
    setup(&m, 4);
    struct range *a = merge_claim(&m, 0, 2), *b = merge_claim(&m, 2, 2),
                 *c = merge_claim(&m, 4, 1);
    merge_page_done(b, 3, &e, true);
    cr_assert_not(merge_is_given_up(&m, b));
    merge_page_done(a, 1, &e, true);
    merge_page_done(a, 2, &e, true);
    cr_assert_eq(merge_finish(&m, a), 0);
    cr_assert(merge_is_given_up(&m, b), "now it is first, and the third");
    cr_assert_eq(merge_text(&m, b, 4, block, sizeof block), 0);
    merge_page_done(b, 4, NULL, false);
    cr_assert_not(merge_is_given_up(&m, c), "b has not ended");
    cr_assert_eq(merge_finish(&m, b), 0);
    cr_assert(merge_is_given_up(&m, c));
    cr_assert_eq(merge_text(&m, c, 5, "late", 4), 0);
    merge_page_done(c, 5, NULL, false);
    cr_assert_eq(merge_finish(&m, c), 0);
    cr_assert_eq(end(&m), 0);
    cr_assert_eq(keeper.text.size, 0);
    cr_assert_str_eq(buffer_string(&keeper.pages), "1 2 3 4 5 ");
    cr_assert_eq(result->pages_failed, 5);
    cr_assert_eq(result->page_errors[1].first, 4);
    cr_assert_eq(result->page_errors[1].error.kind, ERROR_OOM);
    clear();
}

Test(merge, a_page_is_taken_back)
{
    static char block[2 << 20];
    struct merge m;

    memset(block, 'x', sizeof block);
    setup(&m, 4);
    struct range *a = merge_claim(&m, 0, 4);

    cr_assert(merge_take_back(a, 1), "nothing to drop");
    put_page(&m, a, 1);
    cr_assert_eq(merge_text(&m, a, 2, "bad", 3), 0);
    cr_assert_eq(merge_text(&m, a, 2, "bad", 3), 0);
    cr_assert(merge_take_back(a, 2));
    put_page(&m, a, 2);
    cr_assert(merge_take_back(a, 3), "no text of it so far");
    put_page(&m, a, 3);
    cr_assert_eq(merge_text(&m, a, 4, block, sizeof block), 0);
    cr_assert_not(merge_take_back(a, 4), "it is with the writer");
    merge_page_done(a, 4, NULL, false);
    cr_assert_eq(merge_finish(&m, a), 0);
    cr_assert_eq(end(&m), 0);
    cr_assert_eq(keeper.text.size, strlen("page 1\npage 2\npage 3\n") + sizeof block);
    cr_assert_eq(memcmp(keeper.text.data, "page 1\npage 2\npage 3\nxx", 23), 0);
    clear();
}

/* A page of any size takes bounded memory when it is its turn. */
Test(merge, the_first_in_line_passes_its_text_on)
{
    static char block[100000];
    struct merge m;
    size_t most = 0, total = 0;

    memset(block, 'x', sizeof block);
    setup(&m, 4);
    struct range *a = merge_claim(&m, 0, 1), *b = merge_claim(&m, 1, 1);

    for (int i = 0; i < 500; i++, total += sizeof block) {
        cr_assert_eq(merge_text(&m, a, 1, block, sizeof block), 0);
        most = a->chunk.text.size > most ? a->chunk.text.size : most;
    }
    cr_assert_leq(most, (1 << 20) + sizeof block);
    /* The second keeps its own until then. */
    for (int i = 0; i < 30; i++)
        cr_assert_eq(merge_text(&m, b, 2, block, sizeof block), 0);
    cr_assert_eq(b->chunk.text.size, 30 * sizeof block);
    merge_page_done(a, 1, NULL, false);
    cr_assert_eq(merge_finish(&m, a), 0);
    cr_assert_eq(merge_text(&m, b, 2, block, sizeof block), 0);
    cr_assert_eq(b->chunk.text.size, 0);
    merge_page_done(b, 2, NULL, false);
    cr_assert_eq(merge_finish(&m, b), 0);
    cr_assert_eq(result->text_bytes, total + 31 * sizeof block);
    cr_assert_eq(end(&m), 0);
    cr_assert_eq(keeper.text.size, total + 31 * sizeof block);
    cr_assert_str_eq(buffer_string(&keeper.pages), "1 2 ");
    clear();
}

Test(merge, no_room_while_much_is_held)
{
    static char block[1 << 20];
    struct merge m;

    memset(block, 'x', sizeof block);
    setup(&m, 100);
    struct range *head = merge_claim(&m, 0, 1);

    for (int i = 1; i <= 33; i++) {
        cr_assert(merge_has_room(&m), "after %d", i);
        struct range *r = merge_claim(&m, i, 1);

        merge_text(&m, r, i + 1, block, sizeof block);
        merge_page_done(r, i + 1, NULL, false);
        cr_assert_eq(merge_finish(&m, r), 0);
    }
    cr_assert_eq(m.held, 33 * sizeof block);
    cr_assert_not(merge_has_room(&m));
    merge_page_done(head, 1, NULL, false);
    cr_assert_eq(merge_finish(&m, head), 0);
    cr_assert_eq(m.held, 0);
    cr_assert(merge_has_room(&m));
    cr_assert_eq(end(&m), 0);
    clear();
}

Test(merge, what_is_left_is_freed)
{
    struct merge m;
    struct error e;

    setup(&m, 4);
    struct range *a = merge_claim(&m, 0, 5), *b = merge_claim(&m, 5, 5);

    error_set(&e, ERROR_DAMAGED, "bad");
    put_page(&m, a, 1);
    put_page(&m, b, 6);
    merge_page_done(b, 7, &e, false);
    cr_assert_eq(merge_finish(&m, b), 0);
    cr_assert_eq(end(&m), 0);
    cr_assert_eq(keeper.text.size, 0);
    clear();
}

Test(merge, says_that_the_writer_failed)
{
    struct merge m;
    int rc = 0;

    keeper.fail_at = 5;
    setup(&m, 4);
    for (int i = 0; rc == 0 && i < 100000; i++) {
        struct range *r = merge_claim(&m, i, 1);

        put_page(&m, r, i + 1);
        rc = merge_finish(&m, r);
    }
    cr_assert_eq(rc, -1);

    /* And to those that come after. */
    struct range *r = merge_claim(&m, 0, 1);

    put_page(&m, r, 1);
    cr_assert_eq(merge_finish(&m, r), -1);
    cr_assert_eq(end(&m), -1);
    cr_assert_eq(failures, 1);
    clear();
}
