/* SPDX-License-Identifier: GPL-3.0-or-later */
/* standardfont.h - the standard 14 fonts (9.6.2.2), which need not say their widths, and
 * the names that other fonts are known by which have the same. */
#ifndef EXTRACT_PDF_STANDARDFONT_H
#define EXTRACT_PDF_STANDARDFONT_H

#include "pdf/codetables.h"
#include "pdf/syntax.h"

struct standardfont; /* opaque, lasting */

/* The one called NAME; NULL: it is none of them. */
const struct standardfont *standardfont_find(struct span name);
/* The one most like a font whose descriptor has FLAGS (9.8.2), for widths that are not
 * said. */
const struct standardfont *standardfont_like(int64_t flags);

bool standardfont_is_symbolic(const struct standardfont *f); /* symbols or dingbats */
enum encoding standardfont_encoding(const struct standardfont *f);
/* In thousandths of the size, of a character (of CODE for symbols); 0: not known. */
double standardfont_width(const struct standardfont *f, unsigned code, uint32_t unicode);
/* Sets both, at size 1, unless F is NULL. */
void standardfont_describe(const struct standardfont *f, double *ascent, double *descent);

#endif
