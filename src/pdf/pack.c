/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pack.c - object streams (7.5.7): inflated once, for objects that are parsed on need. */
#include <config.h>

#include <string.h>

#include "pdf/inside.h"

/* What cannot be read is tried once. */
static struct pack pack_none;

/* Bytes of all of them, which are kept. */
#define PACK_BYTES_MOST ((size_t)128 << 20)

/* Numbers and offsets at the start of TEXT (7.5.7, N pairs). */
static bool pack_index(struct objects *o, struct span text, int64_t count,
                       struct pack *pack)
{
    uint64_t number, offset;
    /* A pair takes four bytes at least. */
    if (count < 0 || count > (text.end - text.at) / 4 + 1)
        count = (text.end - text.at) / 4 + 1;
    pack->entries = arena_alloc_array(o->arena, (size_t)count, sizeof *pack->entries);
    if (!pack->entries)
        return false;
    while (pack->count < count && syntax_integer(&text, &number) &&
           syntax_integer(&text, &offset)) {
        struct pack_entry *entry = pack->entries + pack->count++;
        entry->number = number <= TABLE_NUMBER_MOST ? (uint32_t)number : 0;
        entry->offset = offset <= UINT32_MAX ? (uint32_t)offset : UINT32_MAX;
    }
    return true;
}

/* The pack that V is; its bytes stay until the objects are closed. */
static struct pack *pack_read(struct objects *o, const struct value *v)
{
    struct span bytes;
    uint64_t before = o->cost;
    enum objects_decoded end = objects_decode(o, v, &bytes);
    o->packed += o->cost - before;
    o->over |= o->packed > PACK_BYTES_MOST;
    if (o->over || (end != OBJECTS_WHOLE && end != OBJECTS_CUT))
        return NULL;
    o->work_most += (uint64_t)(bytes.end - bytes.at) * 4;
    struct pack *pack = arena_alloc(o->arena, sizeof *pack);
    if (!pack) {
        o->over = true;
        return NULL;
    }
    int64_t first = value_integer(objects_find(o, v, "First"), -1);
    int64_t count = value_integer(objects_find(o, v, "N"), -1);
    if (first < 0 || first > bytes.end - bytes.at)
        return NULL;
    pack->text = (struct span){ bytes.at + first, bytes.end };
    return pack_index(o, (struct span){ bytes.at, pack->text.at }, count, pack)
               ? pack
               : NULL;
}

struct pack *pack_open(struct objects *o, uint32_t number)
{
    const struct value *v = objects_get(o, number);
    struct table_slot *slot = table_find(&o->table, number);
    if (!slot || v->type != VALUE_STREAM)
        return NULL;
    if (slot->busy) {
        o->refused++;
        return NULL;
    }
    if (!slot->pack) {
        slot->busy = true;
        struct pack *pack = pack_read(o, v);
        slot->pack = pack ? pack : &pack_none;
        slot->busy = false;
    }
    return slot->pack;
}

bool pack_find(struct objects *o, const struct pack *pack, uint32_t number,
               uint32_t index, struct span *bytes)
{
    if (index >= pack->count || pack->entries[index].number != number) {
        for (index = 0; index < pack->count; index++)
            if (pack->entries[index].number == number)
                break;
        if (!objects_spend(o, (uint64_t)index * 8) || index == pack->count)
            return false;
    }
    *bytes = pack->text;
    uint32_t offset = pack->entries[index].offset;
    if (offset >= (uint64_t)(bytes->end - bytes->at))
        return false;
    bytes->at += offset;
    return true;
}
