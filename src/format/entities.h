/* SPDX-License-Identifier: GPL-3.0-or-later */
/* entities.h - the entities that a chapter declares itself, in the internal
 * subset of its document type declaration. */
#ifndef EXTRACT_FORMAT_ENTITIES_H
#define EXTRACT_FORMAT_ENTITIES_H

#include "base/buffer.h"
#include "base/error.h"

/* The bounds against entity bombs. Declarations past the first so many are not
 * looked at; a DTD of all of HTML's has 253. */
#define ENTITIES_MOST 1024
/* Bytes of a value. */
#define ENTITIES_VALUE 4096
/* Entities within each other. */
#define ENTITIES_DEPTH 8
/* Bytes that all references of a chapter together may come to, each one
 * counted as ENTITIES_COST more, or empty ones within each other would be a
 * bomb for the clock. */
#define ENTITIES_TOTAL ((size_t)1 << 20)
#define ENTITIES_COST 8

/* Replaces in SOURCE (valid UTF-8) the references to internal general entities
 * that it declares, in text and in attributes, by what they stand for, which
 * is markup to be parsed (XML 1.0, 4.4). The first declaration of a name
 * counts; XML's own five stay what they are. Parameter entities and external
 * ones are never looked at: references to them stay as they are written.
 * Takes linear time. Returns 0; or -1 and E, with SOURCE unchanged, when one
 * of the bounds is reached. */
int entities_expand(struct buffer *source, struct error *e);

#endif
