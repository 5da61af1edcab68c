/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-held.c - text that waits for the end of its document, page by page. */
#include <config.h>

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "base/utf8.h"
#include "sink/held.h"

static struct spill *spill;
static struct held_store *store;
static struct error error;

static void setup(size_t limit)
{
    spill = spill_create(limit);
    store = held_store_create(spill);
}

static void teardown(void)
{
    held_store_destroy(store);
    spill_destroy(spill);
}

static struct result *make(void)
{
    struct item item = {.path = xstrdup("x")};

    return result_create(&item);
}

static void append(struct result *r, int page, const char *text, bool end)
{
    cr_assert_eq(held_append(store, r, page, text, strlen(text), end, &error), 0);
}

/* "1:text|2:|" where a page ends in '|'. */
struct seen {
    struct buffer text;
    int page; /* that is under way */
};

static int see(void *ctx, int page, const char *text, size_t size,
               bool end_of_page, struct error *e)
{
    struct seen *seen = ctx;

    (void)e;
    cr_assert_leq(size, HELD_PIECE);
    cr_assert_eq(utf8_valid_prefix(text, size), size);
    if (seen->page != page)
        buffer_printf(&seen->text, "%d:", page);
    buffer_append(&seen->text, text, size);
    seen->page = end_of_page ? 0 : page;
    if (end_of_page)
        buffer_append_char(&seen->text, '|');
    return 0;
}

static void check(struct result *r, const char *expected)
{
    struct seen seen = {0};
    struct held *h = held_take(r);

    cr_assert_null(r->sink_data);
    cr_assert_eq(held_replay(h, see, &seen, &error), 0, "%s", error.detail);
    cr_assert_str_eq(buffer_string(&seen.text), expected);
    held_drop(h);
    buffer_free(&seen.text);
    result_destroy(r);
}

Test(held, pages_of_a_document)
{
    setup(1 << 20);
    struct result *r = make();

    append(r, 1, "on", false);
    append(r, 1, "e", true);
    append(r, 2, "", true);
    append(r, 4, "", false);
    append(r, 4, "four", true);
    append(r, 5, "", true);
    append(r, 7, "no end", false);
    check(r, "1:one|2:|4:four|5:|7:no end");
    teardown();
}

Test(held, nothing)
{
    setup(1 << 20);
    struct result *r = make();

    cr_assert_null(held_take(r));
    held_drop(NULL);
    append(r, 3, "", true);
    check(r, "3:|");
    result_destroy(NULL);
    held_store_destroy(NULL);
    teardown();
}

/* What is dropped, taken or not, leaves nothing behind (ASan sees it). */
Test(held, dropped)
{
    setup(8);
    struct result *r[4];

    for (int i = 0; i < 4; i++) {
        r[i] = make();
        append(r[i], 1, "longer than memory holds", true);
    }
    held_drop(held_take(r[1]));
    held_drop(held_take(r[3]));
    append(r[0], 2, "x", true);
    check(r[0], "1:longer than memory holds|2:x|");
    teardown();
    for (int i = 1; i < 4; i++)
        result_destroy(r[i]);
}

/* Several documents by turns, in memory and on disk, with characters of up to
 * four bytes that pieces and blocks cut; against plain strings. */
static void check_model(size_t limit, size_t piece)
{
    enum { DOCUMENTS = 3, PAGES = 3 };
    static const char *const letters[] = {"a", "é", "€", "𝄞"};
    struct result *r[DOCUMENTS];
    struct buffer texts[DOCUMENTS] = {0};

    setup(limit);
    for (int d = 0; d < DOCUMENTS; d++)
        r[d] = make();
    for (int page = 1; page <= PAGES; page++) {
        for (int d = 0; d < DOCUMENTS; d++) {
            struct buffer text = {0};

            for (int i = 0; i < 30000 * page; i++)
                buffer_append_string(&text, letters[(i * 7 + d) % 4]);
            for (size_t at = 0; at < text.size; at += piece) {
                size_t size = text.size - at < piece ? text.size - at : piece;

                cr_assert_eq(held_append(store, r[d], page, text.data + at, size,
                                         false, &error), 0);
            }
            append(r[d], page, "", true);
            buffer_printf(&texts[d], "%d:%s|", page, buffer_string(&text));
            buffer_free(&text);
        }
    }
    for (int d = DOCUMENTS - 1; d >= 0; d--) {
        check(r[d], buffer_string(&texts[d]));
        buffer_free(&texts[d]);
    }
    teardown();
}

Test(held, characters_are_never_cut)
{
    check_model(0, 1000003);
    check_model(0, 997);
    check_model(100000, 4099);
    check_model((size_t)1 << 30, 65537);
}

static int store_again(void *ctx, int page, const char *text, size_t size,
                       bool end_of_page, struct error *e)
{
    (void)page, (void)end_of_page;
    return spill_store(spill, ctx, text, size, e);
}

static int gather(void *ctx, const char *data, size_t size, struct error *e)
{
    (void)e;
    buffer_append(ctx, data, size);
    return 0;
}

/* What comes out may wait again, in the same spill. */
Test(held, replayed_into_the_same_spill)
{
    for (size_t limit = 0; limit <= 1 << 20; limit += 1 << 18) {
        setup(limit);
        struct result *r = make();
        struct spill_queue again = {0};
        struct buffer b = {0};
        char *text = xcalloc(1, 300001);

        memset(text, 'x', 300000);
        for (int page = 1; page < 4; page++)
            append(r, page, text, true);
        struct held *h = held_take(r);
        cr_assert_eq(held_replay(h, store_again, &again, &error), 0);
        held_drop(h);
        cr_assert_eq(spill_replay(spill, &again, gather, &b, &error), 0);
        cr_assert_eq(b.size, 900000);
        cr_assert_eq(strspn(buffer_string(&b), "x"), 900000);
        buffer_free(&b);
        free(text);
        result_destroy(r);
        teardown();
    }
}

static int refuse(void *ctx, int page, const char *text, size_t size,
                  bool end_of_page, struct error *e)
{
    (void)page, (void)text, (void)size, (void)end_of_page;
    return --*(int *)ctx < 0 ? error_set(e, ERROR_OUTPUT, "refused") : 0;
}

Test(held, errors)
{
    for (int good = 0; good < 4; good++) {
        setup(1 << 20);
        struct result *r = make();
        int left = good;

        append(r, 1, "text", true);
        append(r, 2, "text", true);
        append(r, 3, "", true);
        append(r, 4, "", true);
        struct held *h = held_take(r);
        cr_assert_eq(held_replay(h, refuse, &left, &error), -1);
        cr_assert_str_eq(error.detail, "refused");
        held_drop(h);
        result_destroy(r);
        teardown();
    }
    setenv("TMPDIR", "none/such", 1);
    setup(0);
    struct result *r = make();
    cr_assert_eq(held_append(store, r, 1, "x", 1, true, &error), -1);
    cr_assert_eq(error.kind, ERROR_OUTPUT);
    teardown();
    result_destroy(r);
}
