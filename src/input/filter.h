/* SPDX-License-Identifier: GPL-3.0-or-later */
/* filter.h - which paths --include and --exclude let through. The rules for
 * globs stand in source.h, at struct source_config. */
#ifndef EXTRACT_INPUT_FILTER_H
#define EXTRACT_INPUT_FILTER_H

#include <stdbool.h>
#include <stddef.h>

/* All borrowed. Both NULL and 0: everything passes. */
struct filter {
    const char *const *includes;
    size_t include_count;
    const char *const *excludes;
    size_t exclude_count;
};

/* Whether a directory of this path is entered (excludes alone count). */
bool filter_enters(const struct filter *f, const char *path);

/* Whether something else than a directory is taken. */
bool filter_takes(const struct filter *f, const char *path);

/* Whether an exclude names PATH, of which it is not known what it is. */
bool filter_excludes(const struct filter *f, const char *path);

#endif
