/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gunzip.c - zlib, member by member of the file; what is behind the last one is
 * padding, as gzip has it. */
#include <config.h>

#include "format/gunzip.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#define ZLIB_CONST /* its input is not changed */
#include <zlib.h>

#include "base/alloc.h"
#include "format/library.h"

#define GUNZIP_PIECE ((size_t)64 << 10)
/* zlib counts in 32 bits. */
#define GUNZIP_MOST ((size_t)1 << 30)
/* A window of 32 KiB, and the wrapping of gzip alone. */
#define GUNZIP_WINDOW (15 + 16)

#define GUNZIP_CALLS(call) \
    call(inflate)          \
    call(inflateEnd)       \
    call(inflateInit2_)    \
    call(inflateReset)

LIBRARY(GUNZIP_CALLS)

struct gunzip {
    z_stream stream;
    const unsigned char *next;
    size_t left; /* of what is not given to the stream */
    bool ended;
    const char *flaw;
    unsigned char piece[GUNZIP_PIECE];
};

static void gunzip_load(void)
{
    LIBRARY_LOAD(ZLIB_SONAME);
}

bool gunzip_is_loaded(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, gunzip_load);
    return lib_missing == NULL;
}

bool gunzip_is_gzip(const unsigned char *data, size_t size)
{
    return size >= 3 && !memcmp(data, "\x1f\x8b\x08", 3);
}

struct gunzip *gunzip_create(const unsigned char *data, size_t size)
{
    if (!gunzip_is_loaded())
        return NULL;
    struct gunzip *g = xcalloc(1, sizeof *g);
    g->next = data;
    g->left = size;
    if (lib->inflateInit2_(&g->stream, GUNZIP_WINDOW, ZLIB_VERSION,
                           (int)sizeof g->stream) == Z_OK)
        return g;
    free(g);
    return NULL;
}

void gunzip_destroy(struct gunzip *g)
{
    if (!g)
        return;
    lib->inflateEnd(&g->stream);
    free(g);
}

static void gunzip_feed(struct gunzip *g)
{
    size_t n = g->left < GUNZIP_MOST ? g->left : GUNZIP_MOST;
    g->stream.next_in = g->next;
    g->stream.avail_in = (uInt)n;
    g->next += n;
    g->left -= n;
}

/* A member has ended: another follows, or it is the end. */
static void gunzip_go_on(struct gunzip *g)
{
    size_t rest = g->stream.avail_in + g->left;
    const unsigned char *at = g->next - g->stream.avail_in;
    if (gunzip_is_gzip(at, rest) && lib->inflateReset(&g->stream) == Z_OK)
        return;
    g->ended = true;
}

size_t gunzip_read(struct gunzip *g, const void **piece)
{
    z_stream *z = &g->stream;
    z->next_out = g->piece;
    z->avail_out = (uInt)sizeof g->piece;
    while (!g->ended && z->avail_out) {
        if (!z->avail_in && g->left)
            gunzip_feed(g);
        int rc = lib->inflate(z, Z_NO_FLUSH);
        if (rc == Z_STREAM_END) {
            gunzip_go_on(g);
        } else if (rc == Z_BUF_ERROR && !g->left) {
            g->flaw = "the compressed data is cut";
            g->ended = true;
        } else if (rc != Z_OK) {
            g->flaw = z->msg && !strncmp(z->msg, "incorrect", 9)
                          ? "the compressed data has a wrong checksum"
                          : "the compressed data is damaged";
            g->ended = true;
        }
    }
    *piece = g->piece;
    return sizeof g->piece - z->avail_out;
}

const char *gunzip_flaw(const struct gunzip *g)
{
    return g->flaw;
}
