/* SPDX-License-Identifier: GPL-3.0-or-later */
/* metrics.h - what a run counts, for whoever shows it: progress, --stats, the
 * exporter. All calls from any thread. */
#ifndef EXTRACT_RUN_METRICS_H
#define EXTRACT_RUN_METRICS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/machine.h"
#include "document/result.h"
#include "input/watch.h"
#include "lane/roster.h"
#include "sched/governor.h"
#include "sink/writer.h"

struct metrics;

struct metrics_group {
    uint64_t documents[STATUSES];
    uint64_t pages; /* extracted, failed ones not counted */
    uint64_t bytes; /* of the files */
    double seconds; /* of lanes */
};

/* Formats are told apart by name, in the order in which they first ended. */
#define METRICS_TYPES 128

/* The same of one format in one tier. */
struct metrics_cell {
    uint64_t documents[STATUSES];
    uint64_t pages, pages_failed;
};

/* How long documents took, from when they were taken from the source to when their
 * output was out; skipped ones took no time and are left out. A bucket has those of at
 * most metrics_bounds seconds that are in none before it; the last one has the rest. */
#define METRICS_BOUNDS 14
extern const double metrics_bounds[METRICS_BOUNDS];
struct metrics_latency {
    uint64_t buckets[METRICS_BOUNDS + 1];
    uint64_t count;
    double seconds; /* of all together */
};

/* How many lanes the governor wants and why. */
struct metrics_steering {
    bool looked;                 /* there is a look at the machine: */
    struct machine_sample machine;
    struct roster_use workers;   /* those alive at that moment */
    enum governor_reason reason; /* of the last decision; GOVERNOR_NONE: none */
    uint64_t decisions[GOVERNOR_REASONS]; /* so far */
};

struct metrics_snapshot {
    double started;            /* seconds since 1970, of metrics_create */
    double wall_seconds;       /* since then */
    uint64_t admitted;         /* documents taken from the source so far */
    uint64_t admitted_bytes;
    uint64_t members, member_bytes; /* of these: members of documents */
    uint64_t gone;             /* inputs that are gone, of which there was something;
                                  what is gone (ERROR_GONE) is counted nowhere else */
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
        struct metrics_cell tiers[TIERS];
    } types[METRICS_TYPES];
    struct metrics_latency latency[TIERS];
    int type_count;
    uint64_t errors[ERROR_KINDS]; /* documents and rows of pages, by kind */
    int lanes;         /* at most */
    int lanes_wanted;  /* of these, that may be at work now */
    int lanes_active;  /* one that is no longer wanted still ends what it is at */
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
    struct metrics_steering steering;
    /* By view.h, 0 without it: documents that wait for a lane and for a permit, pages
     * a minute of late, what the writer does, seconds of CPU of this process and its
     * workers, bytes of memory of this process alone, descriptors that are open and
     * that may be. */
    int waiting, parked;
    double pages_per_minute;
    struct writer_count writer;
    double cpu_seconds;
    uint64_t memory;
    int descriptors, descriptors_most;
    bool watches; /* directories, of which: */
    struct watch_counts watch;
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
/* From now on LANES are wanted, all of them at first, for REASON. */
void metrics_set_lanes(struct metrics *m, int lanes, enum governor_reason reason);
/* The machine is so, and so are the workers. */
void metrics_set_machine(struct metrics *m, const struct machine_sample *machine,
                         const struct roster_use *workers);
/* How it stands with what is watched. */
void metrics_set_watch(struct metrics *m, const struct watch_counts *counts);
void metrics_finish(struct metrics *m, const struct result *result);

void metrics_read(struct metrics *m, struct metrics_snapshot *s);

/* Lanes that wait for work, and those that may not have any. */
int metrics_lanes_idle(const struct metrics_snapshot *s);
int metrics_lanes_parked(const struct metrics_snapshot *s);

void metrics_destroy(struct metrics *m); /* takes NULL */

#endif
