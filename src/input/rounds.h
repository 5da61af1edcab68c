/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rounds.h - walks over directories that are watched: over all of them, at the start and
 * whenever changes may have been missed, and over those that are new. A directory is
 * watched before it is read, so that nothing falls between the two. Time as in
 * pending.h. */
#ifndef EXTRACT_INPUT_ROUNDS_H
#define EXTRACT_INPUT_ROUNDS_H

#include "input/changes.h"
#include "input/walk.h"

/* Seconds between rounds where the kernel does not tell of all directories. */
#define ROUNDS_BLIND_SECONDS 30
/* Between looks for a root that is not there. */
#define ROUNDS_ROOT_SECONDS 2

/* Borrowed for the life of the rounds. */
struct rounds_config {
    const char *const *roots; /* directories */
    size_t root_count;
    const struct filter *filter;
    int retries; /* as in source.h */
    /* The first path behind AFTER ("": the first of all), in the order of bytes, that
     * was done before and is not there any more; to be freed. NULL: there is none. No
     * function: nobody wants to know. */
    char *(*gone)(void *ctx, const char *after);
    /* A walk is over: nothing is compared for a while. May be NULL. */
    void (*rest)(void *ctx);
    void *ctx;
};

struct rounds; /* opaque; one thread */

/* Never NULL. The first round is due. */
struct rounds *rounds_create(const struct rounds_config *config);

/* What tells of the directories that were walked. */
struct changes *rounds_changes(struct rounds *r);

/* The directory PATH is to be walked. */
void rounds_add(struct rounds *r, const char *path);

/* As walk_look. */
enum walk_kind rounds_look(const struct rounds *r, const char *path, struct item *item);

/* Something may have been missed: a round over all is due. */
void rounds_want(struct rounds *r);

/* The directory PATH is not watched any more: if it is a root it is waited for. */
void rounds_cut(struct rounds *r, const char *path);

/* Begins what is due at NOW. */
void rounds_step(struct rounds *r, double now);

/* Whether there is anything to walk. */
bool rounds_are_on(const struct rounds *r);

/* Whether ITEM, which could not be found, was there a moment ago. */
bool rounds_vanished(const struct item *item);

/* The next thing of the walks; false: nothing came of this step of them. Of what is
 * gone the error is ERROR_GONE. */
bool rounds_next(struct rounds *r, struct item *item, double now);

/* How many searches for what is gone have begun. What is at work at that time is not
 * found by them. */
uint64_t rounds_sweeps(const struct rounds *r);

/* Whether PATH is below a root that is there. */
bool rounds_cover(const struct rounds *r, const char *path);

/* When rounds_step has to be called, HUGE_VAL: when something happens. */
double rounds_due(const struct rounds *r);

/* Rounds over all that began after the first; and whether there are directories of
 * which the kernel does not tell. */
uint64_t rounds_count(const struct rounds *r);
bool rounds_are_blind(const struct rounds *r);

/* The path as an item that is gone; takes PATH. */
void rounds_make_gone(struct item *item, char *path);

void rounds_destroy(struct rounds *r); /* takes NULL */

#endif
