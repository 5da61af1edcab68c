/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vertical.c - square characters are set without a gap along their line: what
 * touches tells which way it runs. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "layout/character.h"
#include "layout/keys.h"
#include "layout/vertical.h"

/* Neighbours on one line are one size apart, all but for what fills the line;
 * lines are further apart than that. */
#define VERTICAL_NEAR 0.9f
#define VERTICAL_FAR 1.1f
/* Places are compared in steps of as many to a size. */
#define VERTICAL_STEPS 4

static float vertical_x(const struct glyph *g)
{
    return (g->x0 + g->x1) / 2;
}

static float vertical_y(const struct glyph *g)
{
    return (g->y0 + g->y1) / 2;
}

/* Sorts the glyphs by X, or Y, in steps of STEP, and then along the line. */
static void vertical_sort(const struct glyphs *g, struct key *keys, float step,
                          bool down)
{
    for (size_t i = 0; i < g->count; i++)
        keys[i] = (struct key){ down ? vertical_y(g->all + i) : vertical_x(g->all + i),
                                (uint32_t)i };
    keys_sort(keys, g->count, keys + g->count);
    for (size_t i = 0; i < g->count; i++) {
        const struct glyph *at = g->all + keys[i].index;
        keys[i].value = (float)(int)((down ? vertical_x(at) : vertical_y(at)) / step);
    }
    keys_sort(keys, g->count, keys + g->count);
}

/* Whether key I and the next one are neighbours on one line. */
static bool vertical_touches(const struct glyphs *g, const struct key *keys, size_t i,
                             bool down)
{
    if (i + 1 >= g->count || keys[i].value < keys[i + 1].value)
        return false;
    const struct glyph *a = g->all + keys[i].index, *b = g->all + keys[i + 1].index;
    float step = down ? vertical_y(b) - vertical_y(a) : vertical_x(b) - vertical_x(a);
    return step >= VERTICAL_NEAR * a->size && step <= VERTICAL_FAR * a->size;
}

/* Turns what stands in columns, KEYS being sorted by these, and puts the glyphs in
 * their order. */
static void vertical_turn(struct glyphs *g, const struct key *keys)
{
    struct glyph *sorted = xmalloc(g->count * sizeof *sorted);
    for (size_t i = 0; i < g->count; i++) {
        struct glyph *at = g->all + keys[i].index;
        if (vertical_touches(g, keys, i, true)) {
            struct glyph *next = g->all + keys[i + 1].index;
            at->turn = next->turn = GLYPH_DOWN;
            next->marks &= (uint8_t)~GLYPH_SPACED;
        }
        sorted[i] = *at;
    }
    memcpy(g->all, sorted, g->count * sizeof *sorted);
    free(sorted);
    g->sorted = true;
}

void vertical_find(struct glyphs *g)
{
    size_t down = 0, across = 0;
    float size = 0;
    if (g->solid * 2 <= g->count)
        return;
    for (size_t i = 0; i < g->count; i++)
        if (g->all[i].class & CHARACTER_SOLID)
            size = g->all[i].size;
    struct key *keys = xmalloc(2 * g->count * sizeof *keys);
    float step = size / VERTICAL_STEPS;
    vertical_sort(g, keys, step, false);
    for (size_t i = 0; i < g->count; i++)
        across += vertical_touches(g, keys, i, false);
    vertical_sort(g, keys, step, true);
    for (size_t i = 0; i < g->count; i++)
        down += vertical_touches(g, keys, i, true);
    if (down > across)
        vertical_turn(g, keys);
    free(keys);
}
