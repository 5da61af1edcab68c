/* SPDX-License-Identifier: GPL-3.0-or-later */
/* accents.h - letters that are put together on the page of a letter and an accent, as TeX
 * does with fonts that have no other: "´" and "e" in one place. */
#ifndef EXTRACT_PDF_ACCENTS_H
#define EXTRACT_PDF_ACCENTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/glyph.h"

/* Whether CODE may be an accent that stands by itself; or lies between such. */
static inline bool accents_may_be(uint32_t code)
{
    return code == 0x60 || (code >= 0xa8 && code <= 0x2dd);
}

/* Puts accents behind their letters, as marks that combine. */
void accents_join(struct glyph *glyphs, size_t count);

#endif
