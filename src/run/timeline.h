/* SPDX-License-Identifier: GPL-3.0-or-later */
/* timeline.h - what each lane did when, as JSON Lines: a bar for each range of
 * pages, and for each document that was opened. For --timeline. */
#ifndef EXTRACT_RUN_TIMELINE_H
#define EXTRACT_RUN_TIMELINE_H

#include "base/error.h"
#include "document/result.h"

struct timeline; /* opaque */

/* A new file at PATH, or what stands there emptied. NULL and E: it cannot be
 * written. Times count from now. */
struct timeline *timeline_create(const char *path, struct error *e);

/* LANE has worked on RESULT's document from the moment START (clock_now) until
 * now: on COUNT pages, the first of which is number FIRST; 0 and 0: it has
 * opened it. T may be NULL. Any thread. */
void timeline_add(struct timeline *t, int lane, double start,
                  const struct result *result, int first, int count);

/* 0, or -1 and E: not all could be written. Takes NULL. */
int timeline_close(struct timeline *t, struct error *e);

#endif
