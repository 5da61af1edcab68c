/* SPDX-License-Identifier: GPL-3.0-or-later */
/* unzstd.c - Zstandard (RFC 8878), by libzstd. */
#include <config.h>

#include <pthread.h>
#include <stdlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include "base/alloc.h"
#include "base/little.h"
#include "format/library.h"
#include "format/unpackkind.h"

#define UNZSTD_CALLS(call)       \
    call(ZSTD_DCtx_setParameter) \
    call(ZSTD_createDCtx)        \
    call(ZSTD_decompressStream)  \
    call(ZSTD_freeDCtx)          \
    call(ZSTD_getErrorCode)

LIBRARY(UNZSTD_CALLS)

#define UNZSTD_MARK 0xfd2fb528
/* Of a frame, before its size is known. */
#define UNZSTD_HEADER 5

struct unzstd {
    ZSTD_DCtx *context;
    size_t wants; /* so much for one block: in an error all of a call is lost */
};

static void unzstd_load(void)
{
    LIBRARY_LOAD(ZSTD_SONAME);
}

static bool unzstd_is_loaded(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, unzstd_load);
    return lib_missing == NULL;
}

static bool unzstd_begins(const unsigned char *data, size_t have, size_t size)
{
    uint64_t at = unpack_skip(data, have);
    if (at >= have)
        return at > 0 && at <= size;
    return have - at >= 4 && (little32(data + at) == UNZSTD_MARK ||
                              (little32(data + at) & 0xfffffff0) == UNPACK_SKIPPABLE);
}

static void unzstd_stop(void *state)
{
    struct unzstd *z = state;
    lib->ZSTD_freeDCtx(z->context);
    free(z);
}

static void *unzstd_start(void)
{
    struct unzstd *z = xcalloc(1, sizeof *z);
    z->wants = UNZSTD_HEADER;
    z->context = lib->ZSTD_createDCtx();
    if (z->context) {
        lib->ZSTD_DCtx_setParameter(z->context, ZSTD_d_windowLogMax, UNPACK_MEMORY_BITS);
        return z;
    }
    free(z);
    return NULL;
}

static enum unpack_step unzstd_fail(struct unpack_io *io, size_t rc)
{
    switch (lib->ZSTD_getErrorCode(rc)) {
    case ZSTD_error_frameParameter_windowTooLarge:
    case ZSTD_error_memory_allocation:
        return unpack_wrong(io, ERROR_LIMIT, UNPACK_MEMORY_FLAW);
    case ZSTD_error_dictionary_wrong:
        return unpack_wrong(io, ERROR_UNSUPPORTED, "its dictionary is elsewhere");
    case ZSTD_error_checksum_wrong:
        return unpack_wrong(io, ERROR_DAMAGED, "the compressed data has a wrong checksum");
    default:
        return unpack_wrong(io, ERROR_DAMAGED, UNPACK_DAMAGED);
    }
}

static enum unpack_step unzstd_step(void *state, struct unpack_io *io)
{
    struct unzstd *z = state;
    ZSTD_inBuffer in = { io->in, io->in_left < z->wants ? io->in_left : z->wants, 0 };
    ZSTD_outBuffer out = { io->out, io->out_left, 0 };
    size_t rc = lib->ZSTD_decompressStream(z->context, &out, &in);
    if (lib->ZSTD_getErrorCode(rc) != ZSTD_error_no_error)
        return unzstd_fail(io, rc);
    unpack_move(io, in.pos, out.pos);
    z->wants = rc;
    return rc == 0 ? UNPACK_END : UNPACK_ON;
}

const struct unpack_kind unpack_zstd = {
    .name = "zstd",
    .begins = unzstd_begins,
    .is_loaded = unzstd_is_loaded,
    .start = unzstd_start,
    .step = unzstd_step,
    .stop = unzstd_stop,
};
