/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pace.h - how fast a worker's pages come. To be woken for each of them costs as much
 * as a small page does, so those that come fast are left in the socket until there
 * are several. None is held back at its worker, whose end would take it along. */
#ifndef EXTRACT_LANE_PACE_H
#define EXTRACT_LANE_PACE_H

#include <stddef.h>

struct pace {
    double since;  /* when the pages began that are counted here */
    int pages;
    size_t bytes;
};

/* A request begins at NOW (seconds). */
void pace_begin(struct pace *p, double now);

/* A page of BYTES has come. */
void pace_add(struct pace *p, size_t bytes);

/* All that has come by NOW is read, and LEFT pages are to come: how long to let them
 * gather, in seconds; 0: not at all. The next pages are counted anew. */
double pace_rest(struct pace *p, int left, double now);

#endif
