/* SPDX-License-Identifier: GPL-3.0-or-later */
/* metrics.h - what a run counts, for the progress line and --stats. All calls
 * from any thread. */
#ifndef EXTRACT_RUN_METRICS_H
#define EXTRACT_RUN_METRICS_H

#include <stdint.h>

#include "document/result.h"

struct metrics;

struct metrics_group {
    uint64_t documents[STATUSES];
    uint64_t pages; /* extracted, failed ones not counted */
    uint64_t bytes; /* of the files */
    double seconds; /* of lanes */
};

/* Formats are told apart by name, in the order in which they first ended. */
#define METRICS_TYPES 128

struct metrics_snapshot {
    double wall_seconds;       /* since metrics_create */
    uint64_t admitted;         /* documents taken from the source so far */
    uint64_t admitted_bytes;
    uint64_t members, member_bytes; /* of these: members of documents */
    uint64_t not_reached;      /* admitted without a result so far: queued,
                                  interrupted, lost when the output failed */
    uint64_t pages_live;       /* as they come out of lanes, failed included */
    uint64_t bytes_live;       /* of the files, as their pages come out */
    uint64_t pages_failed;
    uint64_t text_bytes;
    /* Results and pages without text, and those whose text is mostly none. */
    uint64_t documents_no_text, pages_no_text, documents_garbled, pages_garbled;
    uint64_t pages_declined[READER_REASONS]; /* as in struct result */
    uint64_t trouble;          /* results that make the exit status 1 */
    struct metrics_group all;
    struct metrics_group tiers[TIERS];
    struct {
        const char *name; /* of the format; "none" for none */
        struct metrics_group group;
    } types[METRICS_TYPES];
    int type_count;
    uint64_t errors[ERROR_KINDS]; /* documents and rows of pages, by kind */
    int lanes;         /* at most */
    int lanes_wanted;  /* of these, that may be at work now */
    int lanes_active;
    double lanes_busy_seconds; /* of all lanes together, up to now */
    /* Until all wanted lanes were at work for the last time: the share of their time
     * in which they were not; and the seconds from then to the last of them. */
    double lanes_idle_share, tail_seconds;
    /* Worker processes: how many were started, and how they ended other than
     * by being let go. Filled in by the run, all 0 without isolation. */
    struct metrics_workers {
        uint64_t started, crashed, timed_out, out_of_memory, trapped, killed,
            recycled;
    } workers;
};

struct metrics *metrics_create(int lanes);

void metrics_admit(struct metrics *m, const struct item *item);
/* The same of a member of a document, which no survey has counted. */
void metrics_admit_member(struct metrics *m, const struct item *item);
/* A page is out, which stands for BYTES of its file: of a document with N
 * pages, its bytes divided by N (metrics_finish adds the remainder). */
void metrics_page(struct metrics *m, uint64_t bytes);
void metrics_lane_busy(struct metrics *m); /* a lane takes up work ... */
void metrics_lane_idle(struct metrics *m); /* ... and ends it */
/* From now on LANES are wanted, all of them at first. */
void metrics_set_lanes(struct metrics *m, int lanes);
void metrics_finish(struct metrics *m, const struct result *result);

void metrics_read(struct metrics *m, struct metrics_snapshot *s);

void metrics_destroy(struct metrics *m); /* takes NULL */

#endif
