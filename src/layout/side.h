/* SPDX-License-Identifier: GPL-3.0-or-later */
/* side.h - the lines on one side of what may be a gutter, summed up, and
 * whether two sides are columns or the cells of a table. */
#ifndef EXTRACT_LAYOUT_SIDE_H
#define EXTRACT_LAYOUT_SIDE_H

#include "layout/word.h"

/* Fewer rows on either side are no column. */
#define SIDE_ROWS 3

/* A row of one side. */
struct side_row {
    float x0, x1, y0, y1, base, size;
    float ink; /* what of its width is pieces */
    uint32_t words, glyphs, letters;
    uint32_t first, last; /* its first and last piece, in the engine's order */
    bool goes_on; /* as in struct piece, of its leftmost one */
    bool band; /* there is more white than usual below it */
};

struct side {
    struct side_row *rows;
    size_t count;
};

/* Adds P, which is not above what was added before; ROWS has room for it. */
void side_add(struct side *s, const struct piece *p, uint32_t index);

enum side_columns {
    SIDE_NO_COLUMNS,
    SIDE_PERHAPS_COLUMNS, /* one column of an index beside some, or a table */
    SIDE_COLUMNS,
    SIDE_INDEX /* columns of short lines, some of them of figures alone */
};

/* Whether text runs down each side rather than across both. NARROW: there is no
 * more between them than a wide space. CONTENT_ORDER: the indices of pieces tell
 * how the page was written. */
enum side_columns sides_are_columns(const struct side *left, const struct side *right,
                                    bool narrow, bool content_order);

/* Whether S is full lines of text. */
bool side_is_text(const struct side *s);

#endif
