/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cff.c - every offset is checked where it is followed; what lies outside reads as 0. */
#include <config.h>

#include "pdf/cff.h"

#include "pdf/codetables.h"

#define CFF_GLYPHS 65535

/* Operators of a Top DICT. */
#define CFF_OP_CHARSET 15
#define CFF_OP_ENCODING 16
#define CFF_OP_CHARSTRINGS 17
#define CFF_OP_ROS (12 << 8 | 30)

static uint32_t number(struct span s, size_t at, size_t size)
{
    uint32_t value = 0;
    size_t have = (size_t)(s.end - s.at);
    for (size_t i = 0; i < size; i++)
        value = value << 8 | (at < have && i < have - at ? s.at[at + i] : 0);
    return value;
}

static struct span from(struct span s, size_t offset)
{
    s.at = offset < (size_t)(s.end - s.at) ? s.at + offset : s.end;
    return s;
}

/* Item INDEX of the INDEX at S. */
static struct span index_item(struct span s, uint32_t index)
{
    const struct span none = { s.end, s.end };
    uint32_t count = number(s, 0, 2), size = number(s, 2, 1);
    if (index >= count || size < 1 || size > 4)
        return none;
    uint64_t base = 2 + (uint64_t)(count + 1) * size;
    uint64_t start = base + number(s, 3 + (size_t)index * size, size);
    uint64_t end = base + number(s, 3 + (size_t)(index + 1) * size, size);
    if (start > end || end > (uint64_t)(s.end - s.at))
        return none;
    return (struct span){ s.at + start, s.at + end };
}

/* What stands behind the INDEX at S. */
static struct span index_behind(struct span s)
{
    uint32_t count = number(s, 0, 2), size = number(s, 2, 1);
    if (count == 0 || size < 1 || size > 4)
        return from(s, 2);
    uint64_t base = 2 + (uint64_t)(count + 1) * size;
    return from(s, (size_t)(base + number(s, 3 + (size_t)count * size, size)));
}

/* Passes a real number's half bytes, up to the one that ends it. */
static void pass_real(struct span *s)
{
    while (s->at < s->end) {
        unsigned char c = *s->at++;
        if ((c & 15) == 15 || c >> 4 == 15)
            return;
    }
}

static int32_t operand(struct span *s, unsigned char first)
{
    if (first == 28 || first == 29) {
        size_t size = first == 28 ? 2 : 4;
        uint32_t value = number(*s, 0, size);
        *s = from(*s, size);
        return size == 2 ? (int16_t)value : (int32_t)value;
    }
    if (first >= 32 && first <= 246)
        return first - 139;
    int32_t next = (int32_t)number(*s, 0, 1);
    *s = from(*s, 1);
    return first <= 250 ? (first - 247) * 256 + next + 108
                        : -(first - 251) * 256 - next - 108;
}

static void top_dictionary(struct cff *c, struct span s, uint32_t *charstrings)
{
    int32_t last = 0;
    while (s.at < s.end) {
        unsigned op = *s.at++;
        if (op == 30) {
            pass_real(&s);
            continue;
        }
        if (op >= 28 && op != 31 && op != 255) {
            last = operand(&s, (unsigned char)op);
            continue;
        }
        if (op == 12) {
            op = 12 << 8 | number(s, 0, 1);
            s = from(s, 1);
        }
        uint32_t offset = last > 0 ? (uint32_t)last : 0;
        if (op == CFF_OP_CHARSET)
            c->charset = offset;
        else if (op == CFF_OP_ENCODING)
            c->encoding = offset;
        else if (op == CFF_OP_CHARSTRINGS)
            *charstrings = offset;
        else if (op == CFF_OP_ROS)
            c->by_cid = true;
    }
}

bool cff_open(struct span file, struct cff *c)
{
    uint32_t charstrings = 0;
    *c = (struct cff){ .file = file };
    if (file.end - file.at < 8 || *file.at != 1)
        return false;
    struct span tops = index_behind(from(file, number(file, 2, 1)));
    top_dictionary(c, index_item(tops, 0), &charstrings);
    c->strings = index_behind(tops);
    if (charstrings == 0)
        return false;
    c->glyphs = number(from(file, charstrings), 0, 2);
    return c->glyphs > 0;
}

