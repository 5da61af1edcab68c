/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rounds.c - one walk after the other over a list of directories; after a round over
 * all of them a search for what is gone. */
#include <config.h>

#include "input/rounds.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "base/diag.h"

/* New directories that wait for their walk; with more, all are walked. */
#define ROUNDS_FOLDERS 1000

struct rounds {
    struct rounds_config config;
    struct changes *changes;
    struct walk *walk;
    char **folders; /* to walk; those before the index AT are done */
    size_t folder_count, at;
    bool walking;  /* the walk is within one of them */
    bool whole;    /* all roots are walked */
    bool wanted;   /* they are to be */
    bool sweeping; /* what is gone is looked for, behind: */
    char *swept;
    bool *missing; /* of each root: it is not there */
    bool missed;   /* one is */
    bool blind;
    double root_at, walk_at; /* when roots are looked for, and when a round is due */
    uint64_t count, sweeps;
};

static void rounds_lose_sight(struct rounds *r, int errnum)
{
    if (!r->blind)
        diag_warning(NULL, "the kernel watches no more than %zu directories (%s); all are "
                           "walked every %d seconds",
                     changes_count(r->changes),
                     errnum == ENOSPC ? "fs.inotify.max_user_watches" : strerror(errnum),
                     ROUNDS_BLIND_SECONDS);
    r->blind = true;
}

static bool rounds_entered(void *ctx, const char *path)
{
    struct rounds *r = ctx;
    int errnum = changes_add(r->changes, path);
    if (errnum == ENOSPC || errnum == EMFILE || errnum == ENOMEM)
        rounds_lose_sight(r, errnum);
    return errnum != EEXIST;
}

/* Whether PATH is as a walk of ROOT would name it. */
static bool rounds_names(const char *root, const char *path)
{
    size_t size = strlen(root);
    if (strncmp(path, root, size) != 0)
        return false;
    const char *rest = path + size;
    if (*rest == '\0')
        return true;
    if (size > 0 && root[size - 1] != '/' && *rest++ != '/')
        return false;
    for (; *rest; rest += *rest == '/') {
        size = strcspn(rest, "/");
        if (size <= 2 && strspn(rest, ".") >= size)
            return false;
        rest += size;
    }
    return true;
}

/* A directory has one name for each root, as in a walk of each. */
static bool rounds_keep(void *ctx, const char *first, const char *second)
{
    const struct rounds *r = ctx;
    for (size_t i = 0; i < r->config.root_count; i++)
        if (rounds_names(r->config.roots[i], first) &&
            rounds_names(r->config.roots[i], second))
            return true;
    return false;
}

struct rounds *rounds_create(const struct rounds_config *config)
{
    struct rounds *r = xcalloc(1, sizeof *r);
    r->config = *config;
    r->changes = changes_create();
    r->walk = walk_create(config->filter, config->retries);
    changes_set_keeps(r->changes, rounds_keep, r);
    walk_set_entered(r->walk, rounds_entered, r);
    r->missing = xcalloc(config->root_count + 1, sizeof *r->missing);
    r->wanted = true;
    if (changes_fd(r->changes) < 0)
        rounds_lose_sight(r, EMFILE);
    return r;
}

struct changes *rounds_changes(struct rounds *r)
{
    return r->changes;
}

void rounds_add(struct rounds *r, const char *path)
{
    if (r->folder_count - r->at >= ROUNDS_FOLDERS) {
        r->wanted = true;
        return;
    }
    if (r->at == r->folder_count)
        r->at = r->folder_count = 0;
    r->folders = xrealloc_array(r->folders, r->folder_count + 1, sizeof *r->folders);
    r->folders[r->folder_count++] = xstrdup(path);
}

enum walk_kind rounds_look(const struct rounds *r, const char *path, struct item *item)
{
    return walk_look(r->walk, path, item);
}

void rounds_want(struct rounds *r)
{
    r->wanted = true;
}

void rounds_cut(struct rounds *r, const char *path)
{
    for (size_t i = 0; i < r->config.root_count; i++) {
        if (strcmp(path, r->config.roots[i]) != 0)
            continue;
        changes_drop(r->changes, path);
        /* Another one may be there at once. */
        r->wanted = r->missed = true;
        r->root_at = 0;
    }
}

/* Looks which roots are there; when one has come back all are walked. */
static void rounds_look_at_roots(struct rounds *r, double now)
{
    struct stat st;
    r->missed = false;
    r->root_at = now + ROUNDS_ROOT_SECONDS;
    for (size_t i = 0; i < r->config.root_count; i++) {
        bool there = stat(r->config.roots[i], &st) == 0 && S_ISDIR(st.st_mode);
        if (!there && !r->missing[i])
            diag_warning(r->config.roots[i], "is not there; it is waited for");
        if (!there)
            changes_drop(r->changes, r->config.roots[i]);
        r->wanted |= there && r->missing[i];
        r->missing[i] = !there;
        r->missed |= !there;
    }
}

