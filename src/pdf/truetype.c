/* SPDX-License-Identifier: GPL-3.0-or-later */
/* truetype.c - OpenType 1.9, "cmap" and "post"; what lies outside of the file reads as
 * 0. */
#include <config.h>

#include "pdf/truetype.h"

#include <stdlib.h>
#include <string.h>

#include "pdf/codetables.h"
#include "pdf/glyphname.h"

#define TRUETYPE_TABLES 128
/* Codes of one subtable: twice those that Unicode has below its private planes. */
#define TRUETYPE_CODES 0x40000
#define MAC_GLYPHS 258

static uint32_t number(struct span s, size_t at, size_t size)
{
    uint32_t value = 0;
    size_t have = (size_t)(s.end - s.at);
    for (size_t i = 0; i < size; i++)
        value = value << 8 | (at < have && i < have - at ? s.at[at + i] : 0);
    return value;
}

static uint32_t u16(struct span s, size_t at)
{
    return number(s, at, 2);
}

static uint32_t u32(struct span s, size_t at)
{
    return number(s, at, 4);
}

static struct span from(struct span s, size_t offset)
{
    s.at = offset < (size_t)(s.end - s.at) ? s.at + offset : s.end;
    return s;
}

bool truetype_open(struct span file, struct truetype *t)
{
    *t = (struct truetype){ .file = file };
    t->cmap = t->post = t->cff = (struct span){ file.end, file.end };
    struct span head = file;
    if (file.end - file.at < 12)
        return false;
    if (!memcmp(file.at, "ttcf", 4))
        head = from(file, u32(file, 12));
    uint32_t count = u16(head, 4);
    if (count > TRUETYPE_TABLES)
        count = TRUETYPE_TABLES;
    for (uint32_t i = 0; i < count; i++) {
        struct span row = from(head, 12 + 16 * i);
        if (row.end - row.at < 16)
            break;
        struct span table = from(file, u32(row, 8));
        uint32_t size = u32(row, 12);
        if (size < (size_t)(table.end - table.at))
            table.end = table.at + size;
        if (!memcmp(row.at, "cmap", 4))
            t->cmap = table;
        else if (!memcmp(row.at, "post", 4))
            t->post = table;
        else if (!memcmp(row.at, "CFF ", 4))
            t->cff = table;
        else if (!memcmp(row.at, "maxp", 4))
            t->glyphs = u16(table, 4);
    }
    if (t->glyphs == 0)
        t->glyphs = 65535;
    return count > 0;
}

/* Codes of one byte or two, by subheaders that first bytes name: 2. The first subheader
 * is that of codes of one byte. */
static void walk_mixed(struct span s, truetype_put *put, void *ctx)
{
    for (uint32_t high = 0; high < 256; high++) {
        size_t own = 518 + (u16(s, 6 + 2 * high) & ~7u);
        bool single = own == 518;
        uint32_t first = u16(s, own), count = u16(s, own + 2), delta = u16(s, own + 4);
        size_t glyphs = own + 6 + u16(s, own + 6);
        for (uint32_t low = single ? high : first; low < 256 && low - first < count; low++) {
            uint32_t glyph = u16(s, glyphs + 2 * (low - first));
            if (glyph)
                put(ctx, single ? high : high << 8 | low, (glyph + delta) & 0xFFFF);
            if (single)
                break;
        }
    }
}

/* Segments of codes: 4. */
static void walk_segments(struct span s, truetype_put *put, void *ctx)
{
    uint32_t doubled = u16(s, 6) & ~1u, work = 0;
    struct span ends = from(s, 14), starts = from(s, 16 + doubled);
    struct span deltas = from(s, 16 + 2 * doubled), offsets = from(s, 16 + 3 * doubled);
    for (uint32_t i = 0; i < doubled; i += 2) {
        uint32_t start = u16(starts, i), end = u16(ends, i), offset = u16(offsets, i);
        if (offsets.end - offsets.at < (ptrdiff_t)i + 2)
            return;
        for (uint32_t code = start; code <= end && code < 0xFFFF; code++) {
            uint32_t glyph = code;
            if (++work > TRUETYPE_CODES)
                return;
            if (offset) {
                glyph = u16(offsets, i + offset + 2 * (code - start));
                if (glyph == 0)
                    continue;
            }
            glyph = (glyph + u16(deltas, i)) & 0xFFFF;
            if (glyph)
                put(ctx, code, glyph);
        }
    }
}

