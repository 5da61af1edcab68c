/* SPDX-License-Identifier: GPL-3.0-or-later */
/* magic.c - what the bytes are of, when no fixed mark says it alone: a probe for
 * each such type, behind the table of signatures. */
#include <config.h>

#include "base/little.h"
#include "detect/magic.h"

#include <string.h>

/* --- sound and video --- */

/* An MPEG audio frame without a tag before it: layer II or III, and neither a
 * version, bit rate nor sample rate that does not exist. */
static const char *mpeg_audio(const struct peek *peek)
{
    const unsigned char *p = peek->head;
    if (peek->head_size < 4 || p[0] != 0xff || (p[1] & 0xe0) != 0xe0)
        return NULL;
    unsigned version = p[1] >> 3 & 3, layer = p[1] >> 1 & 3, rate = p[2] >> 4;
    if (layer == 0 && (p[1] & 0xf0) == 0xf0 && (p[2] >> 2 & 15) < 13)
        return "audio/x-aac";
    return version != 1 && (layer == 1 || layer == 2) && rate != 0 && rate != 15
                   && (p[2] & 0x0c) != 0x0c
               ? "audio/mpeg"
               : NULL;
}

/* Packets of 188 bytes, which a disc precedes by 4 of its own. */
static const char *transport_stream(const struct peek *peek)
{
    for (size_t before = 0; before <= 4; before += 4) {
        size_t step = 188 + before, at = before, packets = 0;
        while (at < peek->head_size && peek->head[at] == 0x47) {
            at += step;
            packets++;
        }
        if (packets >= 3 && at >= peek->head_size)
            return "video/mp2t";
    }
    return NULL;
}

static const char *matroska(const struct peek *peek)
{
    size_t size = peek->head_size < 64 ? peek->head_size : 64;
    return size > 4 && memcmp(peek->head, "\x1a\x45\xdf\xa3", 4) == 0
                   && memmem(peek->head, size, "webm", 4) != NULL
               ? "video/webm"
               : NULL;
}

/* --- signatures and secrets --- */

/* Certificates, keys and signed data in DER (X.690): a sequence, and what it
 * begins with. */
static const char *der(const struct peek *peek)
{
    static const struct {
        const char *mark;
        size_t size;
        const char *media_type;
    } starts[] = {
        {"\6\x09\x2a\x86\x48\x86\xf7\x0d\1\7\2", 11,
         "application/pkcs7-signature"},
        {"\6\x09\x2a\x86\x48\x86\xf7\x0d\1\7", 10, "application/pkcs7-mime"},
        {"\6\x0b\x2a\x86\x48\x86\xf7\x0d\1\x09\x10\1\x1f", 13,
         "application/timestamped-data"},
        {"\2\1\3\x30", 4, "application/x-pkcs12"},
        {"\2\1\0\2", 4, "application/x-x509-key"},
        {"\2\1\0\x30", 4, "application/x-x509-key"},
        {"\2\1\1\4", 4, "application/x-x509-key"},
    };
    const unsigned char *p = peek->head;
    if (peek->head_size < 32 || p[0] != 0x30)
        return NULL;
    size_t length = p[1] > 0x80 && p[1] <= 0x84 ? p[1] - 0x80u : 0;
    p += 2 + length;
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++) {
        if (memcmp(p, starts[i].mark, starts[i].size) == 0)
            return starts[i].media_type;
    }
    /* A certificate's first part begins with its version, third of three. */
    length = p[1] > 0x80 && p[1] <= 0x84 ? p[1] - 0x80u : 0;
    return p[0] == 0x30 && memcmp(p + 2 + length, "\xa0\3\2\1\2", 5) == 0
               ? "application/x-x509-cert"
               : NULL;
}

/* The first packet of OpenPGP (RFC 9580): its kind, and fields that have few
 * values. */
static const char *pgp(const struct peek *peek)
{
    const unsigned char *p = peek->head;
    if (peek->head_size < 16 || (p[0] & 0x80) == 0)
        return NULL;
    bool is_new = (p[0] & 0x40) != 0;
    unsigned kind = is_new ? p[0] & 0x3fu : p[0] >> 2 & 15u;
    size_t length = is_new ? (p[1] < 192 ? 1 : p[1] < 224 ? 2 : p[1] == 255 ? 5 : 1)
                           : (size_t)1 << (p[0] & 3);
    if (length > 5)
        return NULL;
    p += 1 + length;
    unsigned algorithm = p[9];
    if (kind == 1 && p[0] == 3
        && (algorithm == 1 || algorithm == 2 || algorithm == 16 || algorithm == 18))
        return "application/pgp-encrypted";
    if (kind == 3 && p[0] == 4 && p[1] >= 1 && p[1] <= 13 && p[2] <= 3)
        return "application/pgp-encrypted";
    if ((kind == 5 || kind == 6) && (p[0] == 3 || p[0] == 4)
        && (p[5] == 1 || p[5] == 16 || p[5] == 17 || p[5] == 19 || p[5] == 22))
        return "application/pgp-keys";
    if (kind == 2 && p[0] == 4 && p[1] <= 0x50 && p[2] >= 1 && p[2] <= 22 && p[3] <= 11)
        return "application/pgp-signature";
    return NULL;
}

