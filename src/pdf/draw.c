/* SPDX-License-Identifier: GPL-3.0-or-later */
/* draw.c - the operators. One with too few operands is passed over, of too many the last
 * ones count, as poppler does. */
#include <config.h>

#include "pdf/draw.h"

#include <stdlib.h>
#include <string.h>

void draw_amiss(struct draw *d, enum reader_reason reason, const char *detail)
{
    if (d->why.reason == READER_NO_REASON)
        d->why = (struct reader_why){ reason, detail };
}

/* --- resources --- */

/* The value of NAME in the dictionary V, as it stands; NULL: none. */
static const struct value *draw_entry(const struct value *v, struct span name)
{
    size_t size = (size_t)(name.end - name.at);
    if (v->type != VALUE_DICTIONARY)
        return NULL;
    for (uint32_t i = 0; i + 1 < v->list.count; i += 2) {
        struct span key = v->list.items[i].text;
        if ((size_t)(key.end - key.at) == size && !memcmp(key.at, name.at, size))
            return v->list.items + i + 1;
    }
    return NULL;
}

/* NAME in the resources of KIND; value_null: it is not there. */
static const struct value *draw_resource(struct draw *d, const struct draw_scope *scope,
                                         const char *kind, struct span name)
{
    for (; scope; scope = scope->outer) {
        const struct value *found =
            draw_entry(objects_find(d->objects, scope->resources, kind), name);
        if (found)
            return found;
    }
    return &value_null;
}

static void draw_set_font(struct draw *d, const struct value *reference, double size)
{
    const struct value *dictionary = objects_resolve(d->objects, reference);
    d->state.font = dictionary->type == VALUE_DICTIONARY
                        ? fonts_get(d->fonts, reference, dictionary)
                        : NULL;
    d->state.size = size;
}

/* --- operands --- */

/* One operator. */
struct draw_call {
    struct draw *d;
    const struct content *content;
    const struct draw_scope *scope;
    uint32_t floor; /* states that were saved before this stream */
    unsigned level;
};

/* The last N operands, which are numbers. */
static bool draw_numbers(const struct draw_call *c, size_t n, double *numbers)
{
    if (c->content->count < n)
        return false;
    const struct content_operand *o = c->content->operands + c->content->count - n;
    for (size_t i = 0; i < n; i++) {
        if (o[i].kind != CONTENT_NUMBER)
            return false;
        numbers[i] = o[i].number;
    }
    return true;
}

/* The last operand, of KIND, with N numbers before it; NULL: it is none. */
static const struct content_operand *draw_last(const struct draw_call *c,
                                               enum content_kind kind)
{
    if (!c->content->count)
        return NULL;
    const struct content_operand *o = c->content->operands + c->content->count - 1;
    return o->kind == kind ? o : NULL;
}

static bool draw_matrix(const struct draw_call *c, struct matrix *m)
{
    double n[6];
    if (!draw_numbers(c, 6, n))
        return false;
    *m = (struct matrix){ n[0], n[1], n[2], n[3], n[4], n[5] };
    return true;
}

/* --- the graphics state --- */

static void draw_save(struct draw *d)
{
    if (d->depth < DRAW_STATES)
        d->saved[d->depth] = d->state;
    else
        draw_amiss(d, READER_LIMIT, "too many saved states");
    d->depth++;
}

static void draw_restore(struct draw *d, uint32_t floor)
{
    if (d->depth <= floor)
        return;
    if (--d->depth < DRAW_STATES)
        d->state = d->saved[d->depth];
}

/* gs: the font is all that matters. */
static void draw_graphics_state(const struct draw_call *c)
{
    struct draw *d = c->d;
    const struct content_operand *name = draw_last(c, CONTENT_NAME);
    if (!name)
        return;
    const struct value *state = objects_resolve(
        d->objects, draw_resource(d, c->scope, "ExtGState", name->text));
    const struct value *font = objects_find(d->objects, state, "Font");
    if (font->type == VALUE_ARRAY)
        draw_set_font(d, value_at(font, 0), value_number(objects_at(d->objects, font, 1), 0));
}

