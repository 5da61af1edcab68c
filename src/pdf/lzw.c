/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lzw.c - an entry of the table is a stretch of what has come out already, so it needs no
 * characters of its own. */
#include <config.h>

#include "pdf/lzw.h"

#include <stdlib.h>
#include <string.h>

#define LZW_CLEAR 256
#define LZW_END 257
#define LZW_FIRST 258
#define LZW_CODES 4096

struct lzw {
    /* Of the codes from LZW_FIRST: where they stand in the output, and how long. */
    size_t at[LZW_CODES];
    size_t length[LZW_CODES];
};

/* Codes from the most significant bit on. */
struct lzw_reader {
    struct span in;
    uint32_t bits;
    int held; /* bits that are valid */
};

struct lzw *lzw_create(void)
{
    return malloc(sizeof(struct lzw));
}

void lzw_destroy(struct lzw *l)
{
    free(l);
}

/* -1: there are not so many bits. */
static int lzw_code(struct lzw_reader *r, int width)
{
    while (r->held < width) {
        if (r->in.at == r->in.end)
            return -1;
        r->bits = r->bits << 8 | *r->in.at++;
        r->held += 8;
    }
    r->held -= width;
    return (int)(r->bits >> r->held & ((1U << width) - 1));
}

static int lzw_width(int next, bool early)
{
    int codes = next + early;
    return codes >= 2048 ? 12 : codes >= 1024 ? 11 : codes >= 512 ? 10 : 9;
}

enum stream_end lzw_decode(struct lzw *l, bool early, struct span in,
                           unsigned char *out, size_t most, size_t *size)
{
    struct lzw_reader r = { .in = in };
    int next = LZW_FIRST, code;
    bool first = true; /* of those since the table was cleared */
    size_t before = 0; /* where the string of the code before it starts */
    *size = 0;
    while ((code = lzw_code(&r, lzw_width(next, early))) >= 0 && code != LZW_END) {
        if (code == LZW_CLEAR) {
            next = LZW_FIRST;
            first = true;
            continue;
        }
        /* What this code makes known: the string before it and one character more,
         * which is the first of what comes now. */
        if (!first && next < LZW_CODES) {
            l->at[next] = before;
            l->length[next] = *size - before + 1;
            next++;
        }
        if (code >= next || (code > LZW_END && first))
            return STREAM_CUT;
        size_t length = code < LZW_CLEAR ? 1 : l->length[code];
        if (length > most - *size)
            return STREAM_OVER;
        before = *size;
        if (code < LZW_CLEAR) {
            out[(*size)++] = (unsigned char)code;
        } else {
            /* They overlap where a code is used at once. */
            const unsigned char *from = out + l->at[code];
            for (size_t i = 0; i < length; i++)
                out[*size + i] = from[i];
            *size += length;
        }
        first = false;
    }
    return STREAM_WHOLE;
}
