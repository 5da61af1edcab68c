/* SPDX-License-Identifier: GPL-3.0-or-later */
/* appearance.c - fields and free text with no appearance, which a reader would have to set
 * in type itself, are a reason to decline the page. */
#include <config.h>

#include "pdf/appearance.h"

#include <math.h>
#include <string.h>

#include "pdf/baseline.h"
#include "pdf/fontstate.h"
#include "pdf/standardfont.h"
#include "pdf/textstring.h"
#include "pdf/why.h"

#define APPEARANCE_ANNOTATIONS 10000
#define APPEARANCE_PARENTS 32

/* Table 165 and 226: flags of annotations and of button fields. */
#define APPEARANCE_INVISIBLE (1 << 0)
#define APPEARANCE_HIDDEN (1 << 1 | 1 << 5)
#define APPEARANCE_RADIO (1 << 15)
#define APPEARANCE_PUSH (1 << 16)
#define APPEARANCE_PASSWORD (1 << 13) /* of text fields */

/* What is drawn into a box or a circle that is on. */
#define APPEARANCE_CHECK 0x2714
#define APPEARANCE_DOT 0x25cf

/* The caption of a button: its size at most and in its height, and where its base line is
 * below the middle, in sizes. */
#define CAPTION_SIZE 12
#define CAPTION_HEIGHT 0.67
#define CAPTION_BELOW 0.35
#define CAPTION_LONGEST 1024

struct appearance {
    struct draw *draw;
    struct draw_scope scope; /* of all fields */
    struct matrix page;
    const struct value *annotation;
    struct pagetree_box rectangle;
    bool anew; /* fields are to be drawn by their values */
    struct baseline baseline;
    size_t labels; /* glyphs of the page's content */
};

/* KEY of a field, or of the field that it belongs to. */
static const struct value *appearance_inherited(struct objects *o, const struct value *v,
                                                const char *key)
{
    for (int i = 0; i < APPEARANCE_PARENTS && v->type == VALUE_DICTIONARY; i++) {
        const struct value *found = objects_find(o, v, key);
        if (found->type != VALUE_NULL)
            return found;
        v = objects_find(o, v, "Parent");
    }
    return &value_null;
}

static bool appearance_box(struct objects *o, const struct value *v, struct pagetree_box *b)
{
    double n[4];
    for (uint32_t i = 0; i < 4; i++)
        n[i] = value_number(objects_at(o, v, i), NAN);
    *b = (struct pagetree_box){ fmin(n[0], n[2]), fmin(n[1], n[3]), fmax(n[0], n[2]),
                             fmax(n[1], n[3]) };
    return isfinite(n[0] + n[1] + n[2] + n[3]);
}

/* The stream that is its normal appearance, in the state that it is in; value_null:
 * there is none. */
static const struct value *appearance_stream(struct objects *o, const struct value *a)
{
    const struct value *n = objects_find(o, objects_find(o, a, "AP"), "N");
    const struct value *state = objects_find(o, a, "AS");
    if (n->type != VALUE_DICTIONARY)
        return n->type == VALUE_STREAM ? n : &value_null;
    objects_charge_entries(o, n->list.count);
    /* The only one needs no name, as poppler has it. */
    if (state->type == VALUE_NULL && n->list.count == 2)
        state = n->list.items;
    for (uint32_t i = 0; state->type == VALUE_NAME && i + 1 < n->list.count; i += 2) {
        struct span key = n->list.items[i].text, name = state->text;
        while (key.at < key.end && name.at < name.end && *key.at == *name.at)
            key.at++, name.at++;
        if (key.at == key.end && name.at == name.end) {
            const struct value *v = objects_resolve(o, n->list.items + i + 1);
            return v->type == VALUE_STREAM ? v : &value_null;
        }
    }
    return &value_null;
}

