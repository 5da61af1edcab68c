/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sheetmargin.h - the codes in headers and footers of sheets, which all of
 * Excel's formats write alike ([MS-XLS] 2.4.136, ECMA-376 part 1, 18.3.1.39). */
#ifndef EXTRACT_FORMAT_SHEETMARGIN_H
#define EXTRACT_FORMAT_SHEETMARGIN_H

#include "base/buffer.h"

/* Appends the texts of a header or footer, which is UTF-8: left, middle and right
 * with tabs in between, and a newline. A part that only numbers pages ("Page &P of
 * &N") is left out, as it says nothing without its numbers. */
void sheetmargin_append(struct buffer *out, const char *p, size_t size);

#endif
