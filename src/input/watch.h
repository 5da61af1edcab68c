/* SPDX-License-Identifier: GPL-3.0-or-later */
/* watch.h - directories as a stream of items that has no end: first what is there, then
 * what changes, as it changes.
 *
 * An item that an event tells of is `fresh` (item.h); one that a walk finds is to be
 * compared with what was done before. A path that is at work is not given again before
 * watch_landed was called for it and its members. What the kernel could not tell, since
 * too much happened or there were too many directories, is found by walks. */
#ifndef EXTRACT_INPUT_WATCH_H
#define EXTRACT_INPUT_WATCH_H

#include "document/item.h"
#include "input/filter.h"

/* Paths that are whole and wait, or are at work: with more, no events are read. */
#define WATCH_QUEUED_MOST 200
/* The same once the share of memory in use is above this, while anything is at work. */
#define WATCH_MEMORY_MOST 0.8

enum watch_notice {
    WATCH_WALKED, /* what was there at the start is done */
    WATCH_IDLE,   /* all that was due is done */
    WATCH_ALIVE,  /* it goes on: every few seconds while it waits */
    WATCH_ENDED,  /* it gives no more items */
};

struct watch_counts {
    uint64_t events;    /* that the kernel told of */
    uint64_t merged;    /* of these, for a path that waited already */
    uint64_t overflows; /* times that events were lost */
    uint64_t walks;     /* of all directories, after the first */
    uint64_t pauses;    /* times that no events were read, for too much was queued */
    uint64_t batches;   /* times that all that was due was done */
    uint64_t folders;   /* that the kernel tells of */
    uint64_t waiting, at_work; /* paths, at the moment */
    bool paused, blind; /* no events are read; not all directories are told of */
};

/* All borrowed for the watch's life. */
struct watch_config {
    const char *const *roots; /* directories */
    size_t root_count;
    const struct filter *filter;
    const char *const *critical; /* globs, as in source.h: what comes first, */
    size_t critical_count;
    const char *const *batch; /* and last */
    size_t batch_count;
    double debounce; /* seconds; 0: every change at once */
    bool prunes;     /* what is gone is an item, too, with ERROR_GONE */
    int retries;     /* as in source.h */
    int wake_fd;     /* the same */
    /* The rest may be NULL. Called in the thread of watch_next; the first two as in
     * rounds.h. */
    char *(*gone)(void *ctx, const char *after);
    void (*rest)(void *ctx);
    void (*notice)(void *ctx, enum watch_notice notice);
    void (*count)(void *ctx, const struct watch_counts *counts);
    void *ctx;
};

struct watch; /* opaque */

/* Opens nothing yet. Never NULL. */
struct watch *watch_create(const struct watch_config *config);

/* The next item, which is waited for. False: wake_fd is readable, and it ends. One
 * thread. */
bool watch_next(struct watch *w, struct item *item);

/* A member goes to work: an item with the origin (item.h) of an input. Any thread. */
void watch_joined(struct watch *w, const struct item *member);

/* The result of ITEM, or of a member, is out. Whether it was the last of its input. Any
 * thread. */
bool watch_landed(struct watch *w, const struct item *item);

/* What is whole is taken up at once. Any thread. */
void watch_flush(struct watch *w);

void watch_destroy(struct watch *w); /* takes NULL */

#endif
