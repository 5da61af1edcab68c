/* SPDX-License-Identifier: GPL-3.0-or-later */
/* show.c - which way a line runs is told in quarters of a turn, as poppler does: boxes
 * have no angle. What is drawn twice to be bold, or to have a shadow, is given once. */
#include <config.h>

#include "pdf/show.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "pdf/rtl.h"

/* No page is larger. */
#define SHOW_PAGE 1e6
void show_begin(struct show *s, double width, double height)
{
    s->count = s->bytes = 0;
    s->width = fmin(width, SHOW_PAGE);
    s->height = fmin(height, SHOW_PAGE);
    s->hidden = s->whole = s->over = s->accents = false;
    s->text = s->line = matrix_one;
    s->shown = 0;
    s->unmeant = (struct show_unmeant){ 0 };
    s->doubtful = NULL;
    copies_begin(&s->copies);
}

struct show_state show_start(struct matrix ctm)
{
    return (struct show_state){ .ctm = ctm, .scale = 1 };
}

void show_free(struct show *s)
{
    free(s->glyphs);
    copies_free(&s->copies);
    *s = (struct show){ 0 };
}

void show_begin_text(struct show *s)
{
    s->text = s->line = matrix_one;
}

void show_move(struct show *s, double x, double y)
{
    s->line.e += x * s->line.a + y * s->line.c;
    s->line.f += x * s->line.b + y * s->line.d;
    s->text = s->line;
}

void show_set(struct show *s, struct matrix m)
{
    s->text = s->line = m;
}

bool show_reserve(struct show *s, size_t count)
{
    if (s->room - s->count >= count)
        return true;
    size_t room = s->room ? 2 * s->room : 4096;
    while (room - s->count < count)
        room *= 2;
    struct glyph *more =
        room > SHOW_GLYPHS ? NULL : realloc(s->glyphs, room * sizeof *more);
    if (!more) {
        s->over = true;
        return false;
    }
    s->glyphs = more;
    s->room = room;
    return true;
}

void show_add(struct show *s, const struct glyph *glyph)
{
    s->accents |= accents_may_be(glyph->code);
    if (show_reserve(s, 1))
        s->glyphs[s->count++] = *glyph;
}

/* Moves on by X along the line, or Y across it, in text space. */
static void show_advance(struct show *s, double x, double y)
{
    s->text.e += x * s->text.a + y * s->text.c;
    s->text.f += x * s->text.b + y * s->text.d;
}

/* A number within TJ, in thousandths. */
static void show_adjust(struct show *s, const struct show_state *state, double by)
{
    double move = -by / 1000 * state->size;
    if (state->font && font_is_vertical(state->font))
        show_advance(s, 0, move);
    else
        show_advance(s, move * state->scale, 0);
}

static enum show_turn show_turn(const struct show_run *r)
{
    if (fabs(r->along_x * r->up_y) > fabs(r->along_y * r->up_x))
        return r->along_x > 0 || r->up_y < 0 ? SHOW_RIGHT : SHOW_LEFT;
    return r->up_x > 0 ? SHOW_DOWN : SHOW_UP;
}

/* Whether places on the page are numbers that text may have. */
static bool show_is_sound(const struct show_run *r)
{
    double largest = fmax(fmax(fabs(r->along_x), fabs(r->along_y)),
                          fmax(fabs(r->up_x), fabs(r->up_y)));
    return largest < SHOW_LARGE && fabs(r->ascent) < SHOW_LARGE &&
           fabs(r->descent) < SHOW_LARGE;
}

static void show_begin_run(struct show *s, const struct show_state *state)
{
    struct show_run *r = &s->run;
    double wide = state->size * state->scale;
    struct matrix m = matrix_then(s->text, state->ctm);
    r->to = m;
    r->rise_x = state->rise * m.c;
    r->rise_y = state->rise * m.d;
    r->along_x = wide * m.a;
    r->along_y = wide * m.b;
    r->up_x = state->size * m.c;
    r->up_y = state->size * m.d;
    r->vertical = font_is_vertical(state->font);
    double size = r->up_x == 0 ? fabs(r->up_y) : hypot(r->up_x, r->up_y);
    size *= font_scale(state->font);
    r->ascent = font_ascent(state->font) * size;
    r->descent = font_descent(state->font) * size;
    r->turn = show_turn(r);
    r->size = size < SHOW_LARGE ? (float)size : 0;
    r->sound = show_is_sound(r);
}

/* Where the next string begins on the page, after those before it and what is between. */
static void show_begin_string(struct show *s, const struct show_state *state)
{
    struct show_run *r = &s->run;
    const struct matrix *t = &s->text, *c = &state->ctm;
    r->to.e = t->e * c->a + t->f * c->c + c->e + r->rise_x;
    r->to.f = t->e * c->b + t->f * c->d + c->f + r->rise_y;
    r->x = r->to.e;
    r->y = r->to.f;
}

static void show_box(struct glyph *to, double x0, double y0, double x1, double y1)
{
    to->x0 = (float)(x0 < x1 ? x0 : x1);
    to->x1 = (float)(x0 < x1 ? x1 : x0);
    to->y0 = (float)(y0 < y1 ? y0 : y1);
    to->y1 = (float)(y0 < y1 ? y1 : y0);
}

