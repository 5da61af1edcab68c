/* SPDX-License-Identifier: GPL-3.0-or-later */
/* naming.c - the names that are taken are kept as fingerprints: a false match
 * only gives a name a needless "~2". */
#include <config.h>

#include <limits.h>
#include <search.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "base/fingerprints.h"
#include "base/utf8.h"
#include "sink/naming.h"

struct naming {
    struct fingerprints *names;
    bool lasting;
    void *again; /* of paths that got another name than their own (tsearch) */
    naming_former *former; /* NULL: there was no earlier run, or it renamed nothing */
    void *former_ctx;
};

enum naming_kind { NAMING_FILE = 'f', NAMING_FOLDER = 'd', NAMING_KEPT = 'k', NAMING_OWNED = 'o' };

struct naming *naming_create(void)
{
    struct naming *n = xcalloc(1, sizeof *n);
    n->names = fingerprints_create();
    return n;
}

void naming_set_former(struct naming *n, naming_former *former, void *ctx)
{
    n->former = former;
    n->former_ctx = ctx;
}

void naming_set_lasting(struct naming *n)
{
    n->lasting = true;
}

bool naming_is_lasting(const struct naming *n)
{
    return n->lasting;
}

void naming_reserve(struct naming *n, const char *name)
{
    fingerprints_add(n->names, fingerprints_hash(NAMING_FILE, name, strlen(name)));
}

static bool naming_has(const struct naming *n, enum naming_kind kind,
                       const char *name, size_t size)
{
    return fingerprints_has(n->names, fingerprints_hash(kind, name, size));
}

/* Cuts the component that starts at START so that ROOM more bytes fit. */
static void naming_shorten(struct buffer *b, size_t start, size_t room)
{
    if (b->size - start + room <= NAME_MAX)
        return;
    uint64_t hash = fingerprints_hash(NAMING_FILE, b->data + start, b->size - start);
    size_t keep = NAME_MAX - room - 17;
    size_t tail;
    if (utf8_ends_inside(b->data + start, keep, &tail))
        keep -= tail;
    b->size = start + keep;
    buffer_printf(b, "-%016llx", (unsigned long long)hash);
}

struct naming_part {
    const char *name;
    size_t size;
    enum naming_kind kind;
    const char *suffix;
    bool member;
    const char *owner; /* the path that may have it already; NULL: none may */
};

/* OWNER has the name in B. */
static uint64_t naming_claim(const struct buffer *b, const char *owner)
{
    uint64_t both[] = { fingerprints_hash(NAMING_FILE, b->data, b->size),
                        fingerprints_hash(NAMING_OWNED, owner, strlen(owner)) };
    return fingerprints_hash(NAMING_OWNED, both, sizeof both);
}

/* Puts PART into B, from START on, as the NUMBER-th of its name. Whether it is
 * a file's already, or (for files) a folder's. */
static bool naming_is_taken(const struct naming *n, struct buffer *b,
                            size_t start, const struct naming_part *part,
                            unsigned number)
{
    char tail[16] = "";
    if (number > 1)
        snprintf(tail, sizeof tail, "~%u", number);
    b->size = start;
    buffer_append(b, part->name, part->size);
    if (part->kind == NAMING_FOLDER && !part->member && part->name[part->size - 1] == '!')
        buffer_append_char(b, '_');
    naming_shorten(b, start, strlen(tail) + strlen(part->suffix));
    buffer_append_string(b, tail);
    buffer_append_string(b, part->suffix);
    if (part->owner && fingerprints_has(n->names, naming_claim(b, part->owner)))
        return false;
    return naming_has(n, NAMING_FILE, b->data, b->size) ||
           (part->kind == NAMING_FILE &&
            naming_has(n, NAMING_FOLDER, b->data, b->size));
}

/* Appends PART under a number that is free, and takes it. The numbers of a
 * name are given one after the other but for gaps that others took, so that
 * the end is found by doubling and halving: a million inputs of one name would
 * not end otherwise. */
