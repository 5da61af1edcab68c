/* SPDX-License-Identifier: GPL-3.0-or-later */
/* changes.h - what the kernel tells of changes in directories (inotify(7)), by path. */
#ifndef EXTRACT_INPUT_CHANGES_H
#define EXTRACT_INPUT_CHANGES_H

#include <stdbool.h>
#include <stddef.h>

struct changes; /* opaque; one thread */

/* Never NULL. Where the kernel gives no more of these, nothing can be added. */
struct changes *changes_create(void);

/* Polls readable when there are events; -1: never. */
int changes_fd(const struct changes *n);

/* Asked where one directory is known by the name FIRST and is to be told of by SECOND:
 * whether it is to keep its one name. NULL: it has both, and each change is told by
 * each of them. */
void changes_set_keeps(struct changes *n,
                       bool (*keeps)(void *ctx, const char *first, const char *second),
                       void *ctx);

/* From now on changes in the directory PATH are told, by that name. Names that it had
 * and that lead to it no more are dropped. 0; or an errno: EEXIST when it keeps another
 * name, ENOSPC and EMFILE when a limit is reached. */
int changes_add(struct changes *n, const char *path);

/* The directory PATH and all below it are told of no more by these names. */
void changes_drop(struct changes *n, const char *path);

/* How many directories are told of. */
size_t changes_count(const struct changes *n);

enum changes_kind {
    CHANGES_WRITING,     /* a file was made, or written to */
    CHANGES_WRITTEN,     /* one that was open for writing was closed, or moved here */
    CHANGES_TOUCHED,     /* rights or times of a file were changed */
    CHANGES_GONE,        /* a file was removed, or moved away */
    CHANGES_FOLDER,      /* a directory is new here, or has other rights */
    CHANGES_FOLDER_GONE, /* a directory was moved away; it is told of no more */
    CHANGES_LOST,        /* events were lost */
    CHANGES_CUT,         /* a directory is told of no more: it was removed, or its file
                            system is not mounted any more */
};

struct changes_event {
    enum changes_kind kind;
    const char *path; /* valid until the next call; NULL for CHANGES_LOST */
};

/* The next event that is there; false: none is. */
bool changes_next(struct changes *n, struct changes_event *event);

void changes_destroy(struct changes *n); /* takes NULL */

#endif
