/* SPDX-License-Identifier: GPL-3.0-or-later */
/* utf8.c - checks and repairs UTF-8. Text is checked on its way from every
 * format, so plain ASCII, most of what comes, goes eight bytes at a time. */
#include <config.h>

#include "base/utf8.h"

#include <string.h>

/* What may follow a first byte: how many bytes, and the bounds of the second
 * one (RFC 3629, section 4); the others are 80..BF. */
struct shape {
    unsigned length; /* of the whole character; 0: no character starts so */
    unsigned char low, high;
};

static struct shape shape_of(unsigned char first)
{
    if (first < 0x80)
        return (struct shape){1, 0, 0};
    if (first < 0xc2)
        return (struct shape){0, 0, 0};
    if (first < 0xe0)
        return (struct shape){2, 0x80, 0xbf};
    if (first < 0xf0)
        return (struct shape){3, first == 0xe0 ? 0xa0 : 0x80,
                              first == 0xed ? 0x9f : 0xbf};
    if (first < 0xf5)
        return (struct shape){4, first == 0xf0 ? 0x90 : 0x80,
                              first == 0xf4 ? 0x8f : 0xbf};
    return (struct shape){0, 0, 0};
}

/* The maximal subpart at P: how many bytes of a character are there (at least
 * 1, for a byte that starts none). *LENGTH: of the character it would be. */
static size_t subpart(const unsigned char *p, size_t size, size_t *length)
{
    struct shape shape = shape_of(p[0]);
    size_t have = 1;

    *length = shape.length;
    if (shape.length < 2 || size < 2 || p[1] < shape.low || p[1] > shape.high)
        return have;
    for (have = 2; have < shape.length && have < size; have++) {
        if ((p[have] & 0xc0) != 0x80)
            break;
    }
    return have;
}

#define HIGH_BITS UINT64_C(0x8080808080808080)

/* From I on past as many whole pieces of ASCII as there are. */
static size_t past_ascii(const unsigned char *p, size_t i, size_t size)
{
    uint64_t words[4];

    for (; size - i >= sizeof words; i += sizeof words) {
        memcpy(words, p + i, sizeof words);
        if (((words[0] | words[1] | words[2] | words[3]) & HIGH_BITS) != 0)
            break;
    }
    return i;
}

size_t utf8_valid_prefix(const char *data, size_t size)
{
    const unsigned char *p = (const unsigned char *)data;
    size_t i = 0;

    while (i < size) {
        uint64_t word;

        if (size - i >= sizeof word) {
            memcpy(&word, p + i, sizeof word);
            if ((word & HIGH_BITS) == 0) {
                i = past_ascii(p, i + sizeof word, size);
                continue;
            }
        }

        size_t length;

        if (subpart(p + i, size - i, &length) != length)
            return i;
        i += length;
    }
    return i;
}

bool utf8_ends_inside(const char *data, size_t size, size_t *tail)
{
    const unsigned char *p = (const unsigned char *)data;

    for (size_t back = 1; back <= 3 && back <= size; back++) {
        size_t length;

        if ((p[size - back] & 0xc0) == 0x80)
            continue;
        if (subpart(p + size - back, back, &length) == back && back < length) {
            *tail = back;
            return true;
        }
        break;
    }
    *tail = 0;
    return false;
}

size_t utf8_append_sanitized(struct buffer *b, const char *data, size_t size)
{
    size_t replaced = 0;

    while (size > 0) {
        size_t good = utf8_valid_prefix(data, size);
        size_t length;

        buffer_append(b, data, good);
        data += good;
        size -= good;
        if (size == 0)
            break;

        size_t bad = subpart((const unsigned char *)data, size, &length);

        utf8_append(b, 0xfffd);
        replaced++;
        data += bad;
        size -= bad;
    }
    return replaced;
}

void utf8_append(struct buffer *b, uint32_t c)
{
    if (c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
        c = 0xfffd;

    unsigned char bytes[4];
    size_t size;

    if (c < 0x80) {
        bytes[0] = (unsigned char)c;
        size = 1;
    } else if (c < 0x800) {
        bytes[0] = (unsigned char)(0xc0 | c >> 6);
        size = 2;
    } else if (c < 0x10000) {
        bytes[0] = (unsigned char)(0xe0 | c >> 12);
        size = 3;
    } else {
        bytes[0] = (unsigned char)(0xf0 | c >> 18);
        size = 4;
    }
    for (size_t i = 1; i < size; i++)
        bytes[i] = (unsigned char)(0x80 | ((c >> (6 * (size - 1 - i))) & 0x3f));
    buffer_append(b, bytes, size);
}
