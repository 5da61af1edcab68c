/* SPDX-License-Identifier: GPL-3.0-or-later */
/* glyph.c - the first pass over the boxes. Which way lines run is judged by how
 * neighbours in the engine's order follow each other. */
#include <config.h>

#include <math.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "layout/character.h"
#include "layout/glyph.h"
#include "layout/vertical.h"
#include "layout/least.h"

/* Coordinates beyond are no page's: PDF readers stop at 14,400 units, which may
 * be larger than a point. */
#define GLYPH_FAR 1e6f
/* A size that is so many times off the box's height is no size: fonts drawn
 * glyph by glyph (Type 3) have any number there. */
#define GLYPH_OFF 3.0f
/* No letters that are printed are smaller, in points. */
#define GLYPH_LEAST 0.1f
/* In sizes: neighbours of one line touch, and stand no farther off it. */
#define GLYPH_TOUCH 0.35f
/* In sizes: the most that a blank of a justified line has. */
#define GLYPH_BLANK 1.0f
/* As many in a row go another way by intention. */
#define GLYPH_RUN 3
/* Letters that lie on their side are wider than high by more: they are half as wide
 * as high when they stand. An M, a W or a sum is about as wide as its box is high. */
#define GLYPH_LYING 1.2f
#define GLYPH_LYING_TWO 1.5f /* of only two; a sum is wider than high by less */
/* A copy that makes a letter bold is off by less, in sizes. */
#define GLYPH_SAME 0.1f

/* False, too, for what is no number. */
static bool glyph_is_sound(const struct layout_box *b)
{
    return fabsf(b->x0) < GLYPH_FAR && fabsf(b->x1) < GLYPH_FAR &&
           fabsf(b->y0) < GLYPH_FAR && fabsf(b->y1) < GLYPH_FAR && b->x0 <= b->x1 &&
           b->y0 <= b->y1;
}

static bool glyph_touches(float a, float b, float size)
{
    return fabsf(a - b) <= GLYPH_TOUCH * size;
}

/* Which way B follows A, both as they are on the page, and A the one before it:
 * LAST. What is no letter has no say in a line that is upside down, and follows
 * it, as words do after a blank. */
static enum glyph_turn glyph_step(const struct glyph *a, const struct glyph *b,
                                  enum glyph_turn last)
{
    /* So do nearly all. */
    if (a->y0 == b->y0 && a->x0 < b->x0)
        return GLYPH_RIGHT;
    float size = most(a->size, b->size);
    if (glyph_touches(a->x0 + a->x1, b->x0 + b->x1, 2 * size)) {
        if (glyph_touches(b->y0, a->y1, size) && b->y0 > a->y0 && b->y1 > a->y1)
            return GLYPH_DOWN;
        if (glyph_touches(b->y1, a->y0, size) && b->y0 < a->y0 && b->y1 < a->y1)
            return GLYPH_UP;
    }
    unsigned any = a->class | b->class;
    bool goes_on = last == GLYPH_LEFT && b->x1 < a->x0 &&
                   a->x0 - b->x1 <= GLYPH_BLANK * size;
    if ((goes_on || glyph_touches(b->x1, a->x0, size)) && b->x0 < a->x0 &&
        b->x1 < a->x1 && glyph_touches(a->y0, b->y0, size) &&
        (any & CHARACTER_LETTER || last == GLYPH_LEFT) &&
        !(any & (CHARACTER_RTL | CHARACTER_MARK)))
        return GLYPH_LEFT;
    return GLYPH_RIGHT;
}

/* Whether the COUNT glyphs, each of which stands below (or above) the last one,
 * are a line: letters that are turned lie on their side, square ones need not
 * be. Upside down there are words; letters among signs are a formula that runs
 * from the right. */
static bool glyphs_are_line(const struct glyph *g, size_t count, enum glyph_turn turn)
{
    float width = 0, height = 0;
    size_t wide = 0, spaced = 0, letters = 0, longest = 0;
    for (size_t i = 0; i < count; i++) {
        width += g[i].x1 - g[i].x0;
        height += g[i].y1 - g[i].y0;
        wide += (g[i].class & CHARACTER_WIDE) != 0;
        letters = g[i].class & CHARACTER_LETTER ? letters + 1 : 0;
        longest = letters > longest ? letters : longest;
        spaced += i > 0 && g[i].spaced;
    }
    if (wide * 2 > count)
        return turn == GLYPH_DOWN && spaced * 2 < count;
    if (turn == GLYPH_LEFT)
        return longest >= GLYPH_RUN;
    return width > (count < GLYPH_RUN ? GLYPH_LYING_TWO : GLYPH_LYING) * height;
}

