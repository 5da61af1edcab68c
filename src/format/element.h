/* SPDX-License-Identifier: GPL-3.0-or-later */
/* element.h - what each element of XHTML, SVG and MathML means to text, and
 * the numbers of list items. For prose.c. */
#ifndef EXTRACT_FORMAT_ELEMENT_H
#define EXTRACT_FORMAT_ELEMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "format/sax.h"

enum element_kind {
    ELEMENT_INLINE, /* also all that is not known */
    ELEMENT_BLOCK,
    ELEMENT_SKIP,
    ELEMENT_PRE,
    ELEMENT_BR,
    ELEMENT_LIST,
    ELEMENT_ORDERED,
    ELEMENT_ITEM,
    ELEMENT_TERMS, /* dl */
    ELEMENT_TERM,
    ELEMENT_DEFINITION,
    ELEMENT_TABLE,
    ELEMENT_ROW,
    ELEMENT_CELL,
    ELEMENT_IMAGE,
    ELEMENT_READING, /* ruby's rt */
    ELEMENT_QUOTE,
    ELEMENT_MATH,
    ELEMENT_SVG,
    ELEMENT_SPAN,    /* SVG's tspan: a new line when it moves down */
    ELEMENT_TITLE,   /* a name in SVG, a heading elsewhere */
    ELEMENT_UNSHOWN, /* skipped in SVG */
    ELEMENT_CASE,    /* skipped with a prefix: epub:case has a default */
    ELEMENT_OBJECT,  /* skipped, unless it is foreign in a book */
    ELEMENT_FRAME,   /* iframe: its srcdoc, not what is within */
    ELEMENT_ASIDE    /* skipped unless a page is shown whole: nav, select */
};

struct element {
    const char *name;
    enum element_kind kind;
    int breaks; /* 1: on lines of its own; 2: with a blank line on each side */
};

/* By local name; never NULL; stays for ever. */
const struct element *element_find(const char *name);

/* Whether the attributes hide an element: hidden, or a style of display: none or
 * visibility: hidden (what is visible again within that one is not seen). */
bool element_is_hidden(const struct sax_attribute *attributes, size_t count);

/* Whether an object's type is one that readers of books do not know (EPUB 3.0's
 * bindings are for these): they show what stands in for it. */
bool element_is_foreign(const struct sax_attribute *attributes, size_t count);

/* So that counting on from any integer does not overflow. */
#define ELEMENT_INTEGER_MOST INT64_C(1000000000000000000)

/* The integer in attribute NAME; false when there is none, or one that is
 * beyond ELEMENT_INTEGER_MOST either way. */
bool element_integer(const struct sax_attribute *attributes, size_t count,
                     const char *name, int64_t *value);

/* Enough for what element_number() writes. */
#define ELEMENT_NUMBER 32

/* NUMBER as TYPE has it: '1', 'a', 'A', 'i', 'I' or 'o' ("1st", as English has
 * it), in decimal when it cannot be written so. */
void element_number(int64_t number, char type, char text[ELEMENT_NUMBER]);

#endif
