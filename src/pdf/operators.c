/* SPDX-License-Identifier: GPL-3.0-or-later */
/* operators.c - those that text needs; all others are passed over, and those that nobody
 * knows are counted. */
#include <config.h>

#include <string.h>

#include "pdf/drawcall.h"
#include "pdf/why.h"

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

static uint32_t draw_entries(const struct value *v)
{
    return v->type == VALUE_DICTIONARY ? v->list.count / 2 : 0;
}

/* NAME in the resources of KIND; value_null: it is not there. */
static const struct value *draw_resource(struct draw *d, const struct draw_scope *scope,
                                         const char *kind, struct span name)
{
    for (; scope; scope = scope->outer) {
        const struct value *all = objects_find(d->objects, scope->resources, kind);
        objects_charge_entries(d->objects, draw_entries(all));
        const struct value *found = draw_entry(all, name);
        if (found)
            return found;
    }
    return &value_null;
}

/* For fonts that are missing: one of which nothing is known has the standard encoding. */
static const struct font *draw_stand_in(struct draw *d)
{
    static const struct value unknown = { .type = VALUE_DICTIONARY };
    if (!d->stand_in)
        d->stand_in = fonts_get(d->fonts, &unknown, &unknown);
    return d->stand_in;
}

static void draw_set_font(struct draw *d, const struct value *reference, double size)
{
    const struct value *dictionary = objects_resolve(d->objects, reference);
    d->state.font = dictionary->type == VALUE_DICTIONARY
                        ? fonts_get(d->fonts, reference, dictionary)
                        : draw_stand_in(d);
    d->state.size = size;
    draw_is_over(d);
}

/* --- operands --- */

/* The last N operands, which are numbers. */
static bool draw_numbers(const struct draw_call *c, size_t n, double *numbers)
{
    if (c->content->count < n)
        return false;
    const struct content_operand *o = c->content->operands + c->content->count - n;
    for (size_t i = 0; i < n; i++) {
        if (o[i].kind != CONTENT_NUMBER)
            return false;
        numbers[i] = content_value(o + i);
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

/* gs: the font matters, and what a soft mask draws, which renderers take for text. */
static void draw_graphics_state(const struct draw_call *c)
{
    struct draw *d = c->d;
    const struct content_operand *name = draw_last(c, CONTENT_NAME);
    if (!name)
        return;
    const struct value *state = objects_resolve(
        d->objects, draw_resource(d, c->scope, "ExtGState", name->text));
    const struct value *font = objects_find(d->objects, state, "Font");
    draw_is_over(d);
    if (font->type == VALUE_ARRAY)
        draw_set_font(d, value_at(font, 0), value_number(objects_at(d->objects, font, 1), 0));
    const struct value *mask = objects_find(d->objects, state, "SMask");
    const struct value *group = objects_find(d->objects, mask, "G");
    if (group->type != VALUE_STREAM || group == d->mask)
        return;
    d->mask = group;
    draw_form(d, group, matrix_one, c->scope, c->level);
}

static void draw_font(const struct draw_call *c)
{
    const struct content *k = c->content;
    if (k->count < 2 || k->operands[k->count - 2].kind != CONTENT_NAME ||
        k->operands[k->count - 1].kind != CONTENT_NUMBER)
        return;
    draw_set_font(c->d,
                  draw_resource(c->d, c->scope, "Font", k->operands[k->count - 2].text),
                  content_value(k->operands + k->count - 1));
}

/* --- text --- */

/* Whether COUNT operands from O on may be text in the standard encoding: codes of two
 * bytes, and those of most other encodings, are not. */
static bool draw_is_plain(const struct content_operand *o, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (o[i].kind != CONTENT_STRING)
            continue;
        for (const unsigned char *at = o[i].text.at; at < o[i].text.end; at++)
            if (*at < ' ' || *at > '~')
                return false;
    }
    return true;
}

static void draw_show(struct draw *d, const struct content_operand *o, size_t count)
{
    if (d->state.font && d->state.font == d->stand_in && !d->show.hidden) {
        d->flaw = "a font is missing: its text may be wrong or lost";
        if (!draw_is_plain(o, count))
            return;
    }
    show_strings(&d->show, &d->state, o, count);
}

static void draw_strings(const struct draw_call *c)
{
    const struct content *k = c->content;
    size_t at = 0;
    while (at < k->count && k->operands[at].kind != CONTENT_ARRAY)
        at++;
    if (++at < k->count)
        draw_show(c->d, k->operands + at, k->count - at);
}

static void draw_string(const struct draw_call *c)
{
    const struct content_operand *string = draw_last(c, CONTENT_STRING);
    if (string)
        draw_show(c->d, string, 1);
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
    c->d->state.word_spacing = content_value(k->operands + k->count - 3);
    c->d->state.spacing = content_value(k->operands + k->count - 2);
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
    draw_is_over(d);
}

static void draw_object(const struct draw_call *c)
{
    struct draw *d = c->d;
    const struct content_operand *name = draw_last(c, CONTENT_NAME);
    if (!name)
        return;
    const struct value *object = objects_resolve(
        d->objects, draw_resource(d, c->scope, "XObject", name->text));
    if (draw_is_over(d) || object->type != VALUE_STREAM ||
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

/* Those of one letter that draw, most of all that there are. */
const bool draw_passed[256] = {
    ['m'] = true, ['l'] = true, ['c'] = true, ['v'] = true, ['y'] = true, ['h'] = true,
    ['S'] = true, ['s'] = true, ['f'] = true, ['F'] = true, ['B'] = true, ['b'] = true,
    ['n'] = true, ['W'] = true, ['G'] = true, ['g'] = true, ['K'] = true, ['k'] = true,
    ['i'] = true, ['j'] = true, ['J'] = true, ['M'] = true, ['d'] = true, ['w'] = true,
};

/* The first one that has a name is kept by it. */
static void draw_unknown(struct draw *d, const struct content *c)
{
    struct reader_why why = { 0 };
    unsigned char letters[3];
    struct span name = { letters, letters };
    d->unknown++;
    if (*d->stranger)
        return;
    for (int shift = 16; shift >= 0; shift -= 8)
        if (c->operator >> shift & 0xFF)
            letters[name.end++ - name.at] = (unsigned char)(c->operator >> shift);
    why_tell(&why, "", c->operator == CONTENT_UNKNOWN ? c->word : name);
    memcpy(d->stranger, why.what, sizeof why.what);
}

void draw_operator(const struct draw_call *c)
{
    struct draw *d = c->d;
    uint32_t operator = c->content->operator;
    switch (operator) {
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
    case CONTENT_2('r', 'e'): case CONTENT_2('f', '*'): case CONTENT_2('B', '*'):
    case CONTENT_2('b', '*'): case CONTENT_2('W', '*'): case CONTENT_2('C', 'S'):
    case CONTENT_2('c', 's'): case CONTENT_2('S', 'C'): case CONTENT_2('s', 'c'):
    case CONTENT_3('S', 'C', 'N'): case CONTENT_3('s', 'c', 'n'):
    case CONTENT_2('R', 'G'): case CONTENT_2('r', 'g'): case CONTENT_2('r', 'i'):
    case CONTENT_2('s', 'h'): case CONTENT_2('B', 'I'): case CONTENT_2('M', 'P'):
    case CONTENT_2('D', 'P'): case CONTENT_2('E', 'T'): case CONTENT_2('d', '0'):
    case CONTENT_2('d', '1'):
        break;
    default:
        if (!d->compatible && !(operator < 256 && draw_passed[operator]))
            draw_unknown(d, c->content);
        break;
    }
}
