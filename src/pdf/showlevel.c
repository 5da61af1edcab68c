/* SPDX-License-Identifier: GPL-3.0-or-later */
/* showlevel.c - what show.c does, for text that stands upright and runs to the right in a
 * simple font: nearly all does, and most of what show.c computes for each glyph stays the
 * same then. What is computed is computed in the same order, to the last bit. */
#include <config.h>

#include <math.h>

#include "pdf/show.h"

/* What does not change from glyph to glyph. */
struct level {
    const struct font *font;
    const struct font_slot *slots;
    double along; /* an em on the page */
    double unit;  /* of text space, on the page */
    double size, scale, width;
    double spacings[2]; /* of others, and of blanks */
    bool inside;        /* by its height */
    float y0, y1;
    float em;
};

/* Whether no turn is in M, and nothing that is no number. */
static bool level_is_plain(const struct matrix *m)
{
    return m->b == 0 && m->c == 0 && fabs(m->a) < SHOW_LARGE && fabs(m->d) < SHOW_LARGE &&
           fabs(m->e) < SHOW_LARGE && fabs(m->f) < SHOW_LARGE;
}

/* The glyphs of BYTES from X on. Returns how far they go, in text space. */
static double level_string(struct show *s, const struct level *l, struct span bytes,
                           double x)
{
    const double start = x;
    double way = 0;
    uint32_t unmapped = 0;
    unsigned flags = 0;
    for (const unsigned char *at = bytes.at; at < bytes.end; at++) {
        const struct font_slot *slot = l->slots + *at;
        double advance = (double)slot->width, dx = advance * l->along;
        x = start + way * l->unit;
        way += (advance * l->size + l->spacings[*at == ' ']) * l->scale;
        unmapped += slot->unmapped;
        flags |= slot->flags;
        if (!(fabs(dx) < SHOW_LARGE))
            dx = 0;
        double past = x + dx;
        if (slot->count == 0 || !l->inside || !(past >= 0 && x <= l->width) ||
            (s->room - s->count < slot->count && !show_reserve(s, slot->count)))
            continue;
        struct glyph *to = s->glyphs + s->count;
        to->x0 = (float)(x < past ? x : past);
        to->y0 = l->y0;
        to->x1 = (float)(x < past ? past : x);
        to->y1 = l->y1;
        to->size = l->em;
        to->code = slot->unicode;
        to->marks = 0;
        if (slot->count == 1)
            s->count++;
        else
            show_split(s, SHOW_RIGHT, slot->more, slot->count);
    }
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
    if (s->unmapped == unmapped || !font_ask(l->font))
        return way;
    s->count = count;
    s->shown = shown;
    s->unmapped = unmapped;
    s->lost = lost;
    return level_string(s, l, bytes, x);
}

/* The height of a line whose base line is at Y. */
static void level_set_height(struct level *l, const struct show *s, double y)
{
    const struct show_run *r = &s->run;
    double above = y - r->ascent, below = y - r->descent;
    l->inside = y >= 0 && y <= s->height;
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
        .size = state->size, .scale = state->scale, .width = s->width,
        .spacings = { state->spacing, state->spacing + state->word_spacing },
        .em = r->size,
    };
    level_set_height(&l, s, s->text.f * c->d + c->f + r->rise_y);
    for (const struct content_operand *o = items; o < items + count; o++) {
        if (o->kind == CONTENT_NUMBER) {
            double move = -content_value(o) / 1000 * state->size * state->scale;
            s->text.e += move * s->text.a;
        }
        if (o->kind != CONTENT_STRING || !show_takes(s, o->text))
            continue;
        size_t first = s->count;
        double x = s->text.e * c->a + c->e + r->rise_x;
        if (!s->doubt)
            s->doubt = font_doubt(state->font);
        s->turn = SHOW_RIGHT;
        s->text.e += level_meant(s, &l, o->text, x) * s->text.a;
        if (s->count > first && !s->whole &&
            copies_has(&s->copies, s->glyphs, first, s->count))
            s->count = first;
    }
    return true;
}
