/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sheet2003.c - styles come first, then the sheets. Cells have numbers as they
 * are kept, and a style that has a format. */
#include <config.h>

#include "format/sheet2003.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "format/cellformat.h"
#include "format/opc.h"
#include "format/sheetbook.h"
#include "format/sheetmargin.h"
#include "format/sheetml.h"

#define STYLES 65536
#define CODE 256           /* bytes of a format; Excel allows 255 characters */
#define COLUMN_STYLES 64   /* of a sheet; cells say theirs as a rule */
#define COLUMNS 16384
#define ROWS (1 << 20)
#define VALUE ((size_t)1 << 20)

struct style {
    char *id, *code;
};

struct column_style {
    int first, last;
    const char *code;
};

struct sheet2003 {
    struct sax_handler handler;
    struct buffer *out;
    struct metadata *metadata;
    struct style *styles; /* sorted when the first sheet begins */
    size_t style_count, style_capacity;
    bool epoch_1904, cut;
    size_t *ends;
    size_t pages, page_capacity;
    /* of the sheet */
    bool in_sheet;
    size_t heading;
    struct buffer comments, margins;
    struct column_style columns[COLUMN_STYLES];
    size_t column_count;
    int row, last_row, column, next, filled, next_column_style;
    const char *row_code, *code;
    char type; /* of the value: N, D, B; else it is text */
    char author[128];
    int data, comment; /* open elements */
    const char *key;   /* of the metadata, or NULL */
    struct buffer value, shown;
};

/* --- styles --- */

/* Names of formats, as the English version has them. */
static const char *code_named(const char *name)
{
    static const char *const codes[][2] = {
        { "General Number", "General" },
        { "General Date", "m/d/yyyy h:mm" },
        { "Long Date", "dddd, mmmm d, yyyy" },
        { "Medium Date", "d-mmm-yy" },
        { "Short Date", "m/d/yyyy" },
        { "Long Time", "h:mm:ss AM/PM" },
        { "Medium Time", "h:mm AM/PM" },
        { "Short Time", "h:mm" },
        { "Currency", "$#,##0.00" },
        { "Euro Currency", "[$\u20ac-2] #,##0.00" },
        { "Fixed", "0.00" },
        { "Standard", "#,##0.00" },
        { "Percent", "0.00%" },
        { "Scientific", "0.00E+00" },
        { "Yes/No", "\"Yes\";\"Yes\";\"No\"" },
        { "True/False", "\"True\";\"True\";\"False\"" },
        { "On/Off", "\"On\";\"On\";\"Off\"" },
    };
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        if (strcmp(codes[i][0], name) == 0)
            return codes[i][1];
    }
    return name;
}

static int style_compare(const void *a, const void *b)
{
    return strcmp(((const struct style *)a)->id, ((const struct style *)b)->id);
}

/* The format of the style that A names; OTHERWISE when it says none. */
static const char *style_code(const struct sheet2003 *s,
                              const struct sax_attribute *a,
                              const char *otherwise)
{
    char id[CODE];
    if (!a || a->size >= sizeof id || s->style_count == 0)
        return otherwise;
    memcpy(id, a->value, a->size);
    id[a->size] = '\0';
    const struct style key = { .id = id };
    const struct style *found = bsearch(&key, s->styles, s->style_count,
                                        sizeof key, style_compare);
    return found ? code_named(found->code) : otherwise;
}

static void style_start(struct sheet2003 *s, const struct sax_attribute *id)
{
    if (!id || s->pages > 0 || s->in_sheet || s->style_count == STYLES)
        return;
    if (s->style_count == s->style_capacity) {
        s->style_capacity = s->style_capacity ? 2 * s->style_capacity : 64;
        s->styles = xrealloc_array(s->styles, s->style_capacity, sizeof *s->styles);
    }
    s->styles[s->style_count++] =
        (struct style){ xstrndup(id->value, id->size), xstrdup("General") };
}

static void style_format(struct sheet2003 *s, const struct sax_attribute *format)
{
    if (!format || format->size >= CODE || s->style_count == 0 || s->in_sheet ||
        s->pages > 0)
        return;
    struct style *style = &s->styles[s->style_count - 1];
    free(style->code);
    style->code = xstrndup(format->value, format->size);
}

