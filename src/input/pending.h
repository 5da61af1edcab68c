/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pending.h - paths of a watched tree that have changed and wait until it is time to
 * take them up, and those that are at work: no path is at work twice. Time is given by
 * the caller, in seconds of any clock that does not go back. */
#ifndef EXTRACT_INPUT_PENDING_H
#define EXTRACT_INPUT_PENDING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "document/item.h"

/* Seconds without a change after which a file that nobody has closed counts as whole. */
#define PENDING_STABLE 2.0
/* A path that changes again and again waits for quiet no longer than so many times the
 * time of quiet. */
#define PENDING_PATIENCE 6
/* Paths that may wait: far more than a batch, some MiB. */
#define PENDING_MOST 10000

struct pending_config {
    double debounce; /* seconds of quiet before a path is taken up; 0: none */
    int batch;       /* when so many whole ones wait, all of them are due at once */
};

/* What happened to a path. What comes later counts. */
enum pending_change {
    PENDING_DOUBTED, /* it was at work while events were lost, and may be gone */
    PENDING_FOUND,   /* a walk came upon it, and it has been written just now */
    PENDING_WRITING, /* it was made or written, and somebody may have it open */
    PENDING_TOUCHED, /* its rights or times were changed */
    PENDING_WRITTEN, /* it was closed after a write, or moved there: it is whole */
    PENDING_GONE,    /* it was removed, or moved away */
};

struct pending; /* opaque; one thread at a time */

/* Never NULL. */
struct pending *pending_create(const struct pending_config *config);

/* What of it is seen from outside. */
enum pending_noted {
    PENDING_NEW,    /* the path waits now */
    PENDING_MERGED, /* it did already: one of the two was dropped */
    PENDING_FULL,   /* too many wait; the change was not kept */
};
enum pending_noted pending_note(struct pending *p, const char *path,
                                enum pending_change change,
                                enum item_priority priority, double now);

/* PATH does not wait any more. Whether it did. */
bool pending_forget(struct pending *p, const char *path);

/* All that waits or is at work below the directory PATH is gone. */
void pending_gone_below(struct pending *p, const char *path, double now);

/* All that is at work, and does not wait, is looked at once more when it has landed. */
void pending_doubt(struct pending *p, double now);

/* What is whole is due at once, up to now. */
void pending_flush(struct pending *p, double now);

/* A path that is due: the critical ones first, among equals the earliest. Its entry is
 * given up; what is to be worked on is begun then. */
struct pending_due {
    char *path; /* the caller's to free */
    enum pending_change change;
    bool fresh; /* an event told of it, not a walk */
    enum item_priority priority;
};
bool pending_take(struct pending *p, double now, struct pending_due *due);

/* PATH, as input ORDINAL, goes to work. False: it is at work already, and waits now;
 * FRESH and PRIORITY as above. */
bool pending_begin(struct pending *p, const char *path, uint64_t ordinal, bool fresh,
                   enum item_priority priority, double now);

/* A member of input ORDINAL goes to work, too. */
void pending_join(struct pending *p, uint64_t ordinal);

/* ORDINAL, or one of its members, is out. Whether that was the last of it. */
bool pending_land(struct pending *p, uint64_t ordinal, double now);

/* Whether PATH waits, and not only in doubt. */
bool pending_has(const struct pending *p, const char *path);

/* When the next one is due, at the earliest: HUGE_VAL when none waits but for what is
 * at work. */
double pending_next(const struct pending *p);

struct pending_counts {
    size_t waiting; /* all of them */
    size_t found;   /* of these, what walks have found */
    size_t whole;   /* of these, what only waits for quiet */
    size_t at_work;
};
void pending_count(const struct pending *p, struct pending_counts *counts);

void pending_destroy(struct pending *p); /* takes NULL */

#endif
