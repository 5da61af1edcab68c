/* SPDX-License-Identifier: GPL-3.0-or-later */
/* filter.c - globs by fnmatch: against the last component, or against every
 * end of the path that begins at a component. */
#include <config.h>

#include "input/filter.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

static bool matches_from_any_component(const char *glob, const char *path)
{
    const char *at = path;
    while (at != NULL) {
        if (fnmatch(glob, at, FNM_PATHNAME) == 0)
            return true;
        /* "/abs" has its first component behind the slash. */
        at = strchr(at, '/');
        if (at != NULL)
            at++;
    }
    return false;
}

/* The last component of a path without slashes at its end. */
static bool matches_last_component(const char *glob, const char *path)
{
    const char *slash = strrchr(path, '/');
    return fnmatch(glob, slash != NULL ? slash + 1 : path, 0) == 0;
}

static bool any_matches(const char *const *globs, size_t count,
                        const char *path, bool is_directory)
{
    for (size_t i = 0; i < count; i++) {
        const char *glob = globs[i];
        size_t length = strlen(glob);
        bool hit;
        if (length > 1 && glob[length - 1] == '/') {
            /* "cache/": a directory of that name. */
            if (!is_directory)
                continue;
            char *with_slash = xasprintf("%s/", path);
            hit = matches_from_any_component(glob, with_slash);
            free(with_slash);
        } else if (strchr(glob, '/') != NULL) {
            hit = matches_from_any_component(glob, path);
        } else {
            hit = matches_last_component(glob, path);
        }
        if (hit)
            return true;
    }
    return false;
}

static bool is_excluded(const struct filter *f, const char *path,
                        bool is_directory)
{
    if (f->exclude_count == 0)
        return false;
    size_t length = strlen(path);
    if (length < 2 || path[length - 1] != '/')
        return any_matches(f->excludes, f->exclude_count, path, is_directory);
    while (length > 1 && path[length - 1] == '/')
        length--;
    char *bare = xstrndup(path, length);
    bool hit = any_matches(f->excludes, f->exclude_count, bare, is_directory);
    free(bare);
    return hit;
}

bool filter_enters(const struct filter *f, const char *path)
{
    return !is_excluded(f, path, true);
}

bool filter_is_own(const struct filter *f, const char *path,
                   const struct stat *st)
{
    return f->owns != NULL && f->owns(f->owns_ctx, path, st);
}

bool filter_excludes(const struct filter *f, const char *path)
{
    return is_excluded(f, path, false);
}

bool filter_takes(const struct filter *f, const char *path)
{
    if (is_excluded(f, path, false))
        return false;
    return f->include_count == 0
           || any_matches(f->includes, f->include_count, path, false);
}
