/* SPDX-License-Identifier: GPL-3.0-or-later */
/* odfflow.h - lists, paragraphs and tables of OpenDocument as events of HTML for
 * prose.c, each into the target that is at hand. F is the frame of the element that
 * starts or ends. */
#ifndef EXTRACT_FORMAT_ODFFLOW_H
#define EXTRACT_FORMAT_ODFFLOW_H

#include "format/odfstate.h"

/* The start of an element of HTML; ENDS: and its end. */
void odf_element(struct odf *o, const char *name, bool ends);

/* Puts out the cell that waits for something to be in it. */
void odf_touch(struct odf *o);

/* The same, and then: an element that ends with F; text, which is UTF-8; a target of
 * F's own, or where there are too many a part of the one at hand. */
void odf_put(struct odf *o, struct odf_frame *f, const char *element);
void odf_say(struct odf *o, const char *text, size_t size);
void odf_divert(struct odf *o, struct odf_frame *f, enum slot slot);

void odf_list_start(struct odf *o, struct odf_frame *f, const char *name,
                    const struct sax_attribute *attributes, size_t count);
void odf_item_start(struct odf *o, struct odf_frame *f,
                    const struct sax_attribute *attributes, size_t count);

/* Blanks and tabs are text of a paragraph, at most ODF_BLANKS_MOST at once. */
void odf_paragraph_start(struct odf *o, struct odf_frame *f,
                         const struct sax_attribute *attributes,
                         size_t count);
void odf_paragraph_end(struct odf *o, struct odf_frame *f);
void odf_blanks(struct odf *o, const struct sax_attribute *number);
void odf_tab(struct odf *o);

/* Rows and cells that are repeated are put out as often, as far as the target's budget
 * goes. Value: the cell's attributes have one, should no text follow. */
void odf_table_start(struct odf *o, struct odf_frame *f);
void odf_row_start(struct odf *o, struct odf_frame *f,
                   const struct sax_attribute *attributes, size_t count);
void odf_row_end(struct odf *o, struct odf_frame *f);
void odf_cell_start(struct odf *o, struct odf_frame *f,
                    const struct sax_attribute *attributes, size_t count);
void odf_cell_value(struct odf *o, const struct sax_attribute *attributes,
                    size_t count);
void odf_cell_end(struct odf *o, struct odf_frame *f);

#endif
