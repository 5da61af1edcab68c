/* SPDX-License-Identifier: GPL-3.0-or-later */
/* oleprops.c - SummaryInformation: a list of numbered, typed values. */
#include <config.h>

#include "format/oleprops.h"

#include "base/little.h"
#include "format/codepage.h"

/* Bytes that are looked at; a thumbnail may be among the values. */
#define SET_LIMIT ((size_t)4 << 20)

/* Values of a set: real ones have some twenty. */
#define SET_VALUES 256

enum { CODE_PAGE = 1, TYPE_I2 = 2, TYPE_STRING = 30, TYPE_WIDE = 31, TYPE_TIME = 64 };

struct set {
    const unsigned char *data;
    size_t size;
    unsigned codepage;
};

/* The value of property ID, with its type first; NULL: there is none. */
static const unsigned char *set_find(const struct set *s, uint32_t id,
                                     size_t *size)
{
    uint32_t count = s->size >= 8 ? little32(s->data + 4) : 0;
    for (uint32_t i = 0; i < count && i < SET_VALUES; i++) {
        size_t at = 8 + 8 * (size_t)i;
        if (at + 8 > s->size)
            break;
        uint32_t offset = little32(s->data + at + 4);
        if (little32(s->data + at) != id || offset >= s->size
            || s->size - offset < 8)
            continue;
        *size = s->size - offset;
        return s->data + offset;
    }
    return NULL;
}

static void add_string(const struct set *s, uint32_t id, const char *key,
                       struct metadata *m)
{
    size_t size;
    const unsigned char *p = set_find(s, id, &size);
    if (p == NULL)
        return;
    unsigned type = little16(p);
    size_t length = little32(p + 4), unit = type == TYPE_WIDE ? 2 : 1;
    if ((type != TYPE_STRING && type != TYPE_WIDE)
        || length > (size - 8) / unit)
        return;
    struct buffer value = {0};
    if (type == TYPE_WIDE)
        codepage_append_utf16(&value, p + 8, length);
    else
        codepage_append(&value, s->codepage, p + 8, length);
    metadata_add(m, key, buffer_string(&value));
    buffer_free(&value);
}

static void add_time(const struct set *s, uint32_t id, const char *key,
                     struct metadata *m)
{
    size_t size;
    const unsigned char *p = set_find(s, id, &size);
    if (p == NULL || little16(p) != TYPE_TIME || size < 12)
        return;
    uint64_t moment = little64(p + 4);
    if (moment != 0)
        metadata_add_time(m, key, oleprops_seconds(moment));
}

int64_t oleprops_seconds(uint64_t filetime)
{
    return (int64_t)(filetime / 10000000) - 11644473600;
}

unsigned oleprops_read(struct ole *o, struct metadata *m)
{
    struct buffer bytes = {0};
    int entry = ole_find(o, OLE_ROOT, "\5SummaryInformation");
    if (entry >= 0)
        ole_read(o, entry, SET_LIMIT, &bytes, NULL);
    const unsigned char *p = (const unsigned char *)bytes.data;
    struct set s = {0};
    size_t size;
    /* The first set's offset stands behind its identifier. */
    if (bytes.size >= 48 && little32(p + 44) < bytes.size) {
        s.data = p + little32(p + 44);
        s.size = bytes.size - little32(p + 44);
        const unsigned char *page = set_find(&s, CODE_PAGE, &size);
        if (page != NULL && little16(page) == TYPE_I2)
            s.codepage = little16(page + 4);
        add_string(&s, 2, "title", m);
        add_string(&s, 4, "author", m);
        add_string(&s, 3, "subject", m);
        add_string(&s, 5, "keywords", m);
        add_string(&s, 18, "creator", m);
        add_time(&s, 12, "created", m);
        add_time(&s, 13, "modified", m);
    }
    buffer_free(&bytes);
    return s.codepage;
}
