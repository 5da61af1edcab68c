/* SPDX-License-Identifier: GPL-3.0-or-later */
/* trail.h - how a run went of late: a few figures every few seconds, the oldest of
 * which are forgotten. One thread at a time. */
#ifndef EXTRACT_RUN_TRAIL_H
#define EXTRACT_RUN_TRAIL_H

#include <jansson.h>

#include "run/metrics.h"

/* A quarter of an hour, with one each two seconds. */
#define TRAIL_POINTS 450

/* Seconds over which a rate is taken, at most. */
#define TRAIL_RATE_SECONDS 60

struct trail_point {
    double wall_seconds; /* of the run */
    uint64_t pages, failed; /* so far: pages that came out, documents that failed */
    double pages_per_minute; /* up to then */
    int active, wanted; /* lanes */
    int queue; /* documents */
};

/* Zeroed: empty. */
struct trail {
    struct trail_point points[TRAIL_POINTS];
    int first, count;
};

/* Adds what S says, which has its queue. Its pages_per_minute is taken as it is. */
void trail_add(struct trail *t, const struct metrics_snapshot *s);

/* Pages a minute from TRAIL_RATE_SECONDS ago, or the beginning, to PAGES at
 * WALL_SECONDS. */
double trail_rate(const struct trail *t, double wall_seconds, uint64_t pages);

/* Arrays of the points' figures by name, the oldest first. To be released by
 * json_decref. */
json_t *trail_json(const struct trail *t);

#endif