static void draw_font(const struct draw_call *c)
{
    const struct content *k = c->content;
    if (k->count < 2 || k->operands[k->count - 2].kind != CONTENT_NAME ||
        k->operands[k->count - 1].kind != CONTENT_NUMBER)
        return;
    draw_set_font(c->d,
                  draw_resource(c->d, c->scope, "Font", k->operands[k->count - 2].text),
                  k->operands[k->count - 1].number);
}

/* --- text --- */

static void draw_strings(const struct draw_call *c)
{
    const struct content *k = c->content;
    size_t at = 0;
    while (at < k->count && k->operands[at].kind != CONTENT_ARRAY)
        at++;
    for (at++; at < k->count; at++) {
        const struct content_operand *o = k->operands + at;
        if (o->kind == CONTENT_STRING)
            show_string(&c->d->show, &c->d->state, o->text);
        else if (o->kind == CONTENT_NUMBER)
            show_adjust(&c->d->show, &c->d->state, o->number);
    }
}

static void draw_string(const struct draw_call *c)
{
    const struct content_operand *string = draw_last(c, CONTENT_STRING);
    if (string)
        show_string(&c->d->show, &c->d->state, string->text);
}

static void draw_next_line(struct draw *d)
{
    show_move(&d->show, 0, -d->state.leading);
}

/* The " operator. */
static void draw_spaced_string(const struct draw_call *c)
{
    const struct content *k = c->content;
    if (k->count < 3 || k->operands[k->count - 3].kind != CONTENT_NUMBER ||
        k->operands[k->count - 2].kind != CONTENT_NUMBER)
        return;
    c->d->state.word_spacing = k->operands[k->count - 3].number;
    c->d->state.spacing = k->operands[k->count - 2].number;
    draw_next_line(c->d);
    draw_string(c);
}

/* Td and TD. */
static void draw_move(const struct draw_call *c, bool leading)
{
    double n[2];
    if (!draw_numbers(c, 2, n))
        return;
    if (leading)
        c->d->state.leading = -n[1];
    show_move(&c->d->show, n[0], n[1]);
}

/* --- marked content --- */

/* Properties of BDC, unresolved. */
static struct value draw_properties(const struct draw_call *c,
                                    const struct content_operand *o)
{
    struct value v = value_null;
    if (o->kind == CONTENT_NAME) {
        v = *draw_resource(c->d, c->scope, "Properties", o->text);
    } else if (o->kind == CONTENT_DICTIONARY) {
        struct span text = o->text;
        value_parse(&text, c->d->arena, false, &v);
    }
    return v;
}

static void draw_begin_mark(const struct draw_call *c, bool properties)
{
    struct draw *d = c->d;
    const struct content *k = c->content;
    size_t needed = properties ? 2 : 1;
    struct span tag = { NULL, NULL };
    struct value v = value_null;
    if (k->count >= needed) {
        const struct content_operand *o = k->operands + k->count - needed;
        if (o->kind == CONTENT_NAME)
            tag = o->text;
        /* Others say nothing that matters, and need not be parsed. */
        if (properties && tag.at && (syntax_is(tag, "OC") || syntax_is(tag, "Span")))
            v = draw_properties(c, o + 1);
    }
    marks_begin(&d->marks, &d->show, d->objects, d->layers, d->arena, tag, &v);
}

/* --- streams --- */

static void draw_run(struct draw *d, struct span bytes, const struct draw_scope *scope,
                     unsigned level);

