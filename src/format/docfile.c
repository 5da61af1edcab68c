/* SPDX-License-Identifier: GPL-3.0-or-later */
/* docfile.c - the file information block (FIB) and the table of pieces. */
#include <config.h>

#include "format/docfile.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/little.h"
#include "format/codepage.h"

/* Bytes of a stream. The text of the largest real ones is a few MB; pictures
 * are in streams of their own, or make it some 100 MB. */
#define STREAM_LIMIT ((size_t)1 << 30)

/* The FIB up to the first table's place, in old files and in new ones. */
#define OLD_FIB 0x180
#define NEW_FIB 0x212

enum { FLAG_COMPLEX = 0x4, FLAG_ENCRYPTED = 0x100, FLAG_TABLE = 0x200 };

/* Where the FIB has the place and the size of each table ([MS-DOC] 2.5.6);
 * 0: Word 6 has no such table that is read. */
static const struct {
    uint16_t now, old;
} table_places[DOC_TABLES] = {
    [DOC_TABLE_HEADERS] = {0xf2, 0xb0},
    [DOC_TABLE_COMMENTS] = {0xc2, 0x80},
    [DOC_TABLE_ENDNOTES] = {0x20a, 0},
    [DOC_TABLE_COMMENT_PLACES] = {0xba, 0},
    [DOC_TABLE_AUTHORS] = {0x1ba, 0},
    [DOC_TABLE_CHARACTERS] = {0xfa, 0xb8},
    [DOC_TABLE_PARAGRAPHS] = {0x102, 0xc0},
    [DOC_TABLE_PIECES] = {0x1a2, 0x160},
    [DOC_TABLE_STYLES] = {0xa2, 0},
    [DOC_TABLE_LISTS] = {0x2e2, 0},
    [DOC_TABLE_LIST_REFERENCES] = {0x2ea, 0},
};

static const unsigned char *bytes_of(const struct buffer *b)
{
    return (const unsigned char *)b->data;
}

const unsigned char *doc_file_table(const struct doc_file *f,
                                    enum doc_table table, size_t *size)
{
    size_t place = f->is_old ? table_places[table].old : table_places[table].now;
    const unsigned char *fib = bytes_of(&f->stream);
    const struct buffer *in = f->is_old ? &f->stream : &f->tables;
    if (place == 0 || place + 8 > f->stream.size)
        return NULL;
    uint32_t offset = little32(fib + place);
    *size = little32(fib + place + 4);
    if (*size == 0 || offset >= in->size)
        return NULL;
    if (*size > in->size - offset)
        *size = in->size - offset;
    return bytes_of(in) + offset;
}

/* Adds a piece, cut to what the stream has of it. */
static void piece_add(struct doc_file *f, struct doc_piece piece)
{
    uint64_t width = piece.is_wide ? 2 : 1;
    if (piece.offset >= f->stream.size || piece.end <= piece.first)
        return;
    uint64_t room = (f->stream.size - piece.offset) / width;
    if (piece.end - piece.first > room)
        piece.end = piece.first + (uint32_t)room;
    if (piece.end == piece.first)
        return;
    f->pieces[f->piece_count++] = piece;
}

/* The table of pieces in P: characters where they begin, then 8 bytes each. */
static void pieces_from(struct doc_file *f, const unsigned char *p, size_t size)
{
    size_t count = size >= 4 ? (size - 4) / 12 : 0;
    uint32_t end = 0; /* they are in order, so each counts once */
    f->pieces = xcalloc(count + 1, sizeof *f->pieces);
    for (size_t i = 0; i < count; i++) {
        uint32_t place = little32(p + 4 * (count + 1) + 8 * i + 2);
        struct doc_piece piece = {little32(p + 4 * i), little32(p + 4 * i + 4),
                                  place, !f->is_old};
        if (piece.first < end)
            break;
        /* Bit 30: a byte for each character, at half the place. */
        if (!f->is_old && (place & 0x40000000) != 0) {
            piece.offset = (place & 0x3fffffff) / 2;
            piece.is_wide = false;
        }
        if (piece.end > f->parts[DOC_PARTS])
            piece.end = f->parts[DOC_PARTS];
        end = piece.end > end ? piece.end : end;
        piece_add(f, piece);
    }
}