static void glyphs_find_turns(struct glyphs *g)
{
    struct glyph *all = g->all;
    for (size_t i = 0, end; i + 1 < g->count; i = end) {
        enum glyph_turn turn = glyph_step(all + i, all + i + 1, GLYPH_RIGHT);
        for (end = i + 1; end + 1 < g->count; end++)
            if (glyph_step(all + end, all + end + 1, turn) != turn)
                break;
        if (turn != GLYPH_RIGHT && glyphs_are_line(all + i, end - i + 1, turn))
            for (size_t k = i; k <= end; k++)
                all[k].turn = (uint8_t)turn;
    }
}

static void glyph_turn(struct glyph *g, float width, float height)
{
    float x0 = g->x0, y0 = g->y0, x1 = g->x1, y1 = g->y1;
    switch (g->turn) {
    case GLYPH_DOWN:
        g->x0 = y0, g->x1 = y1, g->y0 = width - x1, g->y1 = width - x0;
        break;
    case GLYPH_UP:
        g->x0 = height - y1, g->x1 = height - y0, g->y0 = x0, g->y1 = x1;
        break;
    case GLYPH_LEFT:
        g->x0 = width - x1, g->x1 = width - x0;
        g->y0 = height - y1, g->y1 = height - y0;
        break;
    default:
        break;
    }
}

/* The same letter at the same place as the last one. */
static bool glyph_is_copy(const struct glyph *last, const struct layout_box *b)
{
    float near = GLYPH_SAME * last->size;
    return last->code == b->code && fabsf(last->x0 - b->x0) <= near &&
           fabsf(last->y0 - b->y0) <= near && last->x1 > last->x0;
}

static void glyphs_add(struct glyphs *g, const struct layout_box *b, unsigned class,
                       bool spaced)
{
    float height = b->y1 - b->y0, width = b->x1 - b->x0;
    float thick = most(height, width), thin = least(height, width);
    float size = b->size;
    if (!(size > thin / GLYPH_OFF && size < thick * GLYPH_OFF))
        size = height;
    g->all[g->count++] = (struct glyph){
        .x0 = b->x0, .y0 = b->y0, .x1 = b->x1, .y1 = b->y1,
        .size = most(size, GLYPH_LEAST),
        .code = b->code,
        .class = (uint16_t)class,
        .spaced = spaced,
    };
}

struct glyphs glyphs_create(const struct layout_page *page)
{
    struct glyphs g = { .all = xmalloc((page->count + 1) * sizeof *g.all) };
    bool spaced = true;
    for (size_t i = 0; i < page->count; i++) {
        const struct layout_box *b = page->boxes + i;
        unsigned class = character_class(b->code);
        garbled_add(&g.counts, b->code, class);
        if (class & CHARACTER_SPACE) {
            spaced = true;
            continue;
        }
        if (class & CHARACTER_NONE || !glyph_is_sound(b) ||
            (g.count > 0 && glyph_is_copy(g.all + g.count - 1, b)))
            continue;
        glyphs_add(&g, b, class, spaced);
        spaced = false;
    }
    glyphs_find_turns(&g);
    vertical_find(&g);
    float width = fabsf(page->width) < GLYPH_FAR ? page->width : 0;
    float height = fabsf(page->height) < GLYPH_FAR ? page->height : 0;
    for (size_t i = 0; i < g.count; i++) {
        if (g.all[i].turn)
            glyph_turn(g.all + i, width, height);
        g.turns[g.all[i].turn]++;
        g.letters += (g.all[i].class & CHARACTER_LETTER) != 0;
        g.rtl += (g.all[i].class & CHARACTER_RTL) != 0;
    }
    return g;
}

void glyphs_clear(struct glyphs *g)
{
    free(g->all);
    *g = (struct glyphs){ 0 };
}
