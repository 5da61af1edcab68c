/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ole.c - sectors, their chains, and the directory of a compound file. The
 * tables are read where they lie: nothing is allocated by what the file says,
 * but by its size. */
#include <config.h>

#include "format/ole.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/little.h"
#include "base/utf8.h"

#define HEADER 512
#define ENTRY 128
#define MINI_SHIFT 6

/* Sector numbers from here on are marks: free, end of chain, ... */
#define LAST_SECTOR 0xfffffffau

/* Streams share no sectors, so together they are no longer than the file. Some
 * are asked for twice; this is for those that all name the same ones. */
#define READ_TIMES 8
#define READ_LEAST ((uint64_t)64 << 20)

enum { STORAGE = 1, STREAM = 2, ROOT = 5 };

struct sectors {
    uint32_t *items;
    size_t count;
};

struct entry {
    const unsigned char *raw; /* in the file */
    int first, next;          /* child; sibling; -1: none */
};

struct ole {
    const unsigned char *data;
    size_t size;
    unsigned shift;         /* of a sector's size */
    uint32_t sectors;       /* that begin within the file */
    uint32_t mini_cutoff;   /* smaller streams are in mini sectors */
    struct sectors fat;     /* where the table of chains is */
    struct sectors minifat; /* that of mini sectors */
    struct sectors mini;    /* where these are */
    struct entry *entries;
    int count;
    uint64_t budget; /* bytes that may still be read */
    bool is_cut;     /* bytes are missing at its end */
    bool lacks_fat;  /* those of the table of chains among them */
};

bool ole_is(const unsigned char *data, size_t size)
{
    return size >= 8 && memcmp(data, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8) == 0;
}

/* --- sectors --- */

/* What of SECTOR is in the file. */
static const unsigned char *sector_at(const struct ole *o, uint32_t sector,
                                      size_t *size)
{
    uint64_t offset = ((uint64_t)sector + 1) << o->shift;
    *size = 0;
    if (sector >= LAST_SECTOR || offset >= o->size)
        return NULL;
    *size = (size_t)1 << o->shift;
    if (*size > o->size - offset)
        *size = o->size - (size_t)offset;
    return o->data + offset;
}

/* Entry INDEX of a table whose sectors are listed. */
static uint32_t table_entry(const struct ole *o, const struct sectors *table,
                            uint32_t index)
{
    uint32_t per_sector = (uint32_t)1 << (o->shift - 2);
    size_t size, at = (size_t)(index % per_sector) * 4;
    if (index / per_sector >= table->count)
        return LAST_SECTOR;
    const unsigned char *p =
        sector_at(o, table->items[index / per_sector], &size);
    if (at + 4 <= size)
        return little32(p + at);
    /* Most streams are in one piece, also where the table is cut off. */
    return table == &o->fat ? index + 1 : LAST_SECTOR;
}

static void sectors_add(struct sectors *s, uint32_t sector)
{
    if ((s->count & (s->count - 1)) == 0)
        s->items = xrealloc_array(s->items, s->count > 0 ? 2 * s->count : 1,
                                  sizeof *s->items);
    s->items[s->count++] = sector;
}

/* The chain that begins with SECTOR; at most as many as the file has. */
static void sectors_chain(struct ole *o, uint32_t sector, struct sectors *s)
{
    while (sector < o->sectors && s->count < o->sectors) {
        sectors_add(s, sector);
        sector = table_entry(o, &o->fat, sector);
    }
}

/* The header lists the first 109 sectors of the FAT; a chain of sectors, each
 * with the number of the next at its end, has the others. */
static void fat_read(struct ole *o)
{
    size_t wanted = little32(o->data + 44), size;
    if (wanted > o->sectors)
        wanted = o->sectors;
    for (size_t i = 0; i < 109 && o->fat.count < wanted; i++)
        sectors_add(&o->fat, little32(o->data + 76 + 4 * i));
    uint32_t sector = little32(o->data + 68);
    for (uint32_t n = 0; n < o->sectors && o->fat.count < wanted; n++) {
        const unsigned char *p = sector_at(o, sector, &size);
        if (size < (size_t)1 << o->shift)
            return;
        for (size_t i = 0; i + 8 <= size && o->fat.count < wanted; i += 4)
            sectors_add(&o->fat, little32(p + i));
        sector = little32(p + size - 4);
    }
}

/* --- the directory --- */

static void directory_read(struct ole *o)
{
    struct sectors chain = {0};
    size_t size, per_sector = ((size_t)1 << o->shift) / ENTRY;
    sectors_chain(o, little32(o->data + 48), &chain);
    o->entries = xcalloc(chain.count * per_sector + 1, sizeof *o->entries);
    for (size_t i = 0; i < chain.count && o->count < INT32_MAX / 2; i++) {
        const unsigned char *p = sector_at(o, chain.items[i], &size);
        for (size_t at = 0; at + ENTRY <= size; at += ENTRY)
            o->entries[o->count++] = (struct entry){p + at, -1, -1};
        if (size % ENTRY != 0) /* those behind would get wrong numbers */
            break;
    }
    free(chain.items);
}

