/* SPDX-License-Identifier: GPL-3.0-or-later */
/* forget.h - takes out of a manifest, and out of a tree, what came of inputs that are
 * gone. One thread, that of the manifest. */
#ifndef EXTRACT_STORE_FORGET_H
#define EXTRACT_STORE_FORGET_H

#include "base/fingerprints.h"
#include "input/filter.h"
#include "store/manifest.h"

struct forget;

/* Borrows M. REMOVE takes the file OUTPUT away: 0, or -1 and E when it stays, which is
 * told, and then so does its row. NULL: there are no files. NULL and E. */
struct forget *forget_create(struct manifest *m,
                             int (*remove)(void *ctx, const char *output,
                                           struct error *e),
                             void *ctx, struct error *e);

/* Takes out PATH, its members, and all below it if it was a directory. *ANY: there was
 * something of it. 0, or -1 and E. A transaction is begun unless there is one. */
int forget_path(struct forget *f, const char *path, bool *any, struct error *e);

/* Takes out the members of PATH, which was read to its end, that FILTER takes (NULL:
 * all) and that are not in MET, the hashes of those that came (forget_hash; NULL: none
 * did). ALL: also those of earlier runs. 0, or -1 and E. */
int forget_members(struct forget *f, const char *path, const struct filter *filter,
                   const struct fingerprints *met, bool all, struct error *e);
uint64_t forget_hash(const char *path);

void forget_destroy(struct forget *f); /* takes NULL */

#endif
