/* SPDX-License-Identifier: GPL-3.0-or-later */
/* unpackkind.h - what each kind of compression gives to unpack.c. */
#ifndef EXTRACT_FORMAT_UNPACKKIND_H
#define EXTRACT_FORMAT_UNPACKKIND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* As much memory as what a file says may make a library allocate: for windows. */
#define UNPACK_MEMORY_BITS 30
#define UNPACK_MEMORY_FLAW "unpacking it needs more than 1 GiB of memory"
#define UNPACK_CUT "the compressed data is cut"
#define UNPACK_DAMAGED "the compressed data is damaged"

/* What is read and written: a step moves both on. */
struct unpack_io {
    const unsigned char *in; /* all that is left of the file */
    size_t in_left;
    unsigned char *out;
    size_t out_left; /* more than 0 */
    enum error_kind kind; /* with UNPACK_WRONG; both */
    const char *flaw;     /* static */
};

enum unpack_step {
    UNPACK_ON,   /* more may follow; neither read nor written: the file is cut */
    UNPACK_END,  /* of a stream; another may follow */
    UNPACK_WRONG /* it cannot be read beyond here */
};

struct unpack_kind {
    const char *name;
    /* Whether a stream may begin with DATA, of which HAVE bytes of SIZE are here. */
    bool (*begins)(const unsigned char *data, size_t have, size_t size);
    bool (*is_loaded)(void); /* loads its library; any thread */
    void *(*start)(void);    /* the state of one stream; NULL: no memory */
    enum unpack_step (*step)(void *state, struct unpack_io *io);
    void (*stop)(void *state);
};

extern const struct unpack_kind unpack_gzip, unpack_bzip2, unpack_xz, unpack_lzip,
    unpack_lzma, unpack_zstd, unpack_lz4;

static inline enum unpack_step unpack_wrong(struct unpack_io *io, enum error_kind kind,
                                            const char *flaw)
{
    io->kind = kind;
    io->flaw = flaw;
    return UNPACK_WRONG;
}

static inline void unpack_move(struct unpack_io *io, size_t read, size_t written)
{
    io->in += read;
    io->in_left -= read;
    io->out += written;
    io->out_left -= written;
}

/* For libraries that count in 32 bits. */
static inline unsigned unpack_short(size_t n)
{
    return n < (size_t)1 << 30 ? (unsigned)n : 1u << 30;
}

/* Frames of Zstandard and LZ4 that say nothing (RFC 8878, 3.1.2) may come before
 * others: the offset behind those at DATA, which may be beyond what is here; or of one
 * more, when there are many. */
#define UNPACK_SKIPPABLE 0x184d2a50 /* to ...5f */
uint64_t unpack_skip(const unsigned char *data, size_t have);

#endif