/* --- sheets --- */

static void sheet_start(struct sheet2003 *s, const struct sax_attribute *name)
{
    if (s->in_sheet)
        return;
    if (s->pages == SHEET2003_PAGES) {
        s->cut = true;
        return;
    }
    if (s->pages == 0 && s->style_count > 0)
        qsort(s->styles, s->style_count, sizeof *s->styles, style_compare);
    s->in_sheet = true;
    s->row = s->last_row = s->filled = 0;
    s->column_count = 0;
    s->next_column_style = s->next = 1;
    s->column = 0;
    if (name)
        sheetbook_append(s->out, name->value, name->size);
    if (name && name->size > 0)
        buffer_append_string(s->out, "\n\n");
    s->heading = s->out->size;
}

static void row_end(struct sheet2003 *s)
{
    if (s->filled == 0)
        return;
    buffer_append_char(s->out, '\n');
    s->last_row = s->row;
    s->filled = 0;
}

/* What stands behind the rows, or nothing does behind the heading. */
static void sheet_block(struct sheet2003 *s, struct buffer *block)
{
    if (block->size > 0 && s->out->size > s->heading)
        buffer_append_char(s->out, '\n');
    buffer_append(s->out, block->data, block->size);
    buffer_clear(block);
}

static void sheet_end(struct sheet2003 *s)
{
    if (!s->in_sheet)
        return;
    row_end(s);
    sheet_block(s, &s->margins);
    sheet_block(s, &s->comments);
    size_t start = s->pages > 0 ? s->ends[s->pages - 1] : 0;
    if (s->out->size == s->heading && s->heading > start)
        s->out->size--;
    if (s->pages == s->page_capacity) {
        s->page_capacity = s->page_capacity ? 2 * s->page_capacity : 8;
        s->ends = xrealloc_array(s->ends, s->page_capacity, sizeof *s->ends);
    }
    s->ends[s->pages++] = s->out->size;
    s->in_sheet = false;
}

static void column_start(struct sheet2003 *s,
                         const struct sax_attribute *attributes, size_t count)
{
    int first = opc_int(opc_attribute(attributes, count, "Index"),
                        s->next_column_style);
    int span = opc_int(opc_attribute(attributes, count, "Span"), 0);
    if (first < 1 || first > COLUMNS || span < 0 || span > COLUMNS)
        return;
    s->next_column_style = first + span + 1;
    const char *code =
        style_code(s, opc_attribute(attributes, count, "StyleID"), NULL);
    if (code && s->column_count < COLUMN_STYLES)
        s->columns[s->column_count++] =
            (struct column_style){ first, first + span, code };
}

static void row_start(struct sheet2003 *s, const struct sax_attribute *attributes,
                      size_t count)
{
    row_end(s);
    int row = opc_int(opc_attribute(attributes, count, "Index"), 0);
    s->row = row > 0 && row <= ROWS ? row : s->row < ROWS ? s->row + 1 : ROWS;
    s->column = 0;
    s->next = 1;
    s->row_code = style_code(s, opc_attribute(attributes, count, "StyleID"), NULL);
}

static void cell_start(struct sheet2003 *s, const struct sax_attribute *attributes,
                       size_t count)
{
    int column = opc_int(opc_attribute(attributes, count, "Index"), 0);
    int merged = opc_int(opc_attribute(attributes, count, "MergeAcross"), 0);
    const char *code = s->row_code;
    s->column = column > 0 && column <= COLUMNS ? column : s->next;
    s->next = s->column + 1 + (merged > 0 && merged <= COLUMNS ? merged : 0);
    if (s->next > COLUMNS)
        s->next = COLUMNS;
    for (size_t i = 0; !code && i < s->column_count; i++) {
        if (s->column >= s->columns[i].first && s->column <= s->columns[i].last)
            code = s->columns[i].code;
    }
    s->code = style_code(s, opc_attribute(attributes, count, "StyleID"),
                         code ? code : "General");
}

/* --- values --- */

/* Days of the calendar of Excel for "2024-03-05T00:00:00.000"; false: it is none.
 * Hours may be more than a day has. Excel counts a 29 February 1900. */
