/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pages.h - which pages of a document are wanted (--pages=1-3,7). Pages count
 * from 1. */
#ifndef EXTRACT_DOCUMENT_PAGES_H
#define EXTRACT_DOCUMENT_PAGES_H

#include <stdbool.h>

#include "base/error.h"

struct pages; /* opaque; immutable once made, so any thread may read it */

/* Parses "1-3,7", "5-" (to the end), "-3" (from the start), "-" (all).
 * Overlaps are joined; the order of the list does not matter. NULL and E with
 * a sentence that names the wrong part when TEXT is not such a list. */
struct pages *pages_parse(const char *text, struct error *e);
void pages_destroy(struct pages *p);

/* How many of the pages 1..COUNT are wanted. P may be NULL: all. */
int pages_wanted(const struct pages *p, int count);

/* The page that stands at INDEX (0 up to pages_wanted()-1) among the wanted
 * ones, in rising order. */
int pages_at(const struct pages *p, int index);

#endif
