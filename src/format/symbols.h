/* SPDX-License-Identifier: GPL-3.0-or-later */
/* symbols.h - characters of symbol fonts (Symbol, Wingdings), which office
 * formats give by their place in the font. */
#ifndef EXTRACT_FORMAT_SYMBOLS_H
#define EXTRACT_FORMAT_SYMBOLS_H

#include <stddef.h>
#include <stdint.h>

/* The character that CODE (0x20 to 0xFF, or the same from U+F000 on) of FONT
 * looks like; CODE itself when it is another one, or the font not known. */
uint32_t symbols_unicode(const char *font, size_t size, uint32_t code);

#endif
