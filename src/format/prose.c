/* SPDX-License-Identifier: GPL-3.0-or-later */
/* prose.c - what starts and ends of elements do to the lines; what is only
 * known at the end of a list or a cell is put right in the output. */
#include <config.h>

#include "format/prose.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "format/element.h"
#include "format/lines.h"
#include "format/rows.h"
#include "format/soup.h"

/* Before the number of an item of a reversed list, until the list's end tells
 * from how many to count down. Text has no control characters. */
#define PROSE_UNNUMBERED '\x01'

/* Deeper reversed lists without a start just count down from 1: each puts
 * its numbers into all that is within it. */
#define PROSE_REVERSED_LEVELS 4

/* Tables within each other whose cells may take more than one row. */
#define PROSE_TABLES 4

struct frame {
    const struct element *element;
    bool skip; /* nothing within is text */
    size_t start; /* of the output within it, at most */
    size_t outer; /* index + 1 of the frame of the list or table around */
    /* of lists */
    int64_t number;
    int step, items;
    bool unnumbered; /* reversed, and not yet known from what number on */
    char type;
    struct rows rows; /* of tables */
};

struct prose {
    struct sax_handler handler;
    struct lines lines;
    int skip, pre, svg;
    bool whole;
    bool framed; /* it is a page within one: no more of them */
    size_t list, table; /* index + 1 of the innermost frame; 0: none */
    size_t depth;
    int tables; /* that are open */
    unsigned short taken[PROSE_TABLES][ROWS_COLUMNS]; /* of these */
    struct frame frames[SAX_DEPTH + 8]; /* libxml2 counts a little past it */
};

static void prose_text(struct sax_handler *handler, const char *text,
                       size_t size)
{
    struct prose *p = (struct prose *)handler;
    if (p->skip > 0)
        return;
    if (p->pre > 0)
        lines_keep(&p->lines, text, size);
    else
        lines_fold(&p->lines, text, size);
}

/* --- lists --- */

static void prose_list_start(struct prose *p, struct frame *f,
                             const struct sax_attribute *attributes,
                             size_t count)
{
    lines_ask(&p->lines, p->lines.level == 0 ? 2 : 1);
    f->outer = p->list;
    p->list = p->depth;
    f->number = 1;
    f->step = 1;
    f->type = '1';
    if (f->element->kind != ELEMENT_ORDERED)
        return;
    const struct sax_attribute *type = sax_find(attributes, count, "type");
    if (type && type->size == 1)
        f->type = type->value[0];
    bool known = element_integer(attributes, count, "start", &f->number);
    if (sax_find(attributes, count, "reversed")) {
        f->step = -1;
        f->unnumbered = !known && p->lines.level < PROSE_REVERSED_LEVELS;
    }
}

/* Puts the numbers into a reversed list: the last item has number 1. */
static void prose_number_list(struct buffer *out, const struct frame *f)
{
    size_t size = out->size > f->start ? out->size - f->start : 0;
    if (!size || !memchr(out->data + f->start, PROSE_UNNUMBERED, size))
        return;
    char *copy = xmalloc(size + 1);
    memcpy(copy, out->data + f->start, size);
    copy[size] = '\0';
    out->size = f->start;
    for (char *p = copy, *end = copy + size; p < end;) {
        char text[ELEMENT_NUMBER];
        char *mark = memchr(p, PROSE_UNNUMBERED, (size_t)(end - p));
        buffer_append(out, p, (size_t)((mark ? mark : end) - p));
        if (!mark)
            break;
        long item = strtol(mark + 1, &p, 10);
        element_number(f->items + 1 - (int)item, f->type, text);
        buffer_append_string(out, text);
    }
    free(copy);
}

static void prose_list_end(struct prose *p, struct frame *f)
{
    p->list = f->outer;
    prose_number_list(p->lines.out, f);
    lines_ask(&p->lines, p->lines.level == 0 ? 2 : 1);
}

/* On a line of its own, the list's first one as far from what is before as
 * the list is. Returns the list, or NULL. */
static struct frame *prose_item_line(struct prose *p)
{
    struct frame *list = p->list ? &p->frames[p->list - 1] : NULL;
    if (list && list->items++ == 0)
        lines_ask(&p->lines, 1);
    else
        lines_next(&p->lines);
    return list;
}

static void prose_item_start(struct prose *p,
                             const struct sax_attribute *attributes,
                             size_t count)
{
    struct frame *list = prose_item_line(p);
    p->lines.marker_level = p->lines.level++;
    p->lines.fresh = true;
    if (!list || list->element->kind != ELEMENT_ORDERED) {
        strcpy(p->lines.marker, "- ");
        return;
    }
    if (element_integer(attributes, count, "value", &list->number))
        list->unnumbered = false;
    char text[ELEMENT_NUMBER];
    if (list->unnumbered)
        snprintf(text, sizeof text, "%c%d", PROSE_UNNUMBERED, list->items);
    else
        element_number(list->number, list->type, text);
    list->number += list->step;
    snprintf(p->lines.marker, sizeof p->lines.marker, "%s. ", text);
}

