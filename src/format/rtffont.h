/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rtffont.h - the fonts of an RTF document as far as they say what its bytes
 * stand for, and code pages to UTF-8. */
#ifndef EXTRACT_FORMAT_RTFFONT_H
#define EXTRACT_FORMAT_RTFFONT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"

/* Numbers of fonts are up to this one; others have the document's code page. */
#define RTF_FONTS_MOST 32768

/* Code pages whose characters are at hand. */
#define RTF_PAGES 4

struct rtf_pages {
    uint16_t *fonts; /* code page of each; 0: the document's */
    size_t room;
    struct rtf_page {
        unsigned number;
        bool single;         /* one byte a character */
        uint32_t codes[128]; /* of 0x80 and up; 0: none */
    } pages[RTF_PAGES];
    unsigned next; /* to be replaced */
};

/* The code page of a \fcharset; 0: the document's. */
unsigned rtf_charset_page(int64_t charset);

void rtf_font_set(struct rtf_pages *p, int64_t font, unsigned page);
unsigned rtf_font_page(const struct rtf_pages *p, int64_t font);

/* NAME, as the table of fonts has it: those of symbols have pages of their own. */
void rtf_font_name(struct rtf_pages *p, int64_t font, const char *name, size_t size);

/* The character for C, of a \u, in a font with page NUMBER: those of symbols are
 * given as U+F000 and up. */
uint32_t rtf_font_character(unsigned number, uint32_t c);

/* Appends DATA, in code page NUMBER, to OUT as UTF-8. */
void rtf_decode(struct rtf_pages *p, unsigned number, const char *data,
                size_t size, struct buffer *out);

void rtf_pages_clear(struct rtf_pages *p);

#endif
