/* SPDX-License-Identifier: GPL-3.0-or-later */
/* draw.c - content streams, of pages and of forms. */
#include <config.h>

#include "pdf/draw.h"

#include <stdlib.h>
#include <string.h>

#include "pdf/drawcall.h"
#include "pdf/why.h"

bool draw_amiss(struct draw *d, enum reader_reason reason, const char *detail)
{
    if (d->why.reason != READER_NO_REASON)
        return false;
    d->why = why_of(reason, detail);
    return true;
}

/* Content in object NUMBER is lost. What there is otherwise is drawn, for a page that no
 * engine reads better. */
static void draw_lose(struct draw *d, enum reader_reason reason, const char *detail,
                      uint32_t number)
{
    if (d->damage.reason != READER_NO_REASON)
        return;
    d->damage = why_of(reason, detail);
    why_tell_number(&d->damage, "object", number);
}

bool draw_is_over(struct draw *d)
{
    if (objects_cost(d->objects) - d->cost <= DRAW_COST)
        return false;
    draw_amiss(d, READER_LIMIT, "too much content");
    return true;
}

/* Carries out BYTES. */
static void draw_run(struct draw *d, struct span bytes, const struct draw_scope *scope,
                     unsigned level)
{
    struct content *content = d->contents + level;
    struct draw_call call = { d, content, scope, d->depth, level };
    uint32_t marks = d->marks.depth;
    objects_charge(d->objects, (uint64_t)(bytes.end - bytes.at));
    if (draw_is_over(d))
        return;
    content->nonsense = 0;
    content->passed = draw_passed;
    content_begin(content, bytes, d->arena);
    while (d->why.reason == READER_NO_REASON && !d->show.over && content_next(content))
        draw_operator(&call);
    marks_end_all(&d->marks, &d->show, marks);
    d->unknown += content->nonsense;
    if (content->over || d->show.over || arena_is_over(d->arena))
        draw_amiss(d, READER_LIMIT, "too much on a page");
}

/* Decodes STREAM. False: there is nothing of it. */
static bool draw_decode(struct draw *d, const struct value *stream, struct span *bytes)
{
    enum objects_decoded end = objects_decode(d->objects, stream, bytes);
    draw_is_over(d);
    switch (end) {
    case OBJECTS_WHOLE:
        return true;
    case OBJECTS_CUT:
        draw_lose(d, READER_STREAM, "a damaged content stream", stream->number);
        return true;
    case OBJECTS_IMAGE:
        draw_lose(d, READER_STREAM, "a content stream that is an image", stream->number);
        return false;
    default:
        draw_lose(d, READER_STREAM, "a content stream that cannot be unpacked",
                  stream->number);
        return false;
    }
}

static struct matrix draw_read_matrix(struct draw *d, const struct value *v)
{
    double n[6];
    if (v->type != VALUE_ARRAY || v->list.count < 6)
        return matrix_one;
    for (uint32_t i = 0; i < 6; i++)
        n[i] = value_number(objects_at(d->objects, v, i), 0);
    return (struct matrix){ n[0], n[1], n[2], n[3], n[4], n[5] };
}

void draw_form(struct draw *d, const struct value *form, struct matrix to,
               const struct draw_scope *outer, unsigned level)
{
    struct span bytes;
    if (level >= DRAW_DEPTH)
        return;
    if (d->forms++ >= DRAW_FORMS) {
        draw_amiss(d, READER_LIMIT, "too many forms");
        return;
    }
    if (!draw_decode(d, form, &bytes))
        return;
    struct draw_scope scope = { objects_find(d->objects, form, "Resources"), outer };
    struct matrix own = draw_read_matrix(d, objects_find(d->objects, form, "Matrix"));
    struct show_state before = d->state;
    struct matrix text = d->show.text, line = d->show.line;
    uint32_t states = d->depth;
    d->state.ctm = matrix_then(matrix_then(own, to), d->state.ctm);
    draw_run(d, bytes, &scope, level + 1);
    objects_release(d->objects, bytes);
    d->depth = states;
    d->state = before;
    d->show.text = text;
    d->show.line = line;
}

