/* SPDX-License-Identifier: GPL-3.0-or-later */
/* limits.h - descriptors and threads: how many of them may be had, and what to
 * do when there are none. Any thread. */
#ifndef EXTRACT_BASE_LIMITS_H
#define EXTRACT_BASE_LIMITS_H

#include <stdbool.h>

/* Raises the soft limit on descriptors to the hard one. */
void limits_raise_descriptors(void);

/* Descriptors that are open, and in *MOST, which may be NULL, that may be (INT_MAX: any
 * number). */
int limits_open(int *most);

/* Descriptors that may still be opened; INT_MAX at most. */
int limits_descriptors(void);

/* How many of WANTED more threads can be had, each with the default stack: when
 * a limit may be near as many are started and ended again. */
int limits_threads(int wanted);

/* Whether ERRNUM is a want of descriptors that may pass, and the call is to be
 * made again: then it has waited, at most two seconds. *ATTEMPT counts, from
 * 0; after some 10 seconds in all the answer is no. */
bool limits_wait_descriptor(int errnum, int *attempt);

#endif
