/* SPDX-License-Identifier: GPL-3.0-or-later */
/* metadata.h - what a document says of itself, as a short list of keys. */
#ifndef EXTRACT_DOCUMENT_METADATA_H
#define EXTRACT_DOCUMENT_METADATA_H

#include <stddef.h>
#include <stdint.h>

/* Keys in use: "title" "author" "subject" "keywords" "language" "publisher"
 * "identifier" "creator" (program) "producer" "created" "modified" (ISO 8601)
 * "version" ("PDF-1.7", "EPUB 3.0") "encrypted" ("yes") "charset" (what a
 * text was decoded from) "narrator" and "duration" (of a book that is read out,
 * as it says: "1:36:20") "attachments" (how many a PDF has embedded). A key may repeat (several authors). */
struct metadata_entry {
    const char *key; /* static */
    char *value;     /* owned; valid UTF-8, one line, never empty */
};

/* All of them, a NULL at the end. */
extern const char *const metadata_keys[];

/* A zeroed struct is an empty list. */
struct metadata {
    struct metadata_entry *entries;
    size_t count;
};

/* Longest value and most entries that are kept: values come from documents. */
#define METADATA_VALUE_MAX 4096
#define METADATA_ENTRIES_MAX 64

/* Adds a copy of VALUE: made valid UTF-8, white space folded to single blanks
 * and trimmed, cut at METADATA_VALUE_MAX. NULL and blank values are dropped. */
void metadata_add(struct metadata *m, const char *key, const char *value);

/* The same for a moment, in seconds since 1970, as "2024-03-01T12:00:00Z". */
void metadata_add_time(struct metadata *m, const char *key, int64_t seconds);

/* The first value of KEY, or NULL. Stays M's. */
const char *metadata_get(const struct metadata *m, const char *key);

void metadata_move(struct metadata *to, struct metadata *from);
void metadata_clear(struct metadata *m);

#endif
