/* SPDX-License-Identifier: GPL-3.0-or-later */
/* memory.h - tells a worker's death for want of memory from a crash: both are
 * SIGABRT, from C++'s terminate or GLib's abort. */
#ifndef EXTRACT_LANE_MEMORY_H
#define EXTRACT_LANE_MEMORY_H

/* Exit status of a worker that died for want of memory. */
#define MEMORY_EXIT 86

/* Installs handlers for the ways in which parsers give up (SIGABRT, SIGTRAP)
 * or use what they were not given (SIGSEGV near NULL): when an allocation has
 * failed before, the worker exits with MEMORY_EXIT, else it dies of the
 * signal. An allocation that fails does not end it: parsers survive some. */
void memory_watch(void);

/* What failed so far was survived: what comes next is no consequence of it. */
void memory_forgive(void);

#endif
