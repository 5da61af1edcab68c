/* SPDX-License-Identifier: GPL-3.0-or-later */
/* beside.h - a file of output, and what stands beside it under names that begin with
 * its own: logs, locks, manifests. None of it is an input of a walk. */
#ifndef EXTRACT_SINK_BESIDE_H
#define EXTRACT_SINK_BESIDE_H

#include <stdbool.h>
#include <sys/stat.h>

struct beside {
    char *name; /* without its folder */
    struct stat file, folder;
};

/* PATH is there. */
void beside_init(struct beside *b, const char *path);

/* Whether PATH, in the state ST, is the file or what stands beside it. Any thread. */
bool beside_has(const struct beside *b, const char *path, const struct stat *st);

void beside_clear(struct beside *b);

/* The folder of PATH, to be freed, and in *NAME what is behind it. */
char *beside_split(const char *path, const char **name);

#endif