/* Groups of codes: 12; 13 is the same with one glyph for all of a group. */
static void walk_groups(struct span s, truetype_put *put, void *ctx)
{
    uint32_t groups = u32(s, 12), work = 0, same = u16(s, 0) == 13;
    s = from(s, 16);
    for (uint32_t i = 0; i < groups && s.end - s.at >= 12; i++, s = from(s, 12)) {
        uint32_t start = u32(s, 0), end = u32(s, 4), glyph = u32(s, 8);
        if (end > 0x10FFFF)
            end = 0x10FFFF;
        for (uint32_t code = start; code <= end; code++) {
            if (++work > TRUETYPE_CODES)
                return;
            put(ctx, code, same ? glyph : glyph + (code - start));
        }
    }
}

/* An array of glyphs of SIZE bytes, COUNT of them from FIRST on: 0, 6 and 10. */
static void walk_array(struct span s, uint32_t first, uint32_t count, size_t size,
                       truetype_put *put, void *ctx)
{
    for (uint32_t i = 0; i < count && s.end - s.at >= (ptrdiff_t)size; i++) {
        uint32_t glyph = number(s, 0, size);
        if (glyph)
            put(ctx, first + i, glyph);
        s = from(s, size);
    }
}

static bool walk(struct span s, truetype_put *put, void *ctx)
{
    switch (u16(s, 0)) {
    case 0:
        walk_array(from(s, 6), 0, 256, 1, put, ctx);
        return true;
    case 2:
        walk_mixed(s, put, ctx);
        return true;
    case 4:
        walk_segments(s, put, ctx);
        return true;
    case 6:
        walk_array(from(s, 10), u16(s, 6), u16(s, 8), 2, put, ctx);
        return true;
    case 10:
        walk_array(from(s, 20), u32(s, 12) & 0x1FFFFF, u32(s, 16), 2, put, ctx);
        return true;
    case 12:
    case 13:
        walk_groups(s, put, ctx);
        return true;
    default:
        return false;
    }
}

bool truetype_walk(const struct truetype *t, int platform, int encoding,
                   truetype_put *put, void *ctx)
{
    uint32_t count = u16(t->cmap, 2);
    for (uint32_t i = 0; i < count && i < TRUETYPE_TABLES; i++) {
        struct span row = from(t->cmap, 4 + 8 * i);
        if (row.end - row.at < 8)
            break;
        if ((int)u16(row, 0) == platform && (encoding < 0 || (int)u16(row, 2) == encoding) &&
            walk(from(t->cmap, u32(row, 4)), put, ctx))
            return true;
    }
    return false;
}

struct meanings {
    uint32_t *unicode;
    size_t room;
};

/* Of the codes of a glyph the lowest is taken: a space before one that does not break,
 * a letter before a sign that looks the same. */
static void put_meaning(void *ctx, uint32_t code, uint32_t glyph)
{
    struct meanings *m = ctx;
    if (glyph < m->room && code >= 0x20 &&
        (m->unicode[glyph] == 0 || code < m->unicode[glyph]))
        m->unicode[glyph] = code;
}

