/* SPDX-License-Identifier: GPL-3.0-or-later */
/* list.h - names out of a list (--files-from, --files0-from), one at a time,
 * through a buffer of fixed size. */
#ifndef EXTRACT_INPUT_LIST_H
#define EXTRACT_INPUT_LIST_H

#include <stdbool.h>

#include "base/error.h"

/* Longest name in bytes: sixteen times what the kernel takes as a path. */
#define LIST_NAME_MAX 65535

struct list; /* opaque; one thread */

struct list_entry {
    const char *name; /* the list's until the next call; never empty */
    struct error error; /* set: the name is only the part of it that can be
                           shown, and does not name a file */
};

/* PATH "-" is stdin. SEPARATOR is '\n' or '\0'. WAKE_FD as in source.h. Does
 * not block, also on a FIFO that nobody writes to yet. NULL and E when it
 * cannot be opened. */
struct list *list_open(const char *path, char separator, int wake_fd,
                       struct error *e);

/* 1 and ENTRY; 0 at the end or when woken; -1 and E. Blocks while nothing
 * comes. Empty entries are left out. */
int list_next(struct list *list, struct list_entry *entry, struct error *e);

/* True when the end came by the wake descriptor. */
bool list_was_woken(const struct list *list);

void list_close(struct list *list); /* takes NULL */

#endif