/* To the rectangle of the annotation, from the stream's box as its matrix turns it. */
static bool appearance_fit(struct objects *o, const struct value *stream,
                           struct pagetree_box to, struct matrix *fit)
{
    const struct value *m = objects_find(o, stream, "Matrix");
    struct pagetree_box box, from = { INFINITY, INFINITY, -INFINITY, -INFINITY };
    double n[6] = { 1, 0, 0, 1, 0, 0 };
    if (!appearance_box(o, objects_find(o, stream, "BBox"), &box))
        return false;
    for (uint32_t i = 0; i < 6 && m->type == VALUE_ARRAY; i++)
        n[i] = value_number(objects_at(o, m, i), 0);
    for (int i = 0; i < 4; i++) {
        double x = i & 1 ? box.x1 : box.x0, y = i & 2 ? box.y1 : box.y0;
        double tx = n[0] * x + n[2] * y + n[4], ty = n[1] * x + n[3] * y + n[5];
        from.x0 = fmin(from.x0, tx), from.x1 = fmax(from.x1, tx);
        from.y0 = fmin(from.y0, ty), from.y1 = fmax(from.y1, ty);
    }
    double wide = from.x1 > from.x0 ? (to.x1 - to.x0) / (from.x1 - from.x0) : 1;
    double high = from.y1 > from.y0 ? (to.y1 - to.y0) / (from.y1 - from.y0) : 1;
    *fit = (struct matrix){ wide, 0, 0, high, to.x0 - wide * from.x0,
                            to.y0 - high * from.y0 };
    return true;
}

/* Adds the glyph of CODE in box B of the page's space, if that is on the page. */
static void appearance_glyph(const struct appearance *a, uint32_t code, double size,
                             struct pagetree_box b)
{
    const struct matrix *m = &a->page;
    struct show *s = &a->draw->show;
    double x0 = m->a * b.x0 + m->c * b.y0 + m->e, y0 = m->b * b.x0 + m->d * b.y0 + m->f;
    double x1 = m->a * b.x1 + m->c * b.y1 + m->e, y1 = m->b * b.x1 + m->d * b.y1 + m->f;
    struct glyph g = {
        .x0 = (float)fmin(x0, x1), .x1 = (float)fmax(x0, x1),
        .y0 = (float)fmin(y0, y1), .y1 = (float)fmax(y0, y1),
        .size = (float)size, .code = code,
    };
    double x = (x0 + x1) / 2, y = (y0 + y1) / 2;
    if (size > 0 && x >= 0 && x <= s->width && y >= 0 && y <= s->height)
        show_add(s, &g);
}

/* A sign in the middle of the rectangle. */
static void appearance_sign(const struct appearance *a, uint32_t code)
{
    struct pagetree_box r = a->rectangle;
    double x = (r.x0 + r.x1) / 2, y = (r.y0 + r.y1) / 2;
    double half = fmin(fmin(r.x1 - r.x0, r.y1 - r.y0), 12) / 2;
    appearance_glyph(a, code, 2 * half,
                     (struct pagetree_box){ x - half, y - half, x + half, y + half });
}

/* A button that is on shows a sign. Fonts of signs are often taken for others: a letter
 * that stands for one is none. BEFORE: the glyphs there were before it was drawn. */
static void appearance_button(const struct appearance *a, uint32_t sign, size_t before)
{
    struct show *s = &a->draw->show;
    for (size_t i = before; i < s->count; i++)
        if (s->glyphs[i].code >= 0x80)
            return;
    s->count = before;
    appearance_sign(a, sign);
}

/* Whether a button is on, of a field with FLAGS; its sign. */
static bool appearance_is_on(struct objects *o, const struct value *a, int64_t flags,
                             uint32_t *sign)
{
    const struct value *state = objects_find(o, a, "AS");
    *sign = flags & APPEARANCE_RADIO ? APPEARANCE_DOT : APPEARANCE_CHECK;
    return !(flags & APPEARANCE_PUSH) && state->type == VALUE_NAME &&
           !value_is_name(state, "Off");
}

/* A push button that is not drawn shows its caption, in the middle, in Helvetica. */
static void appearance_caption(const struct appearance *a)
{
    struct draw *d = a->draw;
    struct objects *o = d->objects;
    const struct standardfont *font = standardfont_like(0);
    const struct value *caption = objects_find(o, objects_find(o, a->annotation, "MK"), "CA");
    const char *text = textstring_read(o, caption, d->arena, NULL), *end = text;
    struct pagetree_box r = a->rectangle;
    double whole = 0, above, below, size = fmin((r.y1 - r.y0) * CAPTION_HEIGHT, CAPTION_SIZE);
    uint32_t code;
    standardfont_describe(font, &above, &below);
    for (int i = 0; end && i < CAPTION_LONGEST && textstring_next(&end, &code); i++)
        whole += standardfont_width(font, code, code) / 1000;
    if (whole * size > r.x1 - r.x0)
        size = (r.x1 - r.x0) / whole;
    double x = (r.x0 + r.x1 - whole * size) / 2;
    double y = (r.y0 + r.y1) / 2 - CAPTION_BELOW * size;
    while (text && text < end && textstring_next(&text, &code)) {
        double width = standardfont_width(font, code, code) / 1000 * size;
        struct pagetree_box b = { x, y + below * size, x + width, y + above * size };
        if (font_is_readable(code))
            appearance_glyph(a, code, size, b);
        x += width;
    }
}

