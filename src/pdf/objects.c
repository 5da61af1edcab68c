/* SPDX-License-Identifier: GPL-3.0-or-later */
/* objects.c - looks objects up on first need and keeps them. What a lying file may cost
 * is bounded by memory (the arena) and by the bytes that are looked at (work). */
#include <config.h>

#include "pdf/objects.h"

#include <stdlib.h>
#include <string.h>

#include "pdf/inside.h"

/* The header may stand anywhere in the first 1,024 bytes (Annex H, note 13). */
#define OBJECTS_HEADER_WITHIN 1024
/* Objects that wait for one another, as a stream for its length. */
#define OBJECTS_DEPTH 32
#define OBJECTS_CHAIN 32
/* A parsed object takes some ten times the bytes that it stood in. */
#define OBJECTS_MEMORY ((size_t)64 << 20)
#define OBJECTS_MEMORY_RATIO 16
#define OBJECTS_MEMORY_MOST ((size_t)256 << 20)
/* Each byte is looked at once or twice in a sound file. */
#define OBJECTS_WORK ((uint64_t)64 << 20)
#define OBJECTS_WORK_RATIO 16

bool objects_spend(struct objects *o, uint64_t size)
{
    o->work += size;
    o->over |= o->work > o->work_most || arena_is_over(o->arena);
    return !o->over;
}

bool objects_pass_header(struct span *s, uint32_t *number, uint32_t *generation)
{
    uint64_t n, g;
    if (!syntax_integer(s, &n) || n > TABLE_NUMBER_MOST || !syntax_integer(s, &g))
        return false;
    syntax_skip_space(s);
    /* Behind it there should be a blank, but is not always. */
    if (s->end - s->at < 3 || memcmp(s->at, "obj", 3))
        return false;
    s->at += 3;
    *number = (uint32_t)n;
    *generation = g > UINT32_MAX ? UINT32_MAX : (uint32_t)g;
    return true;
}

static bool objects_starts(struct span s, const char *word)
{
    syntax_skip_space(&s);
    size_t size = strlen(word);
    return (size_t)(s.end - s.at) >= size && !memcmp(s.at, word, size);
}

/* "endstream" in S; NULL: there is none. Where it was missed before is not searched again,
 * so that a file full of streams without it costs no more than one. */
static const unsigned char *objects_find_end(struct objects *o, struct span s)
{
    if (s.at >= o->barren)
        return NULL;
    /* One that begins before it may end behind it. */
    if (s.end - o->barren > 8)
        s.end = o->barren + 8;
    const unsigned char *end = memmem(s.at, (size_t)(s.end - s.at), "endstream", 9);
    if (!end)
        o->barren = s.at;
    return end;
}

/* Ends BYTES, which begin with those of the stream V, at "endstream", as Length says or,
 * where that lies, as found. */
static bool objects_find_bytes(struct objects *o, struct span *bytes, const struct value *v)
{
    int64_t length = value_integer(objects_find(o, v, "Length"), -1);
    struct span s = *bytes;
    if (length >= 0 && length <= s.end - s.at) {
        struct span behind = { s.at + length, s.end };
        bytes->end = behind.at;
        if (objects_starts(behind, "endstream") || objects_starts(behind, "endobj"))
            return true;
    }
    const unsigned char *end = objects_find_end(o, s);
    if (!end)
        end = memmem(s.at, (size_t)(s.end - s.at), "endobj", 6);
    if (!end)
        end = s.end;
    bool good = objects_spend(o, (uint64_t)(end - s.at));
    if (end > s.at && end[-1] == '\n')
        end--;
    if (end > s.at && end[-1] == '\r')
        end--;
    bytes->end = end;
    return good;
}

/* Passes the end of the line behind "stream" (7.3.8.1); some write "\r" alone. */
static void objects_pass_line(struct span *s)
{
    while (s->at < s->end && (*s->at == ' ' || *s->at == '\t'))
        s->at++;
    if (s->at < s->end && *s->at == '\r')
        s->at++;
    if (s->at < s->end && *s->at == '\n')
        s->at++;
}

/* Tells the strings in V which object they are in. Nesting is bounded by the parser. */
static void objects_mark(struct value *v, uint32_t number, uint32_t generation)
{
    if (v->type == VALUE_STRING) {
        v->number = number & VALUE_NUMBER;
        v->generation = (uint16_t)generation;
    } else if (v->type == VALUE_ARRAY || v->type == VALUE_DICTIONARY ||
               v->type == VALUE_STREAM) {
        for (uint32_t i = 0; i < v->list.count; i++)
            objects_mark(v->list.items + i, number, generation);
    }
}

