/* SPDX-License-Identifier: GPL-3.0-or-later */
/* wordml.c - the events of a story, element by element. */
#include <config.h>

#include "format/wordml.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "format/equation.h"
#include "format/symbols.h"
#include "format/wordname.h"
#include "format/wordstory.h"

/* --- elements --- */

/* A field without a result: its code may be what it shows. */
static void story_equation(struct story *s)
{
    struct buffer text = { 0 };
    equation_text(s->code.data, s->code.size, &text);
    if (text.size > 0)
        story_put(s, text.data, text.size);
    buffer_free(&text);
}

static void story_field(struct story *s, const struct sax_attribute *type)
{
    struct box *b = story_box(s);
    if (opc_is(type, "begin")) {
        buffer_clear(&s->code);
        if (b->fields++ < STORY_FIELDS) {
            b->code[b->fields - 1] = true;
            b->codes++;
        }
        return;
    }
    bool known = b->fields > 0 && b->fields <= STORY_FIELDS;
    bool before = known && b->code[b->fields - 1];
    if (before) {
        b->code[b->fields - 1] = false;
        b->codes--;
    }
    if (opc_is(type, "end") && b->fields > 0) {
        b->fields--;
        if (before)
            story_equation(s);
        buffer_clear(&s->code);
    }
}

static void story_branch(struct story *s)
{
    int depth = s->alternate_depth;
    if (depth > 0 && depth <= STORY_ALTERNATES &&
        s->alternates[depth - 1] != s->produced)
        s->skip = 1;
}

/* What says how a paragraph or a run looks. */
static void story_look(struct story *s, enum word_name what,
                       const struct sax_attribute *val)
{
    struct box *b = story_box(s);
    struct word_look style = WORD_LOOK_NONE;
    switch (what) {
    case WORD_PARAGRAPH_STYLE:
        /* It comes first, so what the paragraph says itself replaces it. */
        if (val)
            word_lists_apply(s->w->lists, val->value, val->size, &b->look);
        break;
    case WORD_NUMBER:
        b->look.number = opc_int(val, -1);
        break;
    case WORD_LEVEL:
        b->look.level = opc_int(val, -1);
        break;
    case WORD_OUTLINE:
        b->look.outline = opc_int(val, -1);
        break;
    case WORD_RUN_STYLE:
        if (val && b->look_depth == 0) {
            word_lists_apply(s->w->lists, val->value, val->size, &style);
            b->hidden = style.hidden;
        }
        break;
    default: /* of the paragraph's mark it hides no text */
        if (b->look_depth == 0)
            b->hidden = opc_is_on(val);
        break;
    }
}

static void story_symbol(struct story *s, const struct sax_attribute *font,
                         const struct sax_attribute *code)
{
    char hex[8] = "";
    if (!code || code->size >= sizeof hex)
        return;
    memcpy(hex, code->value, code->size);
    struct buffer text = { 0 };
    utf8_append(&text, symbols_unicode(font ? font->value : "",
                                       font ? font->size : 0,
                                       (uint32_t)strtoul(hex, NULL, 16)));
    story_put(s, text.data, text.size);
    buffer_free(&text);
}

/* What stands in a run like a character. */
static void story_mark(struct story *s, enum word_name what)
{
    struct box *b = story_box(s);
    if (b->look_depth > 0 || s->reading > 0 || !story_shows(s))
        return;
    story_begin(s);
    if (what == WORD_TAB)
        flow_tab(&b->flow);
    else
        flow_break(&b->flow);
}

