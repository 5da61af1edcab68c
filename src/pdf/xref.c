/* SPDX-License-Identifier: GPL-3.0-or-later */
/* xref.c - follows startxref and the chain of Prev, in the order that gives
 * the newest entry first. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "pdf/predict.h"
#include "pdf/tail.h"
#include "pdf/xref.h"

/* Updates of one file; each takes a section. */
#define XREF_SECTIONS_MOST 1024
/* Highest object number (Annex C). */
#define XREF_NUMBER_MOST 8388607
/* An object takes more of a file than this many bytes, even when packed; so
 * a lie about their number costs little memory. */
#define XREF_BYTES_PER_OBJECT 2
#define XREF_FEW_OBJECTS 64
/* Entries of all xref streams together: 8,388,608 of 8 bytes. */
#define XREF_INFLATED_MOST ((size_t)64 << 20)

struct xref_reader {
    struct xref *x;
    struct span file;
    struct flate *inflater;
    uint64_t done[XREF_SECTIONS_MOST];
    size_t sections;
    size_t inflated; /* bytes so far */
};

static bool xref_at(const struct xref_reader *r, uint64_t offset, struct span *s)
{
    *s = r->file;
    if (offset >= (uint64_t)(s->end - s->at))
        return false;
    s->at += offset;
    return true;
}

/* The slot of object NUMBER; NULL: there cannot be so many. */
static struct xref_entry *xref_slot(struct xref_reader *r, uint64_t number)
{
    struct xref *x = r->x;
    size_t most = (size_t)(r->file.end - r->file.at) / XREF_BYTES_PER_OBJECT +
                  XREF_FEW_OBJECTS;
    if (number > XREF_NUMBER_MOST || number >= most)
        return NULL;
    if (number >= x->capacity) {
        size_t capacity = ((size_t)number + 1) * 2;
        struct xref_entry *entries = realloc(x->entries, capacity * sizeof *entries);
        if (!entries)
            return NULL;
        memset(entries + x->capacity, 0,
               (capacity - x->capacity) * sizeof *entries);
        x->entries = entries;
        x->capacity = capacity;
    }
    if (number >= x->count)
        x->count = (size_t)number + 1;
    return x->entries + number;
}

/* The newest section comes first, and its word counts. */
static bool xref_put(struct xref_reader *r, uint64_t number,
                     const struct xref_entry *entry)
{
    struct xref_entry *slot = xref_slot(r, number);
    if (slot && slot->type == XREF_NONE)
        *slot = *entry;
    return slot != NULL;
}

/* "0000000017 00000 n" (7.5.4). */
static bool xref_row(struct xref_reader *r, struct span *s, uint64_t number)
{
    uint64_t offset, generation;
    if (!syntax_integer(s, &offset) || !syntax_integer(s, &generation) ||
        generation > 65535)
        return false;
    struct xref_entry entry = { offset, (uint32_t)generation, XREF_FREE };
    if (syntax_word(s, "n"))
        entry.type = XREF_PLAIN;
    else if (!syntax_word(s, "f"))
        return false;
    /* A table that begins with 1 and means 0 is known to be about. */
    bool head = entry.type == XREF_FREE && generation == 65535;
    return !(number == 1 && head) && xref_put(r, number, &entry);
}

/* Passes a table and its trailer, whose INSIDE it gives. */
static bool xref_table(struct xref_reader *r, struct span *s, struct span *inside)
{
    uint64_t first, count;
    while (syntax_integer(s, &first)) {
        if (!syntax_integer(s, &count))
            return false;
        for (uint64_t i = 0; i < count; i++)
            if (!xref_row(r, s, first + i))
                return false;
    }
    return syntax_word(s, "trailer") && syntax_dictionary(s, inside);
}

static uint64_t xref_field(const unsigned char *at, size_t width, uint64_t missing)
{
    uint64_t value = 0;
    if (width == 0)
        return missing;
    for (size_t i = 0; i < width; i++)
        value = value << 8 | at[i];
    return value;
}

/* The three widths of W (7.5.8.2). */
static bool xref_widths(struct span inside, size_t widths[3])
{
    struct span value;
    if (!syntax_find(inside, "W", &value) || *value.at != '[')
        return false;
    value.at++;
    for (int i = 0; i < 3; i++) {
        uint64_t width;
        if (!syntax_integer(&value, &width) || width > 8)
            return false;
        widths[i] = (size_t)width;
    }
    return widths[1] > 0 && syntax_word(&value, "]");
}

static bool xref_rows(struct xref_reader *r, const unsigned char *data, size_t rows,
                      const size_t widths[3], uint64_t first)
{
    for (size_t i = 0; i < rows; i++) {
        uint64_t type = xref_field(data, widths[0], 1);
        data += widths[0];
        struct xref_entry entry = { xref_field(data, widths[1], 0), 0, XREF_FREE };
        data += widths[1];
        uint64_t third = xref_field(data, widths[2], 0);
        data += widths[2];
        if (type > 2 || (type != 2 && third > 65535))
            return false;
        if (type == 1) {
            entry.type = XREF_PLAIN;
            entry.generation = (uint32_t)third;
        } else if (type == 2) {
            entry.type = XREF_PACKED;
        }
        if (!xref_put(r, first + i, &entry))
            return false;
    }
    return true;
}

