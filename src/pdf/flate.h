/* SPDX-License-Identifier: GPL-3.0-or-later */
/* flate.h - FlateDecode (7.4.4) of whole, sound streams by libdeflate, which
 * is three times as fast as zlib and some twenty times as fast as poppler's
 * own decoder. One thread at a time. */
#ifndef EXTRACT_PDF_FLATE_H
#define EXTRACT_PDF_FLATE_H

#include <stdbool.h>
#include <stddef.h>

#include "pdf/syntax.h"

struct flate; /* opaque */

struct flate *flate_create(void); /* NULL: out of memory */
void flate_destroy(struct flate *f); /* takes NULL */

enum flate_result {
    FLATE_OK,
    FLATE_BAD, /* damaged, or cut */
    FLATE_LONG /* more than ROOM bytes come out */
};

/* Inflates the zlib stream that IN begins with to OUT. *SIZE: what came out,
 * *USED: what it took of IN. */
enum flate_result flate_inflate(struct flate *f, struct span in,
                                unsigned char *out, size_t room, size_t *size,
                                size_t *used);

/* Undoes the PNG predictors of rows of COLUMNS bytes, a tag before each, in
 * place; bytes are their own samples (one colour of 8 bits, as in xref
 * streams). Returns the size without tags; 0: a tag is none of 0 to 4. */
size_t flate_unpredict(unsigned char *data, size_t size, size_t columns);

#endif
