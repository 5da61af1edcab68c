/* SPDX-License-Identifier: GPL-3.0-or-later */
/* showlevel.c - what show.c does, for text that stands upright and runs to the right in a
 * simple font: nearly all does, and most of what show.c computes for each glyph stays the
 * same then. What is computed is computed in the same order, to the last bit. */
#include <config.h>

#include <math.h>

#include "pdf/show.h"

/* What goes back so far within an array, in thousandths, may show a letter again. */
#define LEVEL_BACK 250

/* What does not change from glyph to glyph. */
struct level {
    const struct font *font;
    const struct font_slot *slots;
    double along; /* an em on the page */
    double unit;  /* of text space, on the page */
    double size, scale;
    double right; /* no glyph begins behind it */
    double spacings[2]; /* of others, and of blanks */
    float y0, y1;
    float em;
};

/* Whether no turn is in M, and nothing that is no number. */
static bool level_is_plain(const struct matrix *m)
{
    return m->b == 0 && m->c == 0 && fabs(m->a) < SHOW_LARGE && fabs(m->d) < SHOW_LARGE &&
           fabs(m->e) < SHOW_LARGE && fabs(m->f) < SHOW_LARGE;
}

static inline void level_box(struct glyph *to, const struct level *l, double x0, double x1)
{
    to->x0 = (float)x0;
    to->y0 = l->y0;
    to->x1 = (float)x1;
    to->y1 = l->y1;
    to->size = l->em;
    to->marks = 0;
}

/* A glyph at X that is not one character, runs backwards, has no room or is not seen. */
static void level_odd(struct show *s, const struct level *l, const struct font_slot *slot,
                      double x, double dx)
{
    if (!(fabs(dx) < SHOW_LARGE))
        dx = 0;
    double past = x + dx;
    if (slot->count == 0 || !(past >= 0 && x <= l->right) ||
        !show_reserve(s, slot->count))
        return;
    struct glyph *to = s->glyphs + s->count;
    level_box(to, l, x < past ? x : past, x < past ? past : x);
    to->code = slot->unicode;
    if (slot->count == 1)
        s->count++;
    else
        show_split(s, SHOW_RIGHT, slot->more, slot->count);
}

/* The glyphs of BYTES from START on. Returns how far they go, in text space. */
static double level_string(struct show *s, const struct level *l, struct span bytes,
                           double start)
{
    double way = 0;
    uint32_t unmapped = 0;
    unsigned flags = 0;
    struct glyph *to = s->glyphs + s->count, *end = s->glyphs + s->room;
    for (const unsigned char *at = bytes.at; at < bytes.end; at++) {
        const struct font_slot *slot = l->slots + *at;
        double advance = (double)slot->width, dx = advance * l->along;
        double x = start + way * l->unit, past = x + dx;
        way += (advance * l->size + l->spacings[*at == ' ']) * l->scale;
        unmapped += slot->unmapped;
        flags |= slot->flags;
        if (slot->count == 1 && dx >= 0 && dx < SHOW_LARGE && past >= 0 &&
            x <= l->right && to < end) {
            level_box(to, l, x, past);
            to++->code = slot->unicode;
            continue;
        }
        s->count = (size_t)(to - s->glyphs);
        level_odd(s, l, slot, x, dx);
        to = s->glyphs + s->count;
        end = s->glyphs + s->room;
    }
    s->count = (size_t)(to - s->glyphs);
    s->shown += (uint32_t)(bytes.end - bytes.at);
    s->unmapped += unmapped;
    s->lost |= flags & FONT_LOST;
    if (flags & FONT_TOLD)
        font_ask(l->font);
    return way;
}

/* The same, once more when the font file had to be asked what glyphs mean. */
static double level_meant(struct show *s, const struct level *l, struct span bytes,
                          double x)
{
    size_t count = s->count;
    uint32_t shown = s->shown, unmapped = s->unmapped;
    bool lost = s->lost;
    double way = level_string(s, l, bytes, x);
    if (s->unmapped > unmapped && font_ask(l->font)) {
        s->count = count;
        s->shown = shown;
        s->unmapped = unmapped;
        s->lost = lost;
        way = level_string(s, l, bytes, x);
    }
    if (s->unmapped > unmapped && !s->strange)
        s->strange = l->font;
    return way;
}

/* Takes the glyphs from FIRST on away again when they are on the page already. */
static void level_drop_copy(struct show *s, size_t first)
{
    if (s->count > first && !s->whole &&
        copies_has(&s->copies, s->glyphs, first, s->count))
        s->count = first;
}

/* The height of a line whose base line is at Y. */
static void level_set_height(struct level *l, const struct show *s, double y)
{
    const struct show_run *r = &s->run;
    double above = y - r->ascent, below = y - r->descent;
    l->right = y >= 0 && y <= s->height ? s->width : -INFINITY;
    l->y0 = (float)(above < below ? above : below);
    l->y1 = (float)(above < below ? below : above);
}

bool show_level(struct show *s, const struct show_state *state,
                const struct content_operand *items, size_t count)
{
    const struct show_run *r = &s->run;
    const struct matrix *c = &state->ctm;
    const struct font_slot *slots = font_slots(state->font);
    if (!slots || s->hidden || !r->sound || r->turn != SHOW_RIGHT || s->over ||
        !level_is_plain(&s->text) || !level_is_plain(c) ||
        !(fabs(r->along_x) < SHOW_LARGE))
        return false;
    struct level l = {
        .font = state->font, .slots = slots, .along = r->along_x, .unit = r->to.a,
        .size = state->size, .scale = state->scale,
        .spacings = { state->spacing, state->spacing + state->word_spacing },
        .em = r->size,
    };
    level_set_height(&l, s, s->text.f * c->d + c->f + r->rise_y);
    size_t first = s->count;
    for (const struct content_operand *o = items; o < items + count; o++) {
        if (o->kind == CONTENT_NUMBER) {
            double by = content_value(o);
            double move = -by / 1000 * state->size * state->scale;
            s->text.e += move * s->text.a;
            if (by > LEVEL_BACK) {
                level_drop_copy(s, first);
                first = s->count;
            }
        }
        if (o->kind != CONTENT_STRING || !show_takes(s, o->text))
            continue;
        double x = s->text.e * c->a + c->e + r->rise_x;
        show_doubt(s, state->font);
        s->turn = SHOW_RIGHT;
        s->text.e += level_meant(s, &l, o->text, x) * s->text.a;
    }
    level_drop_copy(s, first);
    return true;
}
