/* SPDX-License-Identifier: GPL-3.0-or-later */
/* summary.h - what a manifest tells of an output as a whole, as JSON. */
#ifndef EXTRACT_STORE_SUMMARY_H
#define EXTRACT_STORE_SUMMARY_H

#include <jansson.h>

#include "store/database.h"

/* An object with documents, pages, bytes, text_bytes, by_type, and up to ROWS rows
 * of each of runs (the latest first), slowest and failures (the most frequent first):
 * man extract says what is in them. To be released by json_decref; NULL and E. */
json_t *summary_read(struct database *d, int rows, struct error *e);

#endif
