/* SPDX-License-Identifier: GPL-3.0-or-later */
/* flate.h - FlateDecode (7.4.4) by libdeflate, which is three times as fast as zlib and
 * some twenty times as fast as poppler's own decoder but takes whole, sound streams only;
 * by zlib for the others. One thread at a time. */
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

/* The same for a stream that flate_inflate calls bad, without its checksum. FLATE_BAD:
 * *SIZE bytes came out before the damage. FLATE_LONG: ROOM bytes did, and there is
 * more. */
enum flate_result flate_salvage(struct span in, unsigned char *out, size_t room,
                                size_t *size);

#endif
