/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sax.h - markup as a stream of events: by libxml2 when it is well-formed
 * XML, by a tolerant tokenizer (soup.h) when it is not. */
#ifndef EXTRACT_FORMAT_SAX_H
#define EXTRACT_FORMAT_SAX_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"

/* Strings stand only for the length of the call. */
struct sax_attribute {
    const char *prefix; /* "epub" of epub:type; NULL: none */
    const char *name;
    const char *value;  /* not NUL-terminated; valid UTF-8 */
    size_t size;
};

/* Start and end always come in pairs, rightly nested, at most SAX_DEPTH deep.
 * NAME is the local name, PREFIX what stood before its colon, or NULL. */
struct sax_handler {
    void (*start)(struct sax_handler *handler, const char *prefix,
                  const char *name, const struct sax_attribute *attributes,
                  size_t count);
    void (*end)(struct sax_handler *handler, const char *name);
    void (*text)(struct sax_handler *handler, const char *text, size_t size);
    /* Whether an element says nothing by its attributes, and nothing at all when it is
     * empty, unless it has an attribute of the local name TELLING: sax_parse() leaves
     * these out, which is faster, and finds few of their faults. NAME is as it is
     * written, with its prefix. NULL: none is dull. */
    bool (*is_dull)(struct sax_handler *handler, const char *name, size_t size);
    const char *telling;
    /* HTML's title comes as text too: for who reads a page's head. */
    bool wants_title;
};

/* For handlers that have no use for these. */
void sax_no_end(struct sax_handler *handler, const char *name);
void sax_no_text(struct sax_handler *handler, const char *text, size_t size);

/* libxml2 refuses documents that nest deeper than this. */
#define SAX_DEPTH 256

/* Attributes of one element: libxml2 compares each with all before it. No
 * vocabulary has a hundred. */
#define SAX_ATTRIBUTES 256

/* Loads libxml2, unless it is there, and silences it; any thread. False and
 * *WHY: it is missing, and no markup is well-formed, no character named. */
bool sax_prepare(const char **why);

/* The same, for who cannot go on without it: false and E. */
bool sax_require(struct error *e);

/* "2.9.14"; "(missing)". To be freed. */
char *sax_library_version(void);

/* Parses SOURCE (valid UTF-8), which may be changed on the way. Nothing that
 * it declares or points to is ever used: the document type declaration is
 * taken out, so entities are those of XML and HTML only (its own are replaced
 * before, by entities.h); those that may be declared outside come as they are
 * written. Returns 0, or -1 when
 * it is not well-formed; the events up to there have been sent. */
int sax_parse(struct buffer *source, struct sax_handler *handler);

/* The same for XML that comes in pieces, in UTF-8 or UTF-16 (by its mark), and
 * without a document type declaration. At a fault the ends of what is open are
 * not sent. */
struct sax_stream; /* opaque */

/* NULL: libxml2 is missing, or memory is out. */
struct sax_stream *sax_stream_create(struct sax_handler *handler);

/* 0; or -1: not well-formed, and nothing more is sent. A zipfile_piece. */
int sax_stream_feed(void *stream, const char *data, size_t size);

/* No more events: the handler has what it wants. */
void sax_stream_stop(struct sax_stream *stream);

/* After the last piece: 0; or -1: not well-formed, or not whole. Destroys
 * STREAM. */
int sax_stream_finish(struct sax_stream *stream);

/* True when NAME (of SIZE bytes, without "&" and ";") is a named character
 * of XML or HTML, which goes to *CODE. */
bool sax_named_character(const char *name, size_t size, unsigned *code);

/* The attribute without prefix of that name, or NULL. */
const struct sax_attribute *sax_find(const struct sax_attribute *attributes,
                                     size_t count, const char *name);

#endif
