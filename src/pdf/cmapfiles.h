/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmapfiles.h - the predefined CMaps (9.7.5.2) and what their CIDs mean, from the files of
 * poppler-data. Read when asked for, and kept. One thread at a time. */
#ifndef EXTRACT_PDF_CMAPFILES_H
#define EXTRACT_PDF_CMAPFILES_H

#include "pdf/cmap.h"

struct cmapfiles; /* opaque */

/* DIRECTORY, borrowed, is where poppler-data lies; NULL: where Debian has it. */
struct cmapfiles *cmapfiles_create(const char *directory); /* NULL: out of memory */

/* The CMap called NAME, first looked for among those of COLLECTION ("Adobe-Japan1"; NULL:
 * of any). *FROM, unless NULL: the collection where it was found. NULL: it is not there. */
const struct cmap *cmapfiles_cmap(struct cmapfiles *f, const char *collection,
                                  struct span name, const char **from);

/* The character of each CID of COLLECTION, 0 for none, and their number; NULL: it is not
 * known. */
const uint32_t *cmapfiles_cids(struct cmapfiles *f, const char *collection,
                               size_t *count);

/* There were more than there is room for: what is asked for now is not found. */
bool cmapfiles_are_over(const struct cmapfiles *f);

void cmapfiles_destroy(struct cmapfiles *f); /* takes NULL */

#endif
