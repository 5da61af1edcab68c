/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gunzip.c - gzip (RFC 1952), by zlib. */
#include <config.h>

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#define ZLIB_CONST /* its input is not changed */
#include <zlib.h>

#include "base/alloc.h"
#include "format/library.h"
#include "format/unpackkind.h"

/* A window of 32 KiB, and the wrapping of gzip alone. */
#define GUNZIP_WINDOW (15 + 16)

#define GUNZIP_CALLS(call) \
    call(inflate)          \
    call(inflateEnd)       \
    call(inflateInit2_)

LIBRARY(GUNZIP_CALLS)

static void gunzip_load(void)
{
    LIBRARY_LOAD(ZLIB_SONAME);
}

static bool gunzip_is_loaded(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, gunzip_load);
    return lib_missing == NULL;
}

static bool gunzip_begins(const unsigned char *data, size_t have, size_t size)
{
    (void)size;
    return have >= 3 && !memcmp(data, "\x1f\x8b\x08", 3);
}

static void *gunzip_start(void)
{
    z_stream *z = xcalloc(1, sizeof *z);
    if (lib->inflateInit2_(z, GUNZIP_WINDOW, ZLIB_VERSION, (int)sizeof *z) == Z_OK)
        return z;
    free(z);
    return NULL;
}

static void gunzip_stop(void *state)
{
    lib->inflateEnd(state);
    free(state);
}

static enum unpack_step gunzip_step(void *state, struct unpack_io *io)
{
    z_stream *z = state;
    unsigned in = unpack_short(io->in_left), out = unpack_short(io->out_left);
    z->next_in = io->in;
    z->avail_in = in;
    z->next_out = io->out;
    z->avail_out = out;
    int rc = lib->inflate(z, Z_NO_FLUSH);
    unpack_move(io, in - z->avail_in, out - z->avail_out);
    if (rc == Z_STREAM_END)
        return UNPACK_END;
    if (rc == Z_OK || rc == Z_BUF_ERROR)
        return UNPACK_ON;
    return unpack_wrong(io, ERROR_DAMAGED,
                        z->msg && !strncmp(z->msg, "incorrect", 9)
                            ? "the compressed data has a wrong checksum"
                            : UNPACK_DAMAGED);
}

const struct unpack_kind unpack_gzip = {
    .name = "gzip",
    .begins = gunzip_begins,
    .is_loaded = gunzip_is_loaded,
    .start = gunzip_start,
    .step = gunzip_step,
    .stop = gunzip_stop,
};