static unsigned entry_type(const struct ole *o, int entry)
{
    return o->entries[entry].raw[66];
}

struct walk {
    struct ole *o;
    bool *seen;
    int *stack;
};

/* A link of the tree at OFFSET of ENTRY; -1: there is none, or it leads to
 * where another one led. */
static int walk_link(struct walk *w, int entry, size_t offset)
{
    uint32_t to = little32(w->o->entries[entry].raw + offset);
    if (to >= (uint32_t)w->o->count || w->seen[to])
        return -1;
    w->seen[to] = true;
    return (int)to;
}

/* Lists the binary tree of STORAGE's children, left before right. */
static void walk_children(struct walk *w, int storage)
{
    int depth = 0, last = -1, at = walk_link(w, storage, 76);
    while (at >= 0 || depth > 0) {
        if (at >= 0) {
            w->stack[depth++] = at;
            at = walk_link(w, at, 68);
            continue;
        }
        at = w->stack[--depth];
        unsigned type = entry_type(w->o, at);
        if (type == STORAGE || type == STREAM) {
            if (last < 0)
                w->o->entries[storage].first = at;
            else
                w->o->entries[last].next = at;
            last = at;
        }
        at = walk_link(w, at, 72);
    }
}

/* Entries that no tree has belong to the root when it has none at all. */
static void adopt_all(struct ole *o)
{
    int last = -1;
    for (int i = 1; i < o->count; i++) {
        if (entry_type(o, i) != STREAM)
            continue;
        if (last < 0)
            o->entries[OLE_ROOT].first = i;
        else
            o->entries[last].next = i;
        last = i;
    }
}

static void directory_link(struct ole *o)
{
    size_t count = (size_t)o->count;
    struct walk w = {o, xcalloc(count, sizeof *w.seen),
                     xcalloc(count, sizeof *w.stack)};
    int *todo = xcalloc(count, sizeof *todo), left = 0;
    w.seen[OLE_ROOT] = true;
    todo[left++] = OLE_ROOT;
    while (left > 0) {
        int storage = todo[--left];
        walk_children(&w, storage);
        for (int i = o->entries[storage].first; i >= 0; i = o->entries[i].next) {
            if (entry_type(o, i) == STORAGE)
                todo[left++] = i;
        }
    }
    if (o->entries[OLE_ROOT].first < 0)
        adopt_all(o);
    free(todo);
    free(w.stack);
    free(w.seen);
}

/* --- opening --- */

static void layout_read(struct ole *o)
{
    uint64_t whole = (uint64_t)1 << o->shift;
    uint64_t sectors = (o->size + whole - 1) / whole;
    sectors = sectors > 0 ? sectors - 1 : 0;
    o->sectors = sectors < LAST_SECTOR ? (uint32_t)sectors : LAST_SECTOR;
    o->is_cut = o->size % whole != 0;
    o->mini_cutoff = little32(o->data + 56);
    o->budget = READ_TIMES * (uint64_t)o->size + READ_LEAST;
    fat_read(o);
    for (size_t i = 0; i < o->fat.count && !o->lacks_fat; i++) {
        size_t size;
        o->lacks_fat = sector_at(o, o->fat.items[i], &size) == NULL;
    }
    o->is_cut |= o->lacks_fat;
}

struct ole *ole_open(const unsigned char *data, size_t size, struct error *e)
{
    if (!ole_is(data, size) || size < HEADER
        || (little16(data + 30) != 9 && little16(data + 30) != 12)) {
        error_set(e, size < HEADER ? ERROR_TRUNCATED : ERROR_DAMAGED,
                  "not a whole header of an OLE compound file");
        return NULL;
    }
    struct ole *o = xcalloc(1, sizeof *o);
    o->data = data;
    o->size = size;
    o->shift = little16(data + 30);
    layout_read(o);
    directory_read(o);
    if (o->count == 0) {
        error_set(e, ERROR_TRUNCATED,
                  "the directory of the compound file is missing");
        ole_close(o);
        return NULL;
    }
    directory_link(o);
    sectors_chain(o, little32(data + 60), &o->minifat);
    sectors_chain(o, little32(o->entries[OLE_ROOT].raw + 116), &o->mini);
    return o;
}

void ole_close(struct ole *o)
{
    if (o == NULL)
        return;
    free(o->fat.items);
    free(o->minifat.items);
    free(o->mini.items);
    free(o->entries);
    free(o);
}

/* --- what is in it --- */

int ole_missing(const struct ole *o, const char *name, struct error *e)
{
    return error_set(e, o->is_cut ? ERROR_TRUNCATED : ERROR_DAMAGED,
                     "there is no stream %s", name);
}

void ole_flaw(const struct ole *o, struct error *flaw)
{
    if (o->lacks_fat && flaw->kind == ERROR_NONE)
        error_set(flaw, ERROR_TRUNCATED, "the end of the file is missing");
}

