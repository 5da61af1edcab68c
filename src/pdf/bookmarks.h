/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bookmarks.h - a document's outline (12.3.3), and where it leads to. */
#ifndef EXTRACT_PDF_BOOKMARKS_H
#define EXTRACT_PDF_BOOKMARKS_H

#include "pdf/pagetree.h"

/* Calls VISIT for each item, parents first, until it returns false: its title (UTF-8, ""
 * when it has none; good during the call), the page that it leads to (0: none) and its
 * depth from 0, which is below 64. An item comes once, so cycles end. */
void bookmarks_walk(struct objects *o, struct pagetree *pages,
                    bool (*visit)(void *ctx, const char *title, int page, int depth),
                    void *ctx);

#endif
