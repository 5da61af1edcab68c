/* SPDX-License-Identifier: GPL-3.0-or-later */
/* nametree.h - trees of names (7.9.6). */
#ifndef EXTRACT_PDF_NAMETREE_H
#define EXTRACT_PDF_NAMETREE_H

#include "pdf/objects.h"

/* Calls VISIT for each name below ROOT, unresolved, with its value, unresolved, in the
 * order of the tree, until it returns false. NAME is decrypted and stays until the
 * objects are closed. Each node is visited once. */
void nametree_walk(struct objects *o, const struct value *root,
                   bool (*visit)(void *ctx, struct span name, const struct value *v),
                   void *ctx);

#endif
