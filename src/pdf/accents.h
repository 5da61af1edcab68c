/* SPDX-License-Identifier: GPL-3.0-or-later */
/* accents.h - letters that are put together on the page of a letter and an accent, as TeX
 * does with fonts that have no other: "´" and "e" in one place. */
#ifndef EXTRACT_PDF_ACCENTS_H
#define EXTRACT_PDF_ACCENTS_H

#include "pdf/reader.h"

/* Puts accents behind their letters, as marks that combine. */
void accents_join(struct glyph *glyphs, size_t count);

#endif
