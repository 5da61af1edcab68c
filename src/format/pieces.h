/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pieces.h - the text of a page, emitted in pieces. */
#ifndef EXTRACT_FORMAT_PIECES_H
#define EXTRACT_FORMAT_PIECES_H

#include "format/format.h"

/* Emits TEXT in pieces of some KiB that end between two characters. Returns 0,
 * or -1: the text is not wanted any more. */
int pieces_emit(struct emit *emit, const char *text, size_t size);

#endif