static bool appearance_is_empty(const struct value *v)
{
    return v->type == VALUE_STRING  ? v->text.at == v->text.end
           : v->type == VALUE_ARRAY ? v->list.count == 0
                                    : v->type != VALUE_STREAM && v->type != VALUE_NAME;
}

/* The page is declined for DETAIL of this field. */
static void appearance_amiss(const struct appearance *a, const char *detail)
{
    struct draw *d = a->draw;
    const struct value *name = objects_find(d->objects, a->annotation, "T");
    if (draw_amiss(d, READER_FEATURE, detail) && name->type == VALUE_STRING)
        why_tell(&d->why, "field", objects_string(d->objects, name, d->arena));
}

/* There is nothing to draw of what has a text. */
static void appearance_is_missing(const struct appearance *a, bool widget)
{
    struct objects *o = a->draw->objects;
    const struct value *text = widget ? appearance_inherited(o, a->annotation, "V")
                                      : objects_find(o, a->annotation, "Contents");
    if (!appearance_is_empty(text))
        appearance_amiss(a, "a form field without appearance");
}

/* Whether the glyphs from BEFORE on say what the string V says, blanks aside. */
static bool appearance_says(const struct appearance *a, const struct value *v, size_t before)
{
    const struct show *s = &a->draw->show;
    const char *text = textstring_read(a->draw->objects, v, a->draw->arena, NULL);
    uint32_t code = 0;
    size_t i = before;
    for (;;) {
        while (i < s->count && s->glyphs[i].code <= ' ')
            i++;
        bool more;
        while ((more = text && textstring_next(&text, &code)) && code <= ' ')
            ;
        if (!more || i == s->count || s->glyphs[i].code != code)
            return !more && i == s->count;
        i++;
    }
}

/* Readers that are told to draw fields anew do so; if the value is another one by now
 * another engine tells it. */
static void appearance_is_old(const struct appearance *a, size_t before)
{
    const struct value *v = appearance_inherited(a->draw->objects, a->annotation, "V");
    if (a->anew && v->type == VALUE_STRING && !appearance_says(a, v, before))
        appearance_amiss(a, "a form field that is to be drawn anew");
}

/* What a field shows is read in the line of its label. */
static void appearance_settle(struct appearance *a, size_t before)
{
    struct pagetree_box r = a->rectangle;
    struct matrix m = a->page;
    double one = m.a * r.x0 + m.c * r.y0 + m.e, other = m.a * r.x1 + m.c * r.y1 + m.e;
    baseline_settle(&a->baseline, a->draw->arena, &a->draw->show, a->labels, before,
                    fmin(one, other), fmax(one, other));
}

static void appearance_one(struct appearance *a, const struct value *subtype)
{
    struct draw *d = a->draw;
    struct objects *o = d->objects;
    bool widget = value_is_name(subtype, "Widget");
    const struct value *stream = appearance_stream(o, a->annotation);
    const struct value *type =
        widget ? appearance_inherited(o, a->annotation, "FT") : &value_null;
    bool button = value_is_name(type, "Btn");
    int64_t flags = widget ? value_integer(appearance_inherited(o, a->annotation, "Ff"), 0) : 0;
    struct matrix fit;
    uint32_t sign;
    size_t before = d->show.count;
    if (value_is_name(type, "Tx") && flags & APPEARANCE_PASSWORD)
        return;
    if (stream->type == VALUE_STREAM && appearance_fit(o, stream, a->rectangle, &fit)) {
        d->state = show_start(a->page);
        draw_form(d, stream, fit, &a->scope, 0);
        if (value_is_name(type, "Tx") || value_is_name(type, "Ch"))
            appearance_is_old(a, before);
    } else if (!button && (widget || value_is_name(subtype, "FreeText"))) {
        appearance_is_missing(a, widget);
    } else if (button && flags & APPEARANCE_PUSH) {
        appearance_caption(a);
    }
    if (button && appearance_is_on(o, a->annotation, flags, &sign))
        appearance_button(a, sign, before);
    if (widget && d->show.turn == SHOW_RIGHT)
        appearance_settle(a, before);
}

