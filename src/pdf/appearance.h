/* SPDX-License-Identifier: GPL-3.0-or-later */
/* appearance.h - what annotations show: form fields, free text, stamps and others, by their
 * appearance streams (12.5.5). */
#ifndef EXTRACT_PDF_APPEARANCE_H
#define EXTRACT_PDF_APPEARANCE_H

#include "pdf/draw.h"

/* Adds those of PAGE to D's glyphs, after draw_page. */
void appearance_draw(struct draw *d, const struct pagetree_page *page);

#endif
