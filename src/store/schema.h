/* SPDX-License-Identifier: GPL-3.0-or-later */
/* schema.h - the tables of a manifest, and of a corpus, which is a manifest with
 * the text of all pages and an index of its words:
 *
 *   runs         a row for each run into this output
 *   documents    a row for each input of them: what became of it last
 *   page_errors  neighbouring pages of a document with the same error
 *   metadata     keys and values; a key may repeat
 *   bookmarks    what leads to the pages; depth and page from 1, NULL: to none
 *   pages        (corpus) the text
 *   search       (corpus) FTS5 over pages.text, by the rowid pages.id
 *
 * Triggers keep the index and the children of a document in step with what is
 * written to documents and pages, whoever writes. */
#ifndef EXTRACT_STORE_SCHEMA_H
#define EXTRACT_STORE_SCHEMA_H

#include "store/database.h"

/* "xtrc": PRAGMA application_id of our databases. */
#define SCHEMA_APPLICATION 0x78747263
/* PRAGMA user_version: what a later program has to know. */
#define SCHEMA_VERSION 2

enum schema_kind {
    SCHEMA_MANIFEST,
    SCHEMA_CORPUS,         /* indexed by words, without their diacritics */
    SCHEMA_CORPUS_TRIGRAMS /* indexed by three letters each: for text without
                              spaces, and for parts of words */
};

/* Makes the tables in an empty database; what is there already stays. 0, or -1
 * and E: it is somebody else's database, of a later version, or of another kind
 * (with or without pages, or by words where trigrams are asked for). */
int schema_apply(struct database *d, enum schema_kind kind, struct error *e);

/* Whether D, which is one of ours, has pages; -1 and E: it is none of ours. */
int schema_has_pages(struct database *d, struct error *e);

#endif
