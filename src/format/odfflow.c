/* SPDX-License-Identifier: GPL-3.0-or-later */
/* odfflow.c - lists and tables come out as those of HTML do. */
#include <config.h>

#include "format/odfflow.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "format/lines.h"

/* Blanks of one text:s. */
#define ODF_BLANKS_MOST 64

/* --- to prose.c --- */

void odf_element(struct odf *o, const char *name, bool ends)
{
    struct target *t = targets_top(&o->writer);
    struct sax_handler *h = prose_handler(t->prose);
    h->start(h, NULL, name, NULL, 0);
    if (ends)
        h->end(h, name);
}

/* An empty cell is not known to be one before its end, and a row may end in
 * thousands: they come out when there is something behind them. */
void odf_touch(struct odf *o)
{
    struct odf_frame *cell = odf_frame(o, o->cell);
    struct odf_frame *row = odf_frame(o, o->row);
    if (!cell)
        return;
    o->cell = 0;
    for (; row && row->gap > 0; row->gap--) {
        if (row->gap == 1 || targets_spend(&o->writer, 1))
            odf_element(o, "td", true);
    }
    cell->open = true;
    cell->element = "td";
    odf_element(o, "td", false);
    cell->start = targets_top(&o->writer)->text.size;
}

void odf_put(struct odf *o, struct odf_frame *f, const char *element)
{
    odf_touch(o);
    odf_element(o, element, false);
    f->element = element;
}

void odf_say(struct odf *o, const char *text, size_t size)
{
    odf_touch(o);
    struct sax_handler *h = prose_handler(targets_top(&o->writer)->prose);
    h->text(h, text, size);
}

void odf_divert(struct odf *o, struct odf_frame *f, enum slot slot)
{
    odf_touch(o);
    f->pushed = targets_push(&o->writer, slot);
    if (!f->pushed)
        odf_put(o, f, "div");
}

/* --- lists --- */

void odf_list_start(struct odf *o, struct odf_frame *f, const char *name,
                    const struct sax_attribute *attributes, size_t count)
{
    const struct odf_frame *outer = odf_frame(o, o->list);
    const struct odf_style *style = odf_styles_find(
        &o->styles, ODF_LIST, odf_find(attributes, count, "style-name"));
    f->outer = o->list;
    f->level = outer ? outer->level + 1 : 0;
    if (f->level >= ODF_LEVELS)
        f->level = ODF_LEVELS - 1;
    f->list = style ? style->list : outer ? outer->list : NULL;
    f->goes_on = odf_is(odf_find(attributes, count, "continue-numbering"), "true") ||
                 odf_find(attributes, count, "continue-list");
    if (f->list && !outer && !f->goes_on)
        memset(f->list->last, 0, sizeof f->list->last);
    else if (f->list && outer && !f->goes_on)
        f->list->last[f->level] = 0;
    f->ordered = strcmp(name, "ordered-list") == 0;
    o->list = o->depth;
    odf_put(o, f, "ul");
}

void odf_item_start(struct odf *o, struct odf_frame *f,
                    const struct sax_attribute *attributes, size_t count)
{
    f->outer = o->item;
    f->counts = f->kind == ODF_ITEM;
    f->number = odf_integer(odf_find(attributes, count, "start-value"), 0,
                            INT32_MAX, -1);
    o->item = o->depth;
    odf_put(o, f, "li");
}

/* An item's first paragraph has its mark; one that holds but another list has
 * none of its own. */
static void odf_mark(struct odf *o)
{
    struct odf_frame *item = odf_frame(o, o->item);
    struct odf_frame *list = odf_frame(o, o->list);
    char mark[LINES_MARKER] = "";
    if (!item || !list || o->depth != o->item + 1)
        return;
    if (item->counts && list->list)
        odf_list_mark(list->list, list->level, item->number, mark, sizeof mark);
    else if (item->counts && list->ordered)
        snprintf(mark, sizeof mark, "%d. ", ++list->repeat);
    else if (item->counts)
        strcpy(mark, "- ");
    item->counts = false;
    prose_mark(targets_top(&o->writer)->prose, mark);
}

/* --- paragraphs --- */

void odf_paragraph_start(struct odf *o, struct odf_frame *f,
                         const struct sax_attribute *attributes,
                         size_t count)
{
    struct target *t = targets_top(&o->writer);
    bool heading = f->kind == ODF_HEADING;
    f->outer = o->paragraph;
    o->paragraph = o->depth;
    odf_touch(o);
    odf_mark(o);
    f->start = t->text.size;
    odf_put(o, f, heading ? "h1" : o->item ? "div" : "p");
    t->paragraphs++;
    if (!heading || o->item ||
        odf_is(odf_find(attributes, count, "is-list-header"), "true"))
        return;
    int level = (int)odf_integer(odf_find(attributes, count, "outline-level"), 1,
                                 ODF_LEVELS, 1) - 1;
    const struct odf_level *shape = &o->styles.outline.levels[level];
    char mark[LINES_MARKER];
    if (shape->type == '\0' || shape->type == '-')
        return;
    odf_list_mark(&o->styles.outline, level,
                  odf_integer(odf_find(attributes, count, "start-value"), 0,
                              INT32_MAX, -1), mark, sizeof mark);
    odf_say(o, mark, strlen(mark));
}

