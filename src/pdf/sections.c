/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sections.c - follows startxref and the chain of Prev (7.5.4 to 7.5.8): the newest
 * section comes first, and its word counts. */
#include <config.h>

#include "pdf/inside.h"
#include "pdf/tail.h"

/* Updates of one file; each takes a section. */
#define SECTIONS_MOST 4096

struct sections {
    struct objects *o;
    uint64_t done[SECTIONS_MOST];
    size_t count;
    bool hidden; /* in the stream of a hybrid: what its table says is free */
};

static bool sections_at(const struct sections *c, uint64_t offset, struct span *s)
{
    *s = c->o->file;
    if (offset >= (uint64_t)(s->end - s->at))
        return false;
    s->at += offset;
    return true;
}

static bool sections_put(struct sections *c, uint64_t number, enum table_kind kind,
                         uint64_t place, uint64_t extra)
{
    struct table_slot *slot = table_slot(&c->o->table, number);
    if (!slot)
        return false;
    if (slot->kind == TABLE_NONE ||
        (c->hidden && slot->kind == TABLE_FREE && slot->section == c->count)) {
        slot->section = (uint16_t)c->count;
        slot->kind = (uint8_t)kind;
        slot->place = place;
        slot->extra = extra > UINT32_MAX ? UINT32_MAX : (uint32_t)extra;
    }
    return true;
}

/* "0000000017 00000 n" (7.5.4). */
struct sections_row {
    uint64_t offset, generation;
    bool used;
};

static bool sections_row(struct span *s, struct sections_row *row)
{
    if (!syntax_integer(s, &row->offset) || !syntax_integer(s, &row->generation))
        return false;
    row->used = syntax_word(s, "n");
    return row->used || syntax_word(s, "f");
}

/* COUNT rows for the objects from FIRST on. */
static bool sections_rows(struct sections *c, struct span *s, uint64_t first,
                          uint64_t count)
{
    for (uint64_t i = 0; i < count; i++) {
        struct sections_row row;
        struct span before = *s;
        if (!sections_row(s, &row)) {
            /* Fewer than it says: what stands there tells. */
            *s = before;
            return syntax_word(s, "trailer") && (*s = before, true);
        }
        /* Tables that begin with 1 and mean 0 are known to be about. */
        if (i == 0 && first == 1 && !row.used && row.generation == 65535 &&
            row.offset == 0)
            first = 0;
        if (!sections_put(c, first + i, row.used ? TABLE_PLAIN : TABLE_FREE, row.offset,
                          row.generation))
            return false;
    }
    return true;
}

static bool sections_stream(struct sections *c, struct span s, struct value *v);

/* Passes a table and its trailer V, and the stream that one of a hybrid file names
 * (7.5.8.4). */
static bool sections_table(struct sections *c, struct span *s, struct value *v)
{
    uint64_t first, count;
    struct span hybrid;
    const unsigned char *start = s->at;
    while (syntax_integer(s, &first))
        if (!syntax_integer(s, &count) || !sections_rows(c, s, first, count))
            return false;
    if (!syntax_word(s, "trailer") || !value_parse(s, c->o->arena, true, v) ||
        v->type != VALUE_DICTIONARY || !objects_spend(c->o, (uint64_t)(s->at - start)))
        return false;
    int64_t at = value_integer(value_get(v, "XRefStm"), -1);
    struct value unused;
    c->hidden = true;
    if (at >= 0 && sections_at(c, (uint64_t)at, &hybrid))
        sections_stream(c, hybrid, &unused);
    c->hidden = false;
    return true;
}

static uint64_t sections_field(const unsigned char *at, size_t width, uint64_t missing)
{
    uint64_t value = width ? 0 : missing;
    for (size_t i = 0; i < width; i++)
        value = value << 8 | at[i];
    return value;
}

