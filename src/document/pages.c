/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pages.c - a list of page ranges, kept sorted and disjoint, so that counting
 * and finding pages costs by the range and not by the page. */
#include <config.h>

#include "document/pages.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/diag.h"

struct range {
    int first, last; /* both included; last INT_MAX: to the end */
};

struct pages {
    size_t count;
    struct range *ranges; /* rising; not even neighbours touch */
};

/* A page number at **TEXT, which is moved past it. False: none, 0 or too
 * large. */
static bool parse_number(const char **text, const char *end, int *number)
{
    int value = 0;

    while (*text < end && **text >= '0' && **text <= '9') {
        int digit = *(*text)++ - '0';

        if (value > (INT_MAX - digit) / 10)
            return false;
        value = 10 * value + digit;
    }
    *number = value;
    return value > 0;
}

/* One of "7", "1-3", "5-", "-3", "-" from TEXT up to END. */
static bool parse_range(const char *text, const char *end, struct range *range)
{
    range->first = 1;
    range->last = INT_MAX;
    if (text == end)
        return false;
    if (*text != '-') {
        if (!parse_number(&text, end, &range->first))
            return false;
        if (text == end) {
            range->last = range->first;
            return true;
        }
    }
    if (*text++ != '-')
        return false;
    if (text < end && !parse_number(&text, end, &range->last))
        return false;
    return text == end && range->first <= range->last;
}

static int by_first(const void *a, const void *b)
{
    const struct range *left = a, *right = b;

    return (left->first > right->first) - (left->first < right->first);
}

static void sort_and_join(struct pages *p)
{
    size_t kept = 0;

    qsort(p->ranges, p->count, sizeof *p->ranges, by_first);
    for (size_t i = 1; i < p->count; i++) {
        struct range *previous = &p->ranges[kept];
        struct range next = p->ranges[i];

        if (next.first - 1 > previous->last)
            p->ranges[++kept] = next;
        else if (next.last > previous->last)
            previous->last = next.last;
    }
    p->count = kept + 1;
}

struct pages *pages_parse(const char *text, struct error *e)
{
    struct pages *p = xcalloc(1, sizeof *p);
    size_t room = 1;

    for (const char *c = text; *c; c++)
        room += *c == ',';
    p->ranges = xcalloc(room, sizeof *p->ranges);

    for (const char *start = text;;) {
        const char *end = strchrnul(start, ',');

        if (!parse_range(start, end, &p->ranges[p->count++])) {
            /* A list of megabytes would not fit an int; nor the sentence. */
            int length = end - start < ERROR_DETAIL ? (int)(end - start)
                                                    : ERROR_DETAIL;

            error_set(e, ERROR_NO_PAGES, "'%.*s' is not a page or a range",
                      length, start);
            pages_destroy(p);
            return NULL;
        }
        if (*end == '\0')
            break;
        start = end + 1;
    }
    sort_and_join(p);
    return p;
}

void pages_destroy(struct pages *p)
{
    if (!p)
        return;
    free(p->ranges);
    free(p);
}

int pages_wanted(const struct pages *p, int count)
{
    int wanted = 0;

    if (!p)
        return count;
    for (size_t i = 0; i < p->count && p->ranges[i].first <= count; i++) {
        struct range r = p->ranges[i];
        int last = r.last < count ? r.last : count;

        wanted += last - r.first + 1;
    }
    return wanted;
}

int pages_at(const struct pages *p, int index)
{
    if (!p)
        return index + 1;
    for (size_t i = 0; i < p->count; i++) {
        struct range r = p->ranges[i];

        /* r.last - r.first cannot overflow: both are at least 1. */
        if (index <= r.last - r.first)
            return r.first + index;
        index -= r.last - r.first + 1;
    }
    diag_bug("page index past the pages wanted");
}
