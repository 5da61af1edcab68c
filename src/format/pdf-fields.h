/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf-fields.h - text that is shown on a page without being part of its content:
 * the values of form fields, and annotations of free text. */
#ifndef EXTRACT_FORMAT_PDF_FIELDS_H
#define EXTRACT_FORMAT_PDF_FIELDS_H

#include <poppler.h>
#include <stdbool.h>

#include "base/buffer.h"
#include "format/boxes.h"

/* Appends to BOXES, within the rectangles in which they stand, and to RAW, a
 * line or more for each. Either may be NULL. Costs nothing on a page without
 * annotations. */
void fields_read(PopplerPage *page, struct boxes *boxes, struct buffer *raw);

/* As those of pdf-glyphs.h. */
bool fields_prepare(void);
const char *fields_missing(void);

#endif