bool objects_parse(struct objects *o, struct span s, uint32_t number,
                   uint32_t generation, struct value *v)
{
    const unsigned char *start = s.at;
    bool parsed = value_parse(&s, o->arena, true, v);
    if (!objects_spend(o, (uint64_t)(s.at - start)) || !parsed)
        return false;
    if (v->type == VALUE_KEYWORD) /* "endobj": it is empty */
        *v = value_null;
    if (v->type == VALUE_DICTIONARY && objects_starts(s, "stream")) {
        syntax_skip_space(&s);
        s.at += 6;
        objects_pass_line(&s);
        bool found = objects_find_bytes(o, &s, v);
        value_set_stream(v, s);
        v->number = number & VALUE_NUMBER;
        v->generation = (uint16_t)generation;
        if (!found)
            return false;
    }
    if (o->crypt)
        objects_mark(v, number, generation);
    return true;
}

/* Where NUMBER begins, behind its header, by SLOT. False: it is not there. */
static bool objects_locate(struct objects *o, const struct table_slot *slot,
                           uint32_t number, struct span *s, uint32_t *generation)
{
    if (slot->kind == TABLE_PACKED) {
        struct pack *pack =
            slot->place <= TABLE_NUMBER_MOST && slot->place != number
                ? pack_open(o, (uint32_t)slot->place)
                : NULL;
        return pack && pack_find(o, pack, number, slot->extra, s);
    }
    uint32_t found;
    *s = o->file;
    if (slot->kind != TABLE_PLAIN || slot->place >= (uint64_t)(s->end - s->at))
        return false;
    s->at += slot->place;
    return objects_pass_header(s, &found, generation) && found == number;
}

/* Looks NUMBER up where SLOT says. False: it is not there. */
static bool objects_load(struct objects *o, const struct table_slot *slot,
                         uint32_t number, struct value *v)
{
    struct span s;
    uint32_t generation;
    if (!objects_locate(o, slot, number, &s, &generation))
        return false;
    if (slot->kind == TABLE_PLAIN)
        return objects_parse(o, s, number, generation, v);
    const unsigned char *start = s.at;
    bool parsed = value_parse(&s, o->arena, true, v);
    return objects_spend(o, (uint64_t)(s.at - start)) && parsed;
}

/* The same where a scan has found it, for what the tables are wrong about. Files whose
 * newest section is a stream are believed what they do not name. */
static bool objects_load_found(struct objects *o, const struct table_slot *slot,
                               uint32_t number, struct value *v)
{
    bool named = slot && slot->kind != TABLE_NONE && slot->kind != TABLE_FREE;
    if (!(o->opened ? o->lied : o->repaired) && !named && o->streams)
        return false;
    repair_scan(o, false);
    if (o->settled)
        repair_unpack(o);
    const struct table_slot *found = table_find(&o->found, number);
    if (!found || found->kind == TABLE_NONE || !objects_load(o, found, number, v))
        return false;
    o->repaired |= named;
    return true;
}

static const struct value *objects_keep(struct objects *o, const struct value *v)
{
    if (v->type == VALUE_NULL)
        return &value_null;
    struct value *kept = arena_alloc(o->arena, sizeof *kept);
    if (!kept) {
        o->over = true;
        return &value_null;
    }
    *kept = *v;
    return kept;
}

const struct value *objects_get(struct objects *o, uint32_t number)
{
    struct table_slot *slot = table_find(&o->table, number), missing = { 0 };
    if (slot && slot->value)
        return slot->value;
    if (number == 0 || o->over)
        return &value_null;
    if ((slot && slot->busy) || o->depth >= OBJECTS_DEPTH) {
        o->refused++;
        return &value_null;
    }
    /* What no table names gets a slot once it is found. */
    if (!slot)
        slot = &missing;
    struct value v = value_null;
    uint64_t cost = o->cost, refused = o->refused;
    slot->busy = true;
    o->depth++;
    bool good = objects_load(o, slot, number, &v) ||
                objects_load_found(o, slot, number, &v);
    o->depth--;
    o->cost = cost;
    slot->busy = false;
    if (slot == &missing && (!good || !(slot = table_slot(&o->table, number))))
        return &value_null;
    /* It may be found when what asks for it is not itself being looked up. */
    if (!good && o->refused != refused)
        return &value_null;
    return slot->value = objects_keep(o, good ? &v : &value_null);
}

bool objects_peek(struct objects *o, const struct value *reference, struct span *bytes)
{
    uint32_t number = reference->reference.number, generation;
    if (reference->type != VALUE_REFERENCE || number == 0 || o->over)
        return false;
    const struct table_slot *slot = table_find(&o->table, number);
    uint64_t cost = o->cost;
    bool there = slot && objects_locate(o, slot, number, bytes, &generation);
    o->cost = cost;
    return there;
}

uint32_t objects_count(const struct objects *o)
{
    return o->table.count > o->found.count ? o->table.count : o->found.count;
}