int ole_first(const struct ole *o, int storage)
{
    return storage >= 0 && storage < o->count ? o->entries[storage].first : -1;
}

int ole_next(const struct ole *o, int entry)
{
    return entry >= 0 && entry < o->count ? o->entries[entry].next : -1;
}

bool ole_is_storage(const struct ole *o, int entry)
{
    return entry >= 0 && entry < o->count
           && (entry == OLE_ROOT || entry_type(o, entry) == STORAGE);
}

void ole_name(const struct ole *o, int entry, char name[OLE_NAME])
{
    struct buffer text = {0};
    const unsigned char *raw = o->entries[entry].raw;
    for (size_t i = 0; i < 31 && little16(raw + 2 * i) != 0; i++)
        utf8_append(&text, little16(raw + 2 * i));
    memcpy(name, buffer_string(&text), text.size + 1);
    buffer_free(&text);
}

void ole_copy_name(const struct ole *o, int entry, unsigned char *raw)
{
    memcpy(raw, o->entries[entry].raw, 66);
    memcpy(raw + 80, o->entries[entry].raw + 80, 16);
}

uint64_t ole_size(const struct ole *o, int entry)
{
    if (entry < 0 || entry >= o->count)
        return 0;
    uint64_t size = little64(o->entries[entry].raw + 120);
    /* The upper half may hold anything where sectors have 512 bytes. */
    return o->shift == 9 ? (uint32_t)size : size;
}

static bool name_is(const unsigned char *raw, const char *name)
{
    size_t i = 0;
    for (; name[i] != '\0' && i < 31; i++) {
        unsigned a = little16(raw + 2 * i), b = (unsigned char)name[i];
        a = a >= 'A' && a <= 'Z' ? a + 32 : a;
        b = b >= 'A' && b <= 'Z' ? b + 32 : b;
        if (a != b)
            return false;
    }
    return name[i] == '\0' && little16(raw + 2 * i) == 0;
}

int ole_find(const struct ole *o, int storage, const char *name)
{
    for (int i = ole_first(o, storage); i >= 0; i = ole_next(o, i)) {
        if (name_is(o->entries[i].raw, name))
            return i;
    }
    return -1;
}

/* --- content --- */

/* Where mini sector INDEX is: its sector is a part of one of the root's. */
static const unsigned char *mini_at(const struct ole *o, uint32_t index,
                                    size_t *size)
{
    unsigned shift = o->shift - MINI_SHIFT;
    size_t at = (size_t)(index & ((1u << shift) - 1)) << MINI_SHIFT;
    const unsigned char *p = NULL;
    *size = 0;
    if (index >> shift < o->mini.count)
        p = sector_at(o, o->mini.items[index >> shift], size);
    if (p == NULL || at >= *size) {
        *size = 0;
        return NULL;
    }
    *size = *size - at < (size_t)1 << MINI_SHIFT ? *size - at
                                                 : (size_t)1 << MINI_SHIFT;
    return p + at;
}

/* Appends LEFT bytes of the chain that begins with AT; returns how many are
 * missing. A chain that loops ends when LEFT does, as the file bounds it. */
static size_t chain_read(const struct ole *o, uint32_t at, bool is_mini,
                         size_t left, struct buffer *out)
{
    size_t whole = (size_t)1 << (is_mini ? MINI_SHIFT : o->shift);
    while (left > 0) {
        size_t size;
        const unsigned char *p = is_mini ? mini_at(o, at, &size)
                                         : sector_at(o, at, &size);
        size_t part = size < left ? size : left;
        if (p == NULL)
            break;
        buffer_append(out, p, part);
        left -= part;
        if (part < whole)
            break;
        at = table_entry(o, is_mini ? &o->minifat : &o->fat, at);
    }
    return left;
}

int ole_read(struct ole *o, int entry, size_t limit, struct buffer *out,
             struct error *e)
{
    if (entry < 0 || entry >= o->count || entry_type(o, entry) != STREAM)
        return error_set(e, ERROR_MISSING, "there is no such stream");
    char name[OLE_NAME];
    ole_name(o, entry, name);
    uint64_t size = ole_size(o, entry), wanted = size;
    if (wanted > limit)
        wanted = limit;
    /* No stream is longer than what holds it. */
    if (wanted > o->size)
        wanted = o->size;
    if (wanted > o->budget)
        return error_set(e, ERROR_LIMIT, "%s: the streams name the same bytes "
                         "again and again", name);
    o->budget -= wanted;
    bool is_mini = size < o->mini_cutoff;
    uint32_t start = little32(o->entries[entry].raw + 116);
    size_t missing = chain_read(o, start, is_mini, (size_t)wanted, out);
    if (missing > 0 || (wanted < size && wanted < limit))
        return error_set(e, o->is_cut ? ERROR_TRUNCATED : ERROR_DAMAGED,
                         "%s: bytes of this stream are missing", name);
    if (wanted < size)
        return error_set(e, ERROR_LIMIT, "%s: longer than %zu bytes", name,
                         limit);
    return 0;
}