/* Of the types that every viewer knows (12.5.6.1). */
static bool appearance_is_known(const struct value *subtype)
{
    static const char *const known[] = {
        "Widget", "Stamp", "FreeText", "Text", "Link", "Line", "Square", "Circle", "Polygon",
        "PolyLine", "Highlight", "Underline", "Squiggly", "StrikeOut", "Caret", "Ink",
        "FileAttachment", "Sound", "Movie", "Screen", "PrinterMark", "TrapNet", "Watermark",
        "3D", "Redact", "RichMedia", "Projection",
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (value_is_name(subtype, known[i]))
            return true;
    return false;
}

/* "Invisible" is for those of unknown types only (12.5.3); others hide all by it, or
 * none. */
static bool appearance_is_seen(struct draw *d, const struct value *annotation,
                               const struct value *subtype)
{
    int64_t flags = value_integer(objects_find(d->objects, annotation, "F"), 0);
    return !(flags & APPEARANCE_HIDDEN) &&
           !(flags & APPEARANCE_INVISIBLE && !appearance_is_known(subtype)) &&
           layers_show(d->layers, value_get(annotation, "OC"));
}

/* Whether ANNOTATION can be told at a glance to show nothing: links are half of a
 * manual's objects, and few have an appearance. */
static bool appearance_is_bare(struct objects *o, const struct value *annotation)
{
    struct span s, key, value;
    bool link = false;
    if (!objects_peek(o, annotation, &s))
        return false;
    const unsigned char *start = s.at;
    syntax_skip_space(&s);
    bool good = s.end - s.at > 2 && s.at[0] == '<' && s.at[1] == '<';
    s.at += good ? 2 : 0;
    while (good && syntax_entry(&s, &key, &value)) {
        good = !memchr(key.at, '#', (size_t)(key.end - key.at)) && !syntax_is(key, "AP");
        if (!syntax_is(key, "Subtype"))
            continue;
        good &= !link;
        link = syntax_is(value, "/Link");
    }
    objects_charge(o, (uint64_t)(s.at - start));
    return good && link && s.end - s.at > 2 && s.at[0] == '>' && s.at[1] == '>';
}

void appearance_draw(struct draw *d, const struct pagetree_page *page)
{
    struct objects *o = d->objects;
    const struct value *list = objects_find(o, page->dictionary, "Annots");
    if (list->type != VALUE_ARRAY)
        return;
    double width, height;
    struct draw_scope outer = { page->resources, NULL };
    struct appearance a = { .draw = d, .scope = { &value_null, &outer },
                            .page = draw_size(page, &width, &height),
                            .labels = d->show.count };
    const struct value *form = NULL;
    for (uint32_t i = 0; i < list->list.count && !draw_is_over(d); i++) {
        if (i == APPEARANCE_ANNOTATIONS) {
            draw_amiss(d, READER_LIMIT, "too many annotations");
            return;
        }
        if (appearance_is_bare(o, value_at(list, i)))
            continue;
        a.annotation = objects_at(o, list, i);
        const struct value *subtype = objects_find(o, a.annotation, "Subtype");
        /* The windows of notes are closed. */
        if (value_is_name(subtype, "Popup") ||
            !appearance_is_seen(d, a.annotation, subtype) ||
            !appearance_box(o, objects_find(o, a.annotation, "Rect"), &a.rectangle) ||
            !(a.rectangle.x1 > a.rectangle.x0 && a.rectangle.y1 > a.rectangle.y0))
            continue;
        if (!form) {
            form = objects_find(o, objects_find(o, objects_trailer(o), "Root"), "AcroForm");
            a.scope.resources = objects_find(o, form, "DR");
            const struct value *anew = objects_find(o, form, "NeedAppearances");
            a.anew = anew->type == VALUE_BOOLEAN && anew->boolean;
        }
        appearance_one(&a, subtype);
    }
}
