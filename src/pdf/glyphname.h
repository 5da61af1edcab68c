/* SPDX-License-Identifier: GPL-3.0-or-later */
/* glyphname.h - what the name of a glyph means, by Adobe's glyph list and its rules for
 * names that are not on it, and by the names of TeX's fonts. */
#ifndef EXTRACT_PDF_GLYPHNAME_H
#define EXTRACT_PDF_GLYPHNAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pdf/syntax.h"

/* A text of sorted "name;hex,hex " entries, made by scripts/pdf-tables. */
struct glyphname_list {
    const char *text;
    size_t size;
};
extern const struct glyphname_list glyphname_list, glyphname_dingbats;

/* Fills UNICODE and returns how many of its ROOM; 0: the name says nothing. DINGBATS: it
 * is a name of ZapfDingbats first. A name of no use, and ".notdef", say nothing. */
size_t glyphname_unicode(struct span name, bool dingbats, uint32_t *unicode, size_t room);

/* The one character that it means, be it a ligature of "f_i"; 0: nothing, or several. */
uint32_t glyphname_one(struct span name);

/* The number in names that are but numbers, with at most two letters before it ("a65",
 * "65"; HEX: two digits behind one letter or none, "A1f"). Whether numbers are codes is
 * for those to judge who see all names of the font. */
bool glyphname_number(struct span name, bool hex, uint32_t *number);
/* "A1f" or "1f": two digits, with at least one that is no decimal digit. */
bool glyphname_is_hex(struct span name);

#endif
