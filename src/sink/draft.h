/* SPDX-License-Identifier: GPL-3.0-or-later */
/* draft.h - a file below a directory until it is whole. It is written without a
 * name (O_TMPFILE), or under a hidden one where the file system has no such
 * files. A desk and its drafts belong to one thread at a time. Functions that
 * return an int return 0 or an errno. */
#ifndef EXTRACT_SINK_DRAFT_H
#define EXTRACT_SINK_DRAFT_H

#include <stdbool.h>

#include "base/buffer.h"

struct draft {
    struct draft *next, *previous;
    struct buffer buffer; /* not written yet */
    int fd;               /* -1: not opened yet, or closed */
    char *hidden;         /* its name until it is whole; NULL: it has none */
};

/* Those of one directory. */
struct draft_desk {
    int directory;        /* descriptor */
    bool unnamed;         /* O_TMPFILE works here */
    unsigned long serial; /* of hidden names */
    struct draft *drafts;
};

/* Borrows DIRECTORY. */
void draft_desk_init(struct draft_desk *desk, int directory);

/* Destroys all drafts that are left. */
void draft_desk_clear(struct draft_desk *desk);

/* An empty one, of which no file is made before it is written. */
struct draft *draft_create(struct draft_desk *desk);

/* Takes away what has no name of its own yet. */
void draft_destroy(struct draft_desk *desk, struct draft *d);

/* Whether PATH ends in a hidden name of this process. */
bool draft_is_name(const char *path);

/* Writes out what is buffered, in the folder of NAME, which is made. */
int draft_write(struct draft_desk *desk, struct draft *d, const char *name);

/* Gives the whole file its name when that is free, else EEXIST. */
int draft_publish_new(struct draft_desk *desk, struct draft *d, const char *name);

/* Puts the whole file in the place of what is called NAME, in one step. */
int draft_replace(struct draft_desk *desk, struct draft *d, const char *name);

#endif
