/* SPDX-License-Identifier: GPL-3.0-or-later */
/* predict.h - the predictors of FlateDecode and LZWDecode (7.4.4.4): samples as
 * differences to their neighbours, by TIFF's way or PNG's (RFC 2083, section 6). */
#ifndef EXTRACT_PDF_PREDICT_H
#define EXTRACT_PDF_PREDICT_H

#include <stdbool.h>
#include <stddef.h>

struct predict {
    int predictor; /* 1: none; 2: TIFF; 10 to 15: PNG, where each row has its own */
    int colors, bits;
    size_t columns;
};

/* Whether rows of P can be: 1 to 32 colours of 1, 2, 4, 8 or 16 bits, and a row below
 * 64 MiB. */
bool predict_is_sound(const struct predict *p);

/* Undoes P in place, which is sound. Returns the size without the tags of rows. A last
 * row may be short; a tag that is none counts as 0. */
size_t predict_undo(const struct predict *p, unsigned char *data, size_t size);

#endif