static void rounds_begin(struct rounds *r, double now)
{
    r->count += r->walk_at > 0;
    rounds_look_at_roots(r, now);
    r->wanted = false;
    r->whole = true;
    for (size_t i = 0; i < r->config.root_count; i++)
        if (!r->missing[i])
            rounds_add(r, r->config.roots[i]);
    /* Also when there is nothing to walk. */
    r->walk_at = now + ROUNDS_BLIND_SECONDS;
}

void rounds_step(struct rounds *r, double now)
{
    if (r->missed && now >= r->root_at)
        rounds_look_at_roots(r, now);
    if (!rounds_are_on(r) && (r->wanted || (r->blind && now >= r->walk_at)))
        rounds_begin(r, now);
}

bool rounds_are_on(const struct rounds *r)
{
    return r->walking || r->at < r->folder_count || r->sweeping;
}

bool rounds_vanished(const struct item *item)
{
    struct stat st;
    return item->error.kind == ERROR_MISSING && lstat(item->path, &st) != 0;
}

void rounds_make_gone(struct item *item, char *path)
{
    *item = (struct item){ .path = path, .fresh = true };
    error_set(&item->error, ERROR_GONE, "is gone");
}

static void rounds_rest(const struct rounds *r)
{
    if (r->config.rest)
        r->config.rest(r->config.ctx);
}

/* All that there was to walk is walked. */
static void rounds_end(struct rounds *r, double now)
{
    r->walking = false;
    if (r->whole && r->config.gone) {
        r->sweeping = true;
        r->sweeps++;
    }
    r->whole = false;
    r->walk_at = now + ROUNDS_BLIND_SECONDS;
    rounds_rest(r);
}

uint64_t rounds_sweeps(const struct rounds *r)
{
    return r->sweeps;
}

bool rounds_cover(const struct rounds *r, const char *path)
{
    for (size_t i = 0; i < r->config.root_count; i++) {
        const char *root = r->config.roots[i];
        size_t size = strlen(root);
        while (size > 1 && root[size - 1] == '/')
            size--;
        struct stat st;
        if (strncmp(path, root, size) == 0 &&
            (path[size] == '/' || root[size - 1] == '/') && !r->missing[i] &&
            stat(root, &st) == 0)
            return true;
    }
    return false;
}

/* What was done before and is not there any more. */
static bool rounds_sweep(struct rounds *r, struct item *item)
{
    char *path = r->config.gone(r->config.ctx, r->swept ? r->swept : "");
    free(r->swept);
    r->swept = path ? xstrdup(path) : NULL;
    r->sweeping = path != NULL;
    if (!path) {
        rounds_rest(r);
        return false;
    }
    if (rounds_cover(r, path)) {
        rounds_make_gone(item, path);
        return true;
    }
    free(path);
    return false;
}

/* Whether FOLDER, which an event told of, is one that the walk of its root left out. */
static bool rounds_leads_inside(const struct rounds *r, const char *folder)
{
    for (size_t i = 0; i < r->config.root_count; i++)
        if (strcmp(r->config.roots[i], folder) == 0)
            return false;
    for (size_t i = 0; i < r->config.root_count; i++) {
        const char *root = r->config.roots[i];
        if (rounds_names(root, folder) && walk_leads_inside(root, folder))
            return true;
    }
    return false;
}

bool rounds_next(struct rounds *r, struct item *item, double now)
{
    if (r->walking && walk_next(r->walk, item) > 0) {
        if (!rounds_vanished(item))
            return true;
        item_clear(item);
        return false;
    }
    if (r->at < r->folder_count) {
        char *folder = r->folders[r->at++];
        r->walking = true;
        if (!rounds_leads_inside(r, folder))
            walk_start(r->walk, folder);
        free(folder);
        return false;
    }
    if (r->walking) {
        rounds_end(r, now);
        return false;
    }
    return r->sweeping && rounds_sweep(r, item);
}

double rounds_due(const struct rounds *r)
{
    double due = r->missed ? r->root_at : HUGE_VAL;
    return r->blind && r->walk_at < due ? r->walk_at : due;
}

uint64_t rounds_count(const struct rounds *r)
{
    return r->count;
}

bool rounds_are_blind(const struct rounds *r)
{
    return r->blind;
}

void rounds_destroy(struct rounds *r)
{
    if (!r)
        return;
    while (r->at < r->folder_count)
        free(r->folders[r->at++]);
    free(r->folders);
    free(r->swept);
    free(r->missing);
    changes_destroy(r->changes);
    walk_destroy(r->walk);
    free(r);
}