/* Decodes STREAM. False: there is nothing of it. */
static bool draw_decode(struct draw *d, const struct value *stream, struct span *bytes)
{
    switch (objects_decode(d->objects, stream, bytes)) {
    case OBJECTS_WHOLE:
        return true;
    case OBJECTS_CUT:
        draw_amiss(d, READER_STREAM, "a damaged content stream");
        return true;
    case OBJECTS_IMAGE:
        draw_amiss(d, READER_STREAM, "a content stream that is an image");
        return false;
    default:
        draw_amiss(d, READER_STREAM, "a content stream that cannot be unpacked");
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

static void draw_object(const struct draw_call *c)
{
    struct draw *d = c->d;
    const struct content_operand *name = draw_last(c, CONTENT_NAME);
    if (!name)
        return;
    const struct value *object = objects_resolve(
        d->objects, draw_resource(d, c->scope, "XObject", name->text));
    if (object->type != VALUE_STREAM ||
        !value_is_name(objects_find(d->objects, object, "Subtype"), "Form") ||
        !layers_show(d->layers, value_get(object, "OC")))
        return;
    draw_form(d, object, matrix_one, c->scope, c->level);
}

/* --- operators --- */

static void draw_state_operator(const struct draw_call *c)
{
    struct draw *d = c->d;
    struct show_state *s = &d->state;
    struct matrix m;
    double n;
    switch (c->content->operator) {
    case CONTENT_1('q'):
        draw_save(d);
        return;
    case CONTENT_1('Q'):
        draw_restore(d, c->floor);
        return;
    case CONTENT_2('c', 'm'):
        if (draw_matrix(c, &m))
            s->ctm = matrix_then(m, s->ctm);
        return;
    case CONTENT_2('g', 's'):
        draw_graphics_state(c);
        return;
    case CONTENT_2('T', 'f'):
        draw_font(c);
        return;
    default:
        break;
    }
    if (!draw_numbers(c, 1, &n))
        return;
    switch (c->content->operator) {
    case CONTENT_2('T', 'c'):
        s->spacing = n;
        break;
    case CONTENT_2('T', 'w'):
        s->word_spacing = n;
        break;
    case CONTENT_2('T', 'z'):
        s->scale = n / 100;
        break;
    case CONTENT_2('T', 'L'):
        s->leading = n;
        break;
    case CONTENT_2('T', 's'):
        s->rise = n;
        break;
    default: /* Tr: text that is not seen is text */
        break;
    }
}

static void draw_text_operator(const struct draw_call *c)
{
    struct draw *d = c->d;
    struct matrix m;
    switch (c->content->operator) {
    case CONTENT_2('B', 'T'):
        show_begin_text(&d->show);
        break;
    case CONTENT_2('T', 'd'):
        draw_move(c, false);
        break;
    case CONTENT_2('T', 'D'):
        draw_move(c, true);
        break;
    case CONTENT_2('T', 'm'):
        if (draw_matrix(c, &m))
            show_set(&d->show, m);
        break;
    case CONTENT_2('T', '*'):
        draw_next_line(d);
        break;
    case CONTENT_2('T', 'j'):
        draw_string(c);
        break;
    case CONTENT_2('T', 'J'):
        draw_strings(c);
        break;
    case CONTENT_1('\''):
        draw_next_line(d);
        draw_string(c);
        break;
    case CONTENT_1('"'):
        draw_spaced_string(c);
        break;
    default:
        break;
    }
}

static void draw_operator(const struct draw_call *c)
{
    struct draw *d = c->d;
    switch (c->content->operator) {
    case CONTENT_2('T', 'd'): case CONTENT_2('T', 'D'): case CONTENT_2('T', 'm'):
    case CONTENT_2('T', '*'): case CONTENT_2('T', 'j'): case CONTENT_2('T', 'J'):
    case CONTENT_2('B', 'T'): case CONTENT_1('\''): case CONTENT_1('"'):
        draw_text_operator(c);
        break;
    case CONTENT_1('q'): case CONTENT_1('Q'): case CONTENT_2('c', 'm'):
    case CONTENT_2('g', 's'): case CONTENT_2('T', 'f'): case CONTENT_2('T', 'c'):
    case CONTENT_2('T', 'w'): case CONTENT_2('T', 'z'): case CONTENT_2('T', 'L'):
    case CONTENT_2('T', 's'): case CONTENT_2('T', 'r'):
        draw_state_operator(c);
        break;
    case CONTENT_2('D', 'o'):
        draw_object(c);
        break;
    case CONTENT_3('B', 'D', 'C'):
        draw_begin_mark(c, true);
        break;
    case CONTENT_3('B', 'M', 'C'):
        draw_begin_mark(c, false);
        break;
    case CONTENT_3('E', 'M', 'C'):
        marks_end(&d->marks, &d->show);
        break;
    case CONTENT_2('B', 'X'): case CONTENT_2('E', 'X'):
        d->compatible = c->content->operator == CONTENT_2('B', 'X');
        break;
    case CONTENT_1('m'): case CONTENT_1('l'): case CONTENT_1('c'): case CONTENT_1('v'):
    case CONTENT_1('y'): case CONTENT_1('h'): case CONTENT_2('r', 'e'):
    case CONTENT_1('S'): case CONTENT_1('s'): case CONTENT_1('f'): case CONTENT_1('F'):
    case CONTENT_2('f', '*'): case CONTENT_1('B'): case CONTENT_2('B', '*'):
    case CONTENT_1('b'): case CONTENT_2('b', '*'): case CONTENT_1('n'):
    case CONTENT_1('W'): case CONTENT_2('W', '*'): case CONTENT_2('C', 'S'):
    case CONTENT_2('c', 's'): case CONTENT_2('S', 'C'): case CONTENT_2('s', 'c'):
    case CONTENT_3('S', 'C', 'N'): case CONTENT_3('s', 'c', 'n'): case CONTENT_1('G'):
    case CONTENT_1('g'): case CONTENT_2('R', 'G'): case CONTENT_2('r', 'g'):
    case CONTENT_1('K'): case CONTENT_1('k'): case CONTENT_1('i'): case CONTENT_1('j'):
    case CONTENT_1('J'): case CONTENT_1('M'): case CONTENT_1('d'): case CONTENT_1('w'):
    case CONTENT_2('r', 'i'): case CONTENT_2('s', 'h'): case CONTENT_2('B', 'I'):
    case CONTENT_2('M', 'P'): case CONTENT_2('D', 'P'): case CONTENT_2('E', 'T'):
    case CONTENT_2('d', '0'): case CONTENT_2('d', '1'):
        break;
    default:
        d->unknown += !d->compatible;
        break;
    }
}

/* Carries out BYTES. */
static void draw_run(struct draw *d, struct span bytes, const struct draw_scope *scope,
                     unsigned level)
{
    struct content *content = d->contents + level;
    struct draw_call call = { d, content, scope, d->depth, level };
    uint32_t marks = d->marks.depth;
    d->bytes += (uint64_t)(bytes.end - bytes.at);
    if (d->bytes > DRAW_BYTES) {
        draw_amiss(d, READER_LIMIT, "too much content");
        return;
    }
    content->nonsense = 0;
    content_begin(content, bytes, d->arena);
    while (content_next(content) && !d->show.over)
        draw_operator(&call);
    marks_end_all(&d->marks, &d->show, marks);
    d->unknown += content->nonsense;
    if (content->over || d->show.over || arena_is_over(d->arena))
        draw_amiss(d, READER_LIMIT, "too much on a page");
}

/* The streams of ARRAY, with a line's end between them, since operators do not go over
 * their ends. */
static void draw_streams(struct draw *d, const struct value *array,
                         const struct draw_scope *scope)
{
    uint32_t count = array->list.count;
    struct span *parts = arena_alloc_array(d->arena, count, sizeof *parts);
    size_t size = 0, at = 0;
    uint64_t before = objects_inflated(d->objects);
    uint32_t n = 0;
    for (; parts && n < count; n++) {
        const struct value *stream = objects_at(d->objects, array, n);
        if (objects_inflated(d->objects) - before > DRAW_BYTES)
            break;
        if (stream->type == VALUE_STREAM && draw_decode(d, stream, parts + n))
            size += (size_t)(parts[n].end - parts[n].at) + 1;
    }
    if (n < count)
        draw_amiss(d, READER_LIMIT, "too much content");
    unsigned char *whole = size ? malloc(size) : NULL;
    if (size && !whole)
        draw_amiss(d, READER_LIMIT, "memory is out");
    for (uint32_t i = 0; i < n; i++) {
        size_t own = (size_t)(parts[i].end - parts[i].at);
        if (!parts[i].at)
            continue;
        if (whole) {
            memcpy(whole + at, parts[i].at, own);
            whole[at + own] = '\n';
            at += own + 1;
        }
        objects_release(d->objects, parts[i]);
    }
    if (whole)
        draw_run(d, (struct span){ whole, whole + at }, scope, 0);
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
    d->bytes = 0;
    d->forms = d->unknown = 0;
    d->compatible = false;
    d->why = (struct reader_why){ READER_NO_REASON, NULL };
    if (contents->type == VALUE_ARRAY && contents->list.count == 1)
        contents = objects_at(d->objects, contents, 0);
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