static bool naming_settle(struct naming *n, struct buffer *b,
                          const struct naming_part *part)
{
    size_t start = b->size;
    unsigned taken = 0, number = 1;
    while (naming_is_taken(n, b, start, part, number)) {
        taken = number;
        number *= 2;
    }
    while (number - taken > 1) {
        unsigned middle = taken + (number - taken) / 2;
        if (naming_is_taken(n, b, start, part, middle))
            taken = middle;
        else
            number = middle;
    }
    naming_is_taken(n, b, start, part, number);
    fingerprints_add(n->names, fingerprints_hash(part->kind, b->data, b->size));
    if (part->owner)
        fingerprints_add(n->names, naming_claim(b, part->owner));
    return number > 1;
}

/* Behind slashes and "." components. */
static const char *naming_skip(const char *path)
{
    for (;;) {
        path += strspn(path, "/");
        if (path[0] != '.' || (path[1] != '/' && path[1] != '\0'))
            return path;
        path++;
    }
}

/* The name that PATH keeps; NULL: it has none, or a path like it has it already. */
static char *naming_keep(struct naming *n, const char *path)
{
    char *name = n->former ? n->former(n->former_ctx, path) : NULL;
    if (!name)
        return NULL;
    uint64_t kept = fingerprints_hash(NAMING_KEPT, name, strlen(name));
    if (fingerprints_has(n->names, kept)) {
        free(name);
        return NULL;
    }
    fingerprints_add(n->names, kept);
    return name;
}

/* A path that has another name than its own. */
struct naming_memory {
    char *path, *name;
};

static int naming_compare(const void *a, const void *b)
{
    return strcmp(((const struct naming_memory *)a)->path,
                  ((const struct naming_memory *)b)->path);
}

static void naming_drop(void *memory)
{
    struct naming_memory *m = memory;
    free(m->path);
    free(m->name);
    free(m);
}

static char *naming_recall(struct naming *n, const char *path)
{
    struct naming_memory key = { .path = (char *)(uintptr_t)path };
    struct naming_memory **found = tfind(&key, &n->again, naming_compare);
    return found ? xstrdup((*found)->name) : NULL;
}

static void naming_remember(struct naming *n, const char *path, const char *name)
{
    struct naming_memory *m = xmalloc(sizeof *m);
    *m = (struct naming_memory){ xstrdup(path), xstrdup(name) };
    struct naming_memory **found = tsearch(m, &n->again, naming_compare);
    if (found && *found == m)
        return;
    naming_drop(m);
}

static char *naming_give(struct naming *n, const char *path, const char *suffix,
                         bool member, bool *renamed)
{
    *renamed = false;
    struct buffer b = { 0 };
    const char *p = naming_skip(path);
    if (*p == '\0')
        p = "_"; /* nothing is left to be called by */
    while (*p) {
        size_t size = strcspn(p, "/");
        const char *next = naming_skip(p + size);
        if (b.size)
            buffer_append_char(&b, '/');
        bool up = size == 2 && p[0] == '.' && p[1] == '.';
        struct naming_part part = {
            .name = up ? "__" : p,
            .size = size,
            .kind = *next ? NAMING_FOLDER : NAMING_FILE,
            .suffix = *next ? "" : suffix,
            .member = member,
            .owner = n->lasting && !*next ? path : NULL,
        };
        *renamed |= naming_settle(n, &b, &part);
        p = next;
    }
    char *name = xstrndup(b.data, b.size);
    buffer_free(&b);
    return name;
}

char *naming_assign(struct naming *n, const char *path, const char *suffix,
                    bool *renamed)
{
    char *name = n->lasting ? naming_recall(n, path) : NULL;
    if (!name)
        name = naming_keep(n, path);
    *renamed = name;
    if (!name)
        name = naming_give(n, path, suffix, false, renamed);
    if (n->lasting && *renamed)
        naming_remember(n, path, name);
    return name;
}

char *naming_assign_member(struct naming *n, const char *path, const char *suffix,
                           bool *renamed)
{
    return naming_give(n, path, suffix, true, renamed);
}

void naming_destroy(struct naming *n)
{
    if (!n)
        return;
    fingerprints_destroy(n->names);
    tdestroy(n->again, naming_drop);
    free(n);
}
