/* SPDX-License-Identifier: GPL-3.0-or-later */
/* show.c - which way a line runs is told in quarters of a turn, as poppler does: boxes
 * have no angle. What is drawn twice to be bold, or to have a shadow, is given once. */
#include <config.h>

#include "pdf/show.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Nothing larger is text; it also keeps what is computed from it finite. */
#define SHOW_LARGE 1e7
/* No page is larger. */
#define SHOW_PAGE 1e6
/* A copy stands no farther off: along the line and across it, in sizes of the font;
 * poppler's figures. */
#define SHOW_COPY_ALONG 0.1f
#define SHOW_COPY_ACROSS 0.2f
/* Places are told apart by cells so wide and high, in sizes of the font, which are taken
 * for the next power of two: twice what a copy may be off. */
#define SHOW_CELL_WIDE 0.25f
#define SHOW_CELL_HIGH 0.5f
/* Sizes that differ by less are of one power. */
#define SHOW_CELL_SIZE 1.001f
/* Cells are counted so far. */
#define SHOW_FAR 1e9f
/* Strings that may be kept for one place. */
#define SHOW_PLACES 4

void show_begin(struct show *s, double width, double height)
{
    s->count = s->bytes = 0;
    s->width = fmin(width, SHOW_PAGE);
    s->height = fmin(height, SHOW_PAGE);
    s->hidden = s->whole = s->over = false;
    s->text = s->line = matrix_one;
    s->shown = s->unmapped = 0;
    s->doubt = NULL;
    if (s->strings)
        memset(s->strings, 0, SHOW_STRINGS * sizeof *s->strings);
    else
        s->strings = calloc(SHOW_STRINGS, sizeof *s->strings);
}

struct show_state show_start(struct matrix ctm)
{
    return (struct show_state){ .ctm = ctm, .scale = 1 };
}

void show_free(struct show *s)
{
    free(s->glyphs);
    free(s->strings);
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

/* Room for COUNT more. */
static bool show_reserve(struct show *s, size_t count)
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
    if (show_reserve(s, 1))
        s->glyphs[s->count++] = *glyph;
}

static struct matrix show_device(const struct show *s, const struct show_state *state)
{
    struct matrix m = matrix_then(s->text, state->ctm);
    m.e += state->rise * m.c;
    m.f += state->rise * m.d;
    return m;
}

/* Moves on by X along the line, or Y across it, in text space. */
static void show_advance(struct show *s, double x, double y)
{
    s->text.e += x * s->text.a + y * s->text.c;
    s->text.f += x * s->text.b + y * s->text.d;
}

void show_adjust(struct show *s, const struct show_state *state, double by)
{
    double move = -by / 1000 * state->size;
    if (state->font && font_is_vertical(state->font))
        show_advance(s, 0, move);
    else
        show_advance(s, move * state->scale, 0);
}

/* One string: what its glyphs have in common. */
struct show_run {
    double along_x, along_y; /* an em on the page, in the direction of the line */
    double up_x, up_y;       /* and an em upwards */
    double ascent, descent;  /* points */
    double x, y;             /* where the next glyph begins */
    float size;
    enum show_turn turn;
    bool vertical;
};

static enum show_turn show_turn(const struct show_run *r)
{
    if (fabs(r->along_x * r->up_y) > fabs(r->along_y * r->up_x))
        return r->along_x > 0 || r->up_y < 0 ? SHOW_RIGHT : SHOW_LEFT;
    return r->up_x > 0 ? SHOW_DOWN : SHOW_UP;
}

static struct show_run show_run(const struct show_state *state, struct matrix m)
{
    double wide = state->size * state->scale;
    struct show_run r = {
        .along_x = wide * m.a, .along_y = wide * m.b,
        .up_x = state->size * m.c, .up_y = state->size * m.d,
        .x = m.e, .y = m.f,
        .vertical = font_is_vertical(state->font),
    };
    double size = hypot(r.up_x, r.up_y) * font_scale(state->font);
    r.ascent = font_ascent(state->font) * size;
    r.descent = font_descent(state->font) * size;
    r.turn = show_turn(&r);
    r.size = size < SHOW_LARGE ? (float)size : 0;
    return r;
}

