/* SPDX-License-Identifier: GPL-3.0-or-later */
/* marks.h - which files in an output directory are this program's: written by
 * this run or a former one, and not touched by anybody since. A mark names the
 * size and the time of the last change of what was written; it is kept as an
 * extended attribute of the file ("user.extract.written"), and in the
 * directory's ledger where the file system has none. */
#ifndef EXTRACT_SINK_MARKS_H
#define EXTRACT_SINK_MARKS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

struct marks; /* opaque; any thread */

/* DIRECTORY is open as FD, which is borrowed. Never NULL. */
struct marks *marks_create(const char *directory, int fd);

/* Marks the file FD, whole but for its NAME in the directory, and fills ST. 0,
 * or an errno: it would not be known again. */
int marks_put(struct marks *m, int fd, const char *name, struct stat *st);

/* Whether the regular file FD with the name NAME and the state ST is ours. */
bool marks_has(struct marks *m, int fd, const char *name, const struct stat *st);

/* What had NAME, and was in the state FORMER, was replaced by what marks_put
 * gave the state NOW, or removed (NULL). */
void marks_forget(struct marks *m, const char *name, const struct stat *former,
                  const struct stat *now);

/* The same of a file by any PATH to it, and whether it is in the directory at
 * all. Of the state two things are needed: SIZE, and when it was changed, in
 * nanoseconds since 1970. */
bool marks_has_path(struct marks *m, const char *path, uint64_t size,
                    int64_t mtime_ns);

/* Whether PATH, a directory, is what this program keeps for itself. */
bool marks_is_store(const struct marks *m, const char *path);

void marks_destroy(struct marks *m); /* takes NULL */

#endif
