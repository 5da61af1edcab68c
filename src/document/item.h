/* SPDX-License-Identifier: GPL-3.0-or-later */
/* item.h - one input as it was named or found: a path and what stat said. */
#ifndef EXTRACT_DOCUMENT_ITEM_H
#define EXTRACT_DOCUMENT_ITEM_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

#include "base/error.h"

/* What goes first, and what only when there is nothing else to do. */
enum item_priority { ITEM_CRITICAL = -1, ITEM_NORMAL, ITEM_BATCH };

struct item {
    uint64_t ordinal; /* 0, 1, 2, ... in input order, without gaps */
    uint64_t origin;  /* of a member of a document: the ordinal of the input that it
                         came out of; else its own */
    char *path;       /* bytes as given, owned; not always UTF-8 */
    uint64_t bytes;   /* st_size; 0 when error is set */
    int64_t mtime_ns; /* nanoseconds since 1970; 0 when error is set */
    uint64_t device, inode; /* which file it is; 0 when error is set */
    bool named;       /* by an argument or a list; false: found by a walk */
    bool fresh;       /* it is known to have changed: no earlier run is asked */
    enum item_priority priority;
    struct error error; /* kind != ERROR_NONE: cannot be opened, and why */
};

/* When the file of ST was changed last: as mtime_ns. */
static inline int64_t item_mtime(const struct stat *st)
{
    return (int64_t)st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec;
}

void item_clear(struct item *item); /* frees what it owns */

#endif
