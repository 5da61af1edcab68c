/* SPDX-License-Identifier: GPL-3.0-or-later */
/* marks.h - marked content (14.6): parts of a page that say what their text really is
 * (ActualText, 14.9.4), and parts that are not shown (8.11.3.2). */
#ifndef EXTRACT_PDF_MARKS_H
#define EXTRACT_PDF_MARKS_H

#include "pdf/layers.h"
#include "pdf/show.h"

/* Deeper marks are counted, and mean nothing. */
#define MARKS_DEPTH 256

struct mark {
    bool hides;   /* optional content that is off */
    bool replaces;
    size_t first; /* the glyph that it begins with */
    struct show_unmeant unmeant; /* before it */
    const char *text; /* ActualText, UTF-8 */
};

struct marks {
    struct mark open[MARKS_DEPTH];
    uint32_t depth; /* may be more than MARKS_DEPTH */
    uint32_t hiding, replacing;
};

/* BMC and BDC: TAG's name, and properties (value_null: none) as they stand, unresolved. */
void marks_begin(struct marks *m, struct show *s, struct objects *o, struct layers *l,
                 struct arena *arena, struct span tag, const struct value *properties);

/* EMC; one too many means nothing. */
void marks_end(struct marks *m, struct show *s);

/* Ends what was begun after DEPTH marks were open: a stream's end ends its own. Glyphs stay
 * as they are there: how many an ActualText was to stand for is not known. */
void marks_end_all(struct marks *m, struct show *s, uint32_t depth);

#endif