/* Runs of strings of the predefined charsets, from glyph 1 on (Appendix C). */
static const uint16_t charset_iso[][2] = { { 1, 228 } };
static const uint16_t charset_expert[][2] = {
    { 1, 1 },     { 229, 238 }, { 13, 15 },   { 99, 99 },   { 239, 248 }, { 27, 28 },
    { 249, 266 }, { 109, 110 }, { 267, 318 }, { 158, 158 }, { 155, 155 }, { 163, 163 },
    { 319, 326 }, { 150, 150 }, { 164, 164 }, { 169, 169 }, { 327, 378 }
};
static const uint16_t charset_subset[][2] = {
    { 1, 1 },     { 231, 232 }, { 235, 238 }, { 13, 15 },   { 99, 99 },   { 239, 248 },
    { 27, 28 },   { 249, 249 }, { 250, 251 }, { 253, 266 }, { 109, 110 }, { 267, 270 },
    { 272, 272 }, { 300, 302 }, { 305, 305 }, { 314, 315 }, { 158, 158 }, { 155, 155 },
    { 163, 163 }, { 320, 326 }, { 150, 150 }, { 164, 164 }, { 169, 169 }, { 327, 346 }
};

static void predefined(const uint16_t (*runs)[2], size_t count, uint16_t *sids,
                       size_t room)
{
    size_t glyph = 1;
    for (size_t i = 0; i < count; i++)
        for (unsigned sid = runs[i][0]; sid <= runs[i][1] && glyph < room; sid++)
            sids[glyph++] = (uint16_t)sid;
}

/* Formats 0, 1 and 2: strings, or runs of them. */
static void own_charset(const struct cff *c, uint16_t *sids, size_t room)
{
    struct span s = from(c->file, c->charset);
    uint32_t format = number(s, 0, 1);
    size_t step = format == 0 ? 2 : format == 1 ? 3 : 4;
    if (format > 2)
        return;
    s = from(s, 1);
    for (size_t glyph = 1; glyph < room && s.at < s.end; s = from(s, step)) {
        uint32_t sid = number(s, 0, 2), more = number(s, 2, step - 2);
        for (uint32_t i = 0; i <= more && glyph < room; i++)
            sids[glyph++] = (uint16_t)(sid + i);
    }
}

void cff_charset(const struct cff *c, uint16_t *sids, size_t room)
{
    if (room > c->glyphs)
        room = c->glyphs;
    for (size_t i = 0; i < room; i++)
        sids[i] = 0;
    if (c->charset > 2)
        own_charset(c, sids, room);
    else if (c->by_cid)
        for (size_t i = 0; i < room; i++)
            sids[i] = (uint16_t)i;
    else if (c->charset == 0)
        predefined(charset_iso, sizeof charset_iso / sizeof *charset_iso, sids, room);
    else if (c->charset == 1)
        predefined(charset_expert, sizeof charset_expert / sizeof *charset_expert, sids,
                   room);
    else
        predefined(charset_subset, sizeof charset_subset / sizeof *charset_subset, sids,
                   room);
}

void cff_name(const struct cff *c, uint16_t sid, struct span *name, uint32_t *unicode)
{
    *name = (struct span){ NULL, NULL };
    *unicode = 0;
    if (sid < CFF_STRINGS)
        *unicode = cff_standard_strings[sid];
    else
        *name = index_item(c->strings, (uint32_t)sid - CFF_STRINGS);
}

bool cff_encoding(const struct cff *c, const uint16_t *sids, uint16_t codes[256])
{
    if (c->by_cid || c->encoding < 2)
        return false;
    struct span s = from(c->file, c->encoding);
    uint32_t format = number(s, 0, 1), count = number(s, 1, 1), glyph = 1;
    s = from(s, 2);
    for (int i = 0; i < 256; i++)
        codes[i] = 0;
    if ((format & 127) > 1)
        return false;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t code = number(s, 0, 1), more = format & 1 ? number(s, 1, 1) : 0;
        s = from(s, format & 1 ? 2 : 1);
        for (uint32_t j = 0; j <= more; j++, glyph++)
            if (code + j < 256 && glyph < c->glyphs)
                codes[code + j] = sids[glyph];
    }
    if (format & 128) {
        uint32_t supplements = number(s, 0, 1);
        for (uint32_t i = 0; i < supplements; i++)
            codes[number(s, 1 + 3 * i, 1)] = (uint16_t)number(s, 2 + 3 * i, 2);
    }
    return true;
}
