/* SPDX-License-Identifier: GPL-3.0-or-later */
/* codepage.c - 1252 by a table, UTF-16 by hand, all others by charset.h. */
#include <config.h>

#include "format/codepage.h"

#include <stdbool.h>
#include <stdio.h>

#include "base/little.h"
#include "base/utf8.h"
#include "format/charset.h"

/* 0x80 to 0x9f; those that Windows leaves out are C1 controls, as it has it. */
static const uint16_t windows[32] = {
    0x20ac, 0x0081, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
    0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008d, 0x017d, 0x008f,
    0x0090, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
    0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x009d, 0x017e, 0x0178,
};

uint32_t codepage_windows(unsigned char byte)
{
    return byte >= 0x80 && byte < 0xa0 ? windows[byte - 0x80] : byte;
}

void codepage_append_utf16(struct buffer *out, const unsigned char *data,
                           size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint32_t c = little16(data + 2 * i);
        if (c >= 0xd800 && c < 0xdc00 && i + 1 < count) {
            uint32_t low = little16(data + 2 * (i + 1));
            if (low >= 0xdc00 && low < 0xe000) {
                c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
                i++;
            }
        }
        utf8_append(out, c);
    }
}

struct collector {
    struct emit emit;
    struct buffer *out;
};

static int collect(struct emit *emit, const char *text, size_t size)
{
    buffer_append(((struct collector *)emit)->out, text, size);
    return 0;
}

static void name_of(unsigned page, char *name, size_t size)
{
    static const struct {
        unsigned page;
        const char *name;
    } others[] = {
        {10000, "MACINTOSH"}, {32768, "MACINTOSH"}, {10007, "MAC-CYRILLIC"},
        {10006, "MACGREEK"}, {10029, "MACCENTRALEUROPE"}, {20866, "KOI8-R"},
        {21866, "KOI8-U"}, {936, "GB18030"}, {54936, "GB18030"},
        {51932, "EUC-JP"}, {51949, "EUC-KR"}, {50220, "ISO-2022-JP"},
        {50221, "ISO-2022-JP"}, {50222, "ISO-2022-JP"},
    };
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        if (others[i].page == page) {
            snprintf(name, size, "%s", others[i].name);
            return;
        }
    }
    if (page > 28590 && page < 28606)
        snprintf(name, size, "ISO-8859-%u", page - 28590);
    else
        snprintf(name, size, "CP%u", page);
}

static bool is_ascii(const unsigned char *data, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (data[i] >= 0x80)
            return false;
    }
    return true;
}

void codepage_append(struct buffer *out, unsigned page,
                     const unsigned char *data, size_t size)
{
    if (page == CODEPAGE_UTF16) {
        codepage_append_utf16(out, data, size / 2);
    } else if (page == CODEPAGE_UTF8) {
        utf8_append_sanitized(out, (const char *)data, size);
    } else if (is_ascii(data, size) && (page < 50220 || page > 50222)) {
        buffer_append(out, data, size);
    } else if (page == 0 || page == CODEPAGE_WINDOWS) {
        for (size_t i = 0; i < size; i++)
            utf8_append(out, codepage_windows(data[i]));
    } else {
        char name[32];
        struct collector c = {{.text = collect}, out};
        uint64_t bad;
        name_of(page, name, sizeof name);
        charset_convert(data, size, name, &c.emit, &bad);
    }
}

unsigned codepage_of_language(unsigned language)
{
    static const struct {
        unsigned char language;
        uint16_t page;
    } pages[] = {
        {0x01, 1256}, {0x02, 1251}, {0x05, 1250}, {0x08, 1253}, {0x0d, 1255},
        {0x0e, 1250}, {0x11, 932},  {0x12, 949},  {0x15, 1250}, {0x18, 1250},
        {0x19, 1251}, {0x1b, 1250}, {0x1c, 1250}, {0x1e, 874},  {0x1f, 1254},
        {0x20, 1256}, {0x22, 1251}, {0x23, 1251}, {0x24, 1250}, {0x25, 1257},
        {0x26, 1257}, {0x27, 1257}, {0x29, 1256}, {0x2a, 1258}, {0x2f, 1251},
        {0x3f, 1251},
    };
    if ((language & 0x3ff) == 0x04) /* Chinese: Taiwan, Hong Kong, Macao */
        return language == 0x0404 || language == 0x0c04 || language == 0x1404
                   ? 950 : 936;
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        if (pages[i].language == (language & 0x3ff))
            return pages[i].page;
    }
    return CODEPAGE_WINDOWS;
}
