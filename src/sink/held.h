/* SPDX-License-Identifier: GPL-3.0-or-later */
/* held.h - text that waits until its document ends, page by page, on top of
 * spill.h: for sinks that say something of a document before its text. One
 * thread. */
#ifndef EXTRACT_SINK_HELD_H
#define EXTRACT_SINK_HELD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "document/result.h"
#include "sink/spill.h"

struct held;       /* of one document: in its result's sink_data */
struct held_store; /* of all documents of a sink */

/* SPILL, which bounds the memory, is borrowed. Never NULL. */
struct held_store *held_store_create(struct spill *spill);

/* What is held of RESULT, who gets it with its first text: as `text` of sink.h,
 * in page order. 0, or -1 and E: the temporary file cannot be written. */
int held_append(struct held_store *store, struct result *result, int page,
                const char *text, size_t size, bool end_of_page,
                struct error *e);

/* RESULT's, which lets go of it; NULL: it has neither text nor pages. To be
 * given to held_drop. */
struct held *held_take(struct result *result);

/* A piece of a page that is given back has at most so many bytes. */
#define HELD_PIECE ((size_t)64 << 10)

/* Gives all text back in order, as it was appended, but for where it is cut:
 * never within a character. Each page comes at least once, the last time with
 * END_OF_PAGE if it had an end. It is empty afterwards. OUT may store in the
 * same spill. 0, or -1 and E: from OUT, or the temporary file cannot be read. */
int held_replay(struct held *held,
                int (*out)(void *ctx, int page, const char *text, size_t size,
                           bool end_of_page, struct error *e),
                void *ctx, struct error *e);

void held_drop(struct held *held); /* takes NULL */

/* Drops all that was not taken and dropped; takes NULL. */
void held_store_destroy(struct held_store *store);

#endif