static bool date_serial(const char *text, bool epoch_1904, double *serial)
{
    int y, m, d, h = 0, min = 0;
    double s = 0;
    if (sscanf(text, "%5d-%2d-%2dT%d:%2d:%lf", &y, &m, &d, &h, &min, &s) < 3 ||
        y < 1 || y > 9999 || m < 1 || m > 12 || d < 1 || d > 31 || h < 0 ||
        h > 1000000)
        return false;
    /* Years from March, of which 146,097 days make 400. */
    int year = y - (m < 3), month = (m + 9) % 12;
    int days = 365 * year + year / 4 - year / 100 + year / 400 +
               (153 * month + 2) / 5 + d - 1 - 693899;
    *serial = days - (days < 61) - (epoch_1904 ? 1462 : 0) +
              (h * 3600 + min * 60 + s) / 86400;
    return true;
}

static void value_show(struct sheet2003 *s)
{
    const char *text = buffer_string(&s->value);
    char *end = NULL;
    double value = 0;
    bool general = strcmp(s->code, "General") == 0;
    buffer_clear(&s->shown);
    if (s->type == 'N') {
        value = strtod(text, &end);
        end = end != text && *end == '\0' ? end : NULL;
    }
    if (end ||
        (s->type == 'D' && !general && date_serial(text, s->epoch_1904, &value)))
        cellformat_number(value, s->code, s->epoch_1904, &s->shown);
    else if (s->type == 'B')
        buffer_append_string(&s->shown, *text == '1' ? "TRUE" : "FALSE");
    else
        sheetbook_append(&s->shown, text, s->value.size);
}

/* What lies between this cell and the last one that has something. */
static void cell_gap(struct sheet2003 *s)
{
    if (s->filled == 0 && s->last_row > 0 && s->row > s->last_row + 1)
        buffer_append_char(s->out, '\n');
    int gap = s->column - (s->filled > 0 ? s->filled : 1);
    if (s->filled > 0 && gap < 1)
        gap = 1;
    for (int i = 0; i < gap && i < SHEETML_GAP; i++)
        buffer_append_char(s->out, '\t');
}

static void comment_end(struct sheet2003 *s)
{
    char column[4] = "";
    size_t size = 0;
    for (int c = s->column, n = c > 702 ? 3 : c > 26 ? 2 : 1; n > 0; n--) {
        int power = n == 3 ? 676 : n == 2 ? 26 : 1;
        int digit = n == 1 ? c : (c - (n == 3 ? 27 : 1)) / power;
        column[size++] = (char)('A' + digit - 1);
        c -= digit * power;
    }
    buffer_append_string(&s->comments, "Comment");
    if (s->author[0])
        buffer_printf(&s->comments, " by %s", s->author);
    buffer_printf(&s->comments, " (%s%d): ", column, s->row);
    buffer_append(&s->comments, s->shown.data, s->shown.size);
    buffer_append_char(&s->comments, '\n');
}

static void data_end(struct sheet2003 *s)
{
    value_show(s);
    buffer_clear(&s->value);
    const char *text = s->shown.data;
    size_t size = s->shown.size;
    while (size > 0 && text[size - 1] == ' ')
        size--;
    for (; size > 0 && *text == ' '; size--)
        text++;
    s->cut |= s->out->size + s->comments.size > SHEET2003_TEXT;
    if (size == 0 || s->cut)
        return;
    if (s->comment > 0) {
        comment_end(s);
        return;
    }
    cell_gap(s);
    buffer_append(s->out, text, size);
    s->filled = s->column;
}

static void data_start(struct sheet2003 *s, const struct sax_attribute *type)
{
    buffer_clear(&s->value);
    s->type = s->comment > 0 || !type || type->size == 0 ? 'S' : *type->value;
}

/* --- events --- */

static const char *key_of(const char *name)
{
    static const char *const keys[][2] = {
        { "Author", "author" },     { "Created", "created" },
        { "Keywords", "keywords" }, { "LastSaved", "modified" },
        { "Subject", "subject" },   { "Title", "title" },
    };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (strcmp(keys[i][0], name) == 0)
            return keys[i][1];
    }
    return NULL;
}

static void comment_start(struct sheet2003 *s, const struct sax_attribute *author)
{
    s->comment++;
    snprintf(s->author, sizeof s->author, "%.*s",
             author && author->size < sizeof s->author ? (int)author->size : 0,
             author ? author->value : "");
}

