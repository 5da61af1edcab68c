/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ppttext.h - the text of a slide of an old presentation. */
#ifndef EXTRACT_FORMAT_PPTTEXT_H
#define EXTRACT_FORMAT_PPTTEXT_H

#include "base/buffer.h"
#include "format/pptfile.h"

/* Appends to OUT, an empty buffer, the texts of SLIDE's shapes in their order,
 * its footer, what its masters put on it, its notes, then comments, each a block
 * of its own; a table's row is a line, items of lists have their marks. NUMBER:
 * of the slide, from 1. */
void ppt_text(const struct ppt_slide *slide, int number, struct buffer *out);

#endif
