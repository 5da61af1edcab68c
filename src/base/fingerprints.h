/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fingerprints.h - a set of hashes that takes about 5 bytes each, at the price
 * of a false match about once in 2^32 look-ups. */
#ifndef EXTRACT_BASE_FINGERPRINTS_H
#define EXTRACT_BASE_FINGERPRINTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct fingerprints; /* opaque; one thread */

/* Never NULL. An empty set takes next to nothing. */
struct fingerprints *fingerprints_create(void);

/* HASH must be spread over all of its bits, as fingerprints_hash is. */
bool fingerprints_has(const struct fingerprints *f, uint64_t hash);
void fingerprints_add(struct fingerprints *f, uint64_t hash);

void fingerprints_destroy(struct fingerprints *f); /* takes NULL */

/* KIND keeps things of several kinds apart. The same for ever, on any
 * machine: it is kept in files. */
uint64_t fingerprints_hash(unsigned kind, const void *data, size_t size);

#endif
