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

#endif