static void story_start(struct sax_handler *handler, const char *prefix,
                        const char *name,
                        const struct sax_attribute *attributes, size_t count)
{
    struct story *s = (struct story *)handler;
    struct box *b = story_box(s);
    (void)prefix;
    if (s->skip > 0) {
        s->skip++;
        return;
    }
    enum word_name what = word_name(name);
    const struct sax_attribute *a;
    switch (what) {
    case WORD_OTHER:
        break;
    case WORD_SKIP:
        s->skip = 1;
        break;
    case WORD_CODE:
        s->coding++;
        break;
    case WORD_DELETED:
        if (b->look_depth > 0)
            b->joined = true;
        s->skip = 1;
        break;
    case WORD_TEXT:
        s->text++;
        break;
    case WORD_RUN:
        b->hidden = -1;
        b->font = NULL;
        break;
    case WORD_PARAGRAPH:
        story_paragraph_start(s);
        break;
    case WORD_PARAGRAPH_LOOK:
        b->look_depth++;
        break;
    case WORD_PARAGRAPH_STYLE:
    case WORD_RUN_STYLE:
    case WORD_NUMBER:
    case WORD_LEVEL:
    case WORD_OUTLINE:
    case WORD_VANISH:
        story_look(s, what, opc_attribute(attributes, count, "val"));
        break;
    case WORD_FONTS:
        a = opc_attribute(attributes, count, "ascii");
        if (b->look_depth == 0)
            b->font = a ? symbols_font(a->value, a->size) : NULL;
        break;
    case WORD_TAB:
    case WORD_BREAK:
        story_mark(s, what);
        break;
    case WORD_HYPHEN:
        story_put(s, "\xe2\x80\x91", 3);
        break;
    case WORD_SYMBOL:
        story_symbol(s, opc_attribute(attributes, count, "font"),
                     opc_attribute(attributes, count, "char"));
        break;
    case WORD_FIELD:
        story_field(s, opc_attribute(attributes, count, "fldCharType"));
        break;
    case WORD_TABLE:
        flow_table_start(&b->flow);
        break;
    case WORD_ROW:
        flow_row_start(&b->flow);
        break;
    case WORD_CELL:
        flow_cell_start(&b->flow);
        break;
    case WORD_BOX:
        story_box_start(s);
        break;
    case WORD_ALTERNATE:
        if (s->alternate_depth++ < STORY_ALTERNATES)
            s->alternates[s->alternate_depth - 1] = s->produced;
        break;
    case WORD_BRANCH:
        story_branch(s);
        break;
    case WORD_NOTE:
        story_note_start(s, attributes, count);
        break;
    case WORD_FOOTNOTE_REFERENCE:
        story_reference(s, WORDML_FOOTNOTE, attributes, count);
        break;
    case WORD_ENDNOTE_REFERENCE:
        story_reference(s, WORDML_ENDNOTE, attributes, count);
        break;
    case WORD_HEADER:
        story_margin(s, WORDML_HEADER,
                     story_target(s, attributes, count, "id"));
        break;
    case WORD_FOOTER:
        story_margin(s, WORDML_FOOTER,
                     story_target(s, attributes, count, "id"));
        break;
    case WORD_CHART:
        story_drawing(s, story_target(s, attributes, count, "id"));
        break;
    case WORD_DIAGRAM:
        story_drawing(s, story_target(s, attributes, count, "dm"));
        break;
    case WORD_CHUNK:
        story_chunk(s, story_target(s, attributes, count, "id"));
        break;
    case WORD_READING:
        s->reading++;
        break;
    case WORD_RUBY:
        buffer_clear(&s->ruby);
        break;
    case WORD_DENOMINATOR:
        story_put(s, "/", 1);
        break;
    case WORD_WORDART:
        a = opc_attribute(attributes, count, "string");
        if (a)
            story_put(s, a->value, a->size);
        break;
    }
}

static void story_ruby_end(struct story *s)
{
    if (s->ruby.size == 0)
        return;
    story_put(s, "(", 1);
    story_put(s, s->ruby.data, s->ruby.size);
    story_put(s, ")", 1);
    buffer_clear(&s->ruby);
}

static void story_end(struct sax_handler *handler, const char *name)
{
    struct story *s = (struct story *)handler;
    struct box *b = story_box(s);
    if (s->skip > 0) {
        s->skip--;
        return;
    }
    switch (word_name(name)) {
    case WORD_TEXT:
        s->text--;
        break;
    case WORD_CODE:
        s->coding--;
        break;
    case WORD_PARAGRAPH:
        story_paragraph_end(s);
        break;
    case WORD_PARAGRAPH_LOOK:
        b->look_depth--;
        break;
    case WORD_TABLE:
        flow_table_end(&b->flow);
        break;
    case WORD_ROW:
        flow_row_end(&b->flow);
        break;
    case WORD_CELL:
        flow_cell_end(&b->flow);
        break;
    case WORD_BOX:
        story_box_end(s);
        break;
    case WORD_ALTERNATE:
        s->alternate_depth--;
        break;
    case WORD_NOTE:
        story_note_end(s);
        break;
    case WORD_READING:
        s->reading--;
        break;
    case WORD_RUBY:
        story_ruby_end(s);
        break;
    default:
        break;
    }
}

static void story_text(struct sax_handler *handler, const char *text,
                       size_t size)
{
    struct story *s = (struct story *)handler;
    if (s->skip > 0)
        return;
    const char *font = story_box(s)->font;
    if (s->text > 0 && font && memchr(text, '\xef', size)) {
        struct buffer seen = { 0 };
        symbols_append(font, text, size, &seen);
        story_put(s, seen.data, seen.size);
        buffer_free(&seen);
    } else if (s->text > 0) {
        story_put(s, text, size);
    } else if (s->coding > 0 && s->code.size <= EQUATION_CODE) {
        buffer_append(&s->code, text, size);
    }
}

int wordml_story(struct wordml *w, int64_t member, struct buffer *out,
                 struct wordml_notes *notes, struct error *e)
{
    struct story *s = xcalloc(1, sizeof *s);
    s->handler = (struct sax_handler){ .start = story_start,
                                      .end = story_end,
                                      .text = story_text };
    s->w = w;
    s->out = out;
    s->notes = notes;
    s->boxes[0].flow.lines.out = out;
    s->boxes[0].hidden = -1;
    s->boxes[0].look = WORD_LOOK_NONE;
    opc_relations_read(w->opc, member, &s->relations);
    int r = opc_parse(w->opc, member, &s->handler, e);
    while (s->depth > 0) /* it broke off within a box */
        story_box_end(s);
    flow_block(&s->boxes[0].flow, &s->boxes[0].pending, false);
    flow_finish(&s->boxes[0].flow);
    if (r == 0 && s->produced > OPC_TEXT)
        r = opc_too_long(w->opc, member, e);
    opc_relations_clear(&s->relations);
    buffer_free(&s->boxes[0].pending);
    buffer_free(&s->ruby);
    buffer_free(&s->code);
    free(s);
    return r;
}

void wordml_clear(struct wordml *w)
{
    for (int i = 0; i < WORDML_MARGINS; i++)
        free(w->found.margins[i].members);
    for (int i = 0; i < WORDML_SERIES; i++)
        free(w->found.references[i].ids);
    free(w->seen);
}
