/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tnefprops.c - each property has its type, number, for named ones a name, and
 * one value or several, all padded to four bytes. */
#include <config.h>

#include "format/tnefprops.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/little.h"
#include "format/codepage.h"

/* From here on properties have names. */
#define NAMED 0x8000

/* Several values. */
#define MANY 0x1000

bool tnef_take(struct tnef_span *s, size_t size, size_t pad,
               struct tnef_span *taken)
{
    if (size > s->size)
        return false;
    *taken = (struct tnef_span){s->p, size};
    size += (pad - size % pad) % pad;
    if (size > s->size)
        size = s->size;
    s->p += size;
    s->size -= size;
    return true;
}

static bool take_number(struct tnef_span *s, uint32_t *number)
{
    struct tnef_span taken;
    if (!tnef_take(s, 4, 4, &taken))
        return false;
    *number = little32(taken.p);
    return true;
}

/* A GUID, then a number or a string. */
static bool name_skip(struct tnef_span *s)
{
    struct tnef_span taken;
    uint32_t kind, value;
    if (!tnef_take(s, 16, 4, &taken) || !take_number(s, &kind)
        || !take_number(s, &value))
        return false;
    return kind == 0 || tnef_take(s, value, 4, &taken);
}

/* Bytes of a value; 0: it has a length of its own. -1: it is not known. */
static int size_of(unsigned type)
{
    switch (type) {
    case 0x00: /* nothing */
    case 0x01:
    case 0x02: /* short */
    case 0x03: /* long */
    case 0x04: /* float */
    case 0x0a: /* error */
    case 0x0b: /* boolean */
        return 4;
    case 0x05: /* double */
    case 0x06: /* currency */
    case 0x07: /* date */
    case 0x14: /* 8 bytes */
    case 0x40: /* moment */
        return 8;
    case 0x48: /* GUID */
        return 16;
    case TNEF_BYTES:
    case TNEF_WIDE:
    case TNEF_BINARY:
    case TNEF_OBJECT:
        return 0;
    }
    return -1;
}

static bool value_read(struct tnef_span *s, unsigned type,
                       struct tnef_span *value)
{
    int fixed = size_of(type & ~(unsigned)MANY);
    uint32_t count = 1;
    struct tnef_span taken;
    if (fixed < 0)
        return false;
    if ((fixed == 0 || (type & MANY) != 0) && !take_number(s, &count))
        return false;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t size = (uint32_t)fixed;
        if ((fixed == 0 && !take_number(s, &size))
            || !tnef_take(s, size, 4, &taken))
            return false;
        if (i == 0)
            *value = taken;
    }
    return true;
}

static void prop_add(struct tnef_props *p, const struct tnef_prop *prop)
{
    if ((p->count & (p->count - 1)) == 0)
        p->items = xrealloc_array(p->items, p->count > 0 ? 2 * p->count : 1,
                                  sizeof *p->items);
    p->items[p->count++] = *prop;
}

bool tnef_props_read(struct tnef_props *p, struct tnef_span *s)
{
    uint32_t count, head;
    if (!take_number(s, &count))
        return false;
    /* Each takes four bytes at least, so a count that lies ends soon. */
    for (; count > 0; count--) {
        if (!take_number(s, &head))
            return false;
        struct tnef_prop prop = {
            .type = (uint16_t)(head & 0xffff & ~(unsigned)MANY),
            .id = (uint16_t)(head >> 16),
        };
        if (prop.id >= NAMED && !name_skip(s))
            return false;
        if (!value_read(s, head & 0xffff, &prop.value))
            return false;
        if (prop.id < NAMED && prop.value.p != NULL)
            prop_add(p, &prop);
    }
    return true;
}

void tnef_props_clear(struct tnef_props *p)
{
    free(p->items);
    *p = (struct tnef_props){0};
}

const struct tnef_prop *tnef_props_find(const struct tnef_props *p,
                                        enum msg_property id)
{
    for (size_t i = 0; i < p->count; i++) {
        if (p->items[i].id == (unsigned)id)
            return &p->items[i];
    }
    return NULL;
}

void tnef_append(struct tnef_span s, unsigned codepage, struct buffer *out)
{
    const unsigned char *nul = s.size > 0 ? memchr(s.p, '\0', s.size) : NULL;
    if (s.size > 0)
        codepage_append(out, codepage, s.p,
                        nul != NULL ? (size_t)(nul - s.p) : s.size);
}

bool tnef_props_string(const struct tnef_props *p, enum msg_property id,
                       unsigned codepage, struct buffer *out)
{
    const struct tnef_prop *prop = tnef_props_find(p, id);
    size_t before = out->size;
    if (prop == NULL)
        return false;
    if (prop->type == TNEF_WIDE)
        codepage_append_utf16(out, prop->value.p, prop->value.size / 2);
    else if (prop->type == TNEF_BYTES)
        tnef_append(prop->value, codepage, out);
    while (out->size > before && out->data[out->size - 1] == '\0')
        out->size--;
    return out->size > before;
}

bool tnef_props_number(const struct tnef_props *p, enum msg_property id,
                       uint64_t *value)
{
    const struct tnef_prop *prop = tnef_props_find(p, id);
    if (prop == NULL || (prop->value.size != 4 && prop->value.size != 8))
        return false;
    *value = prop->value.size == 4 ? little32(prop->value.p)
                                   : little64(prop->value.p);
    return true;
}
