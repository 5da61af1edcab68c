/* SPDX-License-Identifier: GPL-3.0-or-later */
/* xpsfont.c - the tables head, hhea, hmtx and cmap after the OpenType
 * specification; each place is checked before it is read. */
#include <config.h>

#include "format/xpsfont.h"

#include <string.h>

/* Bytes of the longest subtable that a binary search would go through. */
#define XPSFONT_MAP ((size_t)4 << 20)

struct table {
    const unsigned char *data;
    size_t size;
};

static unsigned get16(const unsigned char *p)
{
    return (unsigned)p[0] << 8 | p[1];
}

static uint32_t get32(const unsigned char *p)
{
    return (uint32_t)get16(p) << 16 | get16(p + 2);
}

static int digit(char c)
{
    return c >= '0' && c <= '9'                 ? c - '0'
           : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10
                                                : -1;
}

bool xpsfont_reveal(unsigned char *data, size_t size, const char *name)
{
    unsigned char key[16];
    const char *slash = strrchr(name, '/');
    const char *p = slash ? slash + 1 : name;
    for (int i = 0; i < 16; i++) {
        p += *p == '-';
        int high = digit(p[0]), low = high < 0 ? -1 : digit(p[1]);
        if (low < 0)
            return false;
        key[15 - i] = (unsigned char)(high << 4 | low);
        p += 2;
    }
    for (size_t i = 0; i < 32 && i < size; i++)
        data[i] ^= key[i % 16];
    return true;
}

/* The table TAG of the font whose directory begins at START. */
static bool find_table(const unsigned char *data, size_t size, size_t start,
                       const char *tag, struct table *t)
{
    if (start > size || size - start < 12)
        return false;
    unsigned count = get16(data + start + 4);
    for (size_t i = 0; i < count && size - start - 12 >= 16 * (i + 1); i++) {
        const unsigned char *entry = data + start + 12 + 16 * i;
        size_t at = get32(entry + 8), length = get32(entry + 12);
        if (memcmp(entry, tag, 4) != 0)
            continue;
        if (at > size)
            return false;
        t->data = data + at;
        t->size = length < size - at ? length : size - at;
        return true;
    }
    return false;
}

/* The best subtable: all of Unicode, its first plane, symbols. */
static void choose_map(struct xpsfont *f, const struct table *cmap)
{
    int best = 0;
    unsigned count = cmap->size >= 4 ? get16(cmap->data + 2) : 0;
    for (size_t i = 0; i < count && cmap->size - 4 >= 8 * (i + 1); i++) {
        const unsigned char *entry = cmap->data + 4 + 8 * i;
        unsigned platform = get16(entry), encoding = get16(entry + 2);
        size_t at = get32(entry + 4);
        if (at > cmap->size || cmap->size - at < 16)
            continue;
        unsigned kind = get16(cmap->data + at);
        int value = kind == 12                         ? 4
                    : kind != 4                        ? 0
                    : platform == 3 && encoding == 1   ? 3
                    : platform == 0                    ? 2
                    : platform == 3 && encoding == 0   ? 1
                                                       : 0;
        if (value <= best)
            continue;
        best = value;
        f->map = cmap->data + at;
        f->map_size = cmap->size - at < XPSFONT_MAP ? cmap->size - at : XPSFONT_MAP;
        f->is_symbol = value == 1;
    }
}

bool xpsfont_read(struct xpsfont *f, const unsigned char *data, size_t size,
                  unsigned number)
{
    struct table head, hhea, hmtx, cmap;
    size_t start = 0;
    *f = (struct xpsfont){ 0 };
    if (size >= 16 && memcmp(data, "ttcf", 4) == 0) {
        if (number >= get32(data + 8) || (size - 12) / 4 <= number)
            return false;
        start = get32(data + 12 + 4 * (size_t)number);
    }
    if (!find_table(data, size, start, "head", &head) || head.size < 20 ||
        !find_table(data, size, start, "hhea", &hhea) || hhea.size < 36 ||
        !find_table(data, size, start, "hmtx", &hmtx) ||
        get16(head.data + 18) == 0)
        return false;
    f->units = get16(head.data + 18);
    f->wide = get16(hhea.data + 34);
    f->metrics = hmtx.data;
    f->metrics_size = hmtx.size;
    if (find_table(data, size, start, "cmap", &cmap))
        choose_map(f, &cmap);
    return true;
}

/* Segments of the first plane (format 4): four arrays one behind the other. */
static unsigned glyph_of_segment(const struct xpsfont *f, uint32_t code)
{
    const unsigned char *p = f->map;
    size_t segments = get16(p + 6) / 2, low = 0, high = segments;
    if (code > 0xffff || f->map_size < 16 + 8 * segments)
        return 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (get16(p + 14 + 2 * middle) < code)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == segments)
        return 0;
    size_t at = 16 + 2 * segments + 2 * low;
    unsigned start = get16(p + at), delta = get16(p + at + 2 * segments);
    size_t place = at + 4 * segments;
    unsigned offset = get16(p + place);
    if (code < start)
        return 0;
    if (offset == 0)
        return (code + delta) & 0xffff;
    place += offset + 2 * (size_t)(code - start);
    if (f->map_size < 2 || place > f->map_size - 2)
        return 0;
    unsigned glyph = get16(p + place);
    return glyph ? (glyph + delta) & 0xffff : 0;
}

/* Groups of three numbers (format 12). */
static unsigned glyph_of_group(const struct xpsfont *f, uint32_t code)
{
    const unsigned char *p = f->map + 16;
    size_t groups = get32(f->map + 12), low = 0;
    if (groups > (f->map_size - 16) / 12)
        groups = (f->map_size - 16) / 12;
    size_t high = groups;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (get32(p + 12 * middle + 4) < code)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == groups || code < get32(p + 12 * low))
        return 0;
    return (get32(p + 12 * low + 8) + (code - get32(p + 12 * low))) & 0xffff;
}

unsigned xpsfont_glyph(const struct xpsfont *f, uint32_t code)
{
    if (!f->map)
        return 0;
    if (get16(f->map) == 12)
        return glyph_of_group(f, code);
    unsigned glyph = glyph_of_segment(f, code);
    return glyph == 0 && f->is_symbol && code < 0x100
               ? glyph_of_segment(f, 0xf000 + code)
               : glyph;
}

float xpsfont_advance(const struct xpsfont *f, unsigned glyph)
{
    if (!f->units || !f->wide)
        return -1;
    /* All behind the last are as wide as that. */
    size_t at = 4 * (size_t)(glyph < f->wide ? glyph : f->wide - 1);
    if (f->metrics_size < 2 || at > f->metrics_size - 2)
        return -1;
    return (float)get16(f->metrics + at) / (float)f->units;
}
