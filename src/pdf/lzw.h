/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lzw.h - LZWDecode (7.4.4.2). One thread at a time for one struct lzw. */
#ifndef EXTRACT_PDF_LZW_H
#define EXTRACT_PDF_LZW_H

#include "pdf/stream.h"

struct lzw; /* its table; opaque */

struct lzw *lzw_create(void); /* NULL: out of memory */

/* Decodes IN to OUT, which has room for MOST bytes; *SIZE of them are filled. EARLY:
 * codes grow one too early. STREAM_OVER: there is more. */
enum stream_end lzw_decode(struct lzw *l, bool early, struct span in,
                           unsigned char *out, size_t most, size_t *size);

void lzw_destroy(struct lzw *l); /* takes NULL */

#endif
