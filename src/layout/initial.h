/* SPDX-License-Identifier: GPL-3.0-or-later */
/* initial.h - large initials, as high as some lines beside them, put into the
 * first of these lines. */
#ifndef EXTRACT_LAYOUT_INITIAL_H
#define EXTRACT_LAYOUT_INITIAL_H

#include "layout/glyph.h"

/* Sets each initial among G as a letter of the line beside its top, and has the
 * other lines beside it begin where it does, as those below. Takes one pass over
 * the glyphs for a few initials each. */
void initials_lower(struct glyphs *g);

#endif
