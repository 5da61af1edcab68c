/* SPDX-License-Identifier: GPL-3.0-or-later */
/* inline.c - bytes of an image may hold "EI" between blanks by chance: where its size
 * follows from its dictionary, that is believed when "EI" stands behind it; otherwise
 * the first "EI" is taken that an operator follows, or else one that text follows. */
#include <config.h>

#include "pdf/inline.h"

#include <string.h>

/* Entries of the dictionary that are looked at, and bytes of content behind "EI". */
#define INLINE_ENTRIES 64
#define INLINE_AHEAD 24
/* Bytes behind that, in which an operator is looked for. */
#define INLINE_OPERATOR 96
/* How far, and how often, a better end is looked for behind one that may be it: hostile
 * content has many of these. */
#define INLINE_FAR 1024
#define INLINE_TRIES 8

struct inline_image {
    uint64_t width, height, bits, colours; /* 0: not known */
    bool filtered, mask;
};

/* KEY's value in V, for those keys that count. */
static void inline_entry(struct inline_image *i, struct span key, struct span v)
{
    uint64_t number = 0;
    struct span digits = v;
    syntax_integer(&digits, &number);
    if (syntax_is(key, "W") || syntax_is(key, "Width"))
        i->width = number;
    else if (syntax_is(key, "H") || syntax_is(key, "Height"))
        i->height = number;
    else if (syntax_is(key, "BPC") || syntax_is(key, "BitsPerComponent"))
        i->bits = number;
    else if (syntax_is(key, "F") || syntax_is(key, "Filter"))
        i->filtered = !syntax_is(v, "[]") && !syntax_is(v, "null");
    else if (syntax_is(key, "IM") || syntax_is(key, "ImageMask"))
        i->mask = syntax_is(v, "true");
    else if (syntax_is(key, "CS") || syntax_is(key, "ColorSpace"))
        i->colours = syntax_is(v, "/G") || syntax_is(v, "/DeviceGray")   ? 1
                     : syntax_is(v, "/RGB") || syntax_is(v, "/DeviceRGB") ? 3
                     : syntax_is(v, "/CMYK") || syntax_is(v, "/DeviceCMYK") ? 4
                     : v.end - v.at > 2 && v.at[0] == '[' &&
                             memmem(v.at, (size_t)(v.end - v.at), "/I", 2)
                         ? 1
                         : 0;
}

/* Passes the dictionary and "ID". */
static bool inline_dictionary(struct span *s, struct inline_image *i)
{
    for (int n = 0; n < INLINE_ENTRIES; n++) {
        struct span key, v;
        if (syntax_word(s, "ID"))
            return true;
        if (!syntax_object(s, &key) || key.end - key.at < 2 || *key.at != '/' ||
            !syntax_object(s, &v))
            return false;
        key.at++;
        inline_entry(i, key, v);
    }
    return false;
}

/* Bytes of the samples; 0: not known. */
static uint64_t inline_size(const struct inline_image *i)
{
    uint64_t bits = i->mask ? 1 : i->bits * i->colours;
    if (i->filtered || !bits || bits > 64 || i->width > UINT32_MAX ||
        i->height > UINT32_MAX)
        return 0;
    uint64_t row = (i->width * bits + 7) / 8;
    return row && i->height > UINT64_MAX / 2 / row ? 0 : row * i->height;
}

static bool inline_ends(struct span *s)
{
    struct span ahead = *s;
    while (ahead.at < ahead.end && syntax_is_space(*ahead.at))
        ahead.at++;
    if (ahead.end - ahead.at < 2 || ahead.at[0] != 'E' || ahead.at[1] != 'I' ||
        (ahead.end - ahead.at > 2 && !syntax_is_space(ahead.at[2])))
        return false;
    s->at = ahead.at + 2;
    return true;
}

/* Content is printable but for its strings, which hardly follow an image at once. */
static bool inline_is_content(struct span s)
{
    for (int i = 0; i < INLINE_AHEAD && s.at < s.end; i++, s.at++)
        if (!syntax_is_space(*s.at) ? *s.at < ' ' || *s.at > '~' : *s.at == '\0')
            return false;
    return true;
}

/* All but those that no content has behind an image: table A.1. */
static bool inline_is_operator(struct span word)
{
    static const char names[] =
        " b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EMC ET EX f F f* G g gs h "
        "i j J K k l M m MP n q Q re RG rg ri s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ "
        "TL Tm Tr Ts Tw Tz v w W W* y ' \" ";
    char spaced[6] = " ";
    size_t size = (size_t)(word.end - word.at);
    if (size > 3)
        return false;
    memcpy(spaced + 1, word.at, size);
    spaced[size + 1] = ' ';
    return strstr(names, spaced) != NULL;
}

/* Whether the first word behind "EI" is an operator, as far as that is looked for. */
static bool inline_has_operator(struct span s)
{
    bool cut = s.end - s.at > INLINE_OPERATOR;
    struct span ahead = { s.at, cut ? s.at + INLINE_OPERATOR : s.end }, v;
    while (syntax_object(&ahead, &v)) {
        if (cut && v.end == ahead.end)
            return true;
        bool operand = (*v.at >= '+' && *v.at <= '9') || *v.at == '(' || *v.at == '<' ||
                       *v.at == '[' || syntax_is(v, "true") || syntax_is(v, "false") ||
                       syntax_is(v, "null");
        if (!operand)
            return inline_is_operator(v);
    }
    return cut || ahead.at == ahead.end;
}

bool inline_skip(struct span *s)
{
    struct inline_image image = { 0 };
    struct span data = *s;
    if (!inline_dictionary(&data, &image)) {
        s->at = data.at; /* what was looked at is not looked at again */
        return false;
    }
    if (data.at < data.end)
        data.at++; /* the one white space behind ID */
    uint64_t size = inline_size(&image);
    if (size && size <= (uint64_t)(data.end - data.at)) {
        struct span behind = { data.at + size, data.end };
        if (inline_ends(&behind)) {
            *s = behind;
            return true;
        }
    }
    struct span likely = { NULL, data.end };
    int tries = 0;
    for (const unsigned char *at = data.at; at < data.end && tries < INLINE_TRIES; at++) {
        at = memchr(at, 'E', (size_t)(data.end - at));
        if (!at)
            break;
        struct span behind = { at, s->end };
        bool apart = at == data.at || syntax_is_space(at[-1]) || at[-1] == '>';
        if (!apart || !inline_ends(&behind) || !inline_is_content(behind))
            continue;
        if (inline_has_operator(behind)) {
            *s = behind;
            return true;
        }
        if (!likely.at) {
            likely = behind;
            if (data.end - behind.at > INLINE_FAR)
                data.end = behind.at + INLINE_FAR;
        }
        tries++;
    }
    *s = likely.at ? likely : (struct span){ s->end, s->end };
    return likely.at != NULL;
}
