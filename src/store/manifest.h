/* SPDX-License-Identifier: GPL-3.0-or-later */
/* manifest.h - what became of each document, written while a run goes on: a row
 * for each path and output. One thread. */
#ifndef EXTRACT_STORE_MANIFEST_H
#define EXTRACT_STORE_MANIFEST_H

#include "document/result.h"
#include "store/schema.h"

struct manifest_config {
    const char *path; /* of the database */
    enum schema_kind kind;
    const char *options; /* all that changes text, one line */
    bool timings;        /* keep how long documents took */
};

struct manifest;

/* Opens the database, makes it when it is not there, and begins a run in it. NULL
 * and E: it cannot be written, or is not for this. The strings are borrowed. */
struct manifest *manifest_open(const struct manifest_config *config, struct error *e);

/* The database, for what else goes into the same transactions. */
struct database *manifest_database(struct manifest *m);

/* Whether R belongs there: not what --type leaves out, what was not reached, what
 * is gone, and what an earlier run did. */
bool manifest_wants(const struct result *r);

/* Puts R, which is concluded, in the place of what is there of its path and
 * output; of the pages that are there of it nothing stays. Begins a transaction
 * unless there is one. *ID is its row. 0, or -1 and E. */
int manifest_put(struct manifest *m, const struct result *r, int64_t *id,
                 struct error *e);

/* Keeps the time of R, which is as an earlier run has left it but for that, so that
 * the next run need not look into it. 0, or -1 and E. */
int manifest_touch(struct manifest *m, const struct result *r, struct error *e);

/* What was put is not lost from here on, and what was saved of it while it was
 * unfinished is removed. */
int manifest_commit(struct manifest *m, struct error *e);

/* Whether it is time to commit: there are MANIFEST_BATCH rows, or the oldest has
 * waited for MANIFEST_DELAY seconds. */
#define MANIFEST_BATCH 500
#define MANIFEST_DELAY 0.1
bool manifest_is_due(const struct manifest *m);

/* Counts a row of somebody else's in the transaction. */
void manifest_count(struct manifest *m);

/* Removes the row ID, and all that belongs to it. Within a transaction. */
int manifest_remove(struct manifest *m, int64_t id, struct error *e);

/* The run has ended: commits. */
int manifest_finish(struct manifest *m, uint64_t documents, uint64_t failed,
                    int exit_status, struct error *e);

void manifest_close(struct manifest *m); /* takes NULL */

#endif
