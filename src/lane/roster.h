/* SPDX-License-Identifier: GPL-3.0-or-later */
/* roster.h - the worker processes that are alive, and what they use. Any thread. */
#ifndef EXTRACT_LANE_ROSTER_H
#define EXTRACT_LANE_ROSTER_H

#include <stdint.h>
#include <sys/types.h>

struct roster; /* opaque */

struct roster *roster_create(void); /* never NULL */

void roster_add(struct roster *r, pid_t pid);

/* To be called before PID is waited for: from then on it may be anybody's. */
void roster_remove(struct roster *r, pid_t pid);

struct roster_use {
    int count;
    double cpu;       /* seconds, of those that are alive */
    uint64_t memory;  /* bytes of their own, not shared with others, together */
    uint64_t largest; /* of one */
};

void roster_read(struct roster *r, struct roster_use *use);

/* Bytes of its own that PID has in memory, or 0 (proc(5), statm: resident less
 * shared). */
uint64_t roster_memory(pid_t pid);

void roster_destroy(struct roster *r); /* takes NULL */

#endif
