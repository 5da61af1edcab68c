/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zipfile.h - a bounded reader of the members of a ZIP archive that lies in
 * memory. Nothing that a header says is used to allocate. */
#ifndef EXTRACT_FORMAT_ZIPFILE_H
#define EXTRACT_FORMAT_ZIPFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"

struct zipfile; /* opaque; belongs to one thread at a time */

/* Members of an archive: plain ZIP counts up to 65,535, ZIP64 without end.
 * libzip takes some 300 bytes for each; no book comes near. */
#define ZIPFILE_MEMBERS 100000

/* Bytes inflated through one handle: an archive may name the same bomb as
 * often as it likes. The text of the largest books is below 100 MB. */
#define ZIPFILE_TOTAL ((uint64_t)2 << 30)

/* Loads libzip, unless it is there; any thread. False and *WHY: it is missing. */
bool zipfile_prepare(const char **why);

/* "1.7.3"; "(missing)". */
const char *zipfile_library_version(void);

/* DATA, PASSWORD (NULL: none) stay the caller's and as they are until
 * zipfile_close. NULL and E: ERROR_TRUNCATED when the directory of members is
 * missing, ERROR_DAMAGED, ERROR_LIMIT; ERROR_UNSUPPORTED: libzip is missing. */
struct zipfile *zipfile_open(const unsigned char *data, size_t size,
                             const char *password, struct error *e);

/* Members have the indices 0 up to this number - 1. */
int64_t zipfile_count(const struct zipfile *z);

/* UTF-8, with slashes also where the archive has backslashes; never NULL; stays
 * Z's. */
const char *zipfile_name(const struct zipfile *z, int64_t member);

/* The member of that name, exactly or else without regard to the case of
 * ASCII letters; the first of several. -1: none. */
int64_t zipfile_find(const struct zipfile *z, const char *name);

/* Appends the content of MEMBER to OUT, LIMIT bytes at most. Returns 0, or -1
 * and E: OUT has what could be read until then. ERROR_ENCRYPTED: no or a
 * wrong password; ERROR_LIMIT; ERROR_DAMAGED: also when all was read and its
 * checksum is wrong. */
int zipfile_read(struct zipfile *z, int64_t member, size_t limit,
                 struct buffer *out, struct error *e);

/* Takes DATA, which stands for the length of the call; not 0: no more. */
typedef int zipfile_piece(void *context, const char *data, size_t size);

/* The same in pieces of some KiB, for what need not be held as a whole. 1: PIECE
 * wanted no more. */
int zipfile_stream(struct zipfile *z, int64_t member, size_t limit,
                   zipfile_piece *piece, void *context, struct error *e);

void zipfile_close(struct zipfile *z); /* takes NULL */

#endif
