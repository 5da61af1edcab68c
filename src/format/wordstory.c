/* SPDX-License-Identifier: GPL-3.0-or-later */
/* wordstory.c - paragraphs, text boxes and notes of a story; a text box has a
 * flow of its own, whose text comes behind the paragraph it is anchored in. */
#include <config.h>

#include "format/wordstory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "format/drawml.h"

struct box *story_box(struct story *s)
{
    return &s->boxes[s->depth];
}

/* --- paragraphs --- */

/* Once all is known that comes before a paragraph's text. */
void story_begin(struct story *s)
{
    struct box *b = story_box(s);
    char mark[LINES_MARKER] = "";
    if (b->begun)
        return;
    b->begun = true;
    b->heading = b->look.outline >= 0 && b->look.outline < 9;
    if (!b->after_joined)
        flow_paragraph_start(&b->flow, b->heading);
    b->after_joined = false;
    if (b->look.number > 0)
        word_lists_mark(s->w->lists, b->look.number, b->look.level, mark);
    if (*mark)
        flow_mark(&b->flow, mark, b->heading ? 0 : b->look.level);
}

void story_paragraph_start(struct story *s)
{
    struct box *b = story_box(s);
    b->look = WORD_LOOK_NONE;
    b->begun = b->heading = b->joined = false;
    b->hidden = -1;
}

void story_paragraph_end(struct story *s)
{
    struct box *b = story_box(s);
    story_begin(s);
    if (b->joined)
        b->after_joined = true;
    else
        flow_paragraph_end(&b->flow, b->heading);
    flow_block(&b->flow, &b->pending, false);
    buffer_clear(&b->pending);
}

bool story_shows(struct story *s)
{
    struct box *b = story_box(s);
    return b->codes == 0 &&
           (b->hidden >= 0 ? b->hidden : b->look.hidden) != 1;
}

void story_put(struct story *s, const char *text, size_t size)
{
    if (!story_shows(s) || s->produced > OPC_TEXT)
        return;
    s->produced += size;
    if (s->reading > 0) {
        buffer_append(&s->ruby, text, size);
        return;
    }
    story_begin(s);
    flow_text(&story_box(s)->flow, text, size);
}

/* --- boxes --- */

void story_box_start(struct story *s)
{
    if (s->depth == STORY_BOXES) {
        s->skip = 1;
        return;
    }
    bool shown = story_shows(s);
    struct box *b = &s->boxes[++s->depth];
    memset(b, 0, sizeof *b);
    b->flow.lines.out = &b->text;
    b->hidden = -1;
    b->look = WORD_LOOK_NONE;
    b->codes = !shown; /* hidden with the run that holds it */
}

void story_box_end(struct story *s)
{
    struct box *b = story_box(s);
    flow_block(&b->flow, &b->pending, false);
    flow_finish(&b->flow);
    s->depth--;
    struct box *outer = story_box(s);
    buffer_append(&outer->pending, b->text.data, b->text.size);
    buffer_free(&b->pending);
    buffer_free(&b->text);
}

/* --- what points to other parts --- */

int64_t story_target(struct story *s,
                     const struct sax_attribute *attributes,
                     size_t count, const char *name)
{
    const struct sax_attribute *id = opc_prefixed(attributes, count, name);
    const struct opc_relation *r =
        id ? opc_by_id(&s->relations, id->value, id->size) : NULL;
    return r ? r->member : -1;
}

void story_drawing(struct story *s, int64_t member)
{
    struct buffer *pending = &story_box(s)->pending;
    size_t before = pending->size;
    if (member >= 0 && story_shows(s))
        drawml_read(s->w->opc, member, DRAWML_PART, pending, NULL);
    s->produced += pending->size - before;
}

void story_chunk(struct story *s, int64_t member)
{
    struct buffer text = { 0 };
    if (member >= 0 && s->w->chunk)
        s->w->chunk(s->w, member, &text);
    flow_block(&story_box(s)->flow, &text, true);
    buffer_free(&text);
}

void story_margin(struct story *s, enum wordml_margin kind,
                  int64_t member)
{
    struct wordml *w = s->w;
    if (member < 0)
        return;
    if (!w->seen)
        w->seen =
            xcalloc((size_t)zipfile_count(w->opc->zip), sizeof *w->seen);
    if (w->seen[member])
        return;
    w->seen[member] = true;
    struct wordml_parts *parts = &w->found.margins[kind];
    if (parts->count == parts->capacity) {
        parts->capacity = parts->capacity ? 2 * parts->capacity : 8;
        parts->members = xrealloc_array(parts->members, parts->capacity,
                                        sizeof *parts->members);
    }
    parts->members[parts->count++] = member;
}

void story_reference(struct story *s, enum wordml_series series,
                     const struct sax_attribute *attributes,
                     size_t count)
{
    struct wordml_references *r = &s->w->found.references[series];
    if (!story_shows(s))
        return;
    if (r->count == r->capacity) {
        r->capacity = r->capacity ? 2 * r->capacity : 16;
        r->ids = xrealloc_array(r->ids, r->capacity, sizeof *r->ids);
    }
    r->ids[r->count++] = opc_int(opc_attribute(attributes, count, "id"), -1);
    const struct sax_attribute *own =
        opc_attribute(attributes, count, "customMarkFollows");
    if (own && opc_is_on(own))
        return;
    char mark[24];
    int n = snprintf(mark, sizeof mark, "[%zu]", r->count);
    story_put(s, mark, (size_t)n);
}

/* --- notes --- */

void story_note_start(struct story *s,
                      const struct sax_attribute *attributes,
                      size_t count)
{
    struct wordml_notes *n = s->notes;
    const struct sax_attribute *type =
        opc_attribute(attributes, count, "type");
    if (!n || (type && !opc_is(type, "normal"))) { /* separators */
        s->skip = 1;
        return;
    }
    if (n->count == n->capacity) {
        n->capacity = n->capacity ? 2 * n->capacity : 16;
        n->items = xrealloc_array(n->items, n->capacity, sizeof *n->items);
    }
    const struct sax_attribute *author =
        opc_attribute(attributes, count, "author");
    lines_ask(&story_box(s)->flow.lines, 1);
    n->items[n->count++] = (struct wordml_note){
        .id = opc_int(opc_attribute(attributes, count, "id"), -1),
        .author = author ? xstrndup(author->value, author->size) : NULL,
        .start = s->out->size,
        .end = s->out->size,
    };
}

void story_note_end(struct story *s)
{
    if (s->notes && s->notes->count > 0 && s->depth == 0)
        s->notes->items[s->notes->count - 1].end = s->out->size;
}

void wordml_notes_clear(struct wordml_notes *n)
{
    for (size_t i = 0; i < n->count; i++)
        free(n->items[i].author);
    free(n->items);
    *n = (struct wordml_notes){ 0 };
}