static void prose_indented_end(struct prose *p)
{
    p->lines.level--;
    p->lines.marker[0] = '\0';
    p->lines.fresh = false;
    lines_ask(&p->lines, 1);
}

/* --- tables --- */

static void prose_table_start(struct prose *p, struct frame *f)
{
    lines_ask(&p->lines, p->table || p->lines.level ? 1 : 2);
    f->outer = p->table;
    p->table = p->depth;
    if (p->tables < PROSE_TABLES)
        f->rows.taken = memset(p->taken[p->tables], 0, sizeof p->taken[0]);
    p->tables++;
}

static void prose_cell_start(struct prose *p, struct rows *table,
                             const struct sax_attribute *attributes, size_t count)
{
    int64_t rows = 1, columns = 1;
    if (count > 0) {
        element_integer(attributes, count, "rowspan", &rows);
        element_integer(attributes, count, "colspan", &columns);
    }
    /* None: all that come. */
    rows_span_start(table, &p->lines, rows == 0 ? INT64_MAX : rows < 0 ? 1 : rows,
                    columns < 1 ? 1 : columns);
}

/* --- elements --- */

/* Text of an attribute; false when there is none. */
static bool prose_attribute(struct prose *p,
                            const struct sax_attribute *attributes,
                            size_t count, const char *name)
{
    const struct sax_attribute *a = sax_find(attributes, count, name);
    if (!a || a->size == 0)
        return false;
    lines_fold(&p->lines, a->value, a->size);
    return true;
}

/* The page that stands in the attribute of an iframe, as lines of its own. */
static void prose_frame(struct prose *p, const struct sax_attribute *attributes,
                        size_t count)
{
    const struct sax_attribute *a = sax_find(attributes, count, "srcdoc");
    if (!a || a->size == 0 || p->framed)
        return;
    struct buffer text = { 0 };
    struct prose *inner = prose_create(&text);
    inner->framed = true;
    inner->whole = p->whole;
    soup_parse(a->value, a->size, true, prose_handler(inner));
    prose_finish(inner);
    lines_ask(&p->lines, 1);
    if (text.size > 0)
        lines_keep(&p->lines, text.data, text.size - 1);
    lines_ask(&p->lines, 1);
    buffer_free(&text);
}

static bool prose_skips(struct prose *p, const struct element *element,
                        const char *prefix,
                        const struct sax_attribute *attributes, size_t count)
{
    switch (element->kind) {
    case ELEMENT_FRAME:
        if (!element_is_hidden(attributes, count))
            prose_frame(p, attributes, count);
        return true;
    case ELEMENT_SKIP:
        return true;
    case ELEMENT_OBJECT:
        if (p->whole || !element_is_foreign(attributes, count))
            return true;
        break;
    case ELEMENT_ASIDE:
        if (!p->whole)
            return true;
        break;
    case ELEMENT_TITLE:
    case ELEMENT_UNSHOWN:
        if (p->svg > 0)
            return true;
        break;
    case ELEMENT_CASE:
        if (prefix)
            return true;
        break;
    default:
        break;
    }
    return element_is_hidden(attributes, count);
}

static void prose_open(struct prose *p, struct frame *f,
                       const struct sax_attribute *attributes, size_t count)
{
    struct rows *table =
        p->table ? &p->frames[p->table - 1].rows : NULL;
    lines_ask(&p->lines, f->element->breaks);
    switch (f->element->kind) {
    case ELEMENT_PRE:
        p->pre++;
        break;
    case ELEMENT_BR:
        lines_break(&p->lines);
        break;
    case ELEMENT_LIST:
    case ELEMENT_ORDERED:
        prose_list_start(p, f, attributes, count);
        break;
    case ELEMENT_ITEM:
        prose_item_start(p, attributes, count);
        break;
    case ELEMENT_TERMS:
        f->outer = p->list;
        p->list = p->depth;
        break;
    case ELEMENT_TERM:
        prose_item_line(p);
        p->lines.fresh = true;
        break;
    case ELEMENT_DEFINITION:
        prose_item_line(p);
        p->lines.level++;
        p->lines.fresh = true;
        break;
    case ELEMENT_TABLE:
        prose_table_start(p, f);
        break;
    case ELEMENT_ROW:
        if (table)
            rows_start(table, &p->lines);
        break;
    case ELEMENT_CELL:
        if (table)
            prose_cell_start(p, table, attributes, count);
        else
            p->lines.space = true;
        break;
    case ELEMENT_IMAGE:
        prose_attribute(p, attributes, count, "alt");
        break;
    case ELEMENT_READING:
        lines_word(&p->lines, "(", false);
        break;
    case ELEMENT_QUOTE:
        lines_word(&p->lines, "\xe2\x80\x9c", false);
        break;
    case ELEMENT_MATH:
        if (prose_attribute(p, attributes, count, "alttext")) {
            f->skip = true;
            p->skip++;
        }
        break;
    case ELEMENT_SVG:
        p->svg++;
        break;
    case ELEMENT_SPAN:
        if (p->svg > 0 && (sax_find(attributes, count, "y") ||
                           sax_find(attributes, count, "dy")))
            lines_ask(&p->lines, 1);
        break;
    default:
        break;
    }
}

