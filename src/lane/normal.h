/* SPDX-License-Identifier: GPL-3.0-or-later */
/* normal.h - the text of a page in normalization form C (--nfc), as it comes. */
#ifndef EXTRACT_LANE_NORMAL_H
#define EXTRACT_LANE_NORMAL_H

#include <stddef.h>

#include "base/buffer.h"

/* What comes out does not depend on how the text was cut. A zeroed struct is at
 * the start of a text. */
struct normal {
    struct buffer held; /* it may yet join with what follows */
    size_t run;         /* bytes since the last place where it could not */
};

/* Appends to OUT what TEXT (whole valid characters) makes final. */
void normal_feed(struct normal *n, const char *text, size_t size,
                 struct buffer *out);

/* Appends the rest to OUT; N is at the start of a text again. */
void normal_finish(struct normal *n, struct buffer *out);

void normal_free(struct normal *n);

#endif
