/* SPDX-License-Identifier: GPL-3.0-or-later */
/* classify.c - the tier table, and --tiers, which changes it. */
#include <config.h>

#include "detect/classify.h"

#include <limits.h>
#include <string.h>

#include "base/number.h"

#define MIB (UINT64_C(1) << 20)

const struct tier_limits tier_limits_default = {
    .bytes = {1 * MIB, 10 * MIB, 50 * MIB, 200 * MIB},
    .pages = {10, 50, 200, 1000},
};

enum tier classify(const struct tier_limits *limits, uint64_t bytes, int pages)
{
    int t = TIER_TINY;
    while (t < TIER_HUGE
           && (bytes >= limits->bytes[t]
               || (pages > 0 && pages >= limits->pages[t])))
        t++;
    return (enum tier)t;
}

/* Longest "huge=18446744073709551615/2147483647" is well below this. */
#define PART_MAX 64

static int find_tier(const char *name)
{
    for (int t = TIER_TINY; t < TIER_HUGE; t++) {
        if (strcmp(name, tier_name((enum tier)t)) == 0)
            return t;
    }
    return -1;
}

/* One "name=bytes/pages", which is taken apart in place. */
static int parse_part(char *part, struct tier_limits *limits)
{
    char *value = strchr(part, '=');
    if (value == NULL)
        return -1;
    *value++ = '\0';
    int t = find_tier(part);
    if (t < 0)
        return -1;
    char *pages = strchr(value, '/');
    if (pages != NULL)
        *pages++ = '\0';
    if (*value == '\0' && (pages == NULL || *pages == '\0'))
        return -1;
    if (*value != '\0' && number_parse_size(value, &limits->bytes[t]) < 0)
        return -1;
    if (pages != NULL && *pages != '\0'
        && number_parse_int(pages, 1, INT_MAX, &limits->pages[t]) < 0)
        return -1;
    return 0;
}

static int check_rising(const struct tier_limits *limits, struct error *e)
{
    for (int t = TIER_TINY + 1; t < TIER_HUGE; t++) {
        if (limits->bytes[t] < limits->bytes[t - 1]
            || limits->pages[t] < limits->pages[t - 1])
            return error_set(e, ERROR_UNKNOWN,
                             "the limits of '%s' are below those of '%s'",
                             tier_name((enum tier)t),
                             tier_name((enum tier)(t - 1)));
    }
    return 0;
}

int classify_parse(const char *text, struct tier_limits *limits, struct error *e)
{
    struct tier_limits parsed = *limits;
    const char *at = text;
    for (;;) {
        size_t size = strcspn(at, ",");
        char part[PART_MAX];
        size_t kept = size < sizeof part ? size : sizeof part - 1;
        memcpy(part, at, kept);
        part[kept] = '\0';
        if (kept < size || parse_part(part, &parsed) < 0)
            return error_set(e, ERROR_UNKNOWN,
                             "'%.*s' is not a tier with its limits, such as "
                             "'small=10M/50'", (int)kept, at);
        if (at[size] == '\0')
            break;
        at += size + 1;
    }
    if (check_rising(&parsed, e) < 0)
        return -1;
    *limits = parsed;
    return 0;
}
