/* SPDX-License-Identifier: GPL-3.0-or-later */
/* spill.h - bytes that have to wait: in memory up to a limit, and past it in
 * an unlinked temporary file, so that nothing is left behind. One thread. */
#ifndef EXTRACT_SINK_SPILL_H
#define EXTRACT_SINK_SPILL_H

#include <stddef.h>
#include <sys/types.h>

#include "base/error.h"

struct spill;

/* What one owner has stored, in order. A zeroed struct is an empty queue. */
struct spill_queue {
    struct spill_piece *first, *last;
};

/* Pieces are kept in at most LIMIT bytes of memory in all. Never NULL; no
 * file is made before it is needed. */
struct spill *spill_create(size_t limit);

/* Appends a copy of DATA to Q. 0, or -1 and E: the temporary file could not
 * be made or written (its disk is full). */
int spill_store(struct spill *s, struct spill_queue *q, const char *data,
                size_t size, struct error *e);

/* Gives Q's bytes in order to OUT, piece by piece, and empties it. 0, or -1
 * and E: from OUT, or the file could not be read. */
int spill_replay(struct spill *s, struct spill_queue *q,
                 int (*out)(void *ctx, const char *data, size_t size,
                            struct error *e),
                 void *ctx, struct error *e);

void spill_drop(struct spill *s, struct spill_queue *q);

void spill_destroy(struct spill *s); /* queues are dropped first; takes NULL */

#endif
