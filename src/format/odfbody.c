/* SPDX-License-Identifier: GPL-3.0-or-later */
/* odfbody.c - the events of OpenDocument, given on to prose.c as those of
 * HTML, so that lists and tables come out alike. */
#include <config.h>

#include "format/odfbody.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "format/lines.h"
#include "format/odfname.h"
#include "format/targets.h"
#include "format/odfstyle.h"
#include "format/sax.h"
#include "format/soup.h"

/* What repeated rows, cells and blanks may add to a document. */
#define ODF_REPEATED ((size_t)4 << 20)

/* Blanks of one text:s. */
#define ODF_BLANKS_MOST 64

struct odf_frame {
    enum odf_kind kind;
    bool skip;           /* nothing within is text */
    bool pushed;         /* it has a target of its own */
    const char *element; /* what prose.c was given, which has to end; or NULL */
    const char *key;     /* what of the metadata it holds; or NULL */
    size_t outer;        /* the frame of its kind around it, + 1 */
    size_t start;        /* of its output */
    /* of lists and items */
    struct odf_list *list;
    int level;
    bool counts, ordered, goes_on;
    int64_t number; /* that it starts with; -1: the next */
    /* of rows and cells */
    int repeat;
    int gap;   /* empty cells before the one at hand */
    bool open; /* prose.c knows it */
    bool hidden; /* of a paragraph */
};

struct odf {
    struct sax_handler handler;
    struct metadata *metadata;
    struct odf_styles styles;
    struct targets writer;
    enum { ODF_OUTSIDE, ODF_IN_TEXT, ODF_IN_SHEETS, ODF_IN_SLIDES } body;
    bool sheets, slides, story; /* by the root's class or type */
    int skip, shapes;
    bool cut;
    const char *key; /* of the value that is being read; or NULL */
    struct buffer value;
    char *editor, *commenter;
    int notes[2]; /* footnotes, endnotes so far */
    /* index + 1 of the innermost one; 0: none. CELL: not open yet */
    size_t list, item, row, cell, paragraph, comment;
    size_t depth;
    struct odf_frame frames[SAX_DEPTH + 8]; /* libxml2 counts a little past it */
};

static struct odf_frame *odf_frame(struct odf *o, size_t index)
{
    return index ? &o->frames[index - 1] : NULL;
}

/* --- to prose.c --- */

static void odf_element(struct odf *o, const char *name, bool ends)
{
    struct target *t = targets_top(&o->writer);
    struct sax_handler *h = prose_handler(t->prose);
    h->start(h, NULL, name, NULL, 0);
    if (ends)
        h->end(h, name);
}

/* An empty cell is not known to be one before its end, and a row may end in
 * thousands: they come out when there is something behind them. */
static void odf_touch(struct odf *o)
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

static void odf_put(struct odf *o, struct odf_frame *f, const char *element)
{
    odf_touch(o);
    odf_element(o, element, false);
    f->element = element;
}

static void odf_say(struct odf *o, const char *text, size_t size)
{
    odf_touch(o);
    struct sax_handler *h = prose_handler(targets_top(&o->writer)->prose);
    h->text(h, text, size);
}

static void odf_divert(struct odf *o, struct odf_frame *f, enum slot slot)
{
    odf_touch(o);
    f->pushed = targets_push(&o->writer, slot);
    if (!f->pushed)
        odf_put(o, f, "div");
}

/* --- lists --- */

