/* SPDX-License-Identifier: GPL-3.0-or-later */
/* metadata.h - what a document says of itself, as a short list of keys; and the
 * bookmarks that lead to its pages. */
#ifndef EXTRACT_DOCUMENT_METADATA_H
#define EXTRACT_DOCUMENT_METADATA_H

#include <stdbool.h>
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

struct bookmark {
    char *title; /* owned; valid UTF-8, one line, never empty */
    int page;    /* where it leads to, from 1; 0: to none, or not in here */
    int depth;   /* from 1; below the last one before it that is less deep */
};

/* A zeroed struct is an empty list. */
struct metadata {
    struct metadata_entry *entries;
    size_t count;
    struct bookmark *bookmarks; /* in their order */
    size_t bookmark_count, bookmark_room;
    size_t bookmark_bytes; /* of all titles */
};

/* Longest value and most entries that are kept: values come from documents. */
#define METADATA_VALUE_MAX 4096
#define METADATA_ENTRIES_MAX 64

/* The same of bookmarks: books of thousands of pages have some thousand. What
 * reads a document sends all of it in one frame (lane/frame.h). */
#define METADATA_BOOKMARK_MAX 1024
#define METADATA_BOOKMARKS_MAX 8192
#define METADATA_BOOKMARKS_BYTES ((size_t)512 << 10)
#define METADATA_BOOKMARK_DEPTH 64

/* Adds a copy of VALUE: made valid UTF-8, white space folded to single blanks
 * and trimmed, cut at METADATA_VALUE_MAX. NULL and blank values are dropped. */
void metadata_add(struct metadata *m, const char *key, const char *value);

/* The same for a moment, in seconds since 1970, as "2024-03-01T12:00:00Z". */
void metadata_add_time(struct metadata *m, const char *key, int64_t seconds);

/* Adds a bookmark with a copy of TITLE, as above but cut at METADATA_BOOKMARK_MAX.
 * NULL and blank ones are dropped. Returns false when there is no room: nothing
 * is added then. */
bool metadata_add_bookmark(struct metadata *m, const char *title, int page,
                           int depth);

/* The first value of KEY, or NULL. Stays M's. */
const char *metadata_get(const struct metadata *m, const char *key);

void metadata_move(struct metadata *to, struct metadata *from);
void metadata_clear(struct metadata *m);

#endif
