/* SPDX-License-Identifier: GPL-3.0-or-later */
/* journal.h - the pages of a large document that are done, on disk while the others
 * are not, so that a run that is killed at page 9,000 of 10,000 is gone on with from
 * there. A help, no duty: what cannot be saved is done again. */
#ifndef EXTRACT_STORE_JOURNAL_H
#define EXTRACT_STORE_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>

#include "document/result.h"

/* Those of one output, in a folder that is made when it is needed. */
struct journals {
    const char *folder;  /* borrowed */
    const char *options; /* all that changes text; borrowed */
    bool reads;          /* what an earlier run has saved is gone on with */
};

/* Removes R's, which an earlier run has finished. */
void journals_remove(const struct journals *j, const struct result *r);

/* That of one document: frames of bytes, each of a kind, in the order in which they
 * were saved. One thread at a time. */
struct journal;

/* Opens R's, and sets r->unfinished to its name. What is there of the same document
 * in the same state, with the same options and engine, can be read; else it is
 * empty. NULL: there can be none. */
struct journal *journal_open(const struct journals *j, struct result *r);

/* The next frame: its kind, above 0, and in *DATA (valid until the next call) and
 * *SIZE what it holds; 0: no more. A frame that was not written to its end is
 * none. */
int journal_read(struct journal *j, const char **data, size_t *size);

/* What was read so far is good: all that is behind is cut off. */
void journal_keep(struct journal *j);

/* Appends a frame. From the first one that cannot be written on it does nothing. */
void journal_save(struct journal *j, int kind, const char *data, size_t size);

/* The file stays: whoever has r->unfinished removes it. Takes NULL. */
void journal_close(struct journal *j);

#endif
