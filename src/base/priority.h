/* SPDX-License-Identifier: GPL-3.0-or-later */
/* priority.h - standing back behind other programs. */
#ifndef EXTRACT_BASE_PRIORITY_H
#define EXTRACT_BASE_PRIORITY_H

/* This process, and what it starts from now on, gets CPUs and disks last: the lowest
 * nice value, and the idle class of I/O (ioprio_set(2)). Call before there are other
 * threads. What the system does not do is left. */
void priority_lower(void);

#endif
