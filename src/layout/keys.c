/* SPDX-License-Identifier: GPL-3.0-or-later */
/* keys.c - merges the runs that are sorted already, pairwise, until one is
 * left: engines give most lines in their order. */
#include <config.h>

#include <string.h>

#include "layout/keys.h"

/* Where the sorted run that starts at FROM ends. */
static size_t keys_run_end(const struct key *keys, size_t from, size_t count)
{
    while (from + 1 < count && keys[from].value <= keys[from + 1].value)
        from++;
    return from < count ? from + 1 : count;
}

static void keys_merge(const struct key *a, const struct key *middle,
                       const struct key *end, struct key *to)
{
    const struct key *b = middle;
    /* Which one is taken cannot be foreseen: no branch depends on it. */
    while (a < middle && b < end) {
        size_t second = b->value < a->value;
        *to++ = *(second ? b : a);
        b += second;
        a += 1 - second;
    }
    memcpy(to, a, (size_t)(middle - a) * sizeof *a);
    to += middle - a;
    memcpy(to, b, (size_t)(end - b) * sizeof *b);
}

/* One pass from FROM to TO; returns whether more than one run was there. */
static int keys_pass(const struct key *from, struct key *to, size_t count)
{
    size_t runs = 0;
    for (size_t start = 0; start < count; runs++) {
        size_t middle = keys_run_end(from, start, count);
        size_t end = keys_run_end(from, middle, count);
        keys_merge(from + start, from + middle, from + end, to + start);
        start = end;
    }
    return runs > 1;
}

void keys_sort(struct key *keys, size_t count, struct key *scratch)
{
    if (keys_run_end(keys, 0, count) == count)
        return;
    struct key *from = keys, *to = scratch;
    for (int more = 1; more;) {
        more = keys_pass(from, to, count);
        struct key *swap = from;
        from = to;
        to = swap;
    }
    if (from != keys)
        memcpy(keys, from, count * sizeof *keys);
}
