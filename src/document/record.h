/* SPDX-License-Identifier: GPL-3.0-or-later */
/* record.h - a result as a JSON object: the rows of --stats, the records of
 * JSON Lines, and what databases keep of metadata. docs/record.schema.json
 * says what is in it. */
#ifndef EXTRACT_DOCUMENT_RECORD_H
#define EXTRACT_DOCUMENT_RECORD_H

#include <jansson.h>

#include "base/buffer.h"
#include "document/result.h"

enum record_flags {
    RECORD_TIMINGS = 1 /* "seconds" and "lane_seconds", which no run repeats */
};

/* All of R but its text. R is concluded. To be released by json_decref. */
json_t *record_document(const struct result *r, unsigned flags);

/* What is known of PAGE of R but its text: where it is, and what became of it.
 * R is concluded, and PAGE is one of its pages. */
json_t *record_page(const struct result *r, int page);

/* The error of PAGE, or NULL: it has none that R keeps. */
const struct error *record_page_error(const struct result *r, int page);

/* The metadata as one object; of a key that repeats (authors) an array. */
json_t *record_metadata(const struct metadata *m);

/* Sets "path" in the object ROW, and "path_base64" to its exact bytes when it is
 * not UTF-8. */
void record_put_path(json_t *row, const char *path);

/* TEXT as a string; bytes that are not UTF-8 are replaced. */
json_t *record_string(const char *text);

/* Appends VALUE to B and releases it. FLAGS are jansson's: JSON_COMPACT. */
void record_dump(struct buffer *b, json_t *value, size_t flags);

/* NANOSECONDS since 1970 as "2024-03-01T12:00:00.000000001Z" in BUFFER, the
 * fraction left out when it is 0. */
#define RECORD_TIME_SIZE 48
void record_time(int64_t nanoseconds, char *buffer);

#endif
