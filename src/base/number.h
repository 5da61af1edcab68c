/* SPDX-License-Identifier: GPL-3.0-or-later */
/* number.h - numbers as a user types them. Strict: the whole string, decimal
 * digits only, no sign, no blanks; what overflows is an error, never a clamp. */
#ifndef EXTRACT_BASE_NUMBER_H
#define EXTRACT_BASE_NUMBER_H

#include <stdint.h>

/* Each returns 0, or -1 and leaves its target as it was. */

/* Bytes, with one of the suffixes K, M, G, T (either case) for powers of
 * 1024: "0", "65536", "10M". */
int number_parse_size(const char *text, uint64_t *bytes);

/* MIN is at least 0. */
int number_parse_int(const char *text, int min, int max, int *value);

/* "90" or "0.5", with a point whatever the locale says; at most
 * NUMBER_SECONDS_MAX, so that it can be added to any clock. */
#define NUMBER_SECONDS_MAX 1e9
int number_parse_seconds(const char *text, double *seconds);

#endif
