/* SPDX-License-Identifier: GPL-3.0-or-later */
/* baseline.h - form fields beside their labels: what a field shows stands some points
 * above or below the line of its label, and is read in that line. */
#ifndef EXTRACT_PDF_BASELINE_H
#define EXTRACT_PDF_BASELINE_H

#include "pdf/arena.h"
#include "pdf/show.h"

/* Glyphs that are looked at on one page; fields that come after are left where they
 * are. A form of 1,000 fields looks at some 10,000. */
#define BASELINE_LOOKS ((size_t)16 << 20)

/* Zeroed at first; for one page. */
struct baseline {
    const struct glyph **labels; /* by their lower edges */
    size_t count, looks;
    struct glyph *copies; /* of the page's content */
    bool known;
};

/* Moves what S has from glyph BEFORE on, a field between X0 and X1, up or down onto the
 * line of the nearest label on its left, or else on its right, where that is less than
 * half a letter away. The first LABELS glyphs are the page's content; A is an arena for
 * the page. */
void baseline_settle(struct baseline *b, struct arena *a, struct show *s, size_t labels,
                     size_t before, double x0, double x1);

#endif
