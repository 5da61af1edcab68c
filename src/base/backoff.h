/* SPDX-License-Identifier: GPL-3.0-or-later */
/* backoff.h - the pauses between attempts at what may pass. */
#ifndef EXTRACT_BASE_BACKOFF_H
#define EXTRACT_BASE_BACKOFF_H

/* Sleeps before what was tried ATTEMPT + 1 times is tried again: 50 ms, doubled
 * with each attempt up to 2 s; half of it by chance, so that those who failed
 * together do not come back together. Not once the run is being stopped. */
void backoff_pause(int attempt);

#endif
