/* SPDX-License-Identifier: GPL-3.0-or-later */
/* showlevel.c - what show.c does, for text that stands upright and runs to the right in a
 * font whose codes all have one byte, or two: nearly all does, and most of what show.c
 * computes for each glyph stays the same then. What is computed is computed in the same
 * order, to the last bit. */
#include <config.h>

#include <math.h>

#include "pdf/show.h"

/* What goes back so far within an array, in thousandths, may show a letter again. */
#define LEVEL_BACK 250
/* What follows a glyph that is not narrow with no more of a gap or overlap in an array
 * than this, in sizes, is GLYPH_JOINED; if letters are not much narrower than their size,
 * and none can be dropped later for its place. */
#define LEVEL_KERN 0.05
#define LEVEL_THIN 0.9
#define LEVEL_PAGE 9e5
/* An em; nothing in it that is not FONT_EXTREME is wider than the rest of a page. */
#define LEVEL_EM 500.0

/* What does not change from glyph to glyph. */
struct level {
    const struct font *font;
    const struct font_slot *slots; /* of a simple font, or */
    struct font_slot *const *wide; /* of another */
    double along; /* an em on the page */
    double unit;  /* of text space, on the page */
    double size, scale;
    double spacings[2];    /* of others, and of blanks */
    unsigned char joins[2]; /* the mark of what follows them */
    unsigned char joined;   /* that of the next glyph */
    bool begun; /* a string was shown */
    bool easy;  /* glyphs go on to the right, by no more than is usual */
    double right; /* no glyph begins behind it */
    double kern;  /* LEVEL_KERN on the page */
    float y0, y1;
    float em;
};

/* Whether no turn is in M, and nothing that is no number. */
static bool level_is_plain(const struct matrix *m)
{
    return m->b == 0 && m->c == 0 && fabs(m->a) < SHOW_LARGE && fabs(m->d) < SHOW_LARGE &&
           fabs(m->e) < SHOW_LARGE && fabs(m->f) < SHOW_LARGE;
}

static inline void level_box(struct glyph *to, const struct level *l, double x0, double x1,
                             uint32_t code, unsigned char marks)
{
    to->x0 = (float)x0;
    to->y0 = l->y0;
    to->x1 = (float)x1;
    to->y1 = l->y1;
    to->size = l->em;
    to->code = code;
    to->marks = marks;
}

/* G, at X, which may be any number of characters, run backwards, or not be seen. */
static void level_glyph(struct show *s, const struct level *l, const struct font_glyph *g,
                        double x)
{
    double dx = g->width * l->along;
    if (!(fabs(dx) < SHOW_LARGE))
        dx = 0;
    double past = x + dx;
    if ((g->count == 0 && !s->whole) || !(past >= 0 && x <= l->right) ||
        !show_reserve(s, g->count ? g->count : 1))
        return;
    struct glyph *to = s->glyphs + s->count;
    uint32_t code = g->count ? g->unicode[0] : 0;
    s->accents |= g->count > 1 || accents_may_be(code);
    level_box(to, l, x < past ? x : past, x < past ? past : x, code, 0);
    if (g->count < 2)
        s->count++;
    else
        show_split(s, SHOW_RIGHT, g->unicode, g->count);
}

/* The glyphs of BYTES from START on, each by itself, and asking the font file for what
 * they mean. Returns how far they go, in text space. */
static double level_odd(struct show *s, struct level *l, struct span bytes, double start)
{
    double way = 0;
    struct font_glyph g;
    while (font_next(l->font, &bytes, &g)) {
        level_glyph(s, l, &g, start + way * l->unit);
        way += (g.width * l->size + l->spacings[g.space]) * l->scale;
        s->shown++;
        s->unmeant.codes += g.unmapped;
        s->unmeant.lost |= g.lost;
        if (g.unmapped && !s->unmeant.strange)
            s->unmeant.strange = l->font;
    }
    l->joined = 0;
    return way;
}

/* What a string of glyphs that are as most are comes to. */
struct level_string {
    double way, x;         /* how far it goes in text space; where the last glyph begins */
    struct font_slot said; /* what all of them say */
    unsigned char mark;    /* of what follows */
};

/* Puts the glyphs of BYTES from START on where there is room for them, and makes no
 * difference between them. False: the font has no room for one. */
static inline bool level_put(struct show *s, const struct level *l, struct span bytes,
                             double start, bool wide, struct level_string *string)
{
    const double along = l->along, unit = l->unit, em = l->size, scale = l->scale;
    double way = 0, x = start;
    unsigned char mark = l->joined;
    uint32_t said = 0;
    struct glyph *to = s->glyphs + s->count;
    for (const unsigned char *at = bytes.at; at < bytes.end; at += wide ? 2 : 1) {
        const struct font_slot *slot;
        bool blank = !wide && *at == ' ';
        if (wide) {
            slot = l->wide[*at] ? l->wide[*at] + at[1] : NULL;
            if (!slot || !(slot->shape & FONT_FILLED))
                slot = font_wide_slot(l->font, (uint32_t)*at << 8 | at[1]);
            if (!slot)
                return false;
        } else {
            slot = l->slots + *at;
        }
        double advance = (double)slot->width;
        x = start + way * unit;
        way += (advance * em + l->spacings[blank]) * scale;
        said |= slot->said;
        level_box(to++, l, x, x + advance * along, slot->unicode, mark);
        mark = l->joins[blank];
    }
    *string = (struct level_string){ way, x, { .said = said }, mark };
    return true;
}

