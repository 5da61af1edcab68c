/* SPDX-License-Identifier: GPL-3.0-or-later */
/* arena.c - blocks of doubling size, filled from their start. */
#include <config.h>

#include "pdf/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define ARENA_FIRST ((size_t)16 << 10)
#define ARENA_LARGEST ((size_t)1 << 20)

struct arena_block {
    struct arena_block *next; /* the one before it */
    size_t size, used;
    alignas(max_align_t) unsigned char data[];
};

struct arena {
    struct arena_block *block; /* the one that is being filled */
    size_t most, given;
    int over;
};

struct arena *arena_create(size_t most)
{
    struct arena *a = calloc(1, sizeof *a);
    if (a)
        a->most = most;
    return a;
}

static struct arena_block *arena_add(struct arena *a, size_t size)
{
    size_t room = a->block ? 2 * a->block->size : ARENA_FIRST;
    if (room > ARENA_LARGEST)
        room = ARENA_LARGEST;
    if (room < size)
        room = size;
    struct arena_block *b = malloc(sizeof *b + room);
    if (!b)
        return NULL;
    *b = (struct arena_block){ .next = a->block, .size = room };
    return a->block = b;
}

void *arena_take(struct arena *a, size_t size)
{
    const size_t step = alignof(max_align_t);
    if (size > a->most) {
        a->over = 1;
        return NULL;
    }
    size = (size + step - 1) / step * step;
    struct arena_block *b = a->block;
    if (a->given + size > a->most ||
        ((!b || b->size - b->used < size) && !(b = arena_add(a, size)))) {
        a->over = 1;
        return NULL;
    }
    void *p = b->data + b->used;
    b->used += size;
    a->given += size;
    return p;
}

void *arena_alloc(struct arena *a, size_t size)
{
    void *p = arena_take(a, size);
    return p ? memset(p, 0, size) : NULL;
}

void *arena_alloc_array(struct arena *a, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size) {
        a->over = 1;
        return NULL;
    }
    return arena_alloc(a, count * size);
}

int arena_is_over(const struct arena *a)
{
    return a->over;
}

/* The newest block is the largest, but for those of one large object. */
void arena_clear(struct arena *a)
{
    struct arena_block *kept = NULL;
    for (struct arena_block *b = a->block, *next; b; b = next) {
        next = b->next;
        if (!kept && b->size <= ARENA_LARGEST)
            kept = b;
        else
            free(b);
    }
    if (kept) {
        kept->next = NULL;
        kept->used = 0;
    }
    a->block = kept;
    a->given = 0;
    a->over = 0;
}

void arena_destroy(struct arena *a)
{
    if (!a)
        return;
    for (struct arena_block *b = a->block, *next; b; b = next) {
        next = b->next;
        free(b);
    }
    free(a);
}