/* The box of a glyph whose advance on the page is DX, DY. */
static void show_place(const struct show_run *r, double dx, double dy,
                       struct glyph *to)
{
    double x = r->x, y = r->y;
    switch (r->turn) {
    case SHOW_RIGHT:
        show_box(to, x, y - r->ascent, x + dx, y - r->descent);
        break;
    case SHOW_LEFT:
        show_box(to, x, y + r->descent, x + dx, y + r->ascent);
        break;
    case SHOW_DOWN:
        show_box(to, x + r->descent, y, x + r->ascent, y + dy);
        break;
    default:
        show_box(to, x - r->ascent, y, x - r->descent, y + dy);
        break;
    }
}

/* The box of a glyph of vertical writing: its advance high, from its origin on. */
static void show_place_vertical(const struct show_run *r, const struct font_glyph *g,
                                struct glyph *to)
{
    double x = r->x - g->origin_x * r->along_x, y = r->y - g->origin_x * r->along_y;
    show_box(to, x, y, x + g->width * r->along_x + g->down * r->up_x,
             y + g->width * r->along_y + g->down * r->up_y);
}

struct glyph show_part(const struct glyph *glyph, enum show_turn turn,
                              size_t at, size_t count)
{
    struct glyph part = *glyph;
    bool across = turn == SHOW_RIGHT || turn == SHOW_LEFT;
    float *from = across ? &part.x0 : &part.y0, *to = across ? &part.x1 : &part.y1;
    float step = (*to - *from) / (float)count;
    *from += step * (float)(turn == SHOW_LEFT || turn == SHOW_UP ? count - 1 - at : at);
    *to = *from + step;
    return part;
}

void show_split(struct show *s, enum show_turn turn, const uint32_t *unicode, size_t count)
{
    struct glyph *to = s->glyphs + s->count, whole = *to;
    for (size_t i = 0; i < count; i++) {
        to[i] = show_part(&whole, turn, i, count);
        to[i].marks = i > 0 ? GLYPH_SAID : 0;
        to[i].code = unicode[i];
    }
    if (rtl_is(*unicode) && turn == SHOW_RIGHT)
        rtl_turn(to, count);
    s->count += count;
}

/* Adds what G says; more than one character share its box, and none have it, too. */
static void show_glyph(struct show *s, const struct show_run *r,
                       const struct font_glyph *g)
{
    double dx = g->width * r->along_x, dy = g->width * r->along_y;
    if (!(fabs(dx) < SHOW_LARGE && fabs(dy) < SHOW_LARGE))
        dx = dy = 0;
    /* As poppler has it; false, too, for what is no number. */
    if (!(r->x + dx >= 0 && r->x <= s->width && r->y + dy >= 0 && r->y <= s->height) ||
        !show_reserve(s, g->count ? g->count : 1))
        return;
    struct glyph *to = s->glyphs + s->count;
    if (!r->vertical)
        show_place(r, dx, dy, to);
    else if (fabs(g->origin_x) < SHOW_LARGE && fabs(g->down) < SHOW_LARGE)
        show_place_vertical(r, g, to);
    else
        return;
    to->size = r->size;
    to->marks = 0;
    to->code = g->count ? g->unicode[0] : 0;
    s->accents |= g->count > 1 || accents_may_be(to->code);
    if (g->count < 2)
        s->count++;
    else
        show_split(s, r->turn, g->unicode, g->count);
}

/* A string. */
static void show_string(struct show *s, const struct show_state *state, struct span bytes)
{
    struct show_run *r = &s->run;
    bool seen = !s->hidden && r->sound;
    size_t first = s->count;
    double x = 0, y = 0; /* how far, in text space */
    struct font_glyph g;
    show_begin_string(s, state);
    s->turn = r->vertical ? SHOW_DOWN : r->turn;
    uint32_t unmapped = s->unmeant.codes;
    if (seen)
        show_doubt(s, state->font);
    while (font_next(state->font, &bytes, &g)) {
        double more = state->spacing + (g.space ? state->word_spacing : 0);
        s->shown += seen;
        s->unmeant.codes += seen && g.unmapped;
        s->unmeant.lost |= seen && g.lost;
        if (seen && (g.count || s->whole))
            show_glyph(s, r, &g);
        if (r->vertical)
            y += g.down * state->size + more;
        else
            x += (g.width * state->size + more) * state->scale;
        r->x = r->to.e + x * r->to.a + y * r->to.c;
        r->y = r->to.f + x * r->to.b + y * r->to.d;
    }
    show_advance(s, x, y);
    if (s->unmeant.codes > unmapped && !s->unmeant.strange)
        s->unmeant.strange = state->font;
    if (s->count > first && !s->whole && copies_has(&s->copies, s->glyphs, first, s->count))
        s->count = first;
}

void show_strings(struct show *s, const struct show_state *state,
                  const struct content_operand *items, size_t count)
{
    if (state->font) {
        show_begin_run(s, state);
        if (show_level(s, state, items, count))
            return;
    }
    for (const struct content_operand *o = items; o < items + count; o++)
        if (o->kind == CONTENT_NUMBER)
            show_adjust(s, state, content_value(o));
        else if (o->kind == CONTENT_STRING && show_takes(s, o->text) && state->font)
            show_string(s, state, o->text);
}
