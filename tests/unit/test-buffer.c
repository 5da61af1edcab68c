/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-buffer.c - growable bytes, and the allocation that ends the program
 * instead of failing. */
#include <config.h>

#include <criterion/criterion.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buffer.h"

Test(buffer, grows_by_single_characters)
{
    struct buffer b = {0};

    for (int i = 0; i < 100000; i++)
        buffer_append_char(&b, (char)('a' + i % 26));
    cr_assert_eq(b.size, 100000);
    for (int i = 0; i < 100000; i++)
        cr_assert_eq(b.data[i], (char)('a' + i % 26));
    buffer_free(&b);
}

Test(buffer, empty_is_a_string)
{
    struct buffer b = {0};

    cr_assert_str_eq(buffer_string(&b), "");
    cr_assert_eq(b.size, 0);
    buffer_free(&b);
}

Test(buffer, string_does_not_count_its_nul)
{
    struct buffer b = {0};

    buffer_append(&b, "ab", 2);
    cr_assert_str_eq(buffer_string(&b), "ab");
    buffer_append_string(&b, "cd");
    cr_assert_str_eq(buffer_string(&b), "abcd");
    cr_assert_eq(b.size, 4);
    buffer_free(&b);
}

Test(buffer, appends_nothing_from_null)
{
    struct buffer b = {0};

    buffer_append(&b, NULL, 0);
    cr_assert_eq(b.size, 0);
    cr_assert_null(b.data);
    buffer_free(&b);
}

Test(buffer, prints_long_text)
{
    struct buffer b = {0};

    buffer_append_char(&b, '<');
    buffer_printf(&b, "%0500d|%s", 7, "x");
    cr_assert_eq(b.size, 1 + 500 + 2);
    cr_assert_eq(memcmp(b.data + 497, "0007|x", 6), 0);
    buffer_free(&b);
}

Test(buffer, clear_keeps_memory)
{
    struct buffer b = {0};

    buffer_append_string(&b, "some");

    const char *data = b.data;

    buffer_clear(&b);
    cr_assert_eq(b.size, 0);
    buffer_append_string(&b, "more");
    cr_assert_eq(b.data, data);
    buffer_free(&b);
}

Test(buffer, moves)
{
    struct buffer from = {0}, to = {0};

    buffer_append_string(&from, "new");
    buffer_append_string(&to, "old");
    buffer_move(&to, &from);
    cr_assert_str_eq(buffer_string(&to), "new");
    cr_assert_null(from.data);
    cr_assert_eq(from.size + from.capacity, 0);
    buffer_free(&to);
}

Test(buffer, reserve_that_overflows_ends_the_program, .exit_code = 3)
{
    struct buffer b = {0};

    buffer_append_char(&b, 'x');
    buffer_reserve(&b, SIZE_MAX);
}

Test(alloc, product_that_overflows_ends_the_program, .exit_code = 3)
{
    free(xrealloc_array(NULL, SIZE_MAX / 2, 3));
}

Test(alloc, nothing_is_something)
{
    void *p = xmalloc(0);
    void *q = xcalloc(0, 8);
    void *r = xrealloc_array(xmalloc(10), 0, 8);

    cr_assert(p && q && r);
    free(p);
    free(q);
    free(r);
}

Test(alloc, copies_strings)
{
    char *whole = xstrdup("text");
    char *part = xstrndup("text", 2);
    char *shorter = xstrndup("text", 20);
    char *printed = xasprintf("%s-%d", "a", 5);

    cr_assert_str_eq(whole, "text");
    cr_assert_str_eq(part, "te");
    cr_assert_str_eq(shorter, "text");
    cr_assert_str_eq(printed, "a-5");
    free(whole);
    free(part);
    free(shorter);
    free(printed);
}
