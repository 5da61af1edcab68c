/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf-notes.h - what people have written on a page without its being shown there:
 * the contents of annotations, and the files that are attached. */
#ifndef EXTRACT_FORMAT_PDF_NOTES_H
#define EXTRACT_FORMAT_PDF_NOTES_H

#include <poppler.h>
#include <stdbool.h>

#include "base/buffer.h"
#include "format/format.h"

/* Appends to TEXT a paragraph for each annotation of PAGE that has contents,
 * "AUTHOR: CONTENTS", in their order on the page. Left out: what pdf-fields.h reads,
 * links, and what is hidden. A note and its popup are one. */
void notes_read(PopplerPage *page, struct buffer *text);

/* Hands on the files that DOCUMENT has embedded, portfolios included; of PAGE those
 * that hang on its annotations. 0, or -1: EMIT said stop. A file that cannot be read to
 * its end is a member that is not whole. */
int notes_attachments(PopplerDocument *document, struct emit *emit);
int notes_page_attachments(PopplerPage *page, struct emit *emit);

/* As those of pdf-glyphs.h. */
bool notes_prepare(void);
const char *notes_missing(void);

#endif
