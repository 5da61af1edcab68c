/* SPDX-License-Identifier: GPL-3.0-or-later */
/* doclist.h - the styles and lists of a Word document ([MS-DOC] 2.9.271,
 * 2.9.131): the marks before the items of lists. */
#ifndef EXTRACT_FORMAT_DOCLIST_H
#define EXTRACT_FORMAT_DOCLIST_H

#include "format/docfile.h"
#include "format/wordmark.h"

struct doc_lists; /* opaque */

/* Reads what F has of them, as far as it goes. NULL: no lists. */
struct doc_lists *doc_lists_read(const struct doc_file *f);
void doc_lists_destroy(struct doc_lists *l); /* takes NULL */

/* Counts a paragraph (NULL: without properties) and writes its mark with a
 * blank behind, "" when it has none. *LEVEL: how far it is indented. L may be
 * NULL. */
void doc_lists_mark(struct doc_lists *l, const struct doc_run *paragraph,
                    char mark[LINES_MARKER], int *level);

#endif
