/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmap.h - CMaps (9.7.5, 9.10.3): from the bytes of a string to codes, and from codes to
 * CIDs or Unicode. Adobe's technical notes 5014 and 5411 have the language. */
#ifndef EXTRACT_PDF_CMAP_H
#define EXTRACT_PDF_CMAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pdf/arena.h"
#include "pdf/syntax.h"

/* Codes of SIZE bytes each of which lies between those of LOW and HIGH. */
struct cmap_space {
    uint32_t low, high, size;
};

/* Codes from LOW to HIGH are VALUE and the numbers behind it: CIDs, or Unicode. */
struct cmap_range {
    uint32_t low, high;
    uint32_t value; /* or CMAP_POOL and an index: several characters */
    uint32_t size;  /* bytes of a code; 0: any, for Unicode */
};
#define CMAP_POOL 0x80000000u

struct cmap {
    const struct cmap *base; /* what is not found here is looked up there; or NULL */
    struct cmap_space *spaces;
    struct cmap_range *ranges; /* by size and low; of those that overlap the last counts */
    uint32_t *pool;            /* count, then so many characters; and so on */
    size_t space_count, range_count, pool_count;
    bool vertical;
    bool doubtful; /* it names a CMap that is not known */
    bool cut;      /* characters of a code, since they are more than CMAP_UNICODE */
};

/* Characters of one code; what is longer is cut. Arabic has signs of whole sentences. */
#define CMAP_UNICODE 128

/* Gives the CMap called NAME; NULL: it is not known. */
typedef const struct cmap *cmap_finder(void *ctx, struct span name);

/* Parses TEXT into ARENA. FIND is asked for the ones that it uses; NULL: there are none.
 * NULL: ARENA is over. Lines that make no sense are passed. */
struct cmap *cmap_parse(struct span text, struct arena *arena, cmap_finder *find,
                        void *ctx);

/* Bytes of the code at S, 1 to 4, which goes to *CODE; 0: S is at its end. With no code
 * space that fits, the bytes that fit in one and the next. */
size_t cmap_next(const struct cmap *c, struct span s, uint32_t *code);

bool cmap_cid(const struct cmap *c, uint32_t code, size_t size, uint32_t *cid);

/* The characters of CODE; returns how many of UNICODE. 0: it is not mapped. */
size_t cmap_unicode(const struct cmap *c, uint32_t code, uint32_t unicode[CMAP_UNICODE]);
/* Those of range R, which CODE lies in. */
size_t cmap_range_unicode(const struct cmap *c, const struct cmap_range *r, uint32_t code,
                          uint32_t unicode[CMAP_UNICODE]);

#endif
