/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gather.h - takes the members of a document from the lane that reads it, and
 * makes tasks of them; see nest.h. One thread at a time. */
#ifndef EXTRACT_SCHED_GATHER_H
#define EXTRACT_SCHED_GATHER_H

#include "sched/state.h"

struct gather {
    struct sched *sched;
    struct sched_lane *lane;
    struct task *task; /* whose members they are */
    /* The module's own. */
    bool open;           /* a member is */
    struct spool spool;  /* its bytes */
    char *path;          /* its path; owned */
    int64_t mtime_ns;
    struct error flaw;   /* why it is not whole */
    struct error error;  /* why no more are taken */
};

/* As in lane_output. -1: no more is wanted; `error` says why, unless the run is
 * being stopped. */
int gather_begin(struct gather *g, const struct member *member);
int gather_data(struct gather *g, const void *data, size_t size);
/* Hands the member on. Works on members while there is no room for more. */
int gather_end(struct gather *g, const struct error *e);

/* The reading has ended: a member that is open is not whole, for the reason in E
 * (NULL: dropped). */
void gather_finish(struct gather *g, const struct error *e);

#endif
