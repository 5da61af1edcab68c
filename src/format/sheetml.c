/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sheetml.c - rows are emitted as they are read: a sheet may have a million. */
#include <config.h>

#include "format/sheetml.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "format/cellformat.h"
#include "format/pieces.h"
#include "format/sheetmargin.h"

/* Bytes that come together before they are emitted. */
#define SHEET_PIECE ((size_t)64 << 10)

/* Columns (XFD) and rows of a sheet. */
#define SHEET_COLUMNS 16384
#define SHEET_ROWS (1 << 20)

/* Bytes of one cell: Excel allows 32,767 characters. */
#define SHEET_VALUE ((size_t)1 << 20)

enum sheet_type { SHEET_NUMBER, SHEET_SHARED, SHEET_STRING, SHEET_BOOLEAN };

struct sheet {
    struct sax_handler handler;
    const struct sheetbook *book;
    struct sheetml_sink *sink;
    int row, last_row;  /* the one at hand, the last with text; 0: none */
    int column, filled; /* of the cell; cells written of the row */
    enum sheet_type type;
    int style;
    int cells, values, phonetic, margins; /* open elements of the kind */
    struct buffer value, shown;
    struct buffer around; /* header and footer */
};

int sheetml_flush(struct sheetml_sink *sink, bool all)
{
    struct buffer *line = &sink->line;
    if (sink->stopped || (!all && line->size < SHEET_PIECE))
        return sink->stopped ? -1 : 0;
    sink->size += line->size;
    if (sink->size > SHEETML_TEXT) {
        sink->stopped = true;
        return error_set(&sink->error, ERROR_LIMIT,
                         "the sheet has more than %u MiB of text",
                         (unsigned)(SHEETML_TEXT >> 20));
    }
    sink->stopped = pieces_emit(sink->emit, line->data, line->size) < 0;
    buffer_clear(line);
    return sink->stopped ? -1 : 0;
}

/* --- cells --- */

/* The column of a reference like "AB12", from 1; 0: it has none. */
static int sheet_column(const struct sax_attribute *a)
{
    int column = 0;
    for (size_t i = 0; a && i < a->size && isalpha((unsigned char)a->value[i]);
         i++) {
        column = 26 * column + (a->value[i] & 31);
        if (column > SHEET_COLUMNS)
            return SHEET_COLUMNS;
    }
    return column;
}

static void cell_start(struct sheet *s, const struct sax_attribute *attributes,
                       size_t count)
{
    const struct sax_attribute *type = NULL, *place = NULL, *style = NULL;
    for (size_t i = 0; i < count; i++) {
        const char *name = attributes[i].name;
        if (attributes[i].prefix || name[0] == '\0' || name[1] != '\0')
            continue;
        if (*name == 'r')
            place = &attributes[i];
        else if (*name == 't')
            type = &attributes[i];
        else if (*name == 's')
            style = &attributes[i];
    }
    int column = sheet_column(place);
    s->column = column > 0 ? column : s->column + 1;
    s->style = opc_int(style, 0);
    s->type = opc_is(type, "s")                ? SHEET_SHARED
              : opc_is(type, "b")              ? SHEET_BOOLEAN
              : !type || opc_is(type, "n")     ? SHEET_NUMBER
                                               : SHEET_STRING;
    s->cells++;
    buffer_clear(&s->value);
}

static void cell_number(struct sheet *s)
{
    const char *text = buffer_string(&s->value);
    char *end;
    double value = strtod(text, &end);
    if (end == text || *end != '\0')
        sheetbook_append(&s->shown, text, s->value.size);
    else
        cellformat_number(value, sheetbook_code(s->book, s->style),
                          s->book->epoch_1904, &s->shown);
}

static void cell_show(struct sheet *s)
{
    size_t size = 0;
    const char *shared;
    buffer_clear(&s->shown);
    switch (s->type) {
    case SHEET_NUMBER:
        cell_number(s);
        break;
    case SHEET_SHARED:
        shared = sheetbook_string(
            s->book, strtoul(buffer_string(&s->value), NULL, 10), &size);
        if (shared)
            buffer_append(&s->shown, shared, size);
        break;
    case SHEET_BOOLEAN:
        buffer_append_string(&s->shown,
                             s->value.data[0] == '1' ? "TRUE" : "FALSE");
        break;
    case SHEET_STRING:
        sheetbook_append(&s->shown, s->value.data, s->value.size);
        break;
    }
}

