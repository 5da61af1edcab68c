/* SPDX-License-Identifier: GPL-3.0-or-later */
/* priority.h - standing back behind other programs. */
#ifndef EXTRACT_BASE_PRIORITY_H
#define EXTRACT_BASE_PRIORITY_H

#include <stdbool.h>

/* This process, and what it starts from now on, gets CPUs and disks last: the lowest
 * nice value, and the idle class of I/O (ioprio_set(2)). Call before there are other
 * threads. What the system does not do is left. */
void priority_lower(void);

/* Whether this process has stood back so. */
bool priority_is_low(void);

/* Where the kernel shares CPUs among sessions first (sched(7), autogroup) a nice value
 * counts within one alone: the session that this process leads stands back as it does.
 * Nothing, if it leads none, or has not stood back. */
void priority_lower_session(void);

#endif
