/* SPDX-License-Identifier: GPL-3.0-or-later */
/* awake.c - waits in short slices: when one ends much later than it should, we
 * did not run. */
#include <config.h>

#include "base/clock.h"
#include "lane/awake.h"

/* Longest wait at one go, in seconds; and how much later than asked for one ends
 * when we were not stopped, on a busy machine. */
#define AWAKE_SLICE 1.0
#define AWAKE_STOPPED 0.5

enum frame_got awake_receive(struct frame_reader *r, double *deadline,
                             struct frame *frame)
{
    for (;;) {
        double now = clock_now();
        double until = now + AWAKE_SLICE;
        if (until > *deadline)
            until = *deadline;
        enum frame_got got = frame_receive(r, until, frame);
        double over = clock_now() - (until > now ? until : now);
        if (over > AWAKE_STOPPED)
            *deadline += over;
        if (got != FRAME_LATE || until == *deadline)
            return got;
    }
}
