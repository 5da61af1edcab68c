/* SPDX-License-Identifier: GPL-3.0-or-later */
/* odfstate.h - what the parts that read OpenDocument share: odfbody.c (what the
 * elements are) and odfflow.c (what becomes of them). */
#ifndef EXTRACT_FORMAT_ODFSTATE_H
#define EXTRACT_FORMAT_ODFSTATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "document/metadata.h"
#include "format/odfname.h"
#include "format/odfobject.h"
#include "format/odfstyle.h"
#include "format/sax.h"
#include "format/targets.h"

struct odf_frame {
    enum odf_kind kind;
    bool skip;           /* nothing within is text */
    bool pushed;         /* it has a target of its own */
    bool waits;          /* ... when there is more in it than a formula */
    const char *element; /* what prose.c was given, which has to end; or NULL */
    const char *key;     /* what of the metadata it holds; or NULL */
    size_t outer;        /* the frame of its kind around it, + 1 */
    size_t start;        /* of its output */
    /* of lists and items */
    struct odf_list *list;
    int level;
    bool counts, ordered, goes_on;
    int64_t number; /* that it starts with; -1: the next */
    /* of rows and cells */
    int repeat;
    int gap;   /* empty cells before the one at hand */
    bool open; /* prose.c knows it */
    bool hidden; /* of a paragraph */
};

struct odf {
    struct sax_handler handler;
    struct metadata *metadata;
    struct odf_objects *objects; /* NULL: they are not read */
    struct odf_styles styles;
    struct targets writer;
    enum { ODF_OUTSIDE, ODF_IN_TEXT, ODF_IN_SHEETS, ODF_IN_SLIDES } body;
    bool sheets, slides, story; /* by the root's class or type */
    bool items;                 /* there may be some, of lists */
    int skip, shapes, charts;
    bool cut;
    const char *key; /* of the value that is being read; or NULL */
    struct buffer value;
    char *editor, *commenter;
    int notes[2]; /* footnotes, endnotes so far */
    /* index + 1 of the innermost one; 0: none. CELL: not open yet */
    size_t list, item, row, cell, paragraph, comment, formula;
    size_t depth;
    struct odf_frame frames[SAX_DEPTH + 8]; /* libxml2 counts a little past it */
};

static inline struct odf_frame *odf_frame(struct odf *o, size_t index)
{
    return index ? &o->frames[index - 1] : NULL;
}

#endif
