/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-utf8.c - UTF-8 as RFC 3629 has it, and the repair of what is not,
 * against the tables of the Unicode Standard 15, section 3.9. */
#include <config.h>

#include <criterion/criterion.h>
#include <string.h>

#include "base/utf8.h"

#define R "\xef\xbf\xbd"

static size_t valid(const char *text)
{
    return utf8_valid_prefix(text, strlen(text));
}

static void check_sanitized(const char *text, const char *expected,
                            size_t replaced)
{
    struct buffer b = {0};

    cr_assert_eq(utf8_append_sanitized(&b, text, strlen(text)), replaced);
    cr_assert_str_eq(buffer_string(&b), expected);
    cr_assert_eq(valid(buffer_string(&b)), b.size);
    buffer_free(&b);
}

Test(utf8, takes_the_edges)
{
    const char *good[] = {
        "",
        "plain ASCII, longer than a word",
        "\x7f",
        "\xc2\x80",
        "\xdf\xbf",
        "\xe0\xa0\x80",
        "\xed\x9f\xbf",
        "\xee\x80\x80",
        "\xef\xbf\xbf",
        "\xf0\x90\x80\x80",
        "\xf4\x8f\xbf\xbf",
    };

    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        cr_assert_eq(valid(good[i]), strlen(good[i]), "case %zu", i);
}

Test(utf8, refuses_what_is_past_the_edges)
{
    const char *bad[] = {
        "\x80",             /* starts nothing */
        "\xc0\x80",         /* overlong NUL */
        "\xc1\xbf",         /* overlong */
        "\xe0\x9f\xbf",     /* overlong */
        "\xf0\x8f\xbf\xbf", /* overlong */
        "\xed\xa0\x80",     /* surrogate */
        "\xed\xbf\xbf",     /* surrogate */
        "\xf4\x90\x80\x80", /* past U+10FFFF */
        "\xf5\x80\x80\x80",
        "\xff",
        "\xe2\x82",         /* cut */
        "\xe2\x82 ",        /* broken off */
    };

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        cr_assert_eq(valid(bad[i]), 0, "case %zu", i);
}

Test(utf8, finds_the_prefix_wherever_it_ends)
{
    char text[64];

    for (size_t at = 0; at < 40; at++) {
        memset(text, 'a', sizeof text);
        text[at] = '\xff';
        cr_assert_eq(utf8_valid_prefix(text, sizeof text), at);
    }
}

Test(utf8, every_code_point_there_and_back)
{
    struct buffer b = {0};

    for (uint32_t c = 1; c <= 0x110001; c++) {
        buffer_clear(&b);
        utf8_append(&b, c);
        cr_assert_eq(utf8_valid_prefix(b.data, b.size), b.size);
        if (c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff)) {
            cr_assert_eq(b.size, 3);
            cr_assert_eq(memcmp(b.data, R, 3), 0);
        }
    }
    buffer_clear(&b);
    utf8_append(&b, 0x20ac);
    utf8_append(&b, 0x1f600);
    cr_assert_str_eq(buffer_string(&b), "\xe2\x82\xac\xf0\x9f\x98\x80");
    buffer_free(&b);
}

static void check_inside(const char *text, size_t expected)
{
    size_t tail = 99;
    bool inside = utf8_ends_inside(text, strlen(text), &tail);

    cr_assert_eq(inside, expected > 0, "%s", text);
    cr_assert_eq(tail, expected);
}

Test(utf8, tells_a_cut_character_from_a_wrong_one)
{
    check_inside("", 0);
    check_inside("a", 0);
    check_inside("a\xe2\x82\xac", 0);
    check_inside("a\xe2", 1);
    check_inside("a\xe2\x82", 2);
    check_inside("\xf0\x9f\x98", 3);
    check_inside("\xf0\x9f\x98\x80", 0);
    check_inside("\xe0\x80", 0); /* overlong: nothing completes it */
    check_inside("\xed\xa0", 0);
    check_inside("\x82\x82\x82\x82", 0);
    check_inside("\xff", 0);
    check_inside("\xc3", 1);
}

Test(utf8, sanitizes_by_maximal_subparts)
{
    check_sanitized("as it is", "as it is", 0);
    /* Tables 3-8 to 3-11 of the standard. */
    check_sanitized("\xc0\xaf\xe0\x80\xbf\xf0\x81\x82\x41",
                    R R R R R R R R "A", 8);
    check_sanitized("\xed\xa0\x80\xed\xbf\xbf\xed\xaf\x41",
                    R R R R R R R R "A", 8);
    check_sanitized("\xf4\x91\x92\x93\xff\x41\x80\xbf\x42",
                    R R R R R "A" R R "B", 7);
    check_sanitized("\xe1\x80\xe2\xf0\x91\x92\xf1\xbf\x41", R R R R "A", 4);
    check_sanitized("cut\xf0\x9f\x98", "cut" R, 1);
}
