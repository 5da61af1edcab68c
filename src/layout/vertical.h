/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vertical.h - Chinese and Japanese in columns from top to bottom, which engines
 * may give row by row. */
#ifndef EXTRACT_LAYOUT_VERTICAL_H
#define EXTRACT_LAYOUT_VERTICAL_H

#include "layout/glyph.h"

/* Turns the glyphs that stand in such columns down, where most of the page does.
 * Their coordinates are still those of the page. */
void vertical_find(struct glyphs *g);

#endif
