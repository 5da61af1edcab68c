/* SPDX-License-Identifier: GPL-3.0-or-later */
/* souprules.h - the open elements of tag soup, and HTML's rules for tags that
 * may be left out. For soup.c alone. */
#ifndef EXTRACT_FORMAT_SOUPRULES_H
#define EXTRACT_FORMAT_SOUPRULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "format/sax.h"

/* Bytes kept of an element's name, its NUL included. */
#define SOUP_NAME 40

/* What HTML's rules say of an element; all zero for a name not in them. */
struct soup_rule {
    const char *name;
    unsigned starts; /* bits: rules that its start sets off */
    unsigned ends;   /* rules that end it while it is open */
    unsigned walls;  /* rules that do not reach beyond it */
    unsigned flags;  /* enum soup_flags */
};

enum soup_flags {
    SOUP_VOID = 1,  /* has no content: br, img, ... */
    SOUP_RAW = 2,   /* holds no markup: script, title, ... */
    SOUP_META = 4,  /* stands in a head; anything else ends it */
    SOUP_HEAD = 8,
    SOUP_TABLE = 16, /* a part of a table */
    SOUP_CELL = 32
};

/* How many have SOUP_RAW. */
#define SOUP_RAWS 8

struct soup_element {
    const struct soup_rule *rule;
    uint32_t hash; /* of the name: most comparisons end here */
    char name[SOUP_NAME];
};

/* A zeroed struct with a handler is an empty stack. */
struct soup_stack {
    struct sax_handler *handler;
    bool html;
    size_t depth;
    size_t dropped; /* elements that opened past SAX_DEPTH */
    bool last_dropped; /* the last one opened is among them */
    struct soup_element elements[SAX_DEPTH];
};

/* Never NULL; stays for ever. */
const struct soup_rule *soup_rule_of(const char *name);

/* Ends what the start of such an element ends: a paragraph, the list item
 * before ... */
void soup_stack_imply(struct soup_stack *stack, const struct soup_rule *rule);

/* Text comes: ends a head that was left open. */
void soup_stack_text(struct soup_stack *stack, const char *text, size_t size);

/* Too deep, an element is started and ended at once, and so it is at its end
 * tag: lines still break there. */
void soup_stack_open(struct soup_stack *stack, const struct soup_rule *rule,
                     const char *prefix, const char *name,
                     const struct sax_attribute *attributes, size_t count);

/* Ends the element that was opened last. */
void soup_stack_pop(struct soup_stack *stack);

/* An end tag: ends the innermost open NAME and all within it. Ignored when
 * there is none, or when it stands outside the table cell at hand. */
void soup_stack_close(struct soup_stack *stack, const char *name);

void soup_stack_finish(struct soup_stack *stack);

#endif