/* What Apple's glyphs behind those of its Roman encoding are. */
static const uint16_t mac_more[32] = {
    0x0141, 0x0142, 0x0160, 0x0161, 0x017D, 0x017E, 0x00A6, 0x00D0, 0x00F0, 0x00DD, 0x00FD,
    0x00DE, 0x00FE, 0x2212, 0x00D7, 0x00B9, 0x00B2, 0x00B3, 0x00BD, 0x00BC, 0x00BE, 0x20A3,
    0x011E, 0x011F, 0x0130, 0x015E, 0x015F, 0x0106, 0x0107, 0x010C, 0x010D, 0x0111
};

/* Apple's glyph INDEX, of 258. */
static uint32_t mac_glyph(uint32_t index)
{
    if (index < 3)
        return 0; /* .notdef, .null, nonmarkingreturn */
    if (index < 98)
        return index - 3 + 0x20;
    if (index < 226)
        return encoding_table[ENCODING_MAC_ROMAN][index - 98 + 128];
    return mac_more[index - 226];
}

/* What the name at S means, a length and so many bytes; 0: nothing, or several. */
static uint32_t pascal_name(struct span s)
{
    if (s.at >= s.end || *s.at >= s.end - s.at)
        return 0;
    return glyphname_one((struct span){ s.at + 1, s.at + 1 + *s.at });
}

static void post_format1(struct meanings *m)
{
    for (uint32_t i = 0; i < MAC_GLYPHS && i < m->room; i++)
        if (m->unicode[i] == 0)
            m->unicode[i] = mac_glyph(i);
}

/* An index for each glyph, then the names that indices from 258 on stand for. */
static void post_format2(struct span post, struct meanings *m)
{
    uint32_t count = u16(post, 32), total = 0;
    struct span names = from(post, 34 + 2 * count);
    size_t most = (size_t)(names.end - names.at);
    struct span *starts = malloc((most < 65536 ? most + 1 : 65536) * sizeof *starts);
    if (!starts)
        return;
    for (struct span s = names; s.at < s.end && total < 65536; s = from(s, 1 + (size_t)*s.at))
        starts[total++] = s;
    for (uint32_t i = 0; i < count && i < m->room; i++) {
        uint32_t index = u16(post, 34 + 2 * i);
        if (m->unicode[i] == 0 && index < MAC_GLYPHS)
            m->unicode[i] = mac_glyph(index);
        else if (m->unicode[i] == 0 && index - MAC_GLYPHS < total)
            m->unicode[i] = pascal_name(starts[index - MAC_GLYPHS]);
    }
    free(starts);
}

static void post_names(const struct truetype *t, struct meanings *m)
{
    uint32_t format = u32(t->post, 0);
    if (format == 0x00010000)
        post_format1(m);
    else if (format == 0x00020000)
        post_format2(t->post, m);
}

size_t truetype_unicode(const struct truetype *t, uint32_t *unicode, size_t room)
{
    if (room > t->glyphs)
        room = t->glyphs;
    memset(unicode, 0, room * sizeof *unicode);
    struct meanings m = { unicode, room };
    if (!truetype_walk(t, 3, 10, put_meaning, &m) &&
        !truetype_walk(t, 3, 1, put_meaning, &m))
        truetype_walk(t, 0, -1, put_meaning, &m);
    post_names(t, &m);
    size_t count = 0;
    for (size_t i = 0; i < room; i++)
        count += unicode[i] != 0;
    return count;
}

/* Codes of (3, 0) lie at F000, some fonts have them at 0, F100 or F200. */
static void put_code(void *ctx, uint32_t code, uint32_t glyph)
{
    uint32_t *glyphs = ctx, page = code >> 8;
    if ((page == 0 || (page >= 0xF0 && page <= 0xF2)) && glyphs[code & 255] == 0)
        glyphs[code & 255] = glyph;
}

bool truetype_codes(const struct truetype *t, bool symbolic, uint32_t glyphs[256])
{
    memset(glyphs, 0, 256 * sizeof *glyphs);
    int first = symbolic ? 3 : 1;
    return truetype_walk(t, first, 0, put_code, glyphs) ||
           truetype_walk(t, 4 - first, 0, put_code, glyphs);
}
