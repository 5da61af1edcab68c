/* SPDX-License-Identifier: GPL-3.0-or-later */
/* xpsfont.h - how wide the glyphs of a TrueType or OpenType font are: pages of
 * XPS say so only where it is not as the font has it. */
#ifndef EXTRACT_FORMAT_XPSFONT_H
#define EXTRACT_FORMAT_XPSFONT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Borrows the bytes that it was made of. A zeroed struct knows no glyph. */
struct xpsfont {
    const unsigned char *metrics; /* hmtx */
    const unsigned char *map;     /* a subtable of cmap, of format 4 or 12 */
    size_t metrics_size, map_size;
    unsigned wide; /* glyphs with a width of their own */
    unsigned units;
    bool is_symbol; /* codes stand at U+F000 */
};

/* Takes the first 32 bytes of DATA, an obfuscated font, back to what they were
 * (ECMA-388, 9.1.7.3): by the GUID that is its NAME. False: it is no GUID. */
bool xpsfont_reveal(unsigned char *data, size_t size, const char *name);

/* Fills F from DATA, the font NUMBER of a collection (else 0). False, and F is
 * zeroed, when something that it takes is not there. */
bool xpsfont_read(struct xpsfont *f, const unsigned char *data, size_t size,
                  unsigned number);

/* The glyph of CODE; 0: the font has none. */
unsigned xpsfont_glyph(const struct xpsfont *f, uint32_t code);

/* How far GLYPH advances, in ems; negative: not known. */
float xpsfont_advance(const struct xpsfont *f, unsigned glyph);

#endif
