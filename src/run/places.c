/* SPDX-License-Identifier: GPL-3.0-or-later */
/* places.c - directories by their real names, as fingerprints. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fingerprints.h"
#include "run/places.h"

struct places {
    struct fingerprints *directories;
    struct fingerprints *named;
    char *last; /* the directory of the last input, as it was given */
    bool last_named;
};

static uint64_t places_hash(const char *name)
{
    return fingerprints_hash('p', name, strlen(name));
}

struct places *places_create(const char *const *paths, size_t count)
{
    struct places *p = xcalloc(1, sizeof *p);
    p->directories = fingerprints_create();
    p->named = fingerprints_create();
    for (size_t i = 0; i < count; i++) {
        char *real = realpath(paths[i], NULL);
        if (real)
            fingerprints_add(p->named, places_hash(real));
        free(real);
    }
    return p;
}

/* Cuts the last component of PATH. False: there is none left. */
static bool places_up(char *path)
{
    char *slash = strrchr(path, '/');
    if (!slash || !path[1])
        return false;
    slash[slash == path] = '\0';
    return true;
}

/* How many directories there are from REAL up to one that was named; 1: none was. */
static int places_count(const struct places *p, const char *real)
{
    char *above = xstrdup(real);
    int count = 1;
    bool named;
    while (!(named = fingerprints_has(p->named, places_hash(above))) && places_up(above))
        count++;
    free(above);
    return named ? count : 1;
}

/* The directory NAME; unless NAMED those above it, too. */
static void places_add_directory(struct places *p, const char *name, bool named)
{
    char *real = realpath(name, NULL);
    int count = real ? named ? 1 : places_count(p, real) : 0;
    for (int i = 0; i < count; i++, places_up(real))
        if (!fingerprints_has(p->directories, places_hash(real)))
            fingerprints_add(p->directories, places_hash(real));
    free(real);
}

void places_add(struct places *p, const char *path, bool named)
{
    const char *slash = strrchr(path, '/');
    size_t size = slash == path ? 1 : slash ? (size_t)(slash - path) : 0;
    const char *name = size ? path : ".";
    size = size ? size : 1;
    if (p->last && p->last_named == named && strlen(p->last) == size && !memcmp(p->last, name, size))
        return;
    free(p->last);
    p->last = xstrndup(name, size);
    p->last_named = named;
    places_add_directory(p, p->last, named);
}

bool places_have(const struct places *p, const char *path)
{
    char *above = xstrdup(path), *real = NULL;
    while (!real && places_up(above))
        real = realpath(above, NULL);
    bool have = real && fingerprints_has(p->directories, places_hash(real));
    free(real);
    free(above);
    return have;
}

void places_destroy(struct places *p)
{
    if (!p)
        return;
    fingerprints_destroy(p->directories);
    fingerprints_destroy(p->named);
    free(p->last);
    free(p);
}
