/* SPDX-License-Identifier: GPL-3.0-or-later */
/* textstring.c - which of three encodings it is in, its first bytes say. */
#include <config.h>

#include "pdf/textstring.h"

#include <string.h>

#define TEXTSTRING_BAD 0xfffdU

/* Where PDFDocEncoding (Annex D) is not Latin-1: 0x18 to 0x1f, and 0x80 to 0xa0. */
static const uint16_t textstring_accents[] = { 0x2d8, 0x2c7, 0x2c6, 0x2d9,
                                               0x2dd, 0x2db, 0x2da, 0x2dc };
static const uint16_t textstring_signs[] = {
    0x2022, 0x2020, 0x2021, 0x2026, 0x2014, 0x2013, 0x192,  0x2044, 0x2039,
    0x203a, 0x2212, 0x2030, 0x201e, 0x201c, 0x201d, 0x2018, 0x2019, 0x201a,
    0x2122, 0xfb01, 0xfb02, 0x141,  0x152,  0x160,  0x178,  0x17d,  0x131,
    0x142,  0x153,  0x161,  0x17e,  0xfffd, 0x20ac
};

static uint32_t textstring_document(unsigned char c)
{
    if (c >= 0x18 && c <= 0x1f)
        return textstring_accents[c - 0x18];
    if (c >= 0x80 && c <= 0xa0)
        return textstring_signs[c - 0x80];
    return c == 0x7f ? TEXTSTRING_BAD : c;
}

static unsigned char *textstring_put(unsigned char *out, uint32_t c)
{
    if (c < 0x80) {
        *out++ = (unsigned char)c;
        return out;
    }
    if (c < 0x800) {
        *out++ = (unsigned char)(0xc0 | c >> 6);
    } else {
        if (c < 0x10000) {
            *out++ = (unsigned char)(0xe0 | c >> 12);
        } else {
            *out++ = (unsigned char)(0xf0 | c >> 18);
            *out++ = (unsigned char)(0x80 | (c >> 12 & 0x3f));
        }
        *out++ = (unsigned char)(0x80 | (c >> 6 & 0x3f));
    }
    *out++ = (unsigned char)(0x80 | (c & 0x3f));
    return out;
}

/* The next unit of UTF-16 at *P; HIGH is which of its bytes comes first. */
static uint32_t textstring_unit(const unsigned char *p, bool little)
{
    return (uint32_t)(little ? p[1] << 8 | p[0] : p[0] << 8 | p[1]);
}

/* The next character at S, which moves; it has two bytes at least. */
static uint32_t textstring_utf16(struct span *s, bool little)
{
    uint32_t c = textstring_unit(s->at, little);
    s->at += 2;
    if (c < 0xd800 || c > 0xdfff)
        return c;
    if (c > 0xdbff || s->end - s->at < 2)
        return TEXTSTRING_BAD;
    uint32_t low = textstring_unit(s->at, little);
    if (low < 0xdc00 || low > 0xdfff)
        return TEXTSTRING_BAD;
    s->at += 2;
    return 0x10000 + ((c & 0x3ff) << 10 | (low & 0x3ff));
}

/* The next character of UTF-8, of whatever is there. */
static uint32_t textstring_utf8(struct span *s)
{
    static const uint32_t least[] = { 0, 0x80, 0x800, 0x10000 };
    uint32_t c = *s->at++;
    int more = c < 0x80 ? 0 : c >= 0xf0 && c < 0xf8 ? 3 : c >= 0xe0 ? 2 : 1;
    if (c < 0x80)
        return c;
    if (c < 0xc0 || c >= 0xf8)
        return TEXTSTRING_BAD;
    c &= 0x3fU >> more;
    for (int i = 0; i < more; i++) {
        if (s->at == s->end || (*s->at & 0xc0) != 0x80)
            return TEXTSTRING_BAD;
        c = c << 6 | (*s->at++ & 0x3f);
    }
    bool good = c >= least[more] && c < 0x110000 && (c < 0xd800 || c > 0xdfff);
    return good ? c : TEXTSTRING_BAD;
}

static bool textstring_begins(struct span *s, const char *mark)
{
    size_t size = strlen(mark);
    if ((size_t)(s->end - s->at) < size || memcmp(s->at, mark, size))
        return false;
    s->at += size;
    return true;
}

const char *textstring_read(struct objects *o, const struct value *v,
                            struct arena *arena, bool *sound)
{
    struct span s = objects_string(o, v, arena);
    if (v->type != VALUE_STRING)
        return NULL;
    /* A byte is three of UTF-8 at most. */
    unsigned char *text = arena_alloc_array(arena, (size_t)(s.end - s.at) + 1, 3);
    unsigned char *out = text;
    if (!text)
        return NULL;
    bool big = textstring_begins(&s, "\xfe\xff");
    bool little = !big && textstring_begins(&s, "\xff\xfe");
    bool utf8 = !big && !little && textstring_begins(&s, "\xef\xbb\xbf");
    bool wide = big || little, good = true;
    while (s.end - s.at > wide) {
        uint32_t c = wide   ? textstring_utf16(&s, little)
                     : utf8 ? textstring_utf8(&s)
                            : textstring_document(*s.at++);
        good &= c != TEXTSTRING_BAD;
        out = textstring_put(out, c);
    }
    *out = '\0';
    if (sound)
        *sound = good && s.at == s.end;
    return (const char *)text;
}

bool textstring_next(const char **text, uint32_t *code)
{
    const unsigned char *at = (const unsigned char *)*text;
    int more = *at < 0x80 ? 0 : *at < 0xe0 ? 1 : *at < 0xf0 ? 2 : 3;
    if (!*at)
        return false;
    *code = more ? *at & (0x3fu >> more) : *at;
    for (at++; more > 0 && (*at & 0xc0) == 0x80; more--, at++)
        *code = *code << 6 | (*at & 0x3f);
    *text = (const char *)at;
    return true;
}
