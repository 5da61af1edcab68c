/* SPDX-License-Identifier: GPL-3.0-or-later */
/* djvufile.h - what a DjVu file is made of (IFF85 chunks; single pages, and
 * bundled documents with their directory): text layers and annotations. */
#ifndef EXTRACT_FORMAT_DJVUFILE_H
#define EXTRACT_FORMAT_DJVUFILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"
#include "document/metadata.h"

/* The chunks of a page; NULL: not in the file. */
struct djvu_page {
    const unsigned char *data;
    size_t size;
};

/* A zeroed struct is empty. */
struct djvufile {
    struct djvu_page *pages;
    size_t count;
    struct djvu_page shared; /* annotations of all pages; NULL: none */
    struct error flaw;
};

/* Pages of a document: its directory counts up to 65,535 files. */
#define DJVUFILE_PAGES 65535

/* Bytes of a text layer or of annotations, unpacked. */
#define DJVUFILE_TEXT ((size_t)16 << 20)

/* DATA stays the caller's, and D points into it. 0, or -1 and E; clear D in
 * both cases. */
int djvufile_read(const unsigned char *data, size_t size, struct djvufile *d,
                  struct error *e);

/* Appends the bytes of the page's text layer, UTF-8 by the rules, to OUT: words
 * divided by blanks, lines by LF; columns end with VT, regions with GS,
 * paragraphs with US. Returns 0, nothing when it has none; or -1 and E. */
int djvufile_text(const struct djvu_page *page, struct buffer *out,
                  struct error *e);

/* Adds what the annotations of PAGE say of the document to M. */
void djvufile_metadata(const struct djvu_page *page, struct metadata *m);

void djvufile_clear(struct djvufile *d);

#endif
