/* SPDX-License-Identifier: GPL-3.0-or-later */
/* msgprops.c - finds a property by the name of its stream. */
#include <config.h>

#include "format/msgprops.h"

#include <stdio.h>
#include <string.h>

#include "base/little.h"
#include "format/codepage.h"

/* Bytes of a string: a body of plain text. */
#define STRING_LIMIT ((size_t)64 << 20)

/* Bytes of a table: each property takes 16. */
#define TABLE_LIMIT ((size_t)1 << 20)

enum { BYTES = 0x1e, WIDE = 0x1f, BINARY = 0x102, OBJECT = 0x0d };

static int stream_find(const struct msg_props *p, enum msg_property id,
                       unsigned type)
{
    char name[32];
    snprintf(name, sizeof name, "__substg1.0_%04X%04X", (unsigned)id, type);
    return ole_find(p->ole, p->storage, name);
}

void msg_props_read(struct msg_props *p, struct ole *o, int storage,
                    size_t start, unsigned codepage)
{
    *p = (struct msg_props){.ole = o, .storage = storage, .codepage = codepage};
    int stream = ole_find(o, storage, MSG_TABLE_NAME);
    ole_read(o, stream, TABLE_LIMIT, &p->table, NULL);
    if (p->table.size <= start)
        buffer_clear(&p->table);
    else
        memmove(p->table.data, p->table.data + start, p->table.size -= start);
}

void msg_props_clear(struct msg_props *p)
{
    buffer_free(&p->table);
}

bool msg_props_number(const struct msg_props *p, enum msg_property id,
                      uint64_t *value)
{
    const unsigned char *table = (const unsigned char *)p->table.data;
    for (size_t at = 0; at + 16 <= p->table.size; at += 16) {
        if (little16(table + at + 2) != (unsigned)id)
            continue;
        *value = little64(table + at + 8);
        return true;
    }
    return false;
}

bool msg_props_string(struct msg_props *p, enum msg_property id,
                      struct buffer *out)
{
    struct buffer bytes = {0};
    size_t before = out->size;
    int stream = stream_find(p, id, WIDE);
    bool is_wide = stream >= 0;
    if (!is_wide)
        stream = stream_find(p, id, BYTES);
    if (stream >= 0)
        ole_read(p->ole, stream, STRING_LIMIT, &bytes, &p->fault);
    const unsigned char *data = (const unsigned char *)bytes.data;
    if (is_wide)
        codepage_append_utf16(out, data, bytes.size / 2);
    else
        codepage_append(out, p->codepage, data, bytes.size);
    buffer_free(&bytes);
    while (out->size > before && out->data[out->size - 1] == '\0')
        out->size--;
    return out->size > before;
}

int msg_props_binary(const struct msg_props *p, enum msg_property id)
{
    return stream_find(p, id, BINARY);
}

int msg_props_storage(const struct msg_props *p, enum msg_property id)
{
    int storage = stream_find(p, id, OBJECT);
    return ole_is_storage(p->ole, storage) ? storage : -1;
}
