/* SPDX-License-Identifier: GPL-3.0-or-later */
/* unlzma.c - xz, lzip and LZMA, by liblzma. */
#include <config.h>

#include <lzma.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/little.h"
#include "format/library.h"
#include "format/unpackkind.h"

#define UNLZMA_MEMORY ((uint64_t)1 << UNPACK_MEMORY_BITS)

#define UNLZMA_CALLS(call)    \
    call(lzma_alone_decoder)  \
    call(lzma_code)           \
    call(lzma_end)            \
    call(lzma_lzip_decoder)   \
    call(lzma_stream_decoder)

LIBRARY(UNLZMA_CALLS)

static void unlzma_load(void)
{
    LIBRARY_LOAD(LZMA_SONAME);
}

static bool unlzma_is_loaded(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, unlzma_load);
    return lib_missing == NULL;
}

static bool unlzma_begins_xz(const unsigned char *data, size_t have, size_t size)
{
    (void)size;
    return have >= 6 && !memcmp(data, "\xfd" "7zXZ\0", 6);
}

static bool unlzma_begins_lzip(const unsigned char *data, size_t have, size_t size)
{
    (void)size;
    return have >= 5 && !memcmp(data, "LZIP\1", 5);
}

/* It has no mark: usual properties, a dictionary whose size is a power of two, or one
 * and a half times that, and a size below 256 GiB or none. */
static bool unlzma_begins_alone(const unsigned char *data, size_t have, size_t size)
{
    (void)size;
    if (have < 14 || data[0] != 0x5d || data[13] != 0)
        return false;
    uint32_t dictionary = little32(data + 1);
    uint64_t says = little64(data + 5);
    uint32_t odd = dictionary & (dictionary - 1);
    return dictionary >= 4096 && (odd == 0 || odd >> 1 == (dictionary ^ odd)) &&
           (says == UINT64_MAX || says < (uint64_t)256 << 30);
}

/* Z, or NULL when it came to RC instead of being started. */
static void *unlzma_started(lzma_stream *z, lzma_ret rc)
{
    if (rc == LZMA_OK)
        return z;
    free(z);
    return NULL;
}

static void *unlzma_start_xz(void)
{
    lzma_stream *z = xcalloc(1, sizeof *z);
    return unlzma_started(z, lib->lzma_stream_decoder(z, UNLZMA_MEMORY, 0));
}

static void *unlzma_start_lzip(void)
{
    lzma_stream *z = xcalloc(1, sizeof *z);
    return unlzma_started(z, lib->lzma_lzip_decoder(z, UNLZMA_MEMORY, 0));
}

static void *unlzma_start_alone(void)
{
    lzma_stream *z = xcalloc(1, sizeof *z);
    return unlzma_started(z, lib->lzma_alone_decoder(z, UNLZMA_MEMORY));
}

static void unlzma_stop(void *state)
{
    lib->lzma_end(state);
    free(state);
}

static enum unpack_step unlzma_step(void *state, struct unpack_io *io)
{
    lzma_stream *z = state;
    z->next_in = io->in;
    z->avail_in = io->in_left;
    z->next_out = io->out;
    z->avail_out = io->out_left;
    lzma_ret rc = lib->lzma_code(z, LZMA_RUN);
    unpack_move(io, io->in_left - z->avail_in, io->out_left - z->avail_out);
    if (rc == LZMA_STREAM_END)
        return UNPACK_END;
    if (rc == LZMA_OK || rc == LZMA_BUF_ERROR)
        return UNPACK_ON;
    if (rc == LZMA_MEM_ERROR || rc == LZMA_MEMLIMIT_ERROR)
        return unpack_wrong(io, ERROR_LIMIT, UNPACK_MEMORY_FLAW);
    return unpack_wrong(io, ERROR_DAMAGED, UNPACK_DAMAGED);
}

#define UNLZMA_KIND(id, word)                \
    const struct unpack_kind unpack_##word = { \
        .name = #word,                       \
        .begins = unlzma_begins_##id,        \
        .is_loaded = unlzma_is_loaded,       \
        .start = unlzma_start_##id,          \
        .step = unlzma_step,                 \
        .stop = unlzma_stop,                 \
    };

UNLZMA_KIND(xz, xz)
UNLZMA_KIND(lzip, lzip)
UNLZMA_KIND(alone, lzma)
