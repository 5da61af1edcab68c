/* SPDX-License-Identifier: GPL-3.0-or-later */
/* clock.h - time in seconds, as double. */
#ifndef EXTRACT_BASE_CLOCK_H
#define EXTRACT_BASE_CLOCK_H

/* Monotonic seconds since an arbitrary moment. */
double clock_now(void);

/* Seconds since 1970, as the system's clock says. */
double clock_time(void);

/* CPU seconds, user and system, of this process and its reaped children. */
double clock_cpu(void);

#endif
