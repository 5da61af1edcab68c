/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bidi.h - lines with words from right to left, as they are read. */
#ifndef EXTRACT_LAYOUT_BIDI_H
#define EXTRACT_LAYOUT_BIDI_H

#include "layout/line.h"

/* Which way the words of a line run. */
bool bidi_has_rtl(const struct words *w, const uint32_t *words, size_t count);

/* Appends the words of L, whatever the order of the engine's boxes, in the order
 * in which they are read, a space between them. */
void bidi_append(struct buffer *out, const struct words *w, const uint32_t *words,
                 size_t count);

#endif
