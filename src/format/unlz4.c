/* SPDX-License-Identifier: GPL-3.0-or-later */
/* unlz4.c - LZ4, by liblz4: frames, and the legacy kind, which only its documentation
 * of frames describes: a mark, then blocks of up to 8 MiB behind their sizes. */
#include <config.h>

#include <lz4.h>
#include <lz4frame.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/little.h"
#include "format/library.h"
#include "format/unpackkind.h"

#define UNLZ4_FRAME 0x184d2204
#define UNLZ4_LEGACY 0x184c2102
#define UNLZ4_LEGACY_BLOCK ((size_t)8 << 20)
/* Of a frame, before its size is known. */
#define UNLZ4_HEADER 7

#define UNLZ4_CALLS(call)               \
    call(LZ4F_createDecompressionContext) \
    call(LZ4F_decompress)               \
    call(LZ4F_freeDecompressionContext) \
    call(LZ4F_isError)                  \
    call(LZ4_decompress_safe)           \
    call(LZ4_decompress_safe_partial)

LIBRARY(UNLZ4_CALLS)

struct unlz4 {
    LZ4F_dctx *context;
    size_t wants; /* so much for one block: in an error all of a call is lost */
    bool begun;
    unsigned char *block; /* NULL: not of the legacy kind */
    size_t at, size;      /* in it, what is not given yet */
    bool cut;             /* it is not whole */
};

static void unlz4_load(void)
{
    LIBRARY_LOAD(LZ4_SONAME);
}

static bool unlz4_is_loaded(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, unlz4_load);
    return lib_missing == NULL;
}

static bool unlz4_begins(const unsigned char *data, size_t have, size_t size)
{
    uint64_t at = unpack_skip(data, have);
    if (at >= have)
        return at > 0 && at <= size;
    uint32_t mark = have - at >= 4 ? little32(data + at) : 0;
    return mark == UNLZ4_FRAME || mark == UNLZ4_LEGACY ||
           (mark & 0xfffffff0) == UNPACK_SKIPPABLE;
}

static void unlz4_stop(void *state)
{
    struct unlz4 *z = state;
    lib->LZ4F_freeDecompressionContext(z->context);
    free(z->block);
    free(z);
}

static void *unlz4_start(void)
{
    struct unlz4 *z = xcalloc(1, sizeof *z);
    z->wants = UNLZ4_HEADER;
    if (!lib->LZ4F_isError(
            lib->LZ4F_createDecompressionContext(&z->context, LZ4F_VERSION)))
        return z;
    free(z);
    return NULL;
}

/* The next block; of one that is cut what stands before. */
static enum unpack_step unlz4_fill(struct unlz4 *z, struct unpack_io *io)
{
    if (z->cut)
        return unpack_wrong(io, ERROR_DAMAGED, UNPACK_CUT);
    if (io->in_left < 4)
        return io->in_left == 0 ? UNPACK_END
                                : unpack_wrong(io, ERROR_DAMAGED, UNPACK_CUT);
    size_t size = little32(io->in);
    if (size == 0 || unlz4_begins(io->in, io->in_left, io->in_left))
        return UNPACK_END;
    z->cut = size > io->in_left - 4;
    size_t have = z->cut ? io->in_left - 4 : size;
    if (size > (size_t)LZ4_COMPRESSBOUND(UNLZ4_LEGACY_BLOCK))
        return unpack_wrong(io, ERROR_DAMAGED, UNPACK_DAMAGED);
    const char *from = (const char *)io->in + 4;
    int most = (int)UNLZ4_LEGACY_BLOCK;
    int n = z->cut ? lib->LZ4_decompress_safe_partial(from, (char *)z->block, (int)have,
                                                      most, most)
                   : lib->LZ4_decompress_safe(from, (char *)z->block, (int)have, most);
    if (n < 0)
        return unpack_wrong(io, ERROR_DAMAGED, z->cut ? UNPACK_CUT : UNPACK_DAMAGED);
    unpack_move(io, 4 + have, 0);
    z->at = 0;
    z->size = (size_t)n;
    return UNPACK_ON;
}

static enum unpack_step unlz4_step_legacy(struct unlz4 *z, struct unpack_io *io)
{
    if (z->at == z->size)
        return unlz4_fill(z, io);
    size_t n = z->size - z->at < io->out_left ? z->size - z->at : io->out_left;
    memcpy(io->out, z->block + z->at, n);
    z->at += n;
    unpack_move(io, 0, n);
    return UNPACK_ON;
}

static enum unpack_step unlz4_step(void *state, struct unpack_io *io)
{
    struct unlz4 *z = state;
    if (z->block)
        return unlz4_step_legacy(z, io);
    bool first = !z->begun;
    z->begun = true;
    if (first && io->in_left >= 4 && little32(io->in) == UNLZ4_LEGACY) {
        z->block = xmalloc(UNLZ4_LEGACY_BLOCK);
        unpack_move(io, 4, 0);
        return UNPACK_ON;
    }
    size_t in = io->in_left < z->wants ? io->in_left : z->wants, out = io->out_left;
    size_t rc = lib->LZ4F_decompress(z->context, io->out, &out, io->in, &in, NULL);
    if (lib->LZ4F_isError(rc))
        return unpack_wrong(io, ERROR_DAMAGED, UNPACK_DAMAGED);
    unpack_move(io, in, out);
    z->wants = rc;
    return rc == 0 ? UNPACK_END : UNPACK_ON;
}

const struct unpack_kind unpack_lz4 = {
    .name = "lz4",
    .begins = unlz4_begins,
    .is_loaded = unlz4_is_loaded,
    .start = unlz4_start,
    .step = unlz4_step,
    .stop = unlz4_stop,
};
