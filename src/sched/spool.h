/* SPDX-License-Identifier: GPL-3.0-or-later */
/* spool.h - the bytes of a member until its document is over: in memory while
 * they are few, else in a file without a name. One thread at a time. */
#ifndef EXTRACT_SCHED_SPOOL_H
#define EXTRACT_SCHED_SPOOL_H

#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"

/* Past this a member is in a file: most are smaller, and need no descriptor
 * while they wait. */
#define SPOOL_MEMORY ((size_t)1 << 20)

struct spool {
    struct buffer memory;
    int fd; /* -1: in memory */
    uint64_t size;
};

void spool_init(struct spool *s);

/* 0, or -1 and E: there is no room for it. */
int spool_append(struct spool *s, const void *data, size_t size, struct error *e);

/* A descriptor of its own for reading all of it, which the caller closes. -1
 * and E. */
int spool_open(struct spool *s, struct error *e);

void spool_clear(struct spool *s);

#endif
