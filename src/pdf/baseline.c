/* SPDX-License-Identifier: GPL-3.0-or-later */
/* baseline.c - lines of labels, by height. */
#include <config.h>

#include "pdf/baseline.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* In sizes of the field's letters: how far it may be moved. Fields of 10 points are set
 * some 2 points from their labels. */
#define BASELINE_REACH 0.5f
/* Labels are as large as that, from and to. */
#define BASELINE_SMALLER 0.5f
#define BASELINE_LARGER 2.0f
/* A label may lean into the field's rectangle, in points. */
#define BASELINE_LEAN 1.0

static int baseline_compare(const void *a, const void *b)
{
    const struct glyph *p = *(const struct glyph *const *)a;
    const struct glyph *q = *(const struct glyph *const *)b;
    if (p->y1 != q->y1)
        return p->y1 < q->y1 ? -1 : 1;
    return p < q ? -1 : p > q;
}

/* The content's glyphs by height, once: S may move its own. */
static void baseline_learn(struct baseline *b, struct arena *a, const struct show *s,
                           size_t labels)
{
    b->known = true;
    b->copies = arena_alloc_array(a, labels, sizeof *b->copies);
    b->labels = arena_alloc_array(a, labels, sizeof *b->labels);
    if (!labels || !b->copies || !b->labels)
        return;
    memcpy(b->copies, s->glyphs, labels * sizeof *b->copies);
    for (size_t i = 0; i < labels; i++)
        if (b->copies[i].code > ' ')
            b->labels[b->count++] = b->copies + i;
    qsort(b->labels, b->count, sizeof *b->labels, baseline_compare);
}

/* The first label whose lower edge is at Y or below it. */
static size_t baseline_from(const struct baseline *b, float y)
{
    size_t low = 0, high = b->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (b->labels[middle]->y1 < y)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The label that is nearest to the field at X0 and X1, of which G is a letter; NULL:
 * there is none in its line. */
static const struct glyph *baseline_label(struct baseline *b, const struct glyph *g,
                                          double x0, double x1)
{
    const struct glyph *left = NULL, *right = NULL;
    float reach = g->size * BASELINE_REACH;
    for (size_t i = baseline_from(b, g->y1 - reach);
         i < b->count && b->labels[i]->y1 <= g->y1 + reach; i++) {
        const struct glyph *l = b->labels[i];
        if (b->looks++ == BASELINE_LOOKS)
            return NULL;
        if (l->size < g->size * BASELINE_SMALLER || l->size > g->size * BASELINE_LARGER)
            continue;
        if (l->x1 <= x0 + BASELINE_LEAN && (!left || l->x1 > left->x1))
            left = l;
        else if (l->x0 >= x1 - BASELINE_LEAN && (!right || l->x0 < right->x0))
            right = l;
    }
    return left ? left : right;
}

void baseline_settle(struct baseline *b, struct arena *a, struct show *s, size_t labels,
                     size_t before, double x0, double x1)
{
    if (before >= s->count)
        return;
    if (!b->known)
        baseline_learn(b, a, s, labels);
    float by = 0;
    bool found = false;
    for (size_t i = before; i < s->count && b->looks <= BASELINE_LOOKS; i++) {
        const struct glyph *g = s->glyphs + i;
        bool begins = i == before || g->y1 != g[-1].y1;
        if (g->code <= ' ' || !begins)
            continue; /* one letter tells where its row is */
        const struct glyph *l = baseline_label(b, g, x0, x1);
        if (l && (!found || fabsf(l->y1 - g->y1) < fabsf(by)))
            by = l->y1 - g->y1, found = true;
    }
    for (size_t i = before; i < s->count && found; i++)
        s->glyphs[i].y0 += by, s->glyphs[i].y1 += by;
}
