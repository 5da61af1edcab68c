/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-classify.c - the tier table at its edges, --tiers, and the numbers
 * that users type. */
#include <config.h>

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "detect/classify.h"

static enum tier tier_of(uint64_t bytes, int pages)
{
    return classify(&tier_limits_default, bytes, pages);
}

Test(classify, edges_of_the_default_table)
{
    const uint64_t mib = 1 << 20;
    cr_expect_eq(tier_of(0, 0), TIER_TINY);
    cr_expect_eq(tier_of(mib - 1, 9), TIER_TINY);
    cr_expect_eq(tier_of(mib, 0), TIER_SMALL);
    cr_expect_eq(tier_of(0, 10), TIER_SMALL);
    cr_expect_eq(tier_of(10 * mib, 1), TIER_MEDIUM);
    cr_expect_eq(tier_of(1, 50), TIER_MEDIUM);
    cr_expect_eq(tier_of(50 * mib, 0), TIER_LARGE);
    cr_expect_eq(tier_of(200 * mib - 1, 999), TIER_LARGE);
    cr_expect_eq(tier_of(200 * mib, 1), TIER_HUGE);
    cr_expect_eq(tier_of(1, 1000), TIER_HUGE);
    cr_expect_eq(tier_of(UINT64_MAX, 0), TIER_HUGE);
}

Test(classify, parses_what_is_given_and_keeps_the_rest)
{
    struct tier_limits limits = tier_limits_default;
    struct error e;
    cr_assert_eq(classify_parse("tiny=64K/2,small=2m,large=/5000", &limits, &e),
                 0);
    cr_expect_eq(limits.bytes[TIER_TINY], 65536);
    cr_expect_eq(limits.pages[TIER_TINY], 2);
    cr_expect_eq(limits.bytes[TIER_SMALL], 2 << 20);
    cr_expect_eq(limits.pages[TIER_SMALL], 50);
    cr_expect_eq(limits.bytes[TIER_MEDIUM], 50 << 20);
    cr_expect_eq(limits.bytes[TIER_LARGE], 200 << 20);
    cr_expect_eq(limits.pages[TIER_LARGE], 5000);
}

Test(classify, refuses_what_is_not_a_tier_list)
{
    static const char *const wrong[] = {
        "", ",", "tiny", "tiny=", "tiny=/", "huge=1M/1", "tiny=1M/1,",
        "tiny=-1/1", "tiny=1M/0", "tiny=1M/1/1", "tiny=1X", "Tiny=1M",
        "tiny=1M/99999999999", "tiny=99999999999999999999", "small=1/1",
        "tiny=1G", 
        "tiny=0000000000000000000000000000000000000000000000000000000000001",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct tier_limits limits = tier_limits_default;
        struct error e = {0};
        cr_expect_eq(classify_parse(wrong[i], &limits, &e), -1, "%s", wrong[i]);
        cr_expect_neq(e.kind, ERROR_NONE);
        cr_expect_neq(e.detail[0], '\0');
        cr_expect_eq(memcmp(&limits, &tier_limits_default, sizeof limits), 0);
    }
}

Test(number, sizes)
{
    uint64_t n = 7;
    cr_expect(number_parse_size("0", &n) == 0 && n == 0);
    cr_expect(number_parse_size("4096", &n) == 0 && n == 4096);
    cr_expect(number_parse_size("3k", &n) == 0 && n == 3072);
    cr_expect(number_parse_size("2G", &n) == 0 && n == UINT64_C(2) << 30);
    cr_expect(number_parse_size("18446744073709551615", &n) == 0
              && n == UINT64_MAX);
    static const char *const wrong[] = {
        "", " 1", "1 ", "+1", "-1", "K", "1KB", "1.5M", "0x10",
        "18446744073709551616", "17179869184G", "16777216T",
    };
    n = 7;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        cr_expect_eq(number_parse_size(wrong[i], &n), -1, "%s", wrong[i]);
    cr_expect_eq(n, 7);
}

Test(number, ints)
{
    int n = 7;
    cr_expect(number_parse_int("1", 1, 8, &n) == 0 && n == 1);
    cr_expect(number_parse_int("08", 1, 8, &n) == 0 && n == 8);
    cr_expect(number_parse_int("2147483647", 0, INT32_MAX, &n) == 0
              && n == INT32_MAX);
    static const char *const wrong[] = {"", "0", "9", "-1", "1x", " 1",
                                        "4294967297", "18446744073709551617"};
    n = 7;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        cr_expect_eq(number_parse_int(wrong[i], 1, 8, &n), -1, "%s", wrong[i]);
    cr_expect_eq(n, 7);
}

Test(number, seconds)
{
    double s = 7;
    cr_expect(number_parse_seconds("0", &s) == 0 && s == 0);
    cr_expect(number_parse_seconds("90", &s) == 0 && s == 90);
    cr_expect(number_parse_seconds("1.25", &s) == 0 && fabs(s - 1.25) < 1e-9);
    static const char *const wrong[] = {"", ".5", "1.", "-1", "+1", "1e3",
                                        "inf", "nan", "0x1", "1,5", " 1",
                                        "1000000001", "99999999999999999999"};
    s = 7;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        cr_expect_eq(number_parse_seconds(wrong[i], &s), -1, "%s", wrong[i]);
    cr_expect_eq(s, 7);
}