/* Adds PART and a line's end to the SIZE bytes at *WHOLE. False: memory is out. */
static bool draw_append(unsigned char **whole, size_t *size, size_t *room, struct span part)
{
    size_t own = (size_t)(part.end - part.at);
    if (*room - *size <= own) {
        size_t more = *size + own + 1 + (*size + own) / 2;
        unsigned char *larger = realloc(*whole, more);
        if (!larger)
            return false;
        *whole = larger;
        *room = more;
    }
    memcpy(*whole + *size, part.at, own);
    *size += own;
    (*whole)[(*size)++] = '\n';
    return true;
}

/* Content that is referred to and is not there is lost, other than none. */
static void draw_miss(struct draw *d, const struct value *own, const struct value *found)
{
    if (own->type == VALUE_REFERENCE && found->type != VALUE_STREAM &&
        found->type != VALUE_ARRAY)
        draw_lose(d, READER_BROKEN, "content that is not there", own->reference.number);
}

/* The streams of ARRAY, with a line's end between them, since operators do not go over
 * their ends. */
static void draw_streams(struct draw *d, const struct value *array,
                         const struct draw_scope *scope)
{
    unsigned char *whole = NULL;
    size_t size = 0, room = 0;
    for (uint32_t i = 0; i < array->list.count && d->why.reason == READER_NO_REASON; i++) {
        const struct value *stream = objects_at(d->objects, array, i);
        struct span part;
        draw_miss(d, value_at(array, i), stream);
        if (stream->type != VALUE_STREAM || !draw_decode(d, stream, &part))
            continue;
        if (!draw_append(&whole, &size, &room, part))
            draw_amiss(d, READER_LIMIT, "memory is out");
        objects_release(d->objects, part);
    }
    if (whole)
        draw_run(d, (struct span){ whole, whole + size }, scope, 0);
    free(whole);
}

struct matrix draw_size(const struct pagetree_page *page, double *width, double *height)
{
    struct pagetree_box b = page->crop;
    bool turned = page->rotate == 90 || page->rotate == 270;
    *width = turned ? b.y1 - b.y0 : b.x1 - b.x0;
    *height = turned ? b.x1 - b.x0 : b.y1 - b.y0;
    switch (page->rotate) {
    case 90:
        return (struct matrix){ 0, 1, 1, 0, -b.y0, -b.x0 };
    case 180:
        return (struct matrix){ -1, 0, 0, 1, b.x1, -b.y0 };
    case 270:
        return (struct matrix){ 0, -1, -1, 0, b.y1, b.x1 };
    default:
        return (struct matrix){ 1, 0, 0, -1, -b.x0, b.y1 };
    }
}

void draw_page(struct draw *d, const struct pagetree_page *page)
{
    double width, height;
    struct matrix ctm = draw_size(page, &width, &height);
    const struct value *contents = objects_find(d->objects, page->dictionary, "Contents");
    struct draw_scope scope = { page->resources, NULL };
    struct span bytes;
    show_begin(&d->show, width, height);
    d->state = show_start(ctm);
    d->depth = 0;
    d->marks.depth = d->marks.hiding = d->marks.replacing = 0;
    d->cost = objects_cost(d->objects);
    fonts_begin_page(d->fonts);
    d->forms = d->unknown = 0;
    *d->stranger = '\0';
    d->compatible = false;
    d->mask = NULL;
    d->stand_in = NULL;
    d->flaw = NULL;
    d->why = d->damage = why_of(READER_NO_REASON, NULL);
    draw_miss(d, value_get(page->dictionary, "Contents"), contents);
    if (contents->type == VALUE_ARRAY && contents->list.count == 1) {
        const struct value *only = value_at(contents, 0);
        contents = objects_at(d->objects, contents, 0);
        draw_miss(d, only, contents);
    }
    if (contents->type == VALUE_ARRAY) {
        draw_streams(d, contents, &scope);
    } else if (contents->type == VALUE_STREAM && draw_decode(d, contents, &bytes)) {
        draw_run(d, bytes, &scope, 0);
        objects_release(d->objects, bytes);
    }
}

void draw_free(struct draw *d)
{
    show_free(&d->show);
    for (unsigned i = 0; i <= DRAW_DEPTH; i++)
        content_free(d->contents + i);
}
