/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fingerprints.c - a chain of hash tables, each twice the last, so that none is
 * ever rehashed. */
#include <config.h>

#include "base/fingerprints.h"

#include <stdlib.h>

#include "base/alloc.h"

#define FINGERPRINTS_TABLES 24
#define FINGERPRINTS_FIRST ((size_t)1 << 18) /* slots: 1 MiB, for 196,608 */

struct fingerprints_table {
    uint32_t *slots; /* 0: free */
    size_t size, used;
};

struct fingerprints {
    struct fingerprints_table tables[FINGERPRINTS_TABLES];
    int count;
};

struct fingerprints *fingerprints_create(void)
{
    return xcalloc(1, sizeof(struct fingerprints));
}

/* FNV-1a, then the finalizer of MurmurHash3, which spreads to all bits. */
uint64_t fingerprints_hash(unsigned kind, const void *data, size_t size)
{
    /* The kind is a byte of its own: joined with the first one of the data, a
     * file "2" would be the same as a folder "0". */
    uint64_t h = (0xcbf29ce484222325u ^ (uint64_t)kind) * 0x100000001b3u;
    const unsigned char *bytes = data;
    for (size_t i = 0; i < size; i++)
        h = (h ^ bytes[i]) * 0x100000001b3u;
    h = (h ^ (h >> 33)) * 0xff51afd7ed558ccdu;
    h = (h ^ (h >> 33)) * 0xc4ceb9fe1a85ec53u;
    return h ^ (h >> 33);
}

/* The slot that holds HASH's fingerprint, or the free one where it belongs. */
static uint32_t *fingerprints_slot(const struct fingerprints_table *t,
                                   uint64_t hash)
{
    uint32_t fingerprint = (uint32_t)(hash >> 32) | 1u;
    size_t i = hash & (t->size - 1);
    while (t->slots[i] && t->slots[i] != fingerprint)
        i = (i + 1) & (t->size - 1);
    return t->slots + i;
}

bool fingerprints_has(const struct fingerprints *f, uint64_t hash)
{
    for (int i = f->count; i-- > 0;)
        if (*fingerprints_slot(&f->tables[i], hash))
            return true;
    return false;
}

void fingerprints_add(struct fingerprints *f, uint64_t hash)
{
    if (fingerprints_has(f, hash))
        return;
    struct fingerprints_table *t = f->tables + (f->count ? f->count - 1 : 0);
    if (f->count == 0 ||
        (t->used >= t->size / 4 * 3 && f->count < FINGERPRINTS_TABLES)) {
        t = f->tables + f->count;
        t->size = FINGERPRINTS_FIRST << f->count;
        t->slots = xcalloc(t->size, sizeof *t->slots);
        f->count++;
    }
    *fingerprints_slot(t, hash) = (uint32_t)(hash >> 32) | 1u;
    t->used++;
}

void fingerprints_destroy(struct fingerprints *f)
{
    if (!f)
        return;
    for (int i = 0; i < f->count; i++)
        free(f->tables[i].slots);
    free(f);
}
