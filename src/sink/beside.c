/* SPDX-License-Identifier: GPL-3.0-or-later */
/* beside.c - names are compared, and the folders that they are in. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "sink/beside.h"

/* Before the others: a manifest has them too. */
#define BESIDE_MANIFEST ".manifest"
static const char *const beside_suffixes[] = { "", "-wal", "-shm", "-journal", "-lock",
                                               "-unfinished", "-state", "-state-new" };

static bool beside_is_same(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

char *beside_split(const char *path, const char **name)
{
    const char *slash = strrchr(path, '/');
    *name = slash ? slash + 1 : path;
    return slash ? xstrndup(path, (size_t)(slash + 1 - path)) : xstrdup(".");
}

void beside_init(struct beside *b, const char *path)
{
    const char *name;
    char *folder = beside_split(path, &name);
    *b = (struct beside){ .name = xstrdup(name) };
    stat(path, &b->file);
    stat(folder, &b->folder);
    free(folder);
}

static bool beside_is_name(const struct beside *b, const char *name)
{
    size_t size = strlen(b->name);
    if (strncmp(name, b->name, size))
        return false;
    name += size;
    if (!strncmp(name, BESIDE_MANIFEST, strlen(BESIDE_MANIFEST)))
        name += strlen(BESIDE_MANIFEST);
    for (size_t i = 0; i < sizeof beside_suffixes / sizeof *beside_suffixes; i++)
        if (!strcmp(name, beside_suffixes[i]))
            return true;
    return false;
}

bool beside_has(const struct beside *b, const char *path, const struct stat *st)
{
    if (S_ISREG(st->st_mode) && beside_is_same(st, &b->file))
        return true;
    const char *name;
    struct stat in;
    char *folder = beside_split(path, &name);
    bool has = beside_is_name(b, name) && stat(folder, &in) == 0 &&
               beside_is_same(&in, &b->folder);
    free(folder);
    return has;
}

void beside_clear(struct beside *b)
{
    free(b->name);
    *b = (struct beside){ 0 };
}