/* The glyphs of BYTES from START on. Returns how far they go, in text space. */
static double level_string(struct show *s, struct level *l, struct span bytes, double start)
{
    struct level_string string;
    size_t size = (size_t)(bytes.end - bytes.at);
    if (size == 0) /* there may be no array of glyphs so far */
        return 0;
    if (!l->easy || !(start >= 0) || (l->wide && size % 2))
        return level_odd(s, l, bytes, start);
    size_t count = l->wide ? size / 2 : size;
    if ((s->room - s->count < count && !show_reserve(s, count)) ||
        !(l->wide ? level_put(s, l, bytes, start, true, &string)
                  : level_put(s, l, bytes, start, false, &string)))
        return level_odd(s, l, bytes, start);
    struct font_slot said = string.said;
    if (!(string.x <= l->right) || said.unmapped | (said.shape & (FONT_MANY | FONT_EXTREME)))
        return level_odd(s, l, bytes, start);
    l->joined = string.mark;
    for (size_t i = 0; said.shape & FONT_NARROW && i < count; i++)
        s->glyphs[s->count + i].marks &= GLYPH_TRACKED;
    if (said.shape & FONT_NARROW)
        l->joined &= GLYPH_TRACKED;
    s->count += count;
    s->accents |= said.shape & FONT_ACCENT;
    s->shown += (uint32_t)count;
    if (said.flags & FONT_TOLD)
        font_ask(l->font);
    return string.way;
}

/* Takes the glyphs from FIRST on away again when they are on the page already. */
static void level_drop_copy(struct show *s, size_t first)
{
    if (s->count > first && !s->whole &&
        copies_has(&s->copies, s->glyphs, first, s->count))
        s->count = first;
}

/* Shows what begins at O and ends at END, up to what goes back; returns where that is. */
static const struct content_operand *level_part(struct show *s, struct level *l,
                                                const struct show_state *state,
                                                const struct content_operand *o,
                                                const struct content_operand *end)
{
    const struct matrix *c = &state->ctm;
    const double unit = s->text.a;
    double place = s->text.e, gap = 0; /* to the last string */
    l->joined = 0;
    for (bool back = false; o < end && !back; o++) {
        if (o->kind == CONTENT_NUMBER) {
            double by = content_value(o), move = -by / 1000 * l->size * l->scale;
            place += move * unit;
            gap += move;
            back = by > LEVEL_BACK;
        } else if (o->kind == CONTENT_STRING && show_takes(s, o->text)) {
            l->begun = true;
            if (!(fabs(gap * l->unit) <= l->kern))
                l->joined = 0;
            gap = 0;
            place += level_string(s, l, o->text, place * c->a + c->e + s->run.rise_x) * unit;
        }
    }
    s->text.e = place;
    return o;
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

/* What follows from the size, and from spacing. */
static void level_set_ease(struct level *l, const struct show *s)
{
    double em = (double)l->em;
    bool onward = l->along >= 0 && l->size * l->scale * l->unit >= 0;
    bool joins = l->along >= LEVEL_THIN * em && s->width < LEVEL_PAGE;
    bool even = true;
    for (int i = 0; i < 2; i++) {
        l->joins[i] = l->spacings[i] != 0 ? GLYPH_TRACKED : joins ? GLYPH_JOINED : 0;
        even = even && l->spacings[i] * l->scale * l->unit >= 0;
    }
    l->easy = onward && even && l->along <= LEVEL_EM;
    l->kern = LEVEL_KERN * em;
}

bool show_level(struct show *s, const struct show_state *state,
                const struct content_operand *items, size_t count)
{
    const struct show_run *r = &s->run;
    const struct matrix *c = &state->ctm;
    const struct font_slot *slots = font_slots(state->font);
    struct font_slot *const *wide = font_wide_slots(state->font);
    const struct content_operand *end = items + count;
    if (!(slots || wide) || s->hidden || !r->sound || r->turn != SHOW_RIGHT || s->over ||
        !level_is_plain(&s->text) || !level_is_plain(c) ||
        !(fabs(r->along_x) < SHOW_LARGE))
        return false;
    struct level l = {
        .font = state->font, .slots = slots, .wide = wide,
        .along = r->along_x, .unit = r->to.a, .size = state->size, .scale = state->scale,
        .spacings = { state->spacing, state->spacing + state->word_spacing },
        .em = r->size,
    };
    level_set_height(&l, s, s->text.f * c->d + c->f + r->rise_y);
    level_set_ease(&l, s);
    while (items < end) {
        size_t first = s->count;
        items = level_part(s, &l, state, items, end);
        level_drop_copy(s, first);
    }
    if (l.begun) {
        s->turn = SHOW_RIGHT;
        show_doubt(s, state->font);
    }
    return true;
}