/* The pieces stand behind blocks of properties, each with its kind. */
static void pieces_read(struct doc_file *f)
{
    size_t size;
    const unsigned char *p = doc_file_table(f, DOC_TABLE_PIECES, &size);
    while (p != NULL && size >= 5) {
        if (p[0] == 2) {
            size_t wanted = little32(p + 1);
            pieces_from(f, p + 5, wanted < size - 5 ? wanted : size - 5);
            return;
        }
        size_t step = 3 + (size_t)little16(p + 1);
        if (p[0] != 1 || step > size)
            return;
        p += step;
        size -= step;
    }
}

/* Without a table the text is one piece, where the FIB says. */
static void piece_whole(struct doc_file *f)
{
    const unsigned char *fib = bytes_of(&f->stream);
    uint32_t start = little32(fib + 0x18), end = little32(fib + 0x1c);
    uint32_t count = f->parts[DOC_PARTS];
    free(f->pieces);
    f->pieces = xcalloc(1, sizeof *f->pieces);
    bool is_wide = !f->is_old && end > start && (end - start) / 2 >= count;
    piece_add(f, (struct doc_piece){0, count, start, is_wide});
}

/* How many characters each part has, in the order of enum doc_part. */
static void parts_read(struct doc_file *f)
{
    static const unsigned char now[DOC_PARTS] = {
        0x4c, 0x50, 0x54, 0x58, 0x5c, 0x60, 0x64, 0x68,
    };
    static const unsigned char old[DOC_PARTS] = {
        0x34, 0x38, 0x3c, 0x40, 0x44, 0x48, 0x4c, 0x50,
    };
    const unsigned char *fib = bytes_of(&f->stream);
    for (int i = 0; i < DOC_PARTS; i++) {
        uint32_t size = little32(fib + (f->is_old ? old[i] : now[i]));
        /* No part has more characters than the stream has bytes. */
        if (size > f->stream.size)
            size = i == DOC_MAIN ? (uint32_t)f->stream.size : 0;
        f->parts[i + 1] = f->parts[i] + size;
    }
}

static int fib_check(struct doc_file *f, struct error *e)
{
    const unsigned char *fib = bytes_of(&f->stream);
    if (f->stream.size < OLD_FIB)
        return error_set(e, ERROR_TRUNCATED, "not a whole header of Word's");
    unsigned ident = little16(fib), version = little16(fib + 2);
    if (ident != 0xa5ec && ident != 0xa5dc)
        return error_set(e, ERROR_DAMAGED, "not a header of Word's");
    f->is_old = ident == 0xa5dc || version < 0x69;
    if (little16(fib + 0xa) & FLAG_ENCRYPTED)
        return error_set(e, ERROR_ENCRYPTED, "encrypted, or obscured");
    if (!f->is_old && f->stream.size < NEW_FIB)
        return error_set(e, ERROR_TRUNCATED, "not a whole header of Word's");
    f->codepage = f->is_old ? codepage_of_language(little16(fib + 6))
                            : CODEPAGE_WINDOWS;
    return 0;
}

int doc_file_read(struct doc_file *f, struct ole *o, struct error *flaw,
                  struct error *e)
{
    int main = ole_find(o, OLE_ROOT, "WordDocument");
    if (main < 0)
        return ole_missing(o, "WordDocument", e);
    ole_read(o, main, STREAM_LIMIT, &f->stream, flaw);
    if (fib_check(f, e) < 0)
        return -1;
    unsigned flags = little16(bytes_of(&f->stream) + 0xa);
    if (!f->is_old) {
        const char *name = flags & FLAG_TABLE ? "1Table" : "0Table";
        ole_read(o, ole_find(o, OLE_ROOT, name), STREAM_LIMIT, &f->tables, flaw);
    }
    ole_flaw(o, flaw);
    parts_read(f);
    if (!f->is_old || (flags & FLAG_COMPLEX) != 0)
        pieces_read(f);
    if (f->piece_count == 0)
        piece_whole(f);
    doc_runs_read(f);
    return 0;
}

void doc_file_clear(struct doc_file *f)
{
    buffer_free(&f->stream);
    buffer_free(&f->tables);
    free(f->pieces);
    free(f->characters.items);
    free(f->paragraphs.items);
}
