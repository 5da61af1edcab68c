/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tnefprops.h - the properties of a message as TNEF writes them ([MS-OXTNEF]
 * 2.1.3.5): lists in which nothing may be skipped without being understood. */
#ifndef EXTRACT_FORMAT_TNEFPROPS_H
#define EXTRACT_FORMAT_TNEFPROPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "format/msgprops.h"

struct tnef_span {
    const unsigned char *p;
    size_t size;
};

/* Takes SIZE bytes off the front of S, and what fills them up to PAD; false:
 * there are not so many. */
bool tnef_take(struct tnef_span *s, size_t size, size_t pad,
               struct tnef_span *taken);

enum tnef_type { TNEF_BYTES = 0x1e, TNEF_WIDE = 0x1f, TNEF_BINARY = 0x102,
                 TNEF_OBJECT = 0x0d };

struct tnef_prop {
    uint16_t type, id; /* enum msg_property */
    struct tnef_span value; /* the first of several; within what was read */
};

/* A zeroed struct has none. To be cleared. */
struct tnef_props {
    struct tnef_prop *items;
    size_t count;
};

/* Adds the properties that S begins with, and takes them off it. Named ones
 * are left out. False: they break off; P has those before. */
bool tnef_props_read(struct tnef_props *p, struct tnef_span *s);
void tnef_props_clear(struct tnef_props *p);

/* The first of that number, or NULL. */
const struct tnef_prop *tnef_props_find(const struct tnef_props *p,
                                        enum msg_property id);

/* Appends a string as UTF-8, those of a byte each from CODEPAGE; false: there
 * is none, or it is empty. */
bool tnef_props_string(const struct tnef_props *p, enum msg_property id,
                       unsigned codepage, struct buffer *out);

/* Up to 8 bytes as a number; false: there is none. */
bool tnef_props_number(const struct tnef_props *p, enum msg_property id,
                       uint64_t *value);

/* Appends a string of TNEF's own, which a NUL may end. */
void tnef_append(struct tnef_span s, unsigned codepage, struct buffer *out);

#endif
