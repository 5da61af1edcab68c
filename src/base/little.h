/* SPDX-License-Identifier: GPL-3.0-or-later */
/* little.h - numbers of two, four and eight bytes, the lowest first, wherever
 * they stand. The caller has checked that the bytes are there. */
#ifndef EXTRACT_BASE_LITTLE_H
#define EXTRACT_BASE_LITTLE_H

#include <stdint.h>
#include <string.h>

static inline uint16_t little16(const unsigned char *p)
{
    return (uint16_t)(p[0] | p[1] << 8);
}

static inline uint32_t little32(const unsigned char *p)
{
    return (uint32_t)little16(p) | (uint32_t)little16(p + 2) << 16;
}

static inline uint64_t little64(const unsigned char *p)
{
    return (uint64_t)little32(p) | (uint64_t)little32(p + 4) << 32;
}

static inline double little_double(const unsigned char *p)
{
    uint64_t bits = little64(p);
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

#endif
