/* SPDX-License-Identifier: GPL-3.0-or-later */
/* olewrite.h - a storage of a compound file as a compound file of its own: a
 * document that is embedded in another one. */
#ifndef EXTRACT_FORMAT_OLEWRITE_H
#define EXTRACT_FORMAT_OLEWRITE_H

#include "base/buffer.h"
#include "base/error.h"
#include "format/ole.h"

/* Entries, and bytes, of such a file. */
#define OLEWRITE_ENTRIES 50000
#define OLEWRITE_BYTES ((size_t)256 << 20)

/* Appends what is in STORAGE as a file to OUT, an empty buffer. Bytes of the
 * stream LONGER at its root (NULL: none) are preceded by PAD zeros from AT on.
 * Returns 0, or -1 and E: OUT is empty (ERROR_LIMIT), or lacks what could not
 * be read. */
int olewrite(struct ole *o, int storage, const char *longer, size_t at,
             size_t pad, struct buffer *out, struct error *e);

#endif
