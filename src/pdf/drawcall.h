/* SPDX-License-Identifier: GPL-3.0-or-later */
/* drawcall.h - one operator of a content stream, between draw.c, which has the streams,
 * and operators.c. */
#ifndef EXTRACT_PDF_DRAWCALL_H
#define EXTRACT_PDF_DRAWCALL_H

#include "pdf/draw.h"

struct draw_call {
    struct draw *d;
    const struct content *content;
    const struct draw_scope *scope;
    uint32_t floor; /* states that were saved before this stream */
    unsigned level;
};

/* Operators of one letter that say nothing of text. */
extern const bool draw_passed[256];

/* One with too few operands is passed over, of too many the last ones count, as poppler
 * does. */
void draw_operator(const struct draw_call *c);

#endif
