/* SPDX-License-Identifier: GPL-3.0-or-later */
/* codetables.h - encodings of simple fonts (Annex D) as Unicode, the strings of CFF, and
 * widths of the standard 14 fonts (9.6.2.2). scripts/pdf-tables makes the tables. */
#ifndef EXTRACT_PDF_CODETABLES_H
#define EXTRACT_PDF_CODETABLES_H

#include <stdint.h>

enum encoding {
    ENCODING_STANDARD,
    ENCODING_WIN_ANSI,
    ENCODING_MAC_ROMAN,
    ENCODING_MAC_EXPERT,
    ENCODING_SYMBOL,
    ENCODING_DINGBATS,
    ENCODINGS
};

/* 0: no character there. */
extern const uint16_t encoding_table[ENCODINGS][256];

#define CFF_STRINGS 391
/* What the standard string of each number means as a glyph's name; 0: nothing. */
extern const uint16_t cff_standard_strings[CFF_STRINGS];

/* Helvetica, its bold, Times, its bold, its italic, its bold italic. */
#define BASE_FACES 6
#define BASE_ROWS 315
/* By ascending Unicode; thousandths of the size, 0: not in that face. */
struct base_row {
    uint16_t unicode;
    uint16_t width[BASE_FACES];
};
extern const struct base_row base_rows[BASE_ROWS];
extern const uint16_t base_symbol_widths[256];   /* by code */
extern const uint16_t base_dingbats_widths[256]; /* by code */

#endif
