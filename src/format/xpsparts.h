/* SPDX-License-Identifier: GPL-3.0-or-later */
/* xpsparts.h - the parts of an XPS package: which pages there are in which
 * order, and what it says of itself. Parts may lie in pieces (ECMA-376 part 2,
 * "interleaving"), as printer drivers write them. */
#ifndef EXTRACT_FORMAT_XPSPARTS_H
#define EXTRACT_FORMAT_XPSPARTS_H

#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"
#include "document/metadata.h"
#include "format/zipfile.h"

/* Pages that are listed. */
#define XPSPARTS_PAGES 100000

/* Bytes of one part. Pages with much drawing have some 50 MiB. */
#define XPSPARTS_PART ((size_t)256 << 20)

/* A zeroed struct is empty. */
struct xpsparts {
    char **pages; /* names of parts, without a slash at their start */
    size_t count, room;
    struct error flaw;
};

/* Goes from the package's relationships over the sequence of documents to their
 * pages. 0, or -1 and E when there is none; clear P in both cases. */
int xpsparts_read(struct zipfile *zip, struct xpsparts *p, struct metadata *m,
                  struct error *e);

/* Appends the part NAME to OUT, LIMIT bytes at most. 0, or -1 and E: OUT has what
 * could be read. */
int xpsparts_content(struct zipfile *zip, const char *name, size_t limit,
                     struct buffer *out, struct error *e);

/* The name of the part that HREF, found in the part BASE ("": the package),
 * points to; to be freed. */
char *xpsparts_target(const char *base, const char *href, size_t size);

void xpsparts_clear(struct xpsparts *p);

#endif
