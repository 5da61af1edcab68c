/* SPDX-License-Identifier: GPL-3.0-or-later */
/* markup.h - the bytes of XHTML, HTML, SVG and the like to readable text. */
#ifndef EXTRACT_FORMAT_MARKUP_H
#define EXTRACT_FORMAT_MARKUP_H

#include "base/buffer.h"
#include "base/error.h"
#include "format/charset.h"
#include "format/sax.h"

/* Turns SOURCE into UTF-8 without byte order mark: from UTF-8 when it is
 * valid, a marked or evident UTF-16 or UTF-32, what it declares (XML
 * declaration, meta) where that can be true, else a guess. False when it is no text at all. */
bool markup_decode(struct buffer *source);

/* The charset of DATA as markup_decode() finds it; false: no text. */
bool markup_charset(const char *data, size_t size, struct charset *charset);

/* Appends DATA, in CHARSET and without its mark, to TEXT, as UTF-8. */
void markup_convert(const char *data, size_t size, const struct charset *charset,
                    struct buffer *text);

/* Appends the text of SOURCE (any charset; used up) to TEXT, an empty buffer,
 * as prose.h has it. Parsed as XML; what is not well-formed as HTML, so that
 * there is always a text. No document tree is built; both buffers are held,
 * so the caller bounds SOURCE. TEXT is never longer than a few times SOURCE
 * and ENTITIES_TOTAL. Returns 0; or -1 and E (which may be NULL) when SOURCE is
 * no text, or when its own entities are too much: then they stand in TEXT as
 * they are written. */
int markup_render(struct buffer *source, struct buffer *text, struct error *e);

#endif
