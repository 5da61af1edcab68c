/* SPDX-License-Identifier: GPL-3.0-or-later */
/* symbols.h - characters of symbol fonts (Symbol, Wingdings), which office
 * formats give by their place in the font. */
#ifndef EXTRACT_FORMAT_SYMBOLS_H
#define EXTRACT_FORMAT_SYMBOLS_H

#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"

/* The character that CODE (0x20 to 0xFF, or the same from U+F000 on) of FONT
 * looks like; CODE itself when it is another one, or the font not known. */
uint32_t symbols_unicode(const char *font, size_t size, uint32_t code);

/* "Symbol" or "Wingdings" when FONT is that one, else NULL. */
const char *symbols_font(const char *font, size_t size);

/* Appends TEXT, which is UTF-8, with what its characters from U+F020 to U+F0FF
 * look like in FONT, of symbols_font(). */
void symbols_append(const char *font, const char *text, size_t size,
                    struct buffer *out);

#endif
