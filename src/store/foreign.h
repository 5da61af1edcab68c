/* SPDX-License-Identifier: GPL-3.0-or-later */
/* foreign.h - a manifest or corpus that is only read, and may be anybody's: what
 * is in it is not trusted, nothing is written to it or beside it, and it may lie
 * where nothing can be written, belong to a run that is at work, or to one that
 * was killed. */
#ifndef EXTRACT_STORE_FOREIGN_H
#define EXTRACT_STORE_FOREIGN_H

#include "store/database.h"

/* The most memory that SQLite takes, whatever a database makes it do. */
#define FOREIGN_MEMORY ((int64_t)512 << 20)
/* The longest value. A page is cut into rows of 16 MiB (sqlite.c). */
#define FOREIGN_VALUE (64 << 20)

/* Where the database of an output lies: PATH itself, DIR/.extract/manifest.db of a
 * directory, FILE.manifest of a file of records. To be freed; NULL and E. */
char *foreign_locate(const char *path, struct error *e);

/* Opens the database PATH for reading, and looks whether it is ours (schema.h) and
 * whether it *HAS_PAGES. All that is read up to database_close is of one moment. 0,
 * or -1 and E. D may be closed in either case. */
int foreign_open(struct database *d, const char *path, bool *has_pages,
                 struct error *e);

#endif
