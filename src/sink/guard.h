/* SPDX-License-Identifier: GPL-3.0-or-later */
/* guard.h - a small process that outlives a run that is killed, and cuts the
 * file of records back to its last whole one. */
#ifndef EXTRACT_SINK_GUARD_H
#define EXTRACT_SINK_GUARD_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/* The argument that makes the program a guard, and its descriptors. */
#define GUARD_ARGUMENT "--guard"
enum { GUARD_FILE_FD = 3, GUARD_MARK_FD, GUARD_PIPE_FD };

struct guard;

/* Guards the regular file FD, which is its own from now on as well: a lock on it
 * lasts until both have let go. When no process can be had there is none, which
 * is noted. Never NULL. */
struct guard *guard_start(int fd);

/* Where the file's last whole record ends: up to there it stays. For its user to
 * set, UINT64_MAX until then. */
_Atomic uint64_t *guard_mark(struct guard *guard);

/* The file is as it is to be: ends the process. Takes NULL. */
void guard_stop(struct guard *guard);

/* Whether ARGV is that of a guard. */
bool guard_is_guard(int argc, char **argv);

/* Waits until the run is gone. The exit status. */
int guard_serve(void);

#endif
