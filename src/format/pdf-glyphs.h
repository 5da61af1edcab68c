/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf-glyphs.h - what is to be read on a page of poppler's: its text, with the
 * boxes of the glyphs or in poppler's order. */
#ifndef EXTRACT_FORMAT_PDF_GLYPHS_H
#define EXTRACT_FORMAT_PDF_GLYPHS_H

#include <poppler.h>
#include <stdbool.h>

#include "base/buffer.h"
#include "format/boxes.h"
#include "format/engine.h"

/* Memory for one page after the other. A zeroed struct has none. */
struct pdf_glyphs {
    struct boxes boxes;
    struct buffer raw;
    uint32_t *codes; /* of the text, in the order of poppler's rectangles */
    size_t code_room;
};

/* Fills PAGE, whose arrays stay G's. */
void pdf_glyphs_read(struct pdf_glyphs *g, PopplerPage *poppler,
                     struct engine_page *page);
void pdf_glyphs_read_raw(struct pdf_glyphs *g, PopplerPage *poppler,
                         struct engine_page *page);

void pdf_glyphs_free(struct pdf_glyphs *g);

/* Loads the calls that are made here; pdf_glyphs_missing says why not (NULL:
 * they are there). */
bool pdf_glyphs_prepare(void);
const char *pdf_glyphs_missing(void);

#endif