/* --- data --- */

/* A table of dBASE: when it was written, and fields of 32 bytes. */
static const char *dbase(const struct peek *peek)
{
    const unsigned char *p = peek->head;
    if (peek->head_size < 33)
        return NULL;
    bool is_known = p[0] == 2 || p[0] == 3 || p[0] == 4 || p[0] == 5
                    || (p[0] >= 0x30 && p[0] <= 0x32) || p[0] == 0x43 || p[0] == 0x63
                    || p[0] == 0x83 || p[0] == 0x8b || p[0] == 0x8e || p[0] == 0xcb
                    || p[0] == 0xf5 || p[0] == 0xfb;
    unsigned header = little16(p + 8), record = little16(p + 10);
    return is_known && p[2] <= 12 && p[3] <= 31 && header >= 65 && record > 1
                   && header < peek->size && p[12] == 0 && p[13] == 0
                   && header / 32 * 32 + record <= peek->size
               ? "application/x-dbf"
               : NULL;
}

/* Triangles of 50 bytes, counted. */
static const char *triangles(const struct peek *peek)
{
    return peek->head_size >= 84
                   && 84 + 50 * (uint64_t)little32(peek->head + 80) == peek->size
               ? "model/x.stl-binary"
               : NULL;
}

static unsigned big16(const unsigned char *p)
{
    return (unsigned)p[0] << 8 | p[1];
}

/* Metrics of a font of TeX: words of four bytes, and how many of each kind. Those
 * for Japanese have a number and a count more before that. */
static const char *font_metrics(const struct peek *peek)
{
    const unsigned char *p = peek->head;
    if (peek->head_size < 28)
        return NULL;
    bool is_japanese = big16(p) == 11 || big16(p) == 9;
    const unsigned char *q = is_japanese ? p + 4 : p;
    unsigned sum = is_japanese ? 7 + big16(p + 2) : 6;
    unsigned first = big16(q + 4), last = big16(q + 6);
    uint64_t size = big16(q) * (uint64_t)4;
    /* Some are filled up to a block. */
    if (size > peek->size || peek->size - size >= 512 || big16(q + 2) < 2
        || first > last + 1)
        return NULL;
    sum += big16(q + 2) + last + 1 - first;
    for (size_t i = 8; i < 24; i += 2)
        sum += big16(q + i);
    return sum == big16(q) ? "application/x-tex-tfm" : NULL;
}

/* The two bytes of zlib (RFC 1950): deflate, a window, a check of both. */
static const char *zlib(const struct peek *peek)
{
    const unsigned char *p = peek->head;
    return peek->head_size > 6 && p[0] == 0x78 && (p[0] << 8 | p[1]) % 31 == 0
                   && (p[1] & 0x20) == 0
               ? "application/zlib"
               : NULL;
}

/* What stands at the end, so many bytes before it: a picture's head is like that
 * of a cursor. */
static const char *tail_type(const struct peek *peek)
{
    static const struct {
        size_t before, size;
        const char *mark, *media_type;
    } ends[] = {
        {18, 18, "TRUEVISION-XFILE.", "image/x-tga"},
        {512, 4, "koly", "application/x-apple-diskimage"},
        {512, 8, "conectix", "application/x-vhd"},
    };
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        if (peek->tail_size >= ends[i].before
            && memcmp(peek->tail + peek->tail_size - ends[i].before, ends[i].mark,
                      ends[i].size) == 0)
            return ends[i].media_type;
    }
    return NULL;
}

static const char *probed_type(const struct peek *peek)
{
    static const char *(*const probes[])(const struct peek *) = {
        mpeg_audio, transport_stream, der, pgp, dbase, triangles, zlib,
        font_metrics,
    };
    const char *type = NULL;
    for (size_t i = 0; type == NULL && i < sizeof probes / sizeof probes[0]; i++)
        type = probes[i](peek);
    return type;
}

struct magic magic_find(const struct peek *peek)
{
    const char *type = textual_type(peek);
    if (type != NULL)
        return (struct magic){type, MAGIC_TEXTUAL};
    type = peek->container != NULL ? peek->container : matroska(peek);
    if (type == NULL)
        type = tail_type(peek);
    if (type == NULL) {
        struct magic found = signature_find(peek);
        if (found.media_type != NULL)
            return found;
        type = probed_type(peek);
    }
    return (struct magic){type, type != NULL ? MAGIC_BINARY : 0};
}
