/* SPDX-License-Identifier: GPL-3.0-or-later */
/* odfbody.h - the XML of OpenDocument files to the text of their pages: a
 * sheet or slide is a page, a text has one.
 *   in    lists with their marks, numbers of headings, "[1]" at a note's
 *         reference, cells as shown, text boxes and documents within this one
 *         (charts: what is text) behind their paragraph; at the
 *         page's end footnotes, endnotes, notes of a slide, comments; headers
 *         before the first page, footers behind it
 *   out   deletions, hidden text and sections, placeholders, forms, values of
 *         charts, what each printed page of a sheet fills anew */
#ifndef EXTRACT_FORMAT_ODFBODY_H
#define EXTRACT_FORMAT_ODFBODY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "document/metadata.h"
#include "format/odfobject.h"

struct odf; /* opaque */

/* Sheets and slides that are kept; what follows is left out. */
#define ODF_PAGES 65536

/* SHEETS: it is known to be a spreadsheet. ITEMS: there may be some of lists.
 * METADATA stays the caller's, as do OBJECTS, or NULL: those of an archive are left
 * out. */
struct odf *odf_create(struct metadata *metadata, bool sheets, bool items,
                       struct odf_objects *objects);

/* Reads a part: of styles.xml, meta.xml, content.xml in this order, or the whole
 * of a flat file. SOURCE may be changed. TOLERANT: XML with faults is read as
 * far as it makes sense; else -1, and O is of no use any more. */
int odf_read(struct odf *o, struct buffer *source, bool tolerant);

/* After the last part; once. */
void odf_finish(struct odf *o);

/* 0 when there was nothing that has pages. CUT: there were more. */
size_t odf_pages(const struct odf *o, bool *cut);

/* PAGE from 0. The text is O's. */
const char *odf_page_text(const struct odf *o, size_t page, size_t *size);

void odf_destroy(struct odf *o); /* takes NULL */

#endif
