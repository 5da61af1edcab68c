/* SPDX-License-Identifier: GPL-3.0-or-later */
/* glyphnumbers.h - whether a font numbers its glyphs by their characters ("g72", "g101"
 * for "He"), which no name alone can tell: glyphs are numbered by their place in the font
 * file as well. */
#ifndef EXTRACT_PDF_GLYPHNUMBERS_H
#define EXTRACT_PDF_GLYPHNUMBERS_H

#include <stdbool.h>
#include <stdint.h>

#include "pdf/syntax.h"

/* NAMES by code, of those that mean nothing by themselves (AT NULL: none). True: all are
 * numbers behind the same letters, and look like the text of some language in Latin
 * letters, as their codes do not; then UNICODE is filled, 0 where there is no name. Places
 * in a file do not look so: small letters would be few, and numbers below 32 many. */
bool glyphnumbers_read(const struct span names[256], uint32_t unicode[256]);

#endif
