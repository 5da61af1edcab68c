/* SPDX-License-Identifier: GPL-3.0-or-later */
/* eight.h - eight bytes looked at together: most numbers and strings of a content stream
 * are shorter, and their ends are found without a branch for each byte, which would be
 * guessed wrong as often as not. The first byte is the lowest. */
#ifndef EXTRACT_PDF_EIGHT_H
#define EXTRACT_PDF_EIGHT_H

#include <endian.h>
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

/* The number that the digits at the start of eight bytes are, and how many: not more
 * than 7, or 8 and more. */
static inline uint64_t eight_digits(const unsigned char *at, unsigned *count)
{
    uint64_t x = eight_read(at) ^ EIGHT_TIMES(0x30);
    unsigned n = eight_first((x | (x + EIGHT_TIMES(0x76))) & EIGHT_HIGH);
    *count = n;
    if (n == 0)
        return 0;
    /* Zeros in front, then pairs, fours, and all. */
    x <<= 64 - 8 * n;
    x = (x * 10 + (x >> 8)) & UINT64_C(0x00ff00ff00ff00ff);
    x = (x * 100 + (x >> 16)) & UINT64_C(0x0000ffff0000ffff);
    return (x * 10000 + (x >> 32)) & UINT32_MAX;
}

/* Which of eight bytes are BYTE; above one that is, others may be taken for it. */
static inline uint64_t eight_equal(uint64_t bytes, unsigned char byte)
{
    uint64_t x = bytes ^ EIGHT_TIMES((uint64_t)byte);
    return (x - EIGHT_TIMES(1)) & ~x & EIGHT_HIGH;
}

#endif
