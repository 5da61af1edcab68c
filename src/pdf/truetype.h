/* SPDX-License-Identifier: GPL-3.0-or-later */
/* truetype.h - what the glyphs of a TrueType or OpenType font mean: its tables "cmap" and
 * "post". Outlines are not looked at. */
#ifndef EXTRACT_PDF_TRUETYPE_H
#define EXTRACT_PDF_TRUETYPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pdf/syntax.h"

struct truetype {
    struct span file;
    struct span cmap, post, cff; /* empty: there is none */
    uint32_t glyphs;
};

/* FILE must stay; of a collection it is the first font. False: it is none. */
bool truetype_open(struct span file, struct truetype *t);

/* Calls PUT for codes and their glyphs in the subtable of PLATFORM and ENCODING (any:
 * negative); at most a bounded number. False: there is none of a known format. */
typedef void truetype_put(void *ctx, uint32_t code, uint32_t glyph);
bool truetype_walk(const struct truetype *t, int platform, int encoding,
                   truetype_put *put, void *ctx);

/* What each glyph means: UNICODE[glyph] or 0, ROOM of them, by Unicode subtables, then by
 * names. Returns how many glyphs have a meaning. */
size_t truetype_unicode(const struct truetype *t, uint32_t *unicode, size_t room);

/* The glyph of each code of a simple font, 0 for none: SYMBOLIC, by (3, 0) or (1, 0) as
 * 9.6.6.4 has it, else the other way round. */
bool truetype_codes(const struct truetype *t, bool symbolic, uint32_t glyphs[256]);

#endif
