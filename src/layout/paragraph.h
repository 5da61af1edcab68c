/* SPDX-License-Identifier: GPL-3.0-or-later */
/* paragraph.h - where paragraphs begin among the lines of a block. */
#ifndef EXTRACT_LAYOUT_PARAGRAPH_H
#define EXTRACT_LAYOUT_PARAGRAPH_H

#include "layout/keys.h"
#include "layout/line.h"

/* The usual distance of the baselines of COUNT lines, in points. SCRATCH has
 * room for twice as many. */
float paragraph_pitch(const struct line *lines, size_t count, struct key *scratch);

/* Whether line AT of COUNT, not the first, begins a paragraph. */
bool paragraph_begins(const struct line *lines, size_t count, size_t at, float pitch);

#endif