static void in_sheet_start(struct sheet2003 *s, const char *name,
                           const struct sax_attribute *attributes, size_t count)
{
    if (strcmp(name, "Cell") == 0) {
        cell_start(s, attributes, count);
    } else if (strcmp(name, "Data") == 0 && s->column > 0) {
        if (s->data++ == 0)
            data_start(s, opc_attribute(attributes, count, "Type"));
    } else if (strcmp(name, "Row") == 0) {
        row_start(s, attributes, count);
    } else if (strcmp(name, "Column") == 0) {
        column_start(s, attributes, count);
    } else if (strcmp(name, "Comment") == 0) {
        comment_start(s, opc_attribute(attributes, count, "Author"));
    } else if (strcmp(name, "Header") == 0 || strcmp(name, "Footer") == 0) {
        const struct sax_attribute *a = opc_attribute(attributes, count, "Data");
        if (a)
            sheetmargin_append(&s->margins, a->value, a->size);
    }
}

static void start(struct sax_handler *handler, const char *prefix,
                  const char *name, const struct sax_attribute *attributes,
                  size_t count)
{
    struct sheet2003 *s = (struct sheet2003 *)handler;
    (void)prefix;
    if (strcmp(name, "Worksheet") == 0)
        sheet_start(s, opc_attribute(attributes, count, "Name"));
    else if (s->in_sheet)
        in_sheet_start(s, name, attributes, count);
    else if (strcmp(name, "Style") == 0)
        style_start(s, opc_attribute(attributes, count, "ID"));
    else if (strcmp(name, "NumberFormat") == 0)
        style_format(s, opc_attribute(attributes, count, "Format"));
    else if (strcmp(name, "Date1904") == 0)
        s->epoch_1904 = true;
    else if (!s->key && (s->key = key_of(name)) != NULL)
        buffer_clear(&s->value);
}

static void end(struct sax_handler *handler, const char *name)
{
    struct sheet2003 *s = (struct sheet2003 *)handler;
    if (strcmp(name, "Worksheet") == 0) {
        sheet_end(s);
    } else if (s->data > 0 && strcmp(name, "Data") == 0) {
        if (--s->data == 0)
            data_end(s);
    } else if (s->comment > 0 && strcmp(name, "Comment") == 0) {
        s->comment--;
    } else if (s->in_sheet && strcmp(name, "Row") == 0) {
        row_end(s);
        s->column = 0;
    } else if (s->key && key_of(name) == s->key) {
        metadata_add(s->metadata, s->key, buffer_string(&s->value));
        buffer_clear(&s->value);
        s->key = NULL;
    }
}

static void text(struct sax_handler *handler, const char *bytes, size_t size)
{
    struct sheet2003 *s = (struct sheet2003 *)handler;
    size_t most = s->data > 0 ? VALUE : s->key ? METADATA_VALUE_MAX : 0;
    if (s->value.size + size <= most)
        buffer_append(&s->value, bytes, size);
}

struct sheet2003 *sheet2003_create(struct buffer *out, struct metadata *m)
{
    struct sheet2003 *s = xcalloc(1, sizeof *s);
    s->handler = (struct sax_handler){ .start = start, .end = end, .text = text };
    s->out = out;
    s->metadata = m;
    return s;
}

struct sax_handler *sheet2003_handler(struct sheet2003 *s)
{
    return &s->handler;
}

size_t *sheet2003_finish(struct sheet2003 *s, size_t *pages, bool *cut)
{
    sheet_end(s);
    if (s->pages == 0) {
        s->heading = 0;
        s->in_sheet = true;
        sheet_end(s);
    }
    size_t *ends = s->ends;
    *pages = s->pages;
    *cut = s->cut;
    s->ends = NULL;
    return ends;
}

void sheet2003_destroy(struct sheet2003 *s)
{
    if (!s)
        return;
    for (size_t i = 0; i < s->style_count; i++) {
        free(s->styles[i].id);
        free(s->styles[i].code);
    }
    free(s->styles);
    free(s->ends);
    buffer_free(&s->comments);
    buffer_free(&s->margins);
    buffer_free(&s->value);
    buffer_free(&s->shown);
    free(s);
}
