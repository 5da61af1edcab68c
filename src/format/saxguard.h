/* SPDX-License-Identifier: GPL-3.0-or-later */
/* saxguard.h - what is done to a document of XML before libxml2 sees it. */
#ifndef EXTRACT_FORMAT_SAXGUARD_H
#define EXTRACT_FORMAT_SAXGUARD_H

#include <stdbool.h>

#include "base/buffer.h"
#include "format/sax.h"

/* Blanks the document type declaration, so that libxml2 keeps no entities and
 * default attributes of it, takes out what HANDLER has no use for, and refuses tags
 * with endless attributes. False: not for libxml2. */
bool sax_guard(struct buffer *source, struct sax_handler *handler);

/* Whether the document type declaration, which is still there, names anything
 * outside, where entities may be declared (XML 1.0, 4.1): a reference to one that
 * nobody knows is no fault then. */
bool sax_is_open(const struct buffer *source);

#endif
