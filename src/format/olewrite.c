/* SPDX-License-Identifier: GPL-3.0-or-later */
/* olewrite.c - the plainest file that ole.h reads: header, directory, streams
 * one behind the other, table of chains. There are no mini sectors, and the
 * entries of a storage are a list where others have a balanced tree. */
#include <config.h>

#include "format/olewrite.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

#define ENTRY 128
#define NO_ENTRY 0xffffffffu
#define LAST_SECTOR 0xfffffffeu
#define FREE_SECTOR 0xffffffffu
#define FAT_SECTOR 0xfffffffdu

/* Sectors of the table that the header lists; that is enough for
 * OLEWRITE_BYTES in sectors of 4,096 bytes. */
#define LISTED 109

/* Depth of storages. */
#define DEPTH 64

enum { STORAGE = 1, STREAM = 2, ROOT = 5 };

struct item {
    int entry; /* of the file that is read */
    unsigned char raw[ENTRY];
    size_t start, size; /* of its bytes in `bytes` */
};

struct writing {
    struct ole *o;
    struct item *items;
    size_t count;
    struct buffer bytes; /* of all streams, before they are put in sectors */
    int result;
    struct error *e;
};

static void put32(unsigned char *p, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        p[i] = (unsigned char)(value >> 8 * i);
}

static void put16(unsigned char *p, unsigned value)
{
    p[0] = (unsigned char)value;
    p[1] = (unsigned char)(value >> 8);
}

/* --- what there is --- */

static struct item *item_add(struct writing *w, int entry, unsigned type)
{
    if ((w->count & (w->count - 1)) == 0)
        w->items = xrealloc_array(w->items, w->count > 0 ? 2 * w->count : 1,
                                  sizeof *w->items);
    struct item *item = &w->items[w->count++];
    *item = (struct item){.entry = entry};
    /* Name and class stay, also the class of a storage that is the root. */
    ole_copy_name(w->o, entry, item->raw);
    item->raw[66] = (unsigned char)type;
    item->raw[67] = 1; /* black */
    memset(item->raw + 68, 0xff, 12);
    return item;
}

static int item_read(struct writing *w, size_t index)
{
    struct item *item = &w->items[index];
    item->start = w->bytes.size;
    size_t room = OLEWRITE_BYTES - w->bytes.size;
    if (ole_size(w->o, item->entry) > room)
        return error_set(w->e, ERROR_LIMIT, "more than %u MiB are embedded",
                         (unsigned)(OLEWRITE_BYTES >> 20));
    if (ole_read(w->o, item->entry, room, &w->bytes, w->e) < 0)
        w->result = -1;
    item->size = w->bytes.size - item->start;
    return 0;
}

/* The children of item PARENT, which is a storage. -1: too much. */
static int children_add(struct writing *w, size_t parent, int depth)
{
    size_t last = 0;
    for (int i = ole_first(w->o, w->items[parent].entry); i >= 0;
         i = ole_next(w->o, i)) {
        bool is_storage = ole_is_storage(w->o, i);
        if (w->count >= OLEWRITE_ENTRIES || depth == DEPTH)
            return error_set(w->e, ERROR_LIMIT, "too many streams are embedded");
        size_t index = w->count;
        item_add(w, i, is_storage ? STORAGE : STREAM);
        put32(w->items[last != 0 ? last : parent].raw + (last != 0 ? 72 : 76),
              (uint32_t)index);
        last = index;
        if ((is_storage ? children_add(w, index, depth + 1)
                        : item_read(w, index)) < 0)
            return -1;
    }
    return 0;
}

/* Puts PAD zeros into the stream NAME of the root. */
static void lengthen(struct writing *w, const char *name, size_t at, size_t pad)
{
    int entry = ole_find(w->o, w->items[0].entry, name);
    for (size_t i = 1; i < w->count; i++) {
        struct item *item = &w->items[i];
        if (item->entry != entry || item->size < at)
            continue;
        struct buffer copy = {0};
        buffer_append(&copy, w->bytes.data + item->start, item->size);
        item->start = w->bytes.size;
        buffer_append(&w->bytes, copy.data, at);
        for (size_t n = 0; n < pad; n++)
            buffer_append_char(&w->bytes, '\0');
        buffer_append(&w->bytes, copy.data + at, copy.size - at);
        item->size += pad;
        buffer_free(&copy);
        return;
    }
}

