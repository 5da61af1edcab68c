/* SPDX-License-Identifier: GPL-3.0-or-later */
/* physical.h - a page's look in characters: blanks and blank lines for white. */
#ifndef EXTRACT_LAYOUT_PHYSICAL_H
#define EXTRACT_LAYOUT_PHYSICAL_H

#include "layout/text.h"

/* Appends the words that go TURN. */
void physical_append(struct text *t, const uint32_t *list, size_t count);

#endif