void odf_paragraph_end(struct odf *o, struct odf_frame *f)
{
    struct target *t = targets_top(&o->writer);
    o->paragraph = f->outer;
    /* Shapes of a sheet stand behind all of it. */
    if (--t->paragraphs == 0 && !(o->body == ODF_IN_SHEETS && o->writer.count == 1))
        targets_flush_boxes(t);
    if (f->hidden && t->text.size > f->start)
        t->text.size = f->start;
}

void odf_blanks(struct odf *o, const struct sax_attribute *number)
{
    static const char blanks[ODF_BLANKS_MOST + 1] =
        "                                                                ";
    struct target *t = targets_top(&o->writer);
    size_t n = (size_t)odf_integer(number, 0, ODF_BLANKS_MOST, 1);
    if (t->paragraphs > 0 && targets_spend(&o->writer, n)) {
        odf_touch(o);
        prose_keep(t->prose, blanks, n);
    }
}

void odf_tab(struct odf *o)
{
    struct target *t = targets_top(&o->writer);
    if (t->paragraphs > 0) {
        odf_touch(o);
        prose_keep(t->prose, t->cells > 0 ? " " : "\t", 1);
    }
}

/* --- tables --- */

void odf_table_start(struct odf *o, struct odf_frame *f)
{
    odf_put(o, f, "table");
    f->outer = o->row;
    o->row = 0;
}

void odf_row_start(struct odf *o, struct odf_frame *f,
                   const struct sax_attribute *attributes, size_t count)
{
    f->repeat = (int)odf_integer(
        odf_find(attributes, count, "number-rows-repeated"), 1, INT32_MAX, 1);
    f->start = targets_top(&o->writer)->text.size;
    odf_put(o, f, "tr");
    o->row = o->depth;
}

/* After its end the row is a line of its own that waits for its newline. */
void odf_row_end(struct odf *o, struct odf_frame *f)
{
    struct buffer *text = &targets_top(&o->writer)->text;
    size_t start = f->start;
    o->row = 0;
    while (start < text->size && text->data[start] == '\n')
        start++;
    if (start >= text->size)
        return;
    size_t size = text->size - start;
    for (; f->repeat > 1 && targets_spend(&o->writer, size + 1); f->repeat--) {
        buffer_reserve(text, size + 1);
        buffer_append_char(text, '\n');
        buffer_append(text, text->data + start, size);
    }
}

void odf_cell_start(struct odf *o, struct odf_frame *f,
                    const struct sax_attribute *attributes, size_t count)
{
    f->repeat = (int)odf_integer(
        odf_find(attributes, count, "number-columns-repeated"), 1, INT16_MAX, 1);
    o->cell = o->depth;
    targets_top(&o->writer)->cells++;
}

/* What a cell without text holds, from programs that write values alone. */
void odf_cell_value(struct odf *o, const struct sax_attribute *attributes,
                    size_t count)
{
    static const char *const names[] = {
        "string-value", "date-value", "time-value", "boolean-value", "value",
    };
    buffer_clear(&o->value);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const struct sax_attribute *a = odf_find(attributes, count, names[i]);
        if (a && a->size > 0) {
            buffer_append(&o->value, a->value, a->size);
            return;
        }
    }
}

void odf_cell_end(struct odf *o, struct odf_frame *f)
{
    struct target *t = targets_top(&o->writer);
    struct odf_frame *row = odf_frame(o, o->row);
    if (!f->open && o->value.size > 0)
        odf_say(o, o->value.data, o->value.size);
    buffer_clear(&o->value);
    t->cells--;
    o->cell = 0;
    if (!f->open) {
        if (row && row->gap < INT16_MAX)
            row->gap += f->repeat;
        return;
    }
    struct sax_handler *h = prose_handler(t->prose);
    h->end(h, f->element);
    f->element = NULL;
    if (f->repeat == 1 || t->text.size <= f->start)
        return;
    struct buffer copy = { 0 };
    buffer_append(&copy, t->text.data + f->start, t->text.size - f->start);
    for (; f->repeat > 1 && targets_spend(&o->writer, copy.size + 1); f->repeat--) {
        odf_element(o, "td", false);
        h->text(h, copy.data, copy.size);
        h->end(h, "td");
    }
    buffer_free(&copy);
}
