/* SPDX-License-Identifier: GPL-3.0-or-later */
/* naming.h - the names of files in an output tree: one for each input, never
 * the same for two. */
#ifndef EXTRACT_SINK_NAMING_H
#define EXTRACT_SINK_NAMING_H

#include <stdbool.h>

struct naming;

/* Never NULL. One thread. */
struct naming *naming_create(void);

/* The name that an earlier run gave to PATH in place of a taken one, to be freed;
 * NULL: it did not. */
typedef char *naming_former(void *ctx, const char *path);

/* From now on a path keeps the name that FORMER has of it, once; NAME is for it
 * alone. */
void naming_set_former(struct naming *n, naming_former *former, void *ctx);
void naming_reserve(struct naming *n, const char *name);

/* From now on a path may come again, and has the name then that it had; it stays taken
 * for others. About 5 bytes more for each. */
void naming_set_lasting(struct naming *n);
bool naming_is_lasting(const struct naming *n);

/* The name for PATH, relative, to be freed: PATH with SUFFIX (".txt") after
 * it; empty and "." components dropped, so never absolute; ".." becomes
 * "__", so never outside. A component that would be longer than 255 bytes is
 * cut and ends in a hash of the whole. When the name was given to an earlier
 * path (or is a folder's), "~2", "~3", ... stands before SUFFIX; so it does in
 * a folder's name that is a file's; and *RENAMED is true. Given the same paths in
 * the same order, the names are the same. About 5 bytes of memory a name. */
char *naming_assign(struct naming *n, const char *path, const char *suffix,
                    bool *renamed);

/* The same for a member of a document, whose PATH has folders that end in "!":
 * naming_assign puts a "_" behind those of other paths. No earlier run is asked:
 * the members of a container come in one order, and have its folder alone. */
char *naming_assign_member(struct naming *n, const char *path, const char *suffix,
                           bool *renamed);

void naming_destroy(struct naming *n); /* takes NULL */

#endif
