/* SPDX-License-Identifier: GPL-3.0-or-later */
/* repair.c - for files whose tables lie: what looks like "N G obj" is one, the last of a
 * number counts. Trailers are put together, so that the last word of each key counts. */
#include <config.h>

#include <string.h>

#include "pdf/inside.h"

/* Where in an object its type is looked for. */
#define REPAIR_HEAD 1024
/* Keys of all trailers, and their values. */
#define REPAIR_ITEMS 4096

/* An object that stands at AT. */
struct repair_object {
    uint32_t number, generation;
    const unsigned char *at;
};

/* Goes back over blanks, then over digits. False: there is neither. */
static bool repair_number_before(const unsigned char *start, const unsigned char **p,
                                 uint64_t *number)
{
    const unsigned char *end = *p;
    while (end > start && syntax_is_space(end[-1]))
        end--;
    const unsigned char *at = end;
    while (at > start && at[-1] >= '0' && at[-1] <= '9' && end - at < 10)
        at--;
    *p = at;
    struct span digits = { at, end };
    return at < end && syntax_integer(&digits, number);
}

/* The next "N G obj" from *P on, which moves behind it. */
static bool repair_next(struct span file, const unsigned char **p,
                        struct repair_object *object)
{
    const unsigned char *word;
    while ((word = memmem(*p, (size_t)(file.end - *p), "obj", 3))) {
        uint64_t number, generation;
        const unsigned char *at = word;
        *p = word + 3;
        if (word == file.at || !repair_number_before(file.at, &at, &generation))
            continue;
        if (at == file.at || !syntax_is_space(at[-1]) ||
            !repair_number_before(file.at, &at, &number) ||
            number > TABLE_NUMBER_MOST || generation > 65535)
            continue;
        *object = (struct repair_object){ (uint32_t)number, (uint32_t)generation, at };
        return true;
    }
    return false;
}

static bool repair_has(struct span head, const char *word)
{
    return memmem(head.at, (size_t)(head.end - head.at), word, strlen(word)) != NULL;
}

/* V's entries behind those of the trailer. */
static void repair_add_trailer(struct objects *o, const struct value *v)
{
    struct value *trailer = &o->trailer;
    if (v->type != VALUE_DICTIONARY && v->type != VALUE_STREAM)
        return;
    uint32_t had = trailer->type == VALUE_DICTIONARY ? trailer->list.count : 0;
    uint32_t count = had + v->list.count;
    struct value *items =
        count <= REPAIR_ITEMS ? arena_alloc_array(o->arena, count, sizeof *items) : NULL;
    if (!items)
        return;
    if (had)
        memcpy(items, trailer->list.items, had * sizeof *items);
    if (v->list.count)
        memcpy(items + had, v->list.items, v->list.count * sizeof *items);
    trailer->type = VALUE_DICTIONARY;
    trailer->list.items = items;
    trailer->list.count = count;
}

/* The dictionaries behind "trailer" in S. */
static void repair_trailers(struct objects *o, struct span s)
{
    const unsigned char *p;
    while ((p = memmem(s.at, (size_t)(s.end - s.at), "trailer", 7))) {
        struct value v;
        s.at = p + 7;
        struct span inside = s;
        if (!value_parse(&inside, o->arena, true, &v) ||
            !objects_spend(o, (uint64_t)(inside.at - s.at)))
            return;
        repair_add_trailer(o, &v);
    }
}

/* What OBJECT, which ends at END, is beyond having a number. */
static void repair_look(struct objects *o, const struct repair_object *object,
                        const unsigned char *end, struct table_slot *slot)
{
    struct span head = { object->at, end };
    if (o->tell_trailers)
        repair_trailers(o, head);
    if (end - head.at > REPAIR_HEAD)
        head.end = head.at + REPAIR_HEAD;
    slot->is_pack = repair_has(head, "/ObjStm");
    if (!o->tell_trailers || !repair_has(head, "/XRef"))
        return;
    uint32_t number, generation;
    struct value v;
    head.end = end;
    /* Its bytes are of no use, and their length may be known by none. */
    if (objects_pass_header(&head, &number, &generation) &&
        value_parse(&head, o->arena, true, &v) &&
        objects_spend(o, (uint64_t)(head.at - object->at)) &&
        value_is_name(value_get(&v, "Type"), "XRef"))
        repair_add_trailer(o, &v);
}

