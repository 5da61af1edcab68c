/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lzfu.c - a window of 4,096 bytes, filled with what RTF begins with. */
#include <config.h>

#include "format/lzfu.h"

#include <stdint.h>
#include <string.h>

#include "base/little.h"

#define WINDOW 4096
#define HEADER 16

enum { COMPRESSED = 0x75465a4c, PLAIN = 0x414c454d };

static const char start[] =
    "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman "
    "\\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New "
    "RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0"
    "\\fs20\\b\\i\\u\\tab\\tx";

struct window {
    char bytes[WINDOW];
    size_t at; /* the next byte goes there */
    struct buffer *out;
    size_t left; /* that may come out */
};

/* False: no more may come out. */
static bool put(struct window *w, char c)
{
    if (w->left == 0)
        return false;
    w->left--;
    w->bytes[w->at] = c;
    w->at = (w->at + 1) % WINDOW;
    buffer_append_char(w->out, c);
    return true;
}

/* A reference into the window: 12 bits where, 4 bits how long. 1: the end is
 * marked by one to where we are; -1: no more may come out. */
static int copy(struct window *w, const unsigned char *p)
{
    unsigned reference = (unsigned)p[0] << 8 | p[1];
    size_t from = reference >> 4, length = (reference & 15) + 2;
    if (from == w->at)
        return 1;
    for (size_t i = 0; i < length; i++) {
        if (!put(w, w->bytes[(from + i) % WINDOW]))
            return -1;
    }
    return 0;
}

static int expand(struct window *w, const unsigned char *p, size_t size,
                  struct error *e)
{
    int r = 0;
    while (size > 0 && r == 0) {
        unsigned control = *p++;
        size--;
        for (int bit = 0; bit < 8 && r == 0; bit++, control >>= 1) {
            size_t step = control & 1 ? 2 : 1;
            if (size < step)
                return error_set(e, ERROR_TRUNCATED,
                                 "the compressed RTF has no end");
            if (step == 2)
                r = copy(w, p);
            else if (!put(w, (char)*p))
                r = -1;
            p += step;
            size -= step;
        }
    }
    if (r < 0)
        return error_set(e, ERROR_LIMIT, "the RTF is longer than it says");
    return r > 0 ? 0
                 : error_set(e, ERROR_TRUNCATED, "the compressed RTF has no end");
}

int lzfu_expand(const unsigned char *data, size_t size, size_t limit,
                struct buffer *out, struct error *e)
{
    if (size < HEADER)
        return error_set(e, ERROR_TRUNCATED, "no header of compressed RTF");
    size_t packed = little32(data), raw = little32(data + 4);
    uint32_t kind = little32(data + 8);
    /* The first number counts all behind it. */
    if (packed < size - 4 && packed >= HEADER - 4)
        size = packed + 4;
    if (kind == PLAIN) {
        size_t left = size - HEADER < limit ? size - HEADER : limit;
        buffer_append(out, data + HEADER, raw < left ? raw : left);
        return 0;
    }
    if (kind != COMPRESSED)
        return error_set(e, ERROR_DAMAGED, "not compressed RTF");
    struct window w = {.at = sizeof start - 1, .out = out,
                       .left = raw < limit ? raw : limit};
    memset(w.bytes, ' ', sizeof w.bytes);
    memcpy(w.bytes, start, sizeof start - 1);
    return expand(&w, data + HEADER, size - HEADER, e);
}
