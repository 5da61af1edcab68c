/* SPDX-License-Identifier: GPL-3.0-or-later */
/* filter.h - which paths are let through: by --include and --exclude, and by not
 * being this program's own. The rules stand in source.h, at struct
 * source_config. */
#ifndef EXTRACT_INPUT_FILTER_H
#define EXTRACT_INPUT_FILTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

/* All borrowed. All NULL and 0: everything passes. */
struct filter {
    const char *const *includes;
    size_t include_count;
    const char *const *excludes;
    size_t exclude_count;
    /* As in source.h; may be NULL. */
    bool (*owns)(void *ctx, const char *path, const struct stat *st);
    void *owns_ctx;
    int64_t owns_since;
};

/* Whether a directory of this path is entered (excludes alone count). */
bool filter_enters(const struct filter *f, const char *path);

/* Whether something else than a directory is taken. */
bool filter_takes(const struct filter *f, const char *path);

/* Whether an exclude names PATH, of which it is not known what it is. */
bool filter_excludes(const struct filter *f, const char *path);

/* Whether a walk leaves PATH out, which is in the state ST. */
bool filter_is_own(const struct filter *f, const char *path,
                   const struct stat *st);

#endif
