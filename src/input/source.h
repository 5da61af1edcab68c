/* SPDX-License-Identifier: GPL-3.0-or-later */
/* source.h - the stream of items: arguments, lists and directory walks, one
 * item at a time, in a fixed order, in memory that does not grow with the
 * number of items. */
#ifndef EXTRACT_INPUT_SOURCE_H
#define EXTRACT_INPUT_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

#include "base/error.h"
#include "document/item.h"
#include "input/watch.h"

struct source_list {
    const char *path; /* "-" is stdin */
    char separator;   /* '\n' or '\0' */
};

/* All strings are borrowed for the source's life. */
struct source_config {
    const char *const *paths; /* arguments: files and directories */
    size_t path_count;
    const struct source_list *lists; /* after the arguments, in order */
    size_t list_count;
    /* Globs (fnmatch, FNM_PERIOD off). One with a slash is matched against
     * the path as the item has it (with FNM_PATHNAME, from any component on),
     * one without against the last component. An item is taken when no
     * exclude matches and, if there are includes, one of them does. An
     * excluded directory is not entered; includes do not apply to
     * directories. */
    const char *const *includes;
    size_t include_count;
    const char *const *excludes;
    size_t exclude_count;
    /* Whether PATH, in the state ST, is an output of this program or a
     * directory of its own: walks leave it out; what was named is taken. Any
     * thread. NULL: nothing is. */
    bool (*owns)(void *ctx, const char *path, const struct stat *st);
    void *owns_ctx;
    int64_t owns_since; /* that was last changed from then on is of this run, and passed
                           in silence; nanoseconds since 1970 */
    int retries; /* of looking at what may pass (error.h), with pauses */
    /* Gives the items in place of all that stands above. NULL: nothing is watched. */
    struct watch *watch;
    int wake_fd; /* polled beside a list that blocks; readable: the stream
                    ends early. -1: none */
};

struct source; /* opaque; one thread */

/* Never NULL. Opens nothing yet. */
struct source *source_create(const struct source_config *config);

/* Fills ITEM, which the caller then owns (item_clear). Returns 1; 0 at the
 * end; -1 and E when a list cannot be read (the run cannot go on: the user
 * would think that all was done). What cannot be opened, directories without
 * rights and directory cycles come as items with item.error set, so that each
 * has its result. Blocks while a list has no line. */
int source_next(struct source *source, struct item *item, struct error *e);

/* True when nothing is read from stdin, so that a second source of the same
 * config gives the same items (for counting ahead). */
bool source_is_repeatable(const struct source_config *config);

void source_destroy(struct source *source); /* takes NULL */

#endif
