/* SPDX-License-Identifier: GPL-3.0-or-later */
/* layout.h - from the boxes of a page's glyphs to text in the order in which a
 * person reads it: boxes -> words -> lines -> columns and blocks -> reading
 * order -> paragraphs -> UTF-8. No PDF library is known here, and nothing is
 * kept between pages, so that a page's text depends on that page alone. */
#ifndef EXTRACT_LAYOUT_LAYOUT_H
#define EXTRACT_LAYOUT_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/glyph.h"

/* Borrowed for the call. Nothing in it is to be trusted: coordinates may lie
 * far outside the page, overlap, or not be finite; codes may be anything.
 * A ligature may be one box with its own code, or a box for each letter. Each
 * code comes with its own box: in lines from right to left their places tell the
 * order, and boxes may come in that of reading or of the page. White space, also
 * of no width, is where the engine says that words end. */
struct layout_page {
    struct glyph *boxes; /* overwritten */
    size_t count;
    float width, height;
    /* BOXES come in the order in which the page's content draws them, which
     * decides where geometry leaves a doubt; false: in some other order, which
     * tells only which letters follow each other in a word. */
    bool content_order;
};

enum layout_mode {
    LAYOUT_READING, /* as a person reads; a blank line between paragraphs */
    LAYOUT_PHYSICAL /* the page's look kept with blanks and blank lines */
};

struct layout_options {
    enum layout_mode mode;
    /* Join words that a hyphen divides at a line's end; those that the page
     * itself writes with a hyphen keep it. Soft hyphens (U+00AD) always go. */
    bool dehyphenate;
};

/* What there is to say of a page beside its text. */
enum layout_flags {
    LAYOUT_NO_TEXT = 1, /* no letter or digit is on it: a scan, or empty */
    LAYOUT_GARBLED = 2  /* what is there is mostly no text: fonts that do not
                           say what their glyphs mean */
};

/* Appends the page's text to OUT: valid UTF-8 that ends with a newline when
 * there is any, without form feeds. Returns enum layout_flags. Takes memory
 * and time in proportion to the boxes (times their logarithm); any thread. */
unsigned layout_text(const struct layout_page *page,
                     const struct layout_options *options, struct buffer *out);

#endif
