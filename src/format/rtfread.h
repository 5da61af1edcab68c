/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rtfread.h - Rich Text Format to text: one pass over the bytes.
 *   in    tables as rows, marks of lists, results of fields, text of shapes
 *         behind their paragraph; headers before the body; footnotes, endnotes,
 *         comments and footers behind it
 *   out   hidden and deleted text, pictures, embedded objects, soft hyphens */
#ifndef EXTRACT_FORMAT_RTFREAD_H
#define EXTRACT_FORMAT_RTFREAD_H

#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"
#include "document/metadata.h"

/* Appends the text of DATA to TEXT and what it says of itself to METADATA.
 * Returns 0; or -1 and E: its end is missing, TEXT has what was there. */
int rtf_read(const char *data, size_t size, struct buffer *text,
             struct metadata *metadata, struct error *e);

#endif
