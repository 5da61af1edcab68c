/* SPDX-License-Identifier: GPL-3.0-or-later */
/* odfbody.c - the events of OpenDocument: what each element is, by where it
 * stands. */
#include <config.h>

#include "format/odfbody.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "format/lines.h"
#include "format/odfbox.h"
#include "format/odfflow.h"
#include "format/soup.h"

/* What repeated rows, cells and blanks may add to a document. */
#define ODF_REPEATED ((size_t)4 << 20)

/* --- notes --- */

static void odf_note_start(struct odf *o, struct odf_frame *f, bool endnote)
{
    char reference[24];
    snprintf(reference, sizeof reference, "[%d]", ++o->notes[endnote]);
    odf_say(o, reference, strlen(reference));
    f->kind = endnote ? ODF_ENDNOTE : ODF_FOOTNOTE;
    odf_divert(o, f, endnote ? SLOT_ENDNOTES : SLOT_FOOTNOTES);
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
    case ODF_FORMULA: /* the whole document */
        if (o->depth == 1)
            odf_page_start(o, f);
        if (f->pushed)
            odf_formula_start(o, f);
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
    if (f->kind != ODF_OBJECT && f->kind != ODF_FORMULA)
        odf_box_settle(o);
    switch (f->kind) {
    case ODF_ABOUT:
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
    case ODF_OBJECT:
        odf_object(o, f, odf_find(attributes, count, "href"));
        break;
    case ODF_FORMULA:
        odf_formula_start(o, f);
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
        odf_box_start(o, f, odf_find(attributes, count, "anchor-type"));
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
    case ODF_CELL: /* of a chart's table: its values */
        return o->charts > 0 &&
               odf_is(odf_find(attributes, count, "value-type"), "float");
    case ODF_MASTERS: /* of a document within this one */
        return o->writer.count > 0;
    case ODF_ABOUT: /* elsewhere it would divide a paragraph */
        return o->depth < 2 || o->frames[o->depth - 2].kind != ODF_BOX;
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
    if (o->formula) { /* prose.c knows MathML */
        struct sax_handler *h = prose_handler(targets_top(&o->writer)->prose);
        h->start(h, prefix, name, attributes, count);
        return;
    }
    f->kind = odf_kind(prefix, name, &f->key);
    o->charts += f->kind == ODF_CHART;
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
    else if (f->kind == ODF_PARA || f->kind == ODF_HEADING ||
             f->kind == ODF_ABOUT)
        odf_paragraph_end(o, f);
    else if (f->kind == ODF_SHAPES)
        o->shapes--;
    else if (f->kind == ODF_FORMULA)
        o->formula = 0;
    if (f->pushed)
        odf_pushed_end(o, f);
    if (f->kind == ODF_COMMENT)
        o->comment = f->outer;
}

static void odf_end(struct sax_handler *handler, const char *name)
{
    struct odf *o = (struct odf *)handler;
    if (o->depth-- > sizeof o->frames / sizeof *o->frames)
        return;
    if (o->formula && o->depth >= o->formula) {
        struct sax_handler *h = prose_handler(targets_top(&o->writer)->prose);
        h->end(h, name);
        return;
    }
    struct odf_frame *f = &o->frames[o->depth];
    o->charts -= f->kind == ODF_CHART;
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
    else if (!o->key && t && (t->paragraphs > 0 || o->formula) &&
             !odf_box_waits(o))
        odf_say(o, text, size);
}

static bool odf_is_dull(struct sax_handler *handler, const char *name, size_t size)
{
    return odf_styles_are_dull(((struct odf *)handler)->items, name, size);
}

struct odf *odf_create(struct metadata *metadata, bool sheets, bool items,
                       struct odf_objects *objects)
{
    struct odf *o = xcalloc(1, sizeof *o);
    o->handler = (struct sax_handler){
        .start = odf_start,
        .end = odf_end,
        .text = odf_text,
        .is_dull = odf_is_dull,
        .telling = "display",
    };
    o->metadata = metadata;
    o->objects = objects;
    o->sheets = sheets;
    o->items = items;
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
