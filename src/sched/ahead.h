/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ahead.h - the beginnings of files that lanes will want soon are read into the
 * page cache, so that a lane does not wait for the disk. Nothing but speed
 * depends on it: what fails here is not said, the lane meets it again. */
#ifndef EXTRACT_SCHED_AHEAD_H
#define EXTRACT_SCHED_AHEAD_H

#include <stdatomic.h>
#include <stdint.h>

/* So much of one file, which is the whole of most; and of all files together
 * that are not begun, so that the last is still there when its turn comes. */
#define AHEAD_OF_ONE ((uint64_t)4 << 20)
#define AHEAD_OF_ALL ((uint64_t)64 << 20)

struct ahead {
    _Atomic uint64_t bytes; /* asked for, and not given back */
};

/* Asks the kernel for the beginning of the file at PATH, of SIZE bytes, without
 * waiting for it. Returns the bytes that it counts for (0: none were asked for);
 * one thread at a time. */
uint64_t ahead_ask(struct ahead *ahead, const char *path, uint64_t size);

/* The file is begun: its BYTES no longer count. Any thread. */
void ahead_give_back(struct ahead *ahead, uint64_t bytes);

#endif
