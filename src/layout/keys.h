/* SPDX-License-Identifier: GPL-3.0-or-later */
/* keys.h - sorting by a coordinate, for lists that come nearly sorted. */
#ifndef EXTRACT_LAYOUT_KEYS_H
#define EXTRACT_LAYOUT_KEYS_H

#include <stddef.h>
#include <stdint.h>

struct key {
    float value;    /* not NaN */
    uint32_t index; /* of what is sorted */
};

/* Sorts by value; equal ones stay in their order. SCRATCH has room for COUNT
 * more. Takes one pass over a sorted list, COUNT times its logarithm at most. */
void keys_sort(struct key *keys, size_t count, struct key *scratch);

#endif
