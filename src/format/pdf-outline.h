/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf-outline.h - a PDF's outline (ISO 32000-1, 12.3.3), which readers show as
 * bookmarks. */
#ifndef EXTRACT_FORMAT_PDF_OUTLINE_H
#define EXTRACT_FORMAT_PDF_OUTLINE_H

#include <poppler.h>
#include <stdbool.h>

#include "document/metadata.h"

/* Adds the bookmarks of DOCUMENT, which has PAGES pages, to M in their order,
 * those that are folded too. One that leads elsewhere, or nowhere, has no page.
 * Bounded, also when they go in circles; costs nothing without an outline. */
void outline_read(PopplerDocument *document, int pages, struct metadata *m);

/* As those of pdf-glyphs.h. */
bool outline_prepare(void);
const char *outline_missing(void);

#endif