/* --- the file --- */

static size_t sectors_of(size_t size, unsigned shift)
{
    return (size + ((size_t)1 << shift) - 1) >> shift;
}

/* Fills up the sector at OUT's end. */
static void fill(struct buffer *out, unsigned shift)
{
    size_t size = (size_t)1 << shift, over = out->size & (size - 1);
    for (; over > 0 && over < size; over++)
        buffer_append_char(out, '\0');
}

static size_t sectors_for(const struct writing *w, unsigned shift)
{
    size_t count = sectors_of(w->count * ENTRY, shift);
    for (size_t i = 1; i < w->count; i++)
        count += sectors_of(w->items[i].size, shift);
    return count;
}

/* Where each stream begins; and the chains, each sector's next one. */
static void chains_make(struct writing *w, unsigned shift, struct buffer *fat)
{
    uint32_t sector = 0;
    for (size_t i = 0; i < w->count; i++) {
        struct item *item = &w->items[i];
        size_t size = i == 0 ? w->count * ENTRY : item->size;
        size_t count = sectors_of(size, shift);
        if (i > 0) {
            put32(item->raw + 116, count > 0 ? sector : LAST_SECTOR);
            put32(item->raw + 120, (uint32_t)size);
        }
        for (size_t n = 0; n < count; n++) {
            unsigned char next[4];
            sector++;
            put32(next, n + 1 < count ? sector : LAST_SECTOR);
            buffer_append(fat, next, 4);
        }
    }
}

static void header_write(unsigned shift, size_t used, size_t fat_count,
                         struct buffer *out)
{
    unsigned char header[512] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
    put16(header + 24, 0x3e);
    put16(header + 26, shift == 9 ? 3 : 4);
    put16(header + 28, 0xfffe);
    put16(header + 30, shift);
    put16(header + 32, 6);
    put32(header + 44, (uint32_t)fat_count);
    put32(header + 48, 0);           /* the directory is first */
    put32(header + 56, 0);           /* no stream is small */
    put32(header + 60, LAST_SECTOR); /* no mini sectors */
    put32(header + 68, LAST_SECTOR);
    for (size_t i = 0; i < LISTED; i++)
        put32(header + 76 + 4 * i,
              i < fat_count ? (uint32_t)(used + i) : FREE_SECTOR);
    buffer_append(out, header, sizeof header);
    fill(out, shift);
}

static void file_write(struct writing *w, struct buffer *out)
{
    struct buffer fat = {0};
    unsigned shift = 9;
    if (sectors_of(4 * sectors_for(w, 9) + 4 * LISTED, 9) > LISTED)
        shift = 12;
    size_t used = sectors_for(w, shift), fat_count = 0;
    while (fat_count << (shift - 2) < used + fat_count)
        fat_count++;
    chains_make(w, shift, &fat);
    header_write(shift, used, fat_count, out);
    for (size_t i = 0; i < w->count; i++)
        buffer_append(out, w->items[i].raw, ENTRY);
    fill(out, shift);
    for (size_t i = 1; i < w->count; i++) {
        if (w->items[i].size > 0)
            buffer_append(out, w->bytes.data + w->items[i].start,
                          w->items[i].size);
        fill(out, shift);
    }
    for (size_t i = 0; i < fat_count; i++) {
        unsigned char mark[4];
        put32(mark, FAT_SECTOR);
        buffer_append(&fat, mark, 4);
    }
    buffer_append(out, fat.data, fat.size);
    fill(out, shift);
    buffer_free(&fat);
}

int olewrite(struct ole *o, int storage, const char *longer, size_t at,
             size_t pad, struct buffer *out, struct error *e)
{
    struct writing w = {.o = o, .e = e};
    put32(item_add(&w, storage, ROOT)->raw + 116, LAST_SECTOR);
    int r = children_add(&w, 0, 0);
    if (r == 0) {
        if (longer != NULL)
            lengthen(&w, longer, at, pad);
        file_write(&w, out);
        r = w.result;
    }
    buffer_free(&w.bytes);
    free(w.items);
    return r;
}
