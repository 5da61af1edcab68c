/* SPDX-License-Identifier: GPL-3.0-or-later */
/* awake.h - waiting for a worker, by a clock that stands while we are stopped. */
#ifndef EXTRACT_LANE_AWAKE_H
#define EXTRACT_LANE_AWAKE_H

#include "lane/frame.h"

/* As frame_receive, but *DEADLINE moves on by the time in which we did not run
 * ourselves (stopped, suspended): that is nobody's, since the worker is stopped
 * with us as a rule. A worker that sleeps, or is stopped alone, is late. */
enum frame_got awake_receive(struct frame_reader *r, double *deadline,
                             struct frame *frame);

#endif
