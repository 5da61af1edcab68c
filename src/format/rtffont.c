/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rtffont.c - code pages of one byte by a table each, made when it is needed,
 * as runs of text are a few bytes long; others by iconv. */
#include <config.h>

#include "format/rtffont.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "format/charset.h"
#include "format/symbols.h"

/* 42 is what Windows calls the page of all symbol fonts. */
enum { PAGE_SYMBOL = 42, PAGE_WINGDINGS = 43 };

unsigned rtf_charset_page(int64_t charset)
{
    static const uint16_t pages[][2] = {
        { 0, 1252 },    { 77, 10000 },  { 78, 932 },    { 79, 949 },
        { 80, 936 },    { 81, 950 },    { 89, 10007 },  { 128, 932 },
        { 129, 949 },   { 130, 1361 },  { 134, 936 },   { 136, 950 },
        { 161, 1253 },  { 162, 1254 },  { 163, 1258 },  { 177, 1255 },
        { 178, 1256 },  { 186, 1257 },  { 204, 1251 },  { 222, 874 },
        { 238, 1250 },  { 254, 437 },   { 255, 850 },
    };
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        if (pages[i][0] == charset)
            return pages[i][1];
    }
    return 0;
}

void rtf_font_set(struct rtf_pages *p, int64_t font, unsigned page)
{
    if (font < 0 || font >= RTF_FONTS_MOST)
        return;
    if ((size_t)font >= p->room) {
        size_t room = p->room ? p->room : 64;
        while (room <= (size_t)font)
            room *= 2;
        p->fonts = xrealloc_array(p->fonts, room, sizeof *p->fonts);
        memset(p->fonts + p->room, 0, (room - p->room) * sizeof *p->fonts);
        p->room = room;
    }
    p->fonts[font] = (uint16_t)page;
}

unsigned rtf_font_page(const struct rtf_pages *p, int64_t font)
{
    return font >= 0 && (size_t)font < p->room ? p->fonts[font] : 0;
}

void rtf_font_name(struct rtf_pages *p, int64_t font, const char *name, size_t size)
{
    for (; size > 0 && *name == ' '; size--)
        name++;
    const char *end = memchr(name, ';', size);
    size = end ? (size_t)(end - name) : size;
    if (size == 6 && memcmp(name, "Symbol", 6) == 0)
        rtf_font_set(p, font, PAGE_SYMBOL);
    else if (size == 9 && memcmp(name, "Wingdings", 9) == 0)
        rtf_font_set(p, font, PAGE_WINGDINGS);
}

uint32_t rtf_font_character(unsigned number, uint32_t c)
{
    return number == PAGE_SYMBOL      ? symbols_unicode("Symbol", 6, c)
           : number == PAGE_WINGDINGS ? symbols_unicode("Wingdings", 9, c)
                                      : c;
}

/* Bytes that the font has no symbol for are text. */
static void rtf_decode_symbols(struct rtf_pages *p, unsigned number,
                               const char *data, size_t size, struct buffer *out)
{
    for (size_t i = 0; i < size; i++) {
        unsigned char byte = (unsigned char)data[i];
        uint32_t c = byte < 0x20 ? byte : rtf_font_character(number, byte);
        if (c != byte)
            utf8_append(out, c);
        else
            rtf_decode(p, 1252, data + i, 1, out);
    }
}

/* As iconv has it. */
static void rtf_page_name(unsigned number, char *name, size_t size)
{
    static const struct {
        unsigned number;
        const char *name;
    } names[] = {
        { 708, "ISO-8859-6" },     { 819, "ISO-8859-1" },
        { 936, "GB18030" },        { 950, "BIG5-HKSCS" },
        { 1361, "JOHAB" },         { 10000, "MACINTOSH" },
        { 10007, "MAC-CYRILLIC" }, { 10029, "MAC-CENTRALEUROPE" },
        { 20866, "KOI8-R" },       { 21866, "KOI8-U" },
        { 51932, "EUC-JP" },       { 51949, "EUC-KR" },
        { 54936, "GB18030" },      { 65001, "UTF-8" },
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (names[i].number == number) {
            snprintf(name, size, "%s", names[i].name);
            return;
        }
    }
    if (number > 28590 && number < 28607)
        snprintf(name, size, "ISO-8859-%u", number - 28590);
    else
        snprintf(name, size, "CP%u", number);
    if (!charset_is_known(name))
        snprintf(name, size, "CP1252");
}