/* The inflated rows of the stream at S, to be freed; NULL when it is not a
 * plain FlateDecode, with or without the usual predictor. */
static unsigned char *xref_inflate(struct xref_reader *r, struct span s,
                                   struct span inside, size_t width, size_t *size)
{
    struct span value;
    uint64_t predictor = 1, columns = 1;
    if (!syntax_find(inside, "Filter", &value) || !syntax_is(value, "/FlateDecode"))
        return NULL;
    if (syntax_find(inside, "DecodeParms", &value)) {
        struct span parameters;
        if (!syntax_dictionary(&value, &parameters))
            return NULL;
        syntax_find_integer(parameters, "Predictor", &predictor);
        syntax_find_integer(parameters, "Columns", &columns);
    }
    bool predicted = predictor >= 10 && predictor <= 15 && columns == width;
    if (predictor != 1 && !predicted)
        return NULL;
    size_t used, room = 4096;
    unsigned char *data = NULL;
    enum flate_result result = FLATE_LONG;
    while (result == FLATE_LONG &&
           (room *= 4) <= XREF_INFLATED_MOST - r->inflated) {
        free(data);
        data = malloc(room);
        if (!data)
            return NULL;
        result = flate_inflate(r->inflater, s, data, room, size, &used);
    }
    if (result == FLATE_OK)
        r->inflated += *size;
    const struct predict rows = { 15, 1, 8, width };
    if (result == FLATE_OK && predicted)
        *size = predict_undo(&rows, data, *size);
    if (result == FLATE_OK)
        return data;
    free(data);
    return NULL;
}

/* Entries for each run of Index, or for 0 to Size (7.5.8.2). */
static bool xref_runs(struct xref_reader *r, struct span inside,
                      const unsigned char *data, size_t rows,
                      const size_t widths[3])
{
    size_t width = widths[0] + widths[1] + widths[2];
    uint64_t first, count;
    struct span index;
    if (!syntax_find(inside, "Index", &index)) {
        return syntax_find_integer(inside, "Size", &count) && count <= rows &&
               xref_rows(r, data, (size_t)count, widths, 0);
    }
    if (*index.at++ != '[')
        return false;
    while (syntax_integer(&index, &first)) {
        if (!syntax_integer(&index, &count) || count > rows ||
            !xref_rows(r, data, (size_t)count, widths, first))
            return false;
        data += count * width;
        rows -= (size_t)count;
    }
    return syntax_word(&index, "]");
}

/* Passes an xref stream, whose object NUMBER and dictionary it gives. */
static bool xref_stream(struct xref_reader *r, struct span *s, uint64_t *number,
                        struct span *inside)
{
    uint64_t generation;
    struct span type;
    size_t widths[3], size;
    if (!syntax_header(s, number, &generation) || !syntax_dictionary(s, inside) ||
        !syntax_find(*inside, "Type", &type) || !syntax_is(type, "/XRef") ||
        !xref_widths(*inside, widths) || !syntax_stream(s))
        return false;
    size_t width = widths[0] + widths[1] + widths[2];
    unsigned char *data = xref_inflate(r, *s, *inside, width, &size);
    if (!data)
        return false;
    bool good = xref_runs(r, *inside, data, size / width, widths);
    free(data);
    return good;
}

/* Reads the section at OFFSET, and the stream that a table of a hybrid file
 * names (7.5.8.4). */
static bool xref_section(struct xref_reader *r, uint64_t offset,
                         struct span *inside)
{
    struct span s;
    if (r->sections == XREF_SECTIONS_MOST || !xref_at(r, offset, &s))
        return false;
    for (size_t i = 0; i < r->sections; i++)
        if (r->done[i] == offset)
            return false;
    r->done[r->sections++] = offset;
    uint64_t number, hybrid;
    if (!syntax_word(&s, "xref")) {
        if (!xref_stream(r, &s, &number, inside) || number == 0)
            return false;
        if (r->sections == 1)
            r->x->stream = number;
        return true;
    }
    struct span unused;
    if (!xref_table(r, &s, inside))
        return false;
    return !syntax_find_integer(*inside, "XRefStm", &hybrid) ||
           (xref_at(r, hybrid, &s) && xref_stream(r, &s, &number, &unused));
}

static bool xref_chain(struct xref_reader *r)
{
    uint64_t next = 0;
    bool more = tail_start(r->file, &next);
    r->x->start = next;
    while (more) {
        struct span inside;
        if (!xref_section(r, next, &inside))
            return false;
        if (r->sections == 1)
            r->x->trailer = inside;
        struct span previous;
        more = syntax_find_integer(inside, "Prev", &next);
        if (!more && syntax_find(inside, "Prev", &previous))
            return false;
    }
    return r->sections > 0;
}

bool xref_read(struct xref *x, struct span file, struct flate *inflater)
{
    struct xref_reader r = { .x = x, .file = file, .inflater = inflater };
    *x = (struct xref){ 0 };
    bool good = xref_chain(&r);
    uint64_t size = (uint64_t)(file.end - file.at);
    for (size_t i = 0; good && i < x->count; i++)
        good = x->entries[i].type != XREF_PLAIN || x->entries[i].offset < size;
    if (!good)
        xref_clear(x);
    return good;
}

void xref_clear(struct xref *x)
{
    free(x->entries);
    *x = (struct xref){ 0 };
}
