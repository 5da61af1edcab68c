/* SPDX-License-Identifier: GPL-3.0-or-later */
/* unpack.h - what is compressed by gzip, bzip2, xz, lzip, LZMA, Zstandard or LZ4,
 * piece by piece: also what stands before a cut or a flaw, and its checksums are
 * checked. libarchive gives up the last 64 KiB or more before a cut, does not check
 * those of gzip, and takes what it cannot decode for a file that is not compressed. One
 * thread at a time. */
#ifndef EXTRACT_FORMAT_UNPACK_H
#define EXTRACT_FORMAT_UNPACK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct unpack;

/* Loads the libraries; any thread. */
void unpack_prepare(void);

/* Which of them DATA, of which HAVE bytes of SIZE are here, begins as: "gzip", "bzip2",
 * "xz", "lzip", "lzma", "zstd" or "lz4"; NULL: none. Where frames that say nothing reach
 * beyond what is here, "zstd". */
const char *unpack_name(const unsigned char *data, size_t have, size_t size);

/* Reads DATA, which is borrowed. NULL: it is none of these, no memory, or the library
 * is not there. */
struct unpack *unpack_create(const unsigned char *data, size_t size);
void unpack_destroy(struct unpack *u); /* takes NULL */

/* The next piece, at *PIECE until the next call; 0: the end, or the place that
 * it cannot be read beyond. What is behind the last stream is padding. */
size_t unpack_read(struct unpack *u, const void **piece);

/* Whether it was not read to its end, with the reason in E (may be NULL). */
bool unpack_is_flawed(const struct unpack *u, struct error *e);

#endif
