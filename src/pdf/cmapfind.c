/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmapfind.c - what a CMap says of a string and its codes. */
#include <config.h>

#include "pdf/cmap.h"

#include <string.h>

/* Ranges that may overlap one that begins later, and still be found. */
#define CMAP_OVERLAPS 32

/* Whether the first BYTES of CODE may be those of a code of SPACE. */
static bool space_holds(const struct cmap_space *space, uint32_t code, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++) {
        unsigned shift = (unsigned)(8 * (space->size - 1 - i));
        uint32_t byte = code >> 8 * (bytes - 1 - i) & 255;
        if (byte < (space->low >> shift & 255) || byte > (space->high >> shift & 255))
            return false;
    }
    return true;
}

static const struct cmap *cmap_with_spaces(const struct cmap *c)
{
    while (c->space_count == 0 && c->base)
        c = c->base;
    return c;
}

size_t cmap_next(const struct cmap *c, struct span s, uint32_t *code)
{
    c = cmap_with_spaces(c);
    *code = 0;
    for (size_t bytes = 1; s.at < s.end; bytes++) {
        *code = *code << 8 | *s.at++;
        bool longer = false;
        for (size_t i = 0; i < c->space_count; i++) {
            const struct cmap_space *space = c->spaces + i;
            if (space->size < bytes || !space_holds(space, *code, bytes))
                continue;
            if (space->size == bytes)
                return bytes;
            longer = true;
        }
        if (!longer || s.at == s.end)
            return bytes;
    }
    return 0;
}

/* Where CODE lies, in C or what it uses, which goes to *IN. */
static const struct cmap_range *cmap_find(const struct cmap *c, uint32_t code,
                                          uint32_t size, const struct cmap **in)
{
    for (; c; c = c->base) {
        size_t low = 0, high = c->range_count;
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            const struct cmap_range *r = c->ranges + middle;
            if (r->size < size || (r->size == size && r->low <= code))
                low = middle + 1;
            else
                high = middle;
        }
        for (size_t i = 0; i < CMAP_OVERLAPS && i < low; i++) {
            const struct cmap_range *r = c->ranges + low - 1 - i;
            if (r->size != size)
                break;
            if (code <= r->high) {
                *in = c;
                return r;
            }
        }
    }
    return NULL;
}

bool cmap_cid(const struct cmap *c, uint32_t code, size_t size, uint32_t *cid)
{
    const struct cmap *in;
    const struct cmap_range *r = cmap_find(c, code, (uint32_t)size, &in);
    if (!r)
        return false;
    *cid = r->value + (code - r->low);
    return true;
}

size_t cmap_range_unicode(const struct cmap *c, const struct cmap_range *r, uint32_t code,
                          uint32_t unicode[CMAP_UNICODE])
{
    uint32_t more = code - r->low;
    if (!(r->value & CMAP_POOL)) {
        *unicode = r->value + more;
        return 1;
    }
    const uint32_t *pool = c->pool + (r->value & ~CMAP_POOL);
    size_t count = *pool++;
    memcpy(unicode, pool, count * sizeof *unicode);
    unicode[count - 1] += more;
    return count;
}

size_t cmap_unicode(const struct cmap *c, uint32_t code, uint32_t unicode[CMAP_UNICODE])
{
    const struct cmap *in;
    const struct cmap_range *r = cmap_find(c, code, 0, &in);
    return r ? cmap_range_unicode(in, r, code, unicode) : 0;
}
