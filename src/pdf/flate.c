/* SPDX-License-Identifier: GPL-3.0-or-later */
/* flate.c - libdeflate, and the predictors of PNG (RFC 2083, section 6). */
#include <config.h>

#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>

#include "pdf/flate.h"

struct flate {
    struct libdeflate_decompressor *decompressor;
};

struct flate *flate_create(void)
{
    struct flate *f = malloc(sizeof *f);
    if (!f)
        return NULL;
    f->decompressor = libdeflate_alloc_decompressor();
    if (f->decompressor)
        return f;
    free(f);
    return NULL;
}

void flate_destroy(struct flate *f)
{
    if (!f)
        return;
    libdeflate_free_decompressor(f->decompressor);
    free(f);
}

enum flate_result flate_inflate(struct flate *f, struct span in,
                                unsigned char *out, size_t room, size_t *size,
                                size_t *used)
{
    switch (libdeflate_zlib_decompress_ex(f->decompressor, in.at,
                                          (size_t)(in.end - in.at), out, room,
                                          used, size)) {
    case LIBDEFLATE_SUCCESS:
        return FLATE_OK;
    case LIBDEFLATE_INSUFFICIENT_SPACE:
        return FLATE_LONG;
    default:
        return FLATE_BAD;
    }
}

static int flate_paeth(int left, int up, int corner)
{
    int p = left + up - corner;
    int from_left = abs(p - left), from_up = abs(p - up);
    int from_corner = abs(p - corner);
    if (from_left <= from_up && from_left <= from_corner)
        return left;
    return from_up <= from_corner ? up : corner;
}

/* What PNG's filter TAG takes a byte to be, by its neighbours. */
static int flate_guess(int tag, int left, int up, int corner)
{
    switch (tag) {
    case 1:
        return left;
    case 2:
        return up;
    case 3:
        return (left + up) / 2;
    case 4:
        return flate_paeth(left, up, corner);
    default:
        return 0;
    }
}

size_t flate_unpredict(unsigned char *data, size_t size, size_t columns)
{
    size_t rows = size / (columns + 1);
    for (size_t row = 0; row < rows; row++) {
        const unsigned char *in = data + row * (columns + 1);
        unsigned char *out = data + row * columns;
        const unsigned char *above = row ? out - columns : NULL;
        int tag = *in++;
        if (tag > 4)
            return 0;
        for (size_t i = 0; i < columns; i++) {
            int left = i ? out[i - 1] : 0, up = above ? above[i] : 0;
            int corner = i && above ? above[i - 1] : 0;
            out[i] = (unsigned char)(in[i] + flate_guess(tag, left, up, corner));
        }
    }
    return rows * columns;
}
