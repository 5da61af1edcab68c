/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf-raw.h - a page's text in the order of its content, as the engine "native" gives it. */
#ifndef EXTRACT_FORMAT_PDF_RAW_H
#define EXTRACT_FORMAT_PDF_RAW_H

#include "base/buffer.h"
#include "pdf/reader.h"

/* Appends the text of P to OUT, which is empty, with a line's end behind it. */
void raw_append(const struct reader_page *p, struct buffer *out);

#endif
