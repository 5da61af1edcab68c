/* SPDX-License-Identifier: GPL-3.0-or-later */
/* flate.c - libdeflate, and zlib. */
#include <config.h>

#include <libdeflate.h>
#include <limits.h>
#include <stdlib.h>
/* So that next_in may point to what is not to be written to. */
#define ZLIB_CONST
#include <zlib.h>

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

/* The two bytes before the deflated ones (RFC 1950, 2.2). */
static bool flate_has_header(struct span in)
{
    return in.end - in.at > 2 && (in.at[0] & 15) == 8 && !(in.at[1] & 32) &&
           (in.at[0] << 8 | in.at[1]) % 31 == 0;
}

enum flate_result flate_salvage(struct span in, unsigned char *out, size_t room,
                                size_t *size)
{
    z_stream z = { 0 };
    *size = 0;
    if (!flate_has_header(in) || (size_t)(in.end - in.at) > UINT_MAX ||
        room > UINT_MAX || inflateInit2(&z, -MAX_WBITS) != Z_OK)
        return FLATE_BAD;
    z.next_in = in.at + 2;
    z.avail_in = (unsigned)(in.end - in.at) - 2;
    z.next_out = out;
    z.avail_out = (unsigned)room;
    int end = inflate(&z, Z_SYNC_FLUSH);
    *size = room - z.avail_out;
    inflateEnd(&z);
    if (end == Z_STREAM_END)
        return FLATE_OK;
    return z.avail_out == 0 && end != Z_DATA_ERROR ? FLATE_LONG : FLATE_BAD;
}