/* The slot for OBJECT; NULL: an object of the same number is newer. */
static struct table_slot *repair_put(struct objects *o,
                                     const struct repair_object *object)
{
    struct table_slot *slot = table_slot(&o->found, object->number);
    if (!slot || (slot->kind == TABLE_PLAIN && slot->extra > object->generation))
        return NULL;
    *slot = (struct table_slot){ .kind = TABLE_PLAIN,
                                 .place = (uint64_t)(object->at - o->file.at),
                                 .extra = object->generation };
    return slot;
}

bool repair_scan(struct objects *o, bool trailers)
{
    if (o->scanned && (o->tell_trailers || !trailers))
        return o->found.count > 0;
    o->scanned = true;
    o->unpacked = false;
    o->tell_trailers = trailers;
    const unsigned char *p = o->file.at;
    struct repair_object object, next;
    bool more = objects_spend(o, (uint64_t)(o->file.end - o->file.at)) &&
                repair_next(o->file, &p, &object);
    if (more && trailers)
        repair_trailers(o, (struct span){ o->file.at, object.at });
    while (more) {
        more = repair_next(o->file, &p, &next);
        struct table_slot *slot = repair_put(o, &object);
        if (slot)
            repair_look(o, &object, more ? next.at : o->file.end, slot);
        object = next;
    }
    return o->found.count > 0;
}

/* Where in the file what SLOT has found stands. */
static uint64_t repair_place(const struct objects *o, const struct table_slot *slot)
{
    const struct table_slot *pack =
        slot->kind == TABLE_PACKED ? table_find(&o->found, slot->place) : slot;
    return pack && pack->kind == TABLE_PLAIN ? pack->place : 0;
}

void repair_unpack(struct objects *o)
{
    if (o->unpacked)
        return;
    o->unpacked = true;
    for (uint32_t number = 0; (number = table_next(&o->found, number)) < o->found.count;
         number++) {
        const struct table_slot *own = table_find(&o->found, number);
        if (!own || !own->is_pack || own->kind != TABLE_PLAIN)
            continue;
        uint64_t place = own->place;
        const struct pack *pack = pack_open(o, number);
        for (uint32_t i = 0; pack && i < pack->count; i++) {
            struct table_slot *slot = table_slot(&o->found, pack->entries[i].number);
            if (!slot || (slot->kind != TABLE_NONE && repair_place(o, slot) > place))
                continue;
            slot->kind = TABLE_PACKED;
            slot->place = number;
            slot->extra = i;
        }
    }
}

static bool repair_is_catalog(struct objects *o, const struct value *v)
{
    return v->type == VALUE_DICTIONARY &&
           objects_find(o, v, "Pages")->type == VALUE_DICTIONARY;
}

/* Makes object NUMBER the root. */
static void repair_set_root(struct objects *o, uint32_t number)
{
    struct value items[2] = { { .type = VALUE_NAME }, { .type = VALUE_REFERENCE } };
    static const unsigned char root[] = "Root";
    items[0].text = (struct span){ root, root + sizeof root - 1 };
    items[1].reference.number = number;
    struct value v = { .type = VALUE_DICTIONARY };
    v.list.items = items;
    v.list.count = 2;
    repair_add_trailer(o, &v);
}

/* Looks for what says that it is a catalogue. */
static bool repair_find_root(struct objects *o)
{
    for (uint32_t number = 0;
         !o->over && (number = table_next(&o->found, number)) < o->found.count;
         number++) {
        const struct table_slot *slot = table_find(&o->found, number);
        if (!slot || slot->kind == TABLE_NONE)
            continue;
        const struct value *v = objects_get(o, number);
        if (!value_is_name(objects_find(o, v, "Type"), "Catalog") ||
            !repair_is_catalog(o, v))
            continue;
        repair_set_root(o, number);
        return true;
    }
    return false;
}

bool repair_root(struct objects *o)
{
    const struct value *trailer = &o->trailer;
    uint32_t count = trailer->type == VALUE_DICTIONARY ? trailer->list.count : 0;
    if (repair_is_catalog(o, objects_find(o, trailer, "Root")))
        return true;
    for (uint32_t i = count; i > 1; i -= 2) {
        const struct value *key = trailer->list.items + i - 2;
        if (!syntax_is(key->text, "Root") || key[1].type != VALUE_REFERENCE ||
            !repair_is_catalog(o, objects_resolve(o, key + 1)))
            continue;
        repair_set_root(o, key[1].reference.number);
        return true;
    }
    return repair_find_root(o) ||
           objects_find(o, trailer, "Root")->type == VALUE_DICTIONARY;
}
