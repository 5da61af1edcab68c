/* SPDX-License-Identifier: GPL-3.0-or-later */
/* forget.h - takes out of a manifest, and out of a tree, what came of inputs that are
 * gone. One thread, that of the manifest. */
#ifndef EXTRACT_STORE_FORGET_H
#define EXTRACT_STORE_FORGET_H

#include "store/manifest.h"

struct forget;

/* Borrows M. REMOVE takes the file OUTPUT away: 0, or -1 and E when it stays, which is
 * told, and then so does its row. NULL: there are no files. NULL and E. */
struct forget *forget_create(struct manifest *m,
                             int (*remove)(void *ctx, const char *output,
                                           struct error *e),
                             void *ctx, struct error *e);

/* Takes out PATH, its members, and all below it if it was a directory. 0, or -1 and E.
 * A transaction is begun unless there is one. */
int forget_path(struct forget *f, const char *path, struct error *e);

void forget_destroy(struct forget *f); /* takes NULL */

#endif
