/* SPDX-License-Identifier: GPL-3.0-or-later */
/* spawn.h - starting, ending and reaping worker processes. Any thread. */
#ifndef EXTRACT_LANE_SPAWN_H
#define EXTRACT_LANE_SPAWN_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/error.h"

/* Starts this program again as a worker, in a process group of its own (so
 * that Ctrl-C reaches only us), with /dev/null on 0-2 and the other end of
 * *FD on SERVE_FD. 0, or -1 and E. */
int spawn_worker(pid_t *pid, int *fd, struct error *e);

/* Waits for PID, for SECONDS at most. True: *STATUS is as waitpid gives it.
 * False: it has not ended, and spawn_kill is to follow. */
bool spawn_wait(pid_t pid, double seconds, int *status);

/* Ends PID, and hardly waits for it. */
void spawn_kill(pid_t pid);

/* Reaps what has ended of those that were not waited for. */
void spawn_reap(void);

#endif
