/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fontmake.h - a PDF file of one font that a test puts together, and what is read by it. */
#ifndef EXTRACT_TESTS_FONTMAKE_H
#define EXTRACT_TESTS_FONTMAKE_H

#include "pdf/font.h"

#define FILE_MOST 65536 /* bytes */

/* Of the last font. */
extern struct objects *objects;
extern struct fonts *fonts;

/* A file of FONT, which is object 5, and MORE objects. */
const struct font *make(const char *font, const char *more);
/* A stream of TEXT as object NUMBER; the next call overwrites it. */
const char *stream(int number, const char *dictionary, const char *text);
void done(void);

/* What the string STRING of SIZE bytes shows: "?" for what is not known, "." for
 * nothing, other than ASCII as <hex>. */
const char *shown(const struct font *f, const char *string, size_t size);
#define cr_shows(f, string, text) cr_assert_str_eq(shown(f, string, sizeof string - 1), text)

/* Of the first glyph of STRING. */
double width(const struct font *f, const char *string);

/* A TrueType font of one table, "cmap", that has glyph 3 for A and 4 for B. */
#define TRUETYPE "00010000 0001 0000 0000 0000 636D6170 00000000 0000001C 0000002C" \
                 "0000 0001 0003 0001 0000000C 0004 0020 0000 0004 0000 0000 0000"  \
                 "0042 FFFF 0000 0041 FFFF FFC2 0001 0000 0000"

#endif
