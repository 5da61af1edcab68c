/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tail.h - what the end of a file tells before anything of it is parsed. */
#ifndef EXTRACT_PDF_TAIL_H
#define EXTRACT_PDF_TAIL_H

#include <stdbool.h>

#include "pdf/syntax.h"

/* Whether the file's end is missing: there is no startxref near it, or there
 * are objects after its last end-of-file mark (an update, or a linearized
 * file, that was cut). */
bool tail_is_missing(struct span file);

/* The number behind the last startxref near the end. False: there is none. */
bool tail_start(struct span file, uint64_t *start);

/* Whether it says that it is encrypted. The Encrypt key stands in the trailer
 * or in the dictionary of an xref stream, neither of which is ever compressed
 * or encrypted itself. */
bool tail_is_encrypted(struct span file);

#endif
