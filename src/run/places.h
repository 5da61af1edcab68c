/* SPDX-License-Identifier: GPL-3.0-or-later */
/* places.h - the directories in which a run has found inputs: of what was named its
 * own, of what a walk has found all up to the one that was named. What is gone from
 * another one may be on a file system that is not mounted. */
#ifndef EXTRACT_RUN_PLACES_H
#define EXTRACT_RUN_PLACES_H

#include <stdbool.h>
#include <stddef.h>

struct places; /* opaque; one thread */

/* PATHS are what was named; not kept. Never NULL. About 5 bytes a directory. */
struct places *places_create(const char *const *paths, size_t count);

/* PATH is an input, relative to the working directory; NAMED: by itself. */
void places_add(struct places *p, const char *path, bool named);

/* Whether the innermost directory above PATH, absolute, that is there is one. */
bool places_have(const struct places *p, const char *path);

void places_destroy(struct places *p); /* takes NULL */

#endif
