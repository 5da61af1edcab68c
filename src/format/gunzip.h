/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gunzip.h - what is compressed by gzip (RFC 1952), piece by piece: also what
 * stands before a cut or a flaw, and its checksums are checked; libarchive gives
 * up the last 64 KiB before a cut, or all, and checks none. One thread at a
 * time. */
#ifndef EXTRACT_FORMAT_GUNZIP_H
#define EXTRACT_FORMAT_GUNZIP_H

#include <stdbool.h>
#include <stddef.h>

struct gunzip;

bool gunzip_is_loaded(void); /* zlib is there; any thread */

/* Whether DATA begins as a gzip file does. */
bool gunzip_is_gzip(const unsigned char *data, size_t size);

/* Reads DATA, which is borrowed. NULL: no memory, or no zlib. */
struct gunzip *gunzip_create(const unsigned char *data, size_t size);
void gunzip_destroy(struct gunzip *g); /* takes NULL */

/* The next piece, at *PIECE until the next call; 0: the end, or the place that
 * it cannot be read beyond. */
size_t gunzip_read(struct gunzip *g, const void **piece);

/* Why it was not read to its end; NULL: it was, so far. Static. */
const char *gunzip_flaw(const struct gunzip *g);

#endif