static void odf_list_start(struct odf *o, struct odf_frame *f, const char *name,
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

static void odf_item_start(struct odf *o, struct odf_frame *f,
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

static void odf_paragraph_start(struct odf *o, struct odf_frame *f,
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

static void odf_paragraph_end(struct odf *o, struct odf_frame *f)
{
    struct target *t = targets_top(&o->writer);
    o->paragraph = f->outer;
    /* Shapes of a sheet stand behind all of it. */
    if (--t->paragraphs == 0 && !(o->body == ODF_IN_SHEETS && o->writer.count == 1))
        targets_flush_boxes(t);
    if (f->hidden && t->text.size > f->start)
        t->text.size = f->start;
}

static void odf_blanks(struct odf *o, const struct sax_attribute *number)
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

static void odf_tab(struct odf *o)
{
    struct target *t = targets_top(&o->writer);
    if (t->paragraphs > 0) {
        odf_touch(o);
        prose_keep(t->prose, t->cells > 0 ? " " : "\t", 1);
    }
}

/* --- tables --- */

static void odf_table_start(struct odf *o, struct odf_frame *f)
{
    odf_put(o, f, "table");
    f->outer = o->row;
    o->row = 0;
}

static void odf_row_start(struct odf *o, struct odf_frame *f,
                          const struct sax_attribute *attributes, size_t count)
{
    f->repeat = (int)odf_integer(
        odf_find(attributes, count, "number-rows-repeated"), 1, INT32_MAX, 1);
    f->start = targets_top(&o->writer)->text.size;
    odf_put(o, f, "tr");
    o->row = o->depth;
}

/* After its end the row is a line of its own that waits for its newline. */
static void odf_row_end(struct odf *o, struct odf_frame *f)
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

static void odf_cell_start(struct odf *o, struct odf_frame *f,
                           const struct sax_attribute *attributes, size_t count)
{
    f->repeat = (int)odf_integer(
        odf_find(attributes, count, "number-columns-repeated"), 1, INT16_MAX, 1);
    o->cell = o->depth;
    targets_top(&o->writer)->cells++;
}

/* What a cell without text holds, from programs that write values alone. */
static void odf_cell_value(struct odf *o, const struct sax_attribute *attributes,
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

static void odf_cell_end(struct odf *o, struct odf_frame *f)
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

/* --- notes, boxes --- */

static void odf_note_start(struct odf *o, struct odf_frame *f, bool endnote)
{
    char reference[24];
    snprintf(reference, sizeof reference, "[%d]", ++o->notes[endnote]);
    odf_say(o, reference, strlen(reference));
    f->kind = endnote ? ODF_ENDNOTE : ODF_FOOTNOTE;
    odf_divert(o, f, endnote ? SLOT_ENDNOTES : SLOT_FOOTNOTES);
}

static void odf_box_start(struct odf *o, struct odf_frame *f)
{
    const struct target *t = targets_top(&o->writer);
    if (t->paragraphs > 0 || o->shapes > 0 ||
        (o->body == ODF_IN_SHEETS && t->cells > 0))
        odf_divert(o, f, SLOT_BOX);
    else
        odf_put(o, f, "div");
}

static void odf_pushed_end(struct odf *o, struct odf_frame *f)
{
    char mark[24] = "";
    struct buffer by = { 0 };
    if (f->kind == ODF_FOOTNOTE || f->kind == ODF_ENDNOTE)
        snprintf(mark, sizeof mark, "[%d] ", o->notes[f->kind == ODF_ENDNOTE]);
    if (f->kind == ODF_COMMENT && o->commenter)
        buffer_printf(&by, "Comment by %s: ", o->commenter);
    else if (f->kind == ODF_COMMENT)
        buffer_append_string(&by, "Comment: ");
    targets_pop(&o->writer, by.size ? buffer_string(&by) : mark);
    buffer_free(&by);
}

/* --- pages --- */

static void odf_page_start(struct odf *o, struct odf_frame *f)
{
    o->cut |= o->writer.pages == ODF_PAGES;
    f->pushed = !o->cut && targets_push(&o->writer, SLOT_PAGE);
}

static void odf_sheet_start(struct odf *o, struct odf_frame *f,
                            const struct sax_attribute *name)
{
    odf_page_start(o, f);
    if (!f->pushed)
        return;
    odf_element(o, "h1", false);
    if (name)
        odf_say(o, name->value, name->size);
    struct sax_handler *h = prose_handler(targets_top(&o->writer)->prose);
    h->end(h, "h1");
    odf_table_start(o, f);
}

static void odf_root_start(struct odf *o, const struct sax_attribute *attributes,
                           size_t count)
{
    const struct sax_attribute *type = odf_find(attributes, count, "mimetype");
    const struct sax_attribute *class = odf_find(attributes, count, "class");
    const struct sax_attribute *version = odf_find(attributes, count, "version");
    if (!type)
        type = class;
    o->sheets |= type && memmem(type->value, type->size, "spreadsheet", 11);
    o->slides |= class && (odf_is(class, "presentation") ||
                           odf_is(class, "drawing"));
    o->story |= odf_is(class, "text") || odf_is(class, "text-global");
    if (version && version->size < 8 && !metadata_get(o->metadata, "version")) {
        buffer_clear(&o->value);
        buffer_printf(&o->value, "%s %.*s", class ? "OpenOffice" : "ODF",
                      (int)version->size, version->value);
        metadata_add(o->metadata, "version", buffer_string(&o->value));
        buffer_clear(&o->value);
    }
}

/* OpenOffice 1 has no element for the kind of the body. */
static void odf_body_start(struct odf *o, struct odf_frame *f)
{
    if (f->kind == ODF_SHEETS || (f->kind == ODF_BODY && o->sheets))
        o->body = ODF_IN_SHEETS;
    else if (f->kind == ODF_SLIDES || (f->kind == ODF_BODY && o->slides))
        o->body = ODF_IN_SLIDES;
    else if (f->kind == ODF_CONTENT || o->story)
        o->body = ODF_IN_TEXT;
    if (o->body == ODF_IN_TEXT)
        odf_page_start(o, f);
}

static void odf_outside(struct odf *o, struct odf_frame *f, const char *prefix,
                        const char *name, const struct sax_attribute *attributes,
                        size_t count)
{
    switch (f->kind) {
    case ODF_ROOT:
        odf_root_start(o, attributes, count);
        break;
    case ODF_BODY:
    case ODF_CONTENT:
    case ODF_SHEETS:
    case ODF_SLIDES:
        odf_body_start(o, f);
        break;
    case ODF_TABLE:
        if (o->body == ODF_IN_SHEETS)
            odf_sheet_start(o, f, odf_find(attributes, count, "name"));
        break;
    case ODF_DRAW_PAGE:
        if (o->body == ODF_IN_SLIDES)
            odf_page_start(o, f);
        break;
    case ODF_HEADER:
        f->pushed = targets_push(&o->writer, SLOT_HEADERS);
        break;
    case ODF_FOOTER:
    case ODF_DECLARED_FOOTER:
        f->pushed = targets_push(&o->writer, SLOT_FOOTERS);
        if (f->pushed && f->kind == ODF_DECLARED_FOOTER) {
            odf_put(o, f, "p");
            targets_top(&o->writer)->paragraphs++;
        }
        break;
    default:
        odf_styles_start(&o->styles, prefix, name, attributes, count);
        break;
    }
}

static void odf_inside(struct odf *o, struct odf_frame *f, const char *name,
                       const struct sax_attribute *attributes, size_t count)
{
    switch (f->kind) {
    case ODF_PARA:
    case ODF_HEADING:
        odf_paragraph_start(o, f, attributes, count);
        break;
    case ODF_LISTS:
        odf_list_start(o, f, name, attributes, count);
        break;
    case ODF_ITEM:
    case ODF_LIST_HEADER:
        odf_item_start(o, f, attributes, count);
        break;
    case ODF_TABLE:
        odf_table_start(o, f);
        break;
    case ODF_ROW:
        odf_row_start(o, f, attributes, count);
        break;
    case ODF_COVERED:
    case ODF_CELL:
        odf_cell_start(o, f, attributes, count);
        odf_cell_value(o, attributes, count);
        break;
    case ODF_SHAPES:
        o->shapes++;
        break;
    case ODF_BLANKS:
        odf_blanks(o, odf_find(attributes, count, "c"));
        break;
    case ODF_TAB:
        odf_tab(o);
        break;
    case ODF_BREAK:
        odf_touch(o);
        odf_element(o, "br", true);
        break;
    case ODF_RUBY_TEXT:
        odf_put(o, f, "rt");
        break;
    case ODF_FOOTNOTE:
    case ODF_ENDNOTE:
        odf_note_start(o, f, f->kind == ODF_ENDNOTE ||
                       odf_is(odf_find(attributes, count, "note-class"), "endnote"));
        break;
    case ODF_COMMENT:
        f->outer = o->comment;
        o->comment = o->depth;
        free(o->commenter);
        o->commenter = NULL;
        odf_divert(o, f, SLOT_COMMENTS);
        break;
    case ODF_BOX:
        odf_box_start(o, f);
        break;
    case ODF_SLIDE_NOTES:
        odf_divert(o, f, SLOT_NOTES);
        break;
    case ODF_UNSEEN_PARA:
        if (o->paragraph &&
            odf_is(odf_find(attributes, count, "is-hidden"), "true"))
            odf_frame(o, o->paragraph)->hidden = true;
        break;
    default:
        break;
    }
}

/* --- events --- */

static bool odf_skips(struct odf *o, const struct odf_frame *f,
                      const struct sax_attribute *attributes, size_t count)
{
    const struct sax_attribute *display = odf_find(attributes, count, "display");
    const struct odf_style *style;
    bool hidden = odf_is(odf_find(attributes, count, "is-hidden"), "true");
    switch (f->kind) {
    case ODF_SKIP:
        return true;
    case ODF_SPAN:
    case ODF_PARA:
    case ODF_HEADING:
        style = odf_styles_find(&o->styles,
                                f->kind == ODF_SPAN ? ODF_TEXT : ODF_PARAGRAPH,
                                odf_find(attributes, count, "style-name"));
        return style && style->hidden;
    case ODF_SECTION:
    case ODF_VARIABLE:
        return odf_is(display, "none") || hidden;
    case ODF_UNSEEN:
        return hidden;
    case ODF_HEADER:
    case ODF_FOOTER:
        return odf_is(display, "false");
    case ODF_BOX:
        return odf_is(odf_find(attributes, count, "placeholder"), "true");
    case ODF_PRINTED: {
        const struct target *t = targets_top(&o->writer);
        bool printed = o->sheets && t && t->slot >= SLOT_HEADERS;
        if (printed && o->paragraph)
            odf_frame(o, o->paragraph)->hidden = true;
        return printed;
    }
    default:
        return false;
    }
}

static void odf_start(struct sax_handler *handler, const char *prefix,
                      const char *name, const struct sax_attribute *attributes,
                      size_t count)
{
    struct odf *o = (struct odf *)handler;
    if (o->depth++ >= sizeof o->frames / sizeof *o->frames)
        return;
    struct odf_frame *f = &o->frames[o->depth - 1];
    memset(f, 0, sizeof *f);
    f->kind = odf_kind(prefix, name, &f->key);
    f->skip = o->skip > 0 || odf_skips(o, f, attributes, count);
    if (f->skip) {
        o->skip++;
        return;
    }
    if (f->key && (o->writer.count == 0 ? o->body == ODF_OUTSIDE
                                        : o->comment != 0)) {
        o->key = f->key;
        buffer_clear(&o->value);
    } else if (o->writer.count == 0) {
        odf_outside(o, f, prefix, name, attributes, count);
    } else {
        odf_inside(o, f, name, attributes, count);
    }
}

static void odf_value_end(struct odf *o, const struct odf_frame *f)
{
    const char *value = buffer_string(&o->value);
    if (o->comment == 0 && f->kind != ODF_AUTHOR) {
        metadata_add(o->metadata, o->key, value);
    } else if (f->kind == ODF_AUTHOR) {
        char **to = o->comment ? &o->commenter : &o->editor;
        free(*to);
        *to = o->value.size ? xstrdup(value) : NULL;
    }
    o->key = NULL;
    buffer_clear(&o->value);
}

static void odf_close(struct odf *o, struct odf_frame *f)
{
    if (f->kind == ODF_CELL || f->kind == ODF_COVERED)
        odf_cell_end(o, f);
    if (f->element) {
        struct sax_handler *h = prose_handler(targets_top(&o->writer)->prose);
        h->end(h, f->element);
    }
    if (f->kind == ODF_ROW)
        odf_row_end(o, f);
    else if (f->kind == ODF_TABLE)
        o->row = f->outer;
    else if (f->kind == ODF_LISTS)
        o->list = f->outer;
    else if (f->kind == ODF_ITEM || f->kind == ODF_LIST_HEADER)
        o->item = f->outer;
    else if (f->kind == ODF_PARA || f->kind == ODF_HEADING)
        odf_paragraph_end(o, f);
    else if (f->kind == ODF_SHAPES)
        o->shapes--;
    if (f->pushed)
        odf_pushed_end(o, f);
    if (f->kind == ODF_COMMENT)
        o->comment = f->outer;
}

static void odf_end(struct sax_handler *handler, const char *name)
{
    struct odf *o = (struct odf *)handler;
    (void)name;
    if (o->depth-- > sizeof o->frames / sizeof *o->frames)
        return;
    struct odf_frame *f = &o->frames[o->depth];
    if (f->skip)
        o->skip--;
    else if (o->key && f->key == o->key)
        odf_value_end(o, f);
    else if (o->writer.count > 0)
        odf_close(o, f);
}

static void odf_text(struct sax_handler *handler, const char *text, size_t size)
{
    struct odf *o = (struct odf *)handler;
    const struct target *t = targets_top(&o->writer);
    if (o->skip > 0)
        return;
    if (o->key && o->value.size < 2 * METADATA_VALUE_MAX)
        buffer_append(&o->value, text, size);
    else if (!o->key && t && t->paragraphs > 0)
        odf_say(o, text, size);
}

struct odf *odf_create(struct metadata *metadata, bool sheets)
{
    struct odf *o = xcalloc(1, sizeof *o);
    o->handler = (struct sax_handler){
        .start = odf_start,
        .end = odf_end,
        .text = odf_text,
    };
    o->metadata = metadata;
    o->sheets = sheets;
    o->writer.budget = ODF_REPEATED;
    return o;
}

int odf_read(struct odf *o, struct buffer *source, bool tolerant)
{
    if (!tolerant)
        return sax_parse(source, &o->handler);
    soup_parse(source->data, source->size, false, &o->handler);
    return 0;
}

void odf_finish(struct odf *o)
{
    targets_finish(&o->writer);
    if (!metadata_get(o->metadata, "author"))
        metadata_add(o->metadata, "author", o->editor);
}

size_t odf_pages(const struct odf *o, bool *cut)
{
    *cut = o->cut;
    return o->writer.pages;
}

const char *odf_page_text(const struct odf *o, size_t page, size_t *size)
{
    size_t start = page ? o->writer.ends[page - 1] : 0;
    *size = o->writer.ends[page] - start;
    return o->writer.text.data + start;
}

void odf_destroy(struct odf *o)
{
    if (!o)
        return;
    odf_styles_clear(&o->styles);
    targets_clear(&o->writer);
    buffer_free(&o->value);
    free(o->editor);
    free(o->commenter);
    free(o);
}
