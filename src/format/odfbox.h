/* SPDX-License-Identifier: GPL-3.0-or-later */
/* odfbox.h - text boxes, shapes, pictures and objects of OpenDocument. For
 * odfbody.c; F is the frame of the element that starts. */
#ifndef EXTRACT_FORMAT_ODFBOX_H
#define EXTRACT_FORMAT_ODFBOX_H

#include "format/odfstate.h"

/* A box has a target of its own, or is a block of the one at hand. One that stands
 * in a line as a character waits: a formula in it is a part of the line, for
 * anything else odf_box_settle() gives it its target. */
void odf_box_start(struct odf *o, struct odf_frame *f,
                   const struct sax_attribute *anchor);

/* Before an element that is no object and no formula: the box around it waits no
 * more. */
void odf_box_settle(struct odf *o);

/* The element at hand waits: blanks in it are no text of the line. */
bool odf_box_waits(const struct odf *o);

/* A document within this one, at HREF; NULL: it follows, in a flat file. */
void odf_object(struct odf *o, struct odf_frame *f,
                const struct sax_attribute *href);

/* A formula in MathML: until it ends, all goes to prose.c as it is. */
void odf_formula_start(struct odf *o, struct odf_frame *f);

#endif
