/* SPDX-License-Identifier: GPL-3.0-or-later */
/* chmfile.h - the files within a compiled HTML help (ITSF) that lies in
 * memory, by libmspack with an I/O layer of our own: no file is opened. */
#ifndef EXTRACT_FORMAT_CHMFILE_H
#define EXTRACT_FORMAT_CHMFILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"

struct chmfile; /* opaque; belongs to one thread at a time */

/* Files that are listed: the largest helps have some 40,000. */
#define CHMFILE_FILES 100000

/* Loads libmspack, unless it is there; any thread. False and *WHY: it is
 * missing. */
bool chmfile_prepare(const char **why);

/* DATA stays the caller's and as it is until chmfile_close. NULL and E. */
struct chmfile *chmfile_open(const unsigned char *data, size_t size,
                             struct error *e);

/* Files have the indices 0 up to this number - 1, in the help's own order, by
 * name. */
size_t chmfile_count(const struct chmfile *c);

/* As it is listed, without the slash that it begins with; never NULL; stays
 * C's. */
const char *chmfile_name(const struct chmfile *c, size_t file);

/* The file of that name, without regard to the case of ASCII letters; -1: none. */
long chmfile_find(const struct chmfile *c, const char *name);

/* Appends the content of FILE to OUT, LIMIT bytes at most. Returns 0, or -1 and
 * E: OUT has what could be read until then. */
int chmfile_read(struct chmfile *c, size_t file, size_t limit,
                 struct buffer *out, struct error *e);

void chmfile_close(struct chmfile *c); /* takes NULL */

#endif
