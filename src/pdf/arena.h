/* SPDX-License-Identifier: GPL-3.0-or-later */
/* arena.h - memory that is given back all at once: for a page, or a document. A bound
 * keeps what a hostile file asks for small. One thread at a time. */
#ifndef EXTRACT_PDF_ARENA_H
#define EXTRACT_PDF_ARENA_H

#include <stddef.h>

struct arena; /* opaque */

/* At most MOST bytes are given out between two clears. NULL: out of memory. */
struct arena *arena_create(size_t most);

/* SIZE bytes, aligned for any object, zeroed. NULL: over the bound, or out of memory;
 * it is not said again, see arena_is_over. */
void *arena_alloc(struct arena *a, size_t size);
/* The same, but for what is in it. */
void *arena_take(struct arena *a, size_t size);
/* As arena_alloc for COUNT objects of SIZE; NULL also when the product overflows. */
void *arena_alloc_array(struct arena *a, size_t count, size_t size);

/* Whether something was refused since the last clear. */
int arena_is_over(const struct arena *a);

/* All that was given out is gone; the memory is kept for what comes, up to a MiB. */
void arena_clear(struct arena *a);

void arena_destroy(struct arena *a); /* takes NULL */

#endif
