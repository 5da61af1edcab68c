/* SPDX-License-Identifier: GPL-3.0-or-later */
/* walk.h - one path, or all that stands below it when it is a directory, as
 * items: depth first, by name, symbolic links followed. */
#ifndef EXTRACT_INPUT_WALK_H
#define EXTRACT_INPUT_WALK_H

#include "document/item.h"
#include "input/filter.h"

/* Names of a directory that are sorted at a time: a directory of a million
 * files costs no more than this. Within a block they are in the order of
 * their bytes, the blocks in the order that the file system gives. */
#define WALK_BLOCK_NAMES 16384
#define WALK_BLOCK_BYTES (2u << 20)

/* Directories with more names than a block holds stay open while what is in
 * them is walked; so many may be open within each other. */
#define WALK_OPEN_MAX 32

struct walk; /* opaque; one thread. Keeps 16-32 bytes for each directory below
                the root, to walk none twice. */

/* FILTER is borrowed. What cannot be looked at for a reason that may pass
 * (error.h) is tried again up to RETRIES times, after a pause. Never NULL. */
struct walk *walk_create(const struct filter *filter, int retries);

/* The next root; what was left of the one before is dropped. A root is named
 * (see item.h) unless it turns out to be a directory. */
void walk_start(struct walk *walk, const char *root);

/* Calls ENTERED with the path of each directory before its names are read. False: they
 * are not to be, it is known by another name. */
void walk_set_entered(struct walk *walk, bool (*entered)(void *ctx, const char *path),
                      void *ctx);

/* What a walk makes of a path that it finds in a directory. */
enum walk_kind {
    WALK_NOTHING, /* it leaves it out */
    WALK_ITEM,
    WALK_FOLDER,  /* a directory, which it enters */
};

/* The same for PATH alone, with ITEM (all but its ordinal) for WALK_ITEM. The walk
 * stays where it is. */
enum walk_kind walk_look(const struct walk *walk, const char *path, struct item *item);

/* Whether PATH is a link to a directory below the directory ROOT: that is walked by its
 * own name, which is to name its files. */
bool walk_leads_inside(const char *root, const char *path);

/* 1 and ITEM (all but its ordinal), 0 at the end. */
int walk_next(struct walk *walk, struct item *item);

void walk_destroy(struct walk *walk); /* takes NULL */

#endif
