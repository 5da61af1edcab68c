/* SPDX-License-Identifier: GPL-3.0-or-later */
/* xpspage.h - the Glyphs of a FixedPage (XPS 1.0, OpenXPS: ECMA-388) as boxes. */
#ifndef EXTRACT_FORMAT_XPSPAGE_H
#define EXTRACT_FORMAT_XPSPAGE_H

#include <stdint.h>

#include "base/buffer.h"
#include "format/boxes.h"
#include "format/sax.h"
#include "format/xpsfont.h"

/* Where fonts come from. */
struct xps_fonts {
    /* The font that URI (of SIZE bytes) points to; never NULL. Stays until the page
     * is done. */
    const struct xpsfont *(*find)(struct xps_fonts *fonts, const char *uri,
                                  size_t size);
};

/* Boxes of one page: more are left out. The densest pages have some 20,000. */
#define XPSPAGE_BOXES 1000000

/* Glyphs and canvases lie in each other at most so deep. */
#define XPSPAGE_DEPTH SAX_DEPTH

struct xps_matrix {
    double a, b, c, d, e, f;
};

/* Give HANDLER to a parser, then take what it has gathered. Zeroed, but for
 * FONTS: call xpspage_start first. */
struct xpspage {
    struct sax_handler handler;
    struct xps_fonts *fonts;
    struct boxes boxes;
    struct buffer raw; /* each Glyphs on a line of its own */
    float width, height;
    struct xps_matrix stack[XPSPAGE_DEPTH + 1];
    int depth;
    int skipped; /* within so many of what only other readers know */
    bool is_cut;
};

void xpspage_start(struct xpspage *p, struct xps_fonts *fonts);

/* As after xpspage_start: the parser begins again. */
void xpspage_restart(struct sax_handler *handler);

void xpspage_clear(struct xpspage *p);

#endif
