/* SPDX-License-Identifier: GPL-3.0-or-later */
/* seen.h - which objects a walk has been to. Direct ones cannot be within themselves, so
 * they are always new. */
#ifndef EXTRACT_PDF_SEEN_H
#define EXTRACT_PDF_SEEN_H

#include <stdlib.h>

#include "pdf/value.h"

struct seen {
    unsigned char *bits;
    uint32_t count;
};

/* For objects below COUNT. False: memory is out. */
static inline bool seen_create(struct seen *s, uint32_t count)
{
    *s = (struct seen){ calloc(count / 8 + 1, 1), count };
    return s->bits != NULL;
}

/* Whether what V refers to is new; from now on it is not. */
static inline bool seen_add(struct seen *s, const struct value *v)
{
    if (v->type != VALUE_REFERENCE)
        return true;
    uint32_t number = v->reference.number;
    unsigned char bit = (unsigned char)(1U << number % 8);
    if (number >= s->count || (s->bits[number / 8] & bit))
        return false;
    s->bits[number / 8] |= bit;
    return true;
}

static inline void seen_free(struct seen *s)
{
    free(s->bits);
    *s = (struct seen){ 0 };
}

#endif
