/* SPDX-License-Identifier: GPL-3.0-or-later */
/* content.h - a content stream cut into operators and their operands (7.8.2). Only
 * this much is parsed of it: numbers, strings, names and arrays lie in one flat list.
 * Inline images are passed over. Input is hostile. */
#ifndef EXTRACT_PDF_CONTENT_H
#define EXTRACT_PDF_CONTENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pdf/arena.h"
#include "pdf/syntax.h"

enum content_kind {
    CONTENT_OTHER, /* true, false, null, and what makes no sense */
    CONTENT_NUMBER,
    CONTENT_STRING,
    CONTENT_NAME,
    CONTENT_ARRAY,     /* COUNT operands behind it are its items */
    CONTENT_DICTIONARY /* TEXT as it stands, with its marks, for value_parse */
};

struct content_operand {
    enum content_kind kind;
    uint32_t count;  /* of an array; those of arrays in it are counted too */
    uint64_t digits; /* of a number, with those behind the point: see content_value */
    uint8_t places;  /* so many of them are behind the point */
    bool negative;
    struct span text; /* of a string or name: decoded */
};

/* Operators of up to three letters as one number, the first letter highest. */
#define CONTENT_1(a) ((uint32_t)(unsigned char)(a))
#define CONTENT_2(a, b) (CONTENT_1(a) << 8 | CONTENT_1(b))
#define CONTENT_3(a, b, c) (CONTENT_2(a, b) << 8 | CONTENT_1(c))
#define CONTENT_UNKNOWN 0u /* a longer word */

/* Of one operator; more are dropped, and count as nonsense. */
#define CONTENT_OPERANDS 65536

struct content {
    struct span left;    /* what is still to be read */
    struct arena *arena; /* for strings with escapes; borrowed */
    /* By letter: operators of one that need not be given. NULL: all are. Set by the
     * caller. */
    const bool *passed;
    struct content_operand *operands; /* of the last operator */
    size_t count, room;
    uint32_t operator;
    struct span word;  /* of the last operator that is CONTENT_UNKNOWN */
    uint32_t nonsense; /* bytes and words that are nothing at all, so far */
    bool over;         /* memory is out */
};

/* What the number O is. Most are never asked, since they are of what draws. */
extern const double content_powers[19];
static inline double content_value(const struct content_operand *o)
{
    double value = (double)(int64_t)o->digits / content_powers[o->places];
    return o->negative ? -value : value;
}

/* Begins at the start of BYTES, which stay. A zeroed struct at first; operands' memory
 * is kept from one stream to the next. */
void content_begin(struct content *c, struct span bytes, struct arena *arena);

/* The next operator with its operands. False: the end, or OVER. */
bool content_next(struct content *c);

void content_free(struct content *c);

#endif
