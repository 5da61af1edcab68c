/* SPDX-License-Identifier: GPL-3.0-or-later */
/* contentparts.h - what content.c and contenttext.c share. */
#ifndef EXTRACT_PDF_CONTENTPARTS_H
#define EXTRACT_PDF_CONTENTPARTS_H

#include "pdf/content.h"

/* What a string's reader has to look at: parentheses, backslashes, carriage returns. */
extern const bool content_special[256];

/* Makes room for one more operand. False: there is none, and it is to be dropped. */
bool content_grow(struct content *c);

/* NULL: it is to be dropped. */
static inline struct content_operand *content_add(struct content *c,
                                                  enum content_kind kind)
{
    if (c->count == c->room && !content_grow(c))
        return NULL;
    struct content_operand *o = c->operands + c->count++;
    o->kind = kind;
    return o;
}

/* A string with parentheses, escapes or line ends in it, which begins at START, from AT in
 * it on; one of hexadecimal digits, at AT. They return where it ends. */
const unsigned char *content_odd_string(struct content *c, const unsigned char *start,
                                        const unsigned char *at);
const unsigned char *content_hex_string(struct content *c, const unsigned char *at);

/* A name with escapes. */
void content_odd_name(struct content *c, struct span raw);

#endif
