/* SPDX-License-Identifier: GPL-3.0-or-later */
/* biff.c - records and strings; every length is checked against its record. */
#include <config.h>

#include "format/biff.h"

#include <string.h>

#include "base/little.h"
#include "base/utf8.h"
#include "format/codepage.h"

enum { WIDE = 1, EXTENDED = 4, RICH = 8 };

bool biff_next(struct biff *b)
{
    if (b->next >= b->size || b->size - b->next < 4)
        return false;
    size_t length = little16(b->data + b->next + 2);
    if (length > b->size - b->next - 4)
        return false;
    b->id = little16(b->data + b->next);
    b->p = b->data + b->next + 4;
    b->length = length;
    b->at = 0;
    b->next += 4 + length;
    return true;
}

int biff_peek(const struct biff *b)
{
    if (b->next >= b->size || b->size - b->next < 4)
        return -1;
    return little16(b->data + b->next);
}

unsigned biff_begin(const struct biff *b, unsigned *what)
{
    *what = 0;
    if ((b->id & 0xff) != 9 || b->id > 0x809 || b->length < 4)
        return 0;
    *what = little16(b->p + 2);
    switch (b->id >> 8) {
    case 0:
        return 2;
    case 2:
        return 3;
    case 4:
        return 4;
    case 8:
        return little16(b->p) >= 0x600 ? 8 : 5;
    }
    return 0;
}

/* Into the record that continues this one. */
static bool go_on(struct biff *b)
{
    return b->at >= b->length && biff_peek(b) == BIFF_CONTINUE && biff_next(b);
}

bool biff_skip(struct biff *b, size_t size)
{
    while (size > b->length - b->at) {
        size -= b->length - b->at;
        b->at = b->length;
        if (!go_on(b))
            return false;
    }
    b->at += size;
    return true;
}

/* UTF-16 that is written with a byte each: the upper ones are 0. */
static void append_low(struct buffer *out, const unsigned char *p, size_t count)
{
    for (size_t i = 0; i < count; i++)
        utf8_append(out, p[i]);
}

/* COUNT characters of version 8, IS_WIDE to begin with. */
static bool append_characters(struct biff *b, size_t count, bool is_wide,
                              struct buffer *out)
{
    while (count > 0) {
        size_t room = (b->length - b->at) / (is_wide ? 2 : 1);
        size_t part = count < room ? count : room;
        if (is_wide)
            codepage_append_utf16(out, b->p + b->at, part);
        else
            append_low(out, b->p + b->at, part);
        b->at += part * (is_wide ? 2 : 1);
        count -= part;
        if (count == 0)
            break;
        /* Each record says anew how it is written. */
        b->at = b->length;
        if (!go_on(b) || b->length == 0)
            return false;
        is_wide = (b->p[b->at++] & WIDE) != 0;
    }
    return true;
}

bool biff_characters(struct biff *b, size_t count, struct buffer *out)
{
    if (b->version < 8) {
        size_t room = b->length - b->at, size = count < room ? count : room;
        codepage_append(out, b->codepage, b->p + b->at, size);
        b->at += size;
        return size == count;
    }
    if (b->at >= b->length && (!go_on(b) || b->length == 0))
        return false;
    bool is_wide = (b->p[b->at++] & WIDE) != 0;
    return append_characters(b, count, is_wide, out);
}

bool biff_string(struct biff *b, int width, struct buffer *out)
{
    if (b->length - b->at < (size_t)width)
        return false;
    size_t count = width == 1 ? b->p[b->at] : little16(b->p + b->at);
    b->at += (size_t)width;
    return count == 0 || biff_characters(b, count, out);
}

bool biff_shared(struct biff *b, struct buffer *out)
{
    if (b->at >= b->length && !go_on(b))
        return false;
    if (b->length - b->at < 3)
        return false;
    size_t count = little16(b->p + b->at);
    unsigned options = b->p[b->at + 2];
    size_t head = 3, behind = 0;
    if (options & RICH) {
        if (b->length - b->at < head + 2)
            return false;
        behind += 4 * (size_t)little16(b->p + b->at + head);
        head += 2;
    }
    if (options & EXTENDED) {
        if (b->length - b->at < head + 4)
            return false;
        behind += little32(b->p + b->at + head);
        head += 4;
    }
    b->at += head;
    return append_characters(b, count, (options & WIDE) != 0, out)
           && biff_skip(b, behind);
}

/* A number in 30 bits ([MS-XLS] 2.5.217): the upper half of a double, or an
 * integer; perhaps a hundred times too large. */
double biff_rk(const unsigned char *p)
{
    uint32_t bits = little32(p);
    double value;
    if (bits & 2) {
        value = (double)((int32_t)bits >> 2);
    } else {
        uint64_t wide = (uint64_t)(bits & ~(uint32_t)3) << 32;
        memcpy(&value, &wide, sizeof value);
    }
    return bits & 1 ? value / 100 : value;
}

const char *biff_error(unsigned code)
{
    static const struct {
        unsigned code;
        const char *name;
    } errors[] = {
        {0x00, "#NULL!"}, {0x07, "#DIV/0!"}, {0x0f, "#VALUE!"}, {0x17, "#REF!"},
        {0x1d, "#NAME?"}, {0x24, "#NUM!"},   {0x2a, "#N/A"},
    };
    for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++) {
        if (errors[i].code == code)
            return errors[i].name;
    }
    return "#N/A";
}