uint32_t objects_next(const struct objects *o, uint32_t number)
{
    uint32_t named = table_next(&o->table, number), found = table_next(&o->found, number);
    bool more = found < o->found.count;
    if (named < o->table.count && (!more || named < found))
        return named;
    return more ? found : objects_count(o);
}

const struct value *objects_resolve(struct objects *o, const struct value *v)
{
    for (int i = 0; i < OBJECTS_CHAIN && v->type == VALUE_REFERENCE; i++)
        v = objects_get(o, v->reference.number);
    return v->type == VALUE_REFERENCE ? &value_null : v;
}

const struct value *objects_find(struct objects *o, const struct value *v,
                                 const char *key)
{
    if (v->type == VALUE_DICTIONARY || v->type == VALUE_STREAM)
        objects_charge_entries(o, v->list.count);
    return objects_resolve(o, value_get(v, key));
}

const struct value *objects_at(struct objects *o, const struct value *v, uint32_t index)
{
    objects_charge_entries(o, 1);
    return objects_resolve(o, value_at(v, index));
}

uint64_t objects_cost(const struct objects *o)
{
    return o->cost;
}

void objects_charge(struct objects *o, uint64_t cost)
{
    o->cost += cost;
}

void objects_charge_entries(struct objects *o, uint64_t entries)
{
    o->cost += entries * OBJECTS_ENTRY;
}

const struct value *objects_trailer(const struct objects *o)
{
    return &o->trailer;
}

bool objects_are_repaired(const struct objects *o)
{
    return o->repaired;
}

void objects_settle(struct objects *o)
{
    o->opened = true;
    o->lied = o->repaired;
}

bool objects_are_over(const struct objects *o)
{
    return o->over;
}

/* Whether the trailer names a catalogue. */
static bool objects_have_root(struct objects *o)
{
    return objects_find(o, &o->trailer, "Root")->type == VALUE_DICTIONARY;
}

static void objects_set_file(struct objects *o, struct span file)
{
    size_t size = (size_t)(file.end - file.at);
    size_t most = size < OBJECTS_HEADER_WITHIN ? size : OBJECTS_HEADER_WITHIN;
    const unsigned char *header = memmem(file.at, most, "%PDF-", 5);
    o->file = file;
    if (header)
        o->file.at = header;
    o->barren = file.end;
    o->work_most = OBJECTS_WORK + size * (uint64_t)OBJECTS_WORK_RATIO;
}

static struct objects *objects_create(struct span file)
{
    size_t size = (size_t)(file.end - file.at), memory = OBJECTS_MEMORY_MOST;
    if (size < (memory - OBJECTS_MEMORY) / OBJECTS_MEMORY_RATIO)
        memory = OBJECTS_MEMORY + size * OBJECTS_MEMORY_RATIO;
    struct objects *o = calloc(1, sizeof *o);
    if (!o)
        return NULL;
    objects_set_file(o, file);
    o->arena = arena_create(memory);
    o->stream = stream_create();
    if (!o->arena || !o->stream) {
        objects_close(o);
        return NULL;
    }
    o->table.arena = o->found.arena = o->arena;
    return o;
}

/* Has objects looked up anew: what was not found may be now; and, when ALL, what is
 * encrypted after all. */
static void objects_forget(struct objects *o, bool all)
{
    for (uint32_t number = 0; (number = table_next(&o->table, number)) < o->table.count;
         number++) {
        struct table_slot *slot = table_find(&o->table, number);
        if (slot && (all || slot->value == &value_null)) {
            slot->value = NULL;
            slot->pack = NULL;
        }
    }
}

static enum objects_end objects_start(struct objects *o, const char *password)
{
    if (!sections_read(o)) {
        o->repaired = true;
        repair_scan(o, true);
    }
    enum objects_end end = unlock_objects(o, password);
    o->settled = true;
    if (end != OBJECTS_OPEN || (!o->repaired && objects_have_root(o)))
        return end;
    o->repaired = true;
    repair_scan(o, true);
    if (!o->crypt && (end = unlock_objects(o, password)) != OBJECTS_OPEN)
        return end;
    objects_forget(o, o->crypt != NULL);
    repair_unpack(o);
    return repair_root(o) ? OBJECTS_OPEN : OBJECTS_BROKEN;
}

enum objects_end objects_open(struct span file, const char *password,
                              struct objects **objects)
{
    *objects = NULL;
    struct objects *o = file.at < file.end ? objects_create(file) : NULL;
    if (!o)
        return OBJECTS_BROKEN;
    enum objects_end end = objects_start(o, password);
    if (end == OBJECTS_OPEN)
        *objects = o;
    else
        objects_close(o);
    return end;
}

void objects_close(struct objects *o)
{
    if (!o)
        return;
    objects_release_all(o);
    table_free(&o->table);
    table_free(&o->found);
    stream_destroy(o->stream);
    arena_destroy(o->arena);
    free(o);
}