static void prose_start(struct sax_handler *handler, const char *prefix,
                        const char *name,
                        const struct sax_attribute *attributes, size_t count)
{
    struct prose *p = (struct prose *)handler;
    if (p->depth++ >= sizeof p->frames / sizeof *p->frames)
        return;
    struct frame *f = &p->frames[p->depth - 1];
    memset(f, 0, sizeof *f);
    f->element = element_find(name);
    f->start = p->lines.out->size;
    f->skip = p->skip > 0 ||
              prose_skips(p, f->element, prefix, attributes, count);
    if (f->skip)
        p->skip++;
    else
        prose_open(p, f, attributes, count);
}

static void prose_close(struct prose *p, struct frame *f)
{
    struct rows *table =
        p->table ? &p->frames[p->table - 1].rows : NULL;
    switch (f->element->kind) {
    case ELEMENT_PRE:
        p->pre--;
        lines_trim(&p->lines, f->start);
        break;
    case ELEMENT_LIST:
    case ELEMENT_ORDERED:
        prose_list_end(p, f);
        break;
    case ELEMENT_TERMS:
        p->list = f->outer;
        break;
    case ELEMENT_ITEM:
    case ELEMENT_DEFINITION:
        prose_indented_end(p);
        break;
    case ELEMENT_TERM:
        p->lines.fresh = false;
        lines_ask(&p->lines, 1);
        break;
    case ELEMENT_TABLE:
        p->table = f->outer;
        p->tables--;
        lines_ask(&p->lines, p->table || p->lines.level ? 1 : 2);
        break;
    case ELEMENT_ROW:
        if (table)
            rows_end(table, &p->lines);
        break;
    case ELEMENT_CELL:
        if (table)
            rows_cell_end(table, &p->lines);
        break;
    case ELEMENT_READING:
        lines_word(&p->lines, ")", true);
        break;
    case ELEMENT_QUOTE:
        lines_word(&p->lines, "\xe2\x80\x9d", true);
        break;
    case ELEMENT_SVG:
        p->svg--;
        break;
    default:
        break;
    }
    lines_ask(&p->lines, f->element->breaks);
}

static void prose_end(struct sax_handler *handler, const char *name)
{
    struct prose *p = (struct prose *)handler;
    (void)name;
    if (p->depth-- > sizeof p->frames / sizeof *p->frames)
        return;
    struct frame *f = &p->frames[p->depth];
    if (f->skip)
        p->skip--;
    else
        prose_close(p, f);
}

struct prose *prose_create(struct buffer *out)
{
    struct prose *p = xcalloc(1, sizeof *p);
    p->handler = (struct sax_handler){
        .start = prose_start,
        .end = prose_end,
        .text = prose_text,
    };
    p->lines.out = out;
    return p;
}

void prose_show_all(struct prose *p)
{
    p->whole = true;
}

/* The ends of lists and tables put right what is within them; what is trimmed
 * stands behind the last character that is no blank. */
size_t prose_settled(const struct prose *p)
{
    const struct buffer *out = p->lines.out;
    if (p->list || p->table || p->pre > 0 || out->size == 0 ||
        (unsigned char)out->data[out->size - 1] <= ' ')
        return 0;
    size_t n = out->size - 1;
    while (n > 0 && (out->data[n] & 0xc0) == 0x80)
        n--;
    return n;
}

struct sax_handler *prose_handler(struct prose *p)
{
    return &p->handler;
}

void prose_mark(struct prose *p, const char *mark)
{
    if (p->lines.fresh)
        snprintf(p->lines.marker, sizeof p->lines.marker, "%s", mark);
}

void prose_keep(struct prose *p, const char *text, size_t size)
{
    if (p->skip == 0)
        lines_keep(&p->lines, text, size);
}

void prose_finish(struct prose *p)
{
    lines_trim(&p->lines, 0);
    if (p->lines.out->size > 0)
        buffer_append_char(p->lines.out, '\n');
    free(p);
}