/* COUNT rows at *DATA, which moves, for the objects from FIRST on. */
static bool sections_fields(struct sections *c, struct span *data,
                            const size_t widths[3], uint64_t first, uint64_t count)
{
    size_t width = widths[0] + widths[1] + widths[2];
    for (uint64_t i = 0; i < count; i++) {
        if ((size_t)(data->end - data->at) < width)
            return false;
        const unsigned char *at = data->at;
        uint64_t type = sections_field(at, widths[0], 1);
        uint64_t place = sections_field(at + widths[0], widths[1], 0);
        uint64_t extra = sections_field(at + widths[0] + widths[1], widths[2], 0);
        data->at += width;
        /* Other types are references to null (7.5.8.3). */
        enum table_kind kind = type == 1   ? TABLE_PLAIN
                               : type == 2 ? TABLE_PACKED
                                           : TABLE_FREE;
        if (!sections_put(c, first + i, kind, place, extra))
            return false;
    }
    return true;
}

/* Entries for each run of Index, or for 0 to Size (7.5.8.2). */
static bool sections_runs(struct sections *c, const struct value *v, struct span data)
{
    size_t widths[3];
    const struct value *w = value_get(v, "W"), *index = value_get(v, "Index");
    for (uint32_t i = 0; i < 3; i++) {
        int64_t width = value_integer(value_at(w, i), -1);
        if (width < 0 || width > 8)
            return false;
        widths[i] = (size_t)width;
    }
    if (widths[1] == 0)
        return false;
    int64_t size = value_integer(value_get(v, "Size"), 0);
    if (index->type != VALUE_ARRAY)
        return size > 0 && sections_fields(c, &data, widths, 0, (uint64_t)size);
    for (uint32_t i = 0; i + 1 < index->list.count; i += 2) {
        int64_t first = value_integer(value_at(index, i), -1);
        int64_t count = value_integer(value_at(index, i + 1), -1);
        if (first < 0 || count < 0 ||
            !sections_fields(c, &data, widths, (uint64_t)first, (uint64_t)count))
            return false;
    }
    return true;
}

/* The xref stream at S, whose dictionary V gets. */
static bool sections_stream(struct sections *c, struct span s, struct value *v)
{
    uint32_t number, generation;
    struct span data;
    if (!objects_pass_header(&s, &number, &generation) ||
        !objects_parse(c->o, s, number, generation, v) || v->type != VALUE_STREAM ||
        !value_is_name(value_get(v, "Type"), "XRef"))
        return false;
    uint64_t before = c->o->cost;
    if (objects_decode(c->o, v, &data) != OBJECTS_WHOLE)
        return false;
    /* Rows cost more than bytes of other streams. */
    if (!objects_spend(c->o, 2 * (c->o->cost - before))) {
        objects_release(c->o, data);
        return false;
    }
    bool good = sections_runs(c, v, data);
    objects_release(c->o, data);
    return good;
}

/* The section at OFFSET; V: its trailer. */
static bool sections_one(struct sections *c, uint64_t offset, struct value *v)
{
    struct span s;
    if (c->count == SECTIONS_MOST || !sections_at(c, offset, &s))
        return false;
    for (size_t i = 0; i < c->count; i++)
        if (c->done[i] == offset)
            return false;
    c->done[c->count++] = offset;
    bool table = syntax_word(&s, "xref");
    bool good = table ? sections_table(c, &s, v) : sections_stream(c, s, v);
    if (c->count == 1) {
        c->o->trailer = good ? *v : value_null;
        c->o->trailer.type = good ? VALUE_DICTIONARY : VALUE_NULL;
        c->o->streams = !table;
    }
    return good;
}

bool sections_read(struct objects *o)
{
    struct sections c = { .o = o };
    uint64_t next;
    if (!tail_start(o->file, &next))
        return false;
    for (;;) {
        struct value v;
        if (!sections_one(&c, next, &v))
            return false;
        /* Some write a reference where the number should stand. */
        const struct value *previous = value_get(&v, "Prev");
        if (previous->type == VALUE_REFERENCE)
            next = previous->reference.number;
        else if (value_integer(previous, -1) >= 0)
            next = (uint64_t)value_integer(previous, 0);
        else
            return true;
    }
}
