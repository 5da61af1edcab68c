/* SPDX-License-Identifier: GPL-3.0-or-later */
/* unpack.c - stream by stream of the file; what is behind the last one is padding,
 * as gzip has it. */
#include <config.h>

#include "format/unpack.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/little.h"
#include "format/unpackkind.h"

#define UNPACK_PIECE ((size_t)64 << 10)
/* More than that are not looked over at once: each ends a stream. */
#define UNPACK_SKIPS 64

struct unpack {
    const struct unpack_kind *kind;
    void *state;
    struct unpack_io io;
    bool ended;
    unsigned char piece[UNPACK_PIECE];
};

/* LZMA has no mark, so it is last. */
static const struct unpack_kind *const unpack_kinds[] = {
    &unpack_gzip, &unpack_bzip2, &unpack_xz,   &unpack_lzip,
    &unpack_zstd, &unpack_lz4,   &unpack_lzma,
};
#define UNPACK_KINDS (sizeof unpack_kinds / sizeof *unpack_kinds)

void unpack_prepare(void)
{
    for (size_t i = 0; i < UNPACK_KINDS; i++)
        unpack_kinds[i]->is_loaded();
}

static const struct unpack_kind *unpack_find(const unsigned char *data, size_t have,
                                             size_t size)
{
    for (size_t i = 0; i < UNPACK_KINDS; i++)
        if (unpack_kinds[i]->begins(data, have, size))
            return unpack_kinds[i];
    return NULL;
}

const char *unpack_name(const unsigned char *data, size_t have, size_t size)
{
    const struct unpack_kind *kind = unpack_find(data, have, size);
    return kind ? kind->name : NULL;
}

uint64_t unpack_skip(const unsigned char *data, size_t have)
{
    uint64_t at = 0;
    for (int i = 0; i < UNPACK_SKIPS && at < have && have - at >= 8; i++) {
        if ((little32(data + at) & 0xfffffff0) != UNPACK_SKIPPABLE)
            break;
        at += 8 + (uint64_t)little32(data + at + 4);
    }
    return at;
}

struct unpack *unpack_create(const unsigned char *data, size_t size)
{
    const struct unpack_kind *kind = unpack_find(data, size, size);
    void *state = kind && kind->is_loaded() ? kind->start() : NULL;
    if (!state)
        return NULL;
    struct unpack *u = xcalloc(1, sizeof *u);
    u->kind = kind;
    u->state = state;
    u->io.in = data;
    u->io.in_left = size;
    return u;
}

void unpack_destroy(struct unpack *u)
{
    if (!u)
        return;
    if (u->state)
        u->kind->stop(u->state);
    free(u);
}

/* A stream has ended: another follows, behind zeros perhaps, or it is the end. */
static void unpack_go_on(struct unpack *u)
{
    struct unpack_io *io = &u->io;
    while (io->in_left && !*io->in)
        unpack_move(io, 1, 0);
    u->ended = !u->kind->begins(io->in, io->in_left, io->in_left);
    if (u->ended)
        return;
    u->kind->stop(u->state);
    u->state = u->kind->start();
    if (u->state)
        return;
    unpack_wrong(io, ERROR_MEMORY, "no memory to unpack it");
    u->ended = true;
}

size_t unpack_read(struct unpack *u, const void **piece)
{
    struct unpack_io *io = &u->io;
    io->out = u->piece;
    io->out_left = sizeof u->piece;
    while (!u->ended && io->out_left) {
        size_t in_left = io->in_left, out_left = io->out_left;
        enum unpack_step step = u->kind->step(u->state, io);
        if (step == UNPACK_END) {
            unpack_go_on(u);
        } else if (step == UNPACK_WRONG) {
            u->ended = true;
        } else if (in_left == io->in_left && out_left == io->out_left) {
            unpack_wrong(io, ERROR_DAMAGED, UNPACK_CUT);
            u->ended = true;
        }
    }
    *piece = u->piece;
    return sizeof u->piece - io->out_left;
}

bool unpack_is_flawed(const struct unpack *u, struct error *e)
{
    if (u->io.flaw)
        error_set(e, u->io.kind, "%s", u->io.flaw);
    return u->io.flaw != NULL;
}
