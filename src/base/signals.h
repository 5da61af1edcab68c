/* SPDX-License-Identifier: GPL-3.0-or-later */
/* signals.h - SIGINT, SIGTERM and SIGHUP by a thread of their own: the first
 * asks for an orderly end, the second ends the program at once. */
#ifndef EXTRACT_BASE_SIGNALS_H
#define EXTRACT_BASE_SIGNALS_H

#include <stdbool.h>

/* Blocks the three signals in the calling thread (and so in all that it
 * starts), ignores SIGPIPE, and starts the thread. Signals that were ignored
 * at start-up (nohup) stay ignored. ON_STOP (may be NULL) is called in that
 * thread at the first signal with CTX; it must not block, or the second signal
 * waits too. A program started from here inherits the blocked mask and the
 * ignored SIGPIPE: its spawner must undo both. Call once, before there are
 * other threads. */
void signals_start(void (*on_stop)(void *ctx), void *ctx);

/* Before signals_start: SIGNUM is blocked as well, and asks for no end. CALL is called
 * in that thread, each time; it must not block. One signal
 * in a program. */
void signals_call(int signum, void (*call)(void));

/* The signal that came first, or 0. Any thread. */
int signals_caught(void);

/* A descriptor that polls readable from the first signal on, once ON_STOP has
 * been called (nobody may read it); -1 before start. */
int signals_fd(void);

/* Called in the signal thread before the second signal ends the program, to
 * remove temporary files. Must not take locks that a stuck thread may hold. */
void signals_set_cleanup(void (*cleanup)(void));

/* Ends the program by SIGNUM as if it had never been caught. */
_Noreturn void signals_die(int signum);

#endif
