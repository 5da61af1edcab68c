/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lzfu.h - RTF as Outlook compresses it ([MS-OXRTFCP]). */
#ifndef EXTRACT_FORMAT_LZFU_H
#define EXTRACT_FORMAT_LZFU_H

#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"

/* Appends the RTF that DATA is of to OUT, LIMIT bytes at most. Returns 0, or -1
 * and E (ERROR_DAMAGED, ERROR_TRUNCATED, ERROR_LIMIT): OUT has what came out. */
int lzfu_expand(const unsigned char *data, size_t size, size_t limit,
                struct buffer *out, struct error *e);

#endif
