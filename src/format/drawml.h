/* SPDX-License-Identifier: GPL-3.0-or-later */
/* drawml.h - the text of DrawingML: slides and their notes, drawings on sheets,
 * charts (titles, names of series, categories; no values, which are no text)
 * and diagrams. */
#ifndef EXTRACT_FORMAT_DRAWML_H
#define EXTRACT_FORMAT_DRAWML_H

#include "base/buffer.h"
#include "base/error.h"
#include "format/opc.h"

enum drawml_kind {
    DRAWML_PART,
    DRAWML_SLIDE, /* the title comes first, wherever it stands */
    DRAWML_NOTES, /* without the slide, its number and the date */
    DRAWML_MASTER, /* without placeholders, whose text no slide shows */
    /* Of notes and handouts: header and footer, too, which are printed. */
    DRAWML_PRINT_MASTER
};

/* Appends the lines of MEMBER, and of charts and diagrams in it, to OUT.
 * Returns 0; or -1 and E: OUT has what could be read. */
int drawml_read(const struct opc *opc, int64_t member, enum drawml_kind kind,
                struct buffer *out, struct error *e);

#endif
