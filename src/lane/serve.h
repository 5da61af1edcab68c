/* SPDX-License-Identifier: GPL-3.0-or-later */
/* serve.h - the worker's side of a process lane: this program, started again,
 * that parses in a sandbox what its parent passes to it. */
#ifndef EXTRACT_LANE_SERVE_H
#define EXTRACT_LANE_SERVE_H

#include <stdbool.h>

/* The argument that makes the program a worker, and the descriptor of its
 * socket. */
#define SERVE_ARGUMENT "--worker"
#define SERVE_FD 3

/* Whether ARGV is that of a worker. */
bool serve_is_worker(int argc, char **argv);

/* Serves requests until the parent is gone. The exit status. */
int serve(void);

#endif