/* What lies between this cell and the last one that has something. */
static void cell_gap(struct sheet *s)
{
    struct buffer *line = &s->sink->line;
    if (s->filled == 0 && s->last_row > 0 && s->row > s->last_row + 1)
        buffer_append_char(line, '\n');
    int gap = s->column - (s->filled > 0 ? s->filled : 1);
    if (s->filled > 0 && gap < 1)
        gap = 1; /* out of order */
    for (int i = 0; i < gap && i < SHEETML_GAP; i++)
        buffer_append_char(line, '\t');
}

static void cell_end(struct sheet *s)
{
    s->cells--;
    if (s->value.size == 0)
        return;
    cell_show(s);
    const char *text = s->shown.data;
    size_t size = s->shown.size;
    while (size > 0 && text[size - 1] == ' ')
        size--;
    while (size > 0 && *text == ' ') {
        text++;
        size--;
    }
    if (size == 0)
        return;
    cell_gap(s);
    buffer_append(&s->sink->line, text, size);
    s->filled = s->column > 0 ? s->column : 1;
}

/* --- rows --- */

static void row_end(struct sheet *s)
{
    if (s->filled == 0)
        return;
    buffer_append_char(&s->sink->line, '\n');
    s->last_row = s->row;
    s->filled = 0;
    sheetml_flush(s->sink, false);
}

static void row_start(struct sheet *s, const struct sax_attribute *number)
{
    int row = opc_int(number, 0);
    row_end(s); /* one within a row, or a cell, ends it */
    s->row = row > 0 && row <= SHEET_ROWS ? row : s->row + 1;
    s->column = s->filled = 0;
}

/* --- headers and footers --- */

/* "oddHeader" and the like; their parent is "headerFooter". */
static bool margin_is(const char *name)
{
    static const char *const pages[] = { "odd", "even", "first" };
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        size_t size = strlen(pages[i]);
        if (strncmp(name, pages[i], size) == 0)
            return strcmp(name + size, "Header") == 0 ||
                   strcmp(name + size, "Footer") == 0;
    }
    return false;
}

/* --- events --- */

static void sheet_start(struct sax_handler *handler, const char *prefix,
                        const char *name,
                        const struct sax_attribute *attributes, size_t count)
{
    struct sheet *s = (struct sheet *)handler;
    (void)prefix;
    if (name[1] == '\0') {
        if (*name == 'c')
            cell_start(s, attributes, count);
        else if (*name == 'v' || *name == 't')
            s->values += s->cells > 0;
    } else if (strcmp(name, "row") == 0) {
        row_start(s, sax_find(attributes, count, "r"));
    } else if (strcmp(name, "rPh") == 0) {
        s->phonetic++;
    } else if (s->cells == 0 && margin_is(name)) {
        s->margins++;
        buffer_clear(&s->value);
    }
}

static void sheet_end(struct sax_handler *handler, const char *name)
{
    struct sheet *s = (struct sheet *)handler;
    if (name[1] == '\0') {
        if (*name == 'c')
            cell_end(s);
        else if ((*name == 'v' || *name == 't') && s->values > 0)
            s->values--;
    } else if (strcmp(name, "row") == 0) {
        row_end(s);
    } else if (strcmp(name, "rPh") == 0) {
        s->phonetic--;
    } else if (s->margins > 0 && margin_is(name)) {
        s->margins--;
        sheetmargin_append(&s->around, buffer_string(&s->value), s->value.size);
    }
}

static void sheet_text(struct sax_handler *handler, const char *text,
                       size_t size)
{
    struct sheet *s = (struct sheet *)handler;
    if (((s->values > 0 && s->phonetic == 0) || s->margins > 0) &&
        !s->sink->stopped && s->value.size + size <= SHEET_VALUE)
        buffer_append(&s->value, text, size);
}

int sheetml_read(const struct opc *opc, int64_t member,
                 const struct sheetbook *book, struct sheetml_sink *sink,
                 struct error *e)
{
    struct sheet s = {
        .handler = { .start = sheet_start, .end = sheet_end, .text = sheet_text },
        .book = book,
        .sink = sink,
    };
    int r = opc_parse(opc, member, &s.handler, e);
    row_end(&s); /* it may have broken off within a row */
    if (s.around.size > 0 && s.last_row > 0)
        buffer_append_char(&sink->line, '\n');
    buffer_append(&sink->line, s.around.data, s.around.size);
    buffer_free(&s.value);
    buffer_free(&s.shown);
    buffer_free(&s.around);
    return r;
}
