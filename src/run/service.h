/* SPDX-License-Identifier: GPL-3.0-or-later */
/* service.h - a watch as a service: its manager is told when it is ready, how it goes
 * on and that it ends, and gets signs of life while the scheduler answers. */
#ifndef EXTRACT_RUN_SERVICE_H
#define EXTRACT_RUN_SERVICE_H

#include "run/watching.h"
#include "sched/sched.h"

struct service; /* opaque */

/* Starts it, with a thread where the manager waits for signs of life. Borrows both until
 * service_stop. Never NULL. */
struct service *service_start(struct watching *watching, struct sched *sched);

/* It has been told to end, and finishes what is at work. Any thread. */
void service_ends(void);

/* Before sched_destroy. Takes NULL. */
void service_stop(struct service *s);

#endif
