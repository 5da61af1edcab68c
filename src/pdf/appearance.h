/* SPDX-License-Identifier: GPL-3.0-or-later */
/* appearance.h - what annotations show that are part of a page's text: form fields and
 * free text, by their appearance streams (12.5.5). Notes, links and stamps are not. */
#ifndef EXTRACT_PDF_APPEARANCE_H
#define EXTRACT_PDF_APPEARANCE_H

#include "pdf/draw.h"

/* Adds those of PAGE to D's glyphs, after draw_page. */
void appearance_draw(struct draw *d, const struct pagetree_page *page);

#endif