static bool show_is_sound(const struct show_run *r)
{
    double largest = fmax(fmax(fabs(r->along_x), fabs(r->along_y)),
                          fmax(fabs(r->up_x), fabs(r->up_y)));
    return largest < SHOW_LARGE && fabs(r->ascent) < SHOW_LARGE &&
           fabs(r->descent) < SHOW_LARGE;
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

/* Adds what G says; more than one character share its box. */
static void show_glyph(struct show *s, const struct show_run *r,
                       const struct font_glyph *g)
{
    double dx = g->width * r->along_x, dy = g->width * r->along_y;
    if (!(fabs(dx) < SHOW_LARGE && fabs(dy) < SHOW_LARGE))
        dx = dy = 0;
    /* As poppler has it; false, too, for what is no number. */
    if (!(r->x + dx >= 0 && r->x <= s->width && r->y + dy >= 0 && r->y <= s->height) ||
        !show_reserve(s, g->count))
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
    to->code = g->unicode[0];
    s->count += g->count;
    if (g->count == 1)
        return;
    struct glyph whole = *to;
    for (uint8_t i = 0; i < g->count; i++) {
        to[i] = show_part(&whole, r->turn, i, g->count);
        to[i].code = g->unicode[i];
    }
}

static bool show_is_blank(const struct glyph *g)
{
    return g->code == ' ' || g->code == 0xa0;
}

static bool show_is_same(const struct glyph *a, const struct glyph *b)
{
    float along = SHOW_COPY_ALONG * a->size, across = SHOW_COPY_ACROSS * a->size;
    return a->code == b->code && fabsf(a->x0 - b->x0) <= along &&
           fabsf(a->y0 - b->y0) <= across;
}

/* Whether the glyphs from FIRST on are the same as COUNT others from AT on. */
static bool show_is_copy_of(const struct show *s, size_t first, size_t at)
{
    size_t count = s->count - first;
    if (at + count > first)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!show_is_same(s->glyphs + at + i, s->glyphs + first + i))
            return false;
    return true;
}

/* The first of the places where a string at X, Y is kept that begins with CODE. SIZE is
 * that of a cell. */
static uint32_t show_place_of(uint32_t code, float x, float y, float size)
{
    float column = fmaxf(fminf(x / (SHOW_CELL_WIDE * size), SHOW_FAR), -SHOW_FAR);
    float row = fmaxf(fminf(y / (SHOW_CELL_HIGH * size), SHOW_FAR), -SHOW_FAR);
    uint32_t hash = code * 2654435761u ^ (uint32_t)(int32_t)column * 40503u ^
                    (uint32_t)(int32_t)row * 2246822519u;
    return hash ^ hash >> 15;
}

/* Whether a string that is kept from PLACE on is the same as that which begins at AT. */
static bool show_has(const struct show *s, uint32_t place, size_t at)
{
    for (uint32_t i = 0; i < SHOW_PLACES; i++) {
        uint32_t other = s->strings[(place + i) % SHOW_STRINGS];
        if (!other)
            return false;
        if (show_is_copy_of(s, at, other - 1))
            return true;
    }
    return false;
}

static void show_keep(struct show *s, uint32_t place, size_t at)
{
    uint32_t i = 0;
    while (i < SHOW_PLACES && s->strings[(place + i) % SHOW_STRINGS])
        i++;
    s->strings[(place + i % SHOW_PLACES) % SHOW_STRINGS] = (uint32_t)at + 1;
}

/* Drops the glyphs from FIRST on if the page has them already. */
static void show_drop_copy(struct show *s, size_t first)
{
    size_t at = first;
    while (at < s->count && show_is_blank(s->glyphs + at))
        at++;
    if (at == s->count || s->whole || !s->strings)
        return;
    const struct glyph *g = s->glyphs + at;
    int power;
    frexpf(SHOW_CELL_SIZE * g->size, &power);
    float cell = ldexpf(1, power);
    float along = SHOW_COPY_ALONG * g->size, across = SHOW_COPY_ACROSS * g->size;
    for (int i = 0; i < 4; i++) {
        float x = g->x0 + (i & 1 ? along : -along), y = g->y0 + (i & 2 ? across : -across);
        if (show_has(s, show_place_of(g->code, x, y, cell), at)) {
            s->count = first;
            return;
        }
    }
    show_keep(s, show_place_of(g->code, g->x0, g->y0, cell), at);
}

void show_string(struct show *s, const struct show_state *state, struct span bytes)
{
    s->bytes += (size_t)(bytes.end - bytes.at);
    s->over |= s->bytes > SHOW_BYTES;
    if (!state->font || s->over)
        return;
    struct matrix m = show_device(s, state);
    struct show_run r = show_run(state, m);
    bool seen = !s->hidden && show_is_sound(&r);
    s->turn = r.vertical ? SHOW_DOWN : r.turn;
    double x = 0, y = 0; /* how far, in text space */
    size_t first = s->count;
    struct font_glyph g;
    if (seen && !s->doubt)
        s->doubt = font_doubt(state->font);
    while (font_next(state->font, &bytes, &g)) {
        double more = state->spacing + (g.space ? state->word_spacing : 0);
        s->shown += seen;
        s->unmapped += seen && g.unmapped;
        if (seen && g.count)
            show_glyph(s, &r, &g);
        if (r.vertical)
            y += g.down * state->size + more;
        else
            x += (g.width * state->size + more) * state->scale;
        r.x = m.e + x * m.a + y * m.c;
        r.y = m.f + x * m.b + y * m.d;
    }
    show_advance(s, x, y);
    if (s->count > first)
        show_drop_copy(s, first);
}
