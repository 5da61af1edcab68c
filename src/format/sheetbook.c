/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sheetbook.c - sharedStrings.xml and styles.xml. */
#include <config.h>

#include "format/sheetbook.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "format/cellbuiltin.h"

/* Longest format code that is used (Excel allows 255 characters). */
#define BOOK_CODE 1024

/* --- shared strings --- */

struct reading {
    struct sax_handler handler;
    struct sheetbook *book;
    int text, phonetic;
    bool formats; /* within cellXfs */
};

/* Makes room for one more of SIZE bytes each at ITEMS. */
static void *book_grow(void *items, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity)
        return items;
    *capacity = *capacity ? 2 * *capacity : 64;
    return xrealloc_array(items, *capacity, size);
}

static void strings_start(struct sax_handler *handler, const char *prefix,
                          const char *name,
                          const struct sax_attribute *attributes, size_t count)
{
    struct reading *r = (struct reading *)handler;
    (void)prefix;
    (void)attributes;
    (void)count;
    if (strcmp(name, "t") == 0)
        r->text++;
    else if (strcmp(name, "rPh") == 0)
        r->phonetic++;
}

static void strings_end(struct sax_handler *handler, const char *name)
{
    struct reading *r = (struct reading *)handler;
    struct sheetbook *b = r->book;
    if (strcmp(name, "t") == 0) {
        r->text--;
    } else if (strcmp(name, "rPh") == 0) {
        r->phonetic--;
    } else if (strcmp(name, "si") == 0) {
        b->ends = book_grow(b->ends, b->count, &b->capacity, sizeof *b->ends);
        b->ends[b->count++] = b->text.size;
    }
}

static void strings_text(struct sax_handler *handler, const char *text,
                         size_t size)
{
    struct reading *r = (struct reading *)handler;
    if (r->text > 0 && r->phonetic == 0 && r->book->text.size <= OPC_TEXT)
        sheetbook_append(&r->book->text, text, size);
}

void sheetbook_append(struct buffer *out, const char *text, size_t size)
{
    if (size == 0)
        return;
    buffer_reserve(out, size);
    char *to = out->data + out->size;
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c == '\n' || c == '\t' || c == '\r')
            *to++ = ' ';
        else if (c == 0xc2 && i + 1 < size && text[i + 1] == '\xad')
            i++; /* a soft hyphen */
        else if (c >= ' ' && c != 0x7f)
            *to++ = (char)c;
    }
    out->size = (size_t)(to - out->data);
}

const char *sheetbook_string(const struct sheetbook *book, size_t index,
                             size_t *size)
{
    if (index >= book->count)
        return NULL;
    size_t start = index > 0 ? book->ends[index - 1] : 0;
    *size = book->ends[index] - start;
    return *size > 0 ? book->text.data + start : "";
}

/* --- styles --- */

static void styles_own(struct sheetbook *b, const struct sax_attribute *id,
                       const struct sax_attribute *code)
{
    if (!id || !code || code->size > BOOK_CODE)
        return;
    b->own = book_grow(b->own, b->own_count, &b->own_capacity, sizeof *b->own);
    b->own[b->own_count++] = (struct sheetbook_code){
        opc_int(id, -1), xstrndup(code->value, code->size)
    };
}

static int codes_compare(const void *a, const void *b)
{
    int x = ((const struct sheetbook_code *)a)->id;
    int y = ((const struct sheetbook_code *)b)->id;
    return (x > y) - (x < y);
}

static void styles_cell(struct sheetbook *b, int id)
{
    const struct sheetbook_code key = { .id = id };
    const struct sheetbook_code *own =
        b->own_count == 0 ? NULL
                          : bsearch(&key, b->own, b->own_count, sizeof key,
                                    codes_compare);
    const char *code = own ? own->code : cellbuiltin_code(id);
    b->codes = book_grow(b->codes, b->style_count, &b->style_capacity,
                         sizeof *b->codes);
    b->codes[b->style_count++] = code ? code : "General";
}

/* The formats come before the styles that name them. */
static void styles_start(struct sax_handler *handler, const char *prefix,
                         const char *name,
                         const struct sax_attribute *attributes, size_t count)
{
    struct reading *r = (struct reading *)handler;
    struct sheetbook *b = r->book;
    (void)prefix;
    if (strcmp(name, "numFmt") == 0 && b->style_count == 0) {
        styles_own(b, sax_find(attributes, count, "numFmtId"),
                   sax_find(attributes, count, "formatCode"));
    } else if (strcmp(name, "cellXfs") == 0) {
        r->formats = true;
        if (b->own_count > 0)
            qsort(b->own, b->own_count, sizeof *b->own, codes_compare);
    } else if (strcmp(name, "xf") == 0 && r->formats) {
        styles_cell(b, opc_int(sax_find(attributes, count, "numFmtId"), 0));
    }
}

static void styles_end(struct sax_handler *handler, const char *name)
{
    struct reading *r = (struct reading *)handler;
    if (strcmp(name, "cellXfs") == 0)
        r->formats = false;
}

const char *sheetbook_code(const struct sheetbook *book, int index)
{
    if (index < 0 || (size_t)index >= book->style_count)
        return "General";
    return book->codes[index];
}

int sheetbook_read(struct sheetbook *book, const struct opc *opc,
                   int64_t strings, int64_t styles, struct error *e)
{
    struct reading r = {
        .handler = { .start = styles_start, .end = styles_end, .text = sax_no_text },
        .book = book,
    };
    if (styles >= 0)
        opc_parse(opc, styles, &r.handler, NULL);
    r.handler = (struct sax_handler){ .start = strings_start,
                                      .end = strings_end,
                                      .text = strings_text };
    if (strings >= 0 && opc_parse(opc, strings, &r.handler, e) < 0)
        return -1;
    return book->text.size > OPC_TEXT ? opc_too_long(opc, strings, e) : 0;
}

void sheetbook_clear(struct sheetbook *book)
{
    for (size_t i = 0; i < book->own_count; i++)
        free(book->own[i].code);
    free(book->own);
    free(book->codes);
    free(book->ends);
    buffer_free(&book->text);
}
