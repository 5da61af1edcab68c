/* SPDX-License-Identifier: GPL-3.0-or-later */
/* eight.h - eight bytes looked at together: most numbers and strings of a content stream
 * are shorter, and their ends are found without a branch for each byte, which would be
 * guessed wrong as often as not. The first byte is the lowest. */
#ifndef EXTRACT_PDF_EIGHT_H
#define EXTRACT_PDF_EIGHT_H

#include <endian.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define EIGHT_TIMES(byte) ((byte) * UINT64_C(0x0101010101010101))
#define EIGHT_HIGH EIGHT_TIMES(0x80)

static inline uint64_t eight_read(const unsigned char *at)
{
    uint64_t bytes;
    memcpy(&bytes, at, sizeof bytes);
    return le64toh(bytes);
}

/* Of a mask of high bits: the place of the lowest; 8: there is none. */
static inline unsigned eight_first(uint64_t mask)
{
    return mask ? (unsigned)__builtin_ctzll(mask) / 8 : 8;
}

/* A number at the start of eight bytes: digits, among them a point or none, in SIZE bytes,
 * PLACES of them behind the point. False: it is none, or does not end within them. */
static inline bool eight_number(const unsigned char *at, uint64_t *digits, unsigned *places,
                                unsigned *size)
{
    uint64_t x = eight_read(at) ^ EIGHT_TIMES(0x30);
    uint64_t others = (x | (x + EIGHT_TIMES(0x76))) & EIGHT_HIGH;
    if (!others)
        return false;
    unsigned end = (unsigned)__builtin_ctzll(others) & ~7u, count = end; /* in bits */
    *places = 0;
    if ((x >> end & 0xff) == ('.' ^ 0x30)) {
        uint64_t whole = (UINT64_C(1) << end) - 1;
        others &= others - 1;
        if (!others)
            return false;
        count = ((unsigned)__builtin_ctzll(others) & ~7u) - 8;
        *places = (count - end) / 8;
        x = (x & whole) | (x >> 8 & ~whole);
        end = count + 8;
    }
    *size = end / 8;
    if (count == 0)
        return false;
    /* Zeros in front, then pairs, fours, and all. */
    x <<= 64 - count;
    x = (x * 10 + (x >> 8)) & UINT64_C(0x00ff00ff00ff00ff);
    x = (x * 100 + (x >> 16)) & UINT64_C(0x0000ffff0000ffff);
    *digits = (x * 10000 + (x >> 32)) & UINT32_MAX;
    return true;
}

/* Which of eight bytes are BYTE; above one that is, others may be taken for it. */
static inline uint64_t eight_equal(uint64_t bytes, unsigned char byte)
{
    uint64_t x = bytes ^ EIGHT_TIMES((uint64_t)byte);
    return (x - EIGHT_TIMES(1)) & ~x & EIGHT_HIGH;
}

#endif