struct rtf_collector {
    struct emit emit;
    struct buffer *to;
};

static int rtf_collect(struct emit *emit, const char *text, size_t size)
{
    buffer_append(((struct rtf_collector *)emit)->to, text, size);
    return 0;
}

static void rtf_convert(unsigned number, const char *data, size_t size,
                        struct buffer *out)
{
    struct rtf_collector c = { .emit = { .text = rtf_collect }, .to = out };
    char name[32];
    uint64_t bad;
    rtf_page_name(number, name, sizeof name);
    charset_convert((const unsigned char *)data, size, name, &c.emit, &bad);
}

/* The character at P; 0 for what could not be converted. */
static uint32_t rtf_character(const unsigned char *p)
{
    uint32_t c = p[0] < 0x80   ? p[0]
                 : p[0] < 0xe0 ? (p[0] & 0x1fu) << 6 | (p[1] & 0x3fu)
                               : (p[0] & 0xfu) << 12 | (p[1] & 0x3fu) << 6 |
                                     (p[2] & 0x3fu);
    return c == 0xfffd ? 0 : c;
}

/* Each byte on a line of its own. */
static void rtf_page_make(struct rtf_page *page, unsigned number)
{
    char lines[2 * 128];
    struct buffer out = { 0 };
    page->number = number;
    page->single = number != 932 && number != 936 && number != 949 &&
                   number != 950 && number != 1361 && number < 50000;
    if (!page->single)
        return;
    for (int i = 0; i < 128; i++) {
        lines[2 * i] = (char)(0x80 + i);
        lines[2 * i + 1] = '\n';
    }
    rtf_convert(number, lines, sizeof lines, &out);
    const char *p = out.data, *end = p + out.size;
    for (int i = 0; i < 128; i++) {
        const char *line = p;
        p = p < end ? memchr(p, '\n', (size_t)(end - p)) : NULL;
        p = p ? p + 1 : end;
        page->codes[i] =
            p - line > 1 ? rtf_character((const unsigned char *)line) : 0;
    }
    buffer_free(&out);
}

static const struct rtf_page *rtf_page_find(struct rtf_pages *p, unsigned number)
{
    for (size_t i = 0; i < RTF_PAGES; i++) {
        if (p->pages[i].number == number)
            return &p->pages[i];
    }
    struct rtf_page *page = &p->pages[p->next++ % RTF_PAGES];
    rtf_page_make(page, number);
    return page;
}

void rtf_decode(struct rtf_pages *p, unsigned number, const char *data,
                size_t size, struct buffer *out)
{
    size_t plain = 0;
    if (number == PAGE_SYMBOL || number == PAGE_WINGDINGS) {
        rtf_decode_symbols(p, number, data, size, out);
        return;
    }
    while (plain < size && (unsigned char)data[plain] < 0x80)
        plain++;
    buffer_append(out, data, plain);
    if (plain == size)
        return;
    data += plain;
    size -= plain;
    const struct rtf_page *page = rtf_page_find(p, number);
    if (!page->single) {
        rtf_convert(number, data, size, out);
        return;
    }
    for (size_t i = 0; i < size; i++) {
        unsigned char byte = (unsigned char)data[i];
        uint32_t code = byte < 0x80 ? byte : page->codes[byte - 0x80];
        if (byte < 0x80)
            buffer_append_char(out, data[i]);
        else
            utf8_append(out, code ? code : 0xfffd);
    }
}

void rtf_pages_clear(struct rtf_pages *p)
{
    free(p->fonts);
    *p = (struct rtf_pages){ 0 };
}
