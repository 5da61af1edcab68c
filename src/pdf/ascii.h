/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ascii.h - the small filters: ASCIIHexDecode, ASCII85Decode and RunLengthDecode (7.4.2,
 * 7.4.3, 7.4.5). Any thread. */
#ifndef EXTRACT_PDF_ASCII_H
#define EXTRACT_PDF_ASCII_H

#include "pdf/stream.h"

/* Decode IN to OUT, which has room for MOST bytes; *SIZE of them are filled. What is no
 * digit is passed over; a missing end is no damage, as poppler has it. STREAM_OVER: there
 * is more. */
enum stream_end ascii_decode_hex(struct span in, unsigned char *out, size_t most,
                                 size_t *size);
enum stream_end ascii_decode_85(struct span in, unsigned char *out, size_t most,
                                size_t *size);
enum stream_end ascii_decode_runs(struct span in, unsigned char *out, size_t most,
                                  size_t *size);

#endif
