/* SPDX-License-Identifier: GPL-3.0-or-later */
/* doctext.h - the characters of a Word document to lines. */
#ifndef EXTRACT_FORMAT_DOCTEXT_H
#define EXTRACT_FORMAT_DOCTEXT_H

#include "base/buffer.h"
#include "format/docfile.h"

/* Appends to OUT, an empty buffer: headers, the body, footnotes, endnotes,
 * comments, text boxes, footers, with blank lines in between. A paragraph is
 * a line, a table's row too, with tabs between its cells; fields show their
 * results; what is hidden or deleted is left out. */
void doc_text(const struct doc_file *f, struct buffer *out);

#endif
