/* SPDX-License-Identifier: GPL-3.0-or-later */
/* textstring.h - PDF's text strings (7.9.2.2): UTF-16, UTF-8 or PDFDocEncoding. */
#ifndef EXTRACT_PDF_TEXTSTRING_H
#define EXTRACT_PDF_TEXTSTRING_H

#include "pdf/objects.h"

/* The string V, which is resolved, as UTF-8 in ARENA, with its NUL; one that is in it
 * ends it, as in poppler. What is no character is U+FFFD; then *SOUND, unless NULL, is
 * false, and so when it ends in half of one. NULL: it is no string, or ARENA is over. */
const char *textstring_read(struct objects *o, const struct value *v,
                            struct arena *arena, bool *sound);

/* The next character of TEXT, which is such UTF-8; *TEXT moves. False: it is at its end. */
bool textstring_next(const char **text, uint32_t *code);

#endif
