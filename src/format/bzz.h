/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bzz.h - the general-purpose compression of DjVu files: blocks sorted by
 * Burrows and Wheeler's transform, move-to-front, and the ZP coder. Libdjvulibre
 * has it too, but starts threads, which the sandbox does not let it. */
#ifndef EXTRACT_FORMAT_BZZ_H
#define EXTRACT_FORMAT_BZZ_H

#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"

/* Appends what DATA unpacks to, LIMIT bytes at most. Returns 0, or -1 and E:
 * ERROR_DAMAGED, ERROR_TRUNCATED or ERROR_LIMIT; OUT has the blocks before. */
int bzz_unpack(const unsigned char *data, size_t size, size_t limit,
               struct buffer *out, struct error *e);

#endif
