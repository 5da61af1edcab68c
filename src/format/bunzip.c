/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bunzip.c - bzip2, by libbz2. */
#include <config.h>

#include <bzlib.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "format/library.h"
#include "format/unpackkind.h"

#define BUNZIP_CALLS(call)     \
    call(BZ2_bzDecompress)     \
    call(BZ2_bzDecompressEnd)  \
    call(BZ2_bzDecompressInit)

LIBRARY(BUNZIP_CALLS)

static void bunzip_load(void)
{
    LIBRARY_LOAD(BZIP2_SONAME);
}

static bool bunzip_is_loaded(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, bunzip_load);
    return lib_missing == NULL;
}

/* A block follows, or the end when there is nothing in it. */
static bool bunzip_begins(const unsigned char *data, size_t have, size_t size)
{
    (void)size;
    return have >= 10 && !memcmp(data, "BZh", 3) && data[3] >= '1' && data[3] <= '9' &&
           (!memcmp(data + 4, "1AY&SY", 6) || !memcmp(data + 4, "\x17rE8P\x90", 6));
}

static void *bunzip_start(void)
{
    bz_stream *z = xcalloc(1, sizeof *z);
    if (lib->BZ2_bzDecompressInit(z, 0, 0) == BZ_OK)
        return z;
    free(z);
    return NULL;
}

static void bunzip_stop(void *state)
{
    lib->BZ2_bzDecompressEnd(state);
    free(state);
}

static enum unpack_step bunzip_step(void *state, struct unpack_io *io)
{
    bz_stream *z = state;
    unsigned in = unpack_short(io->in_left), out = unpack_short(io->out_left);
    z->next_in = (char *)(uintptr_t)io->in; /* which is not changed */
    z->avail_in = in;
    z->next_out = (char *)io->out;
    z->avail_out = out;
    int rc = lib->BZ2_bzDecompress(z);
    unpack_move(io, in - z->avail_in, out - z->avail_out);
    if (rc == BZ_STREAM_END)
        return UNPACK_END;
    if (rc == BZ_OK)
        return UNPACK_ON;
    return unpack_wrong(io, ERROR_DAMAGED, UNPACK_DAMAGED);
}

const struct unpack_kind unpack_bzip2 = {
    .name = "bzip2",
    .begins = bunzip_begins,
    .is_loaded = bunzip_is_loaded,
    .start = bunzip_start,
    .step = bunzip_step,
    .stop = bunzip_stop,
};
