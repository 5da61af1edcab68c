/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gutter.c - left edges that several pieces share are where a column may begin;
 * it does where lines stand on both sides and nothing crosses. */
#include <config.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "layout/across.h"
#include "layout/gutter.h"
#include "layout/least.h"
#include "layout/side.h"

/* As many pieces share an edge by intention. */
#define GUTTER_EDGES 3
/* Edges are shared that differ by less, in sizes: letters have side bearings. */
#define GUTTER_SAME 0.3f
/* The most edges that are tried, those with the most pieces. */
#define GUTTER_TRIES 16
/* A gutter is as wide, in sizes, for all but a tenth of the lines. */
#define GUTTER_WIDTH 0.45f
/* Narrower ones may be the spaces of filled lines. */
#define GUTTER_SPACE 1.0f
/* A heading over columns that it does not reach is larger than their text, stands
 * off by as much, in sizes, and takes no more of the page from their first lines
 * to the last above. */
#define GUTTER_HEADING_SIZE 1.1f
#define GUTTER_HEADING_OFF 0.3f
#define GUTTER_HEADING 5.0f
/* First lines of columns differ by less, in sizes. */
#define GUTTER_FIRST 0.8f
/* A header or footer of the page stands off by as much, in sizes and by its
 * baseline: by an empty line or more. */
#define GUTTER_OFF 2.0f
/* ... and has no more rows. */
#define GUTTER_HEAD 2

/* Lines above each other are further apart, in sizes: of two that are nearer and
 * run into each other, one is too long for its column. So many pieces at most
 * are looked at for one. */
#define GUTTER_COLLIDE 0.8f
#define GUTTER_NEIGHBOURS 8

/* A number that hangs out of the column to its right begins no farther before its
 * lines, in sizes, and no more than one in ten lines has one. */
#define GUTTER_HANG 1.0f

/* A margin is as wide, in sizes, and no more than one in five pieces stand in it. */
#define GUTTER_MARGIN 1.0f
#define GUTTER_NOTES 5

struct gutter_edge {
    float x;
    size_t count;
};

/* Keeps the EDGES with the most pieces, the largest first. */
static size_t gutter_keep(struct gutter_edge *edges, size_t count,
                          struct gutter_edge edge)
{
    size_t at = count;
    while (at > 0 && edges[at - 1].count < edge.count)
        at--;
    if (at == GUTTER_TRIES)
        return count;
    if (count < GUTTER_TRIES)
        count++;
    memmove(edges + at + 1, edges + at, (count - at - 1) * sizeof *edges);
    edges[at] = edge;
    return count;
}

/* The first piece that is below a band of white across all of the page, with no
 * more than GUTTER_HEAD rows above it; 0: none. */
static size_t gutter_below_head(const struct gutter_search *s)
{
    const struct piece *first = s->pieces + s->list[0];
    float bottom = first->y1, base = first->base;
    int rows = 1;
    for (size_t i = 1; i < s->count; i++) {
        const struct piece *p = s->pieces + s->list[i];
        if (p->base - base > GUTTER_SAME * p->size) {
            float off = GUTTER_OFF * least(p->size, first->size);
            if (p->base - base > off && p->y0 > bottom)
                return i;
            if (++rows > GUTTER_HEAD)
                return 0;
            base = p->base;
        }
        bottom = most(bottom, p->y1);
    }
    return 0;
}

/* The end of what is above the page's foot; the end of all: there is none. */
static size_t gutter_above_foot(const struct gutter_search *s)
{
    const struct piece *last = s->pieces + s->list[s->count - 1];
    float top = last->y0, base = last->base;
    int rows = 1;
    for (size_t i = s->count - 1; i > 0; i--) {
        const struct piece *p = s->pieces + s->list[i - 1];
        if (base - p->base > GUTTER_SAME * p->size) {
            float off = GUTTER_OFF * least(p->size, last->size);
            if (base - p->base > off && top > p->y1)
                return i;
            if (++rows > GUTTER_HEAD)
                return s->count;
            base = p->base;
        }
        top = least(top, p->y0);
    }
    return s->count;
}

/* Whether P is neither in the head nor in the foot of the page. */
static bool gutter_is_body(const struct gutter_search *s, const struct piece *p)
{
    return p->base >= s->pieces[s->list[s->top]].base &&
           (s->bottom == s->count || p->base < s->pieces[s->list[s->bottom]].base);
}

/* Where columns may begin: at edges that pieces share, and wherever there is
 * white across all of the region. */
static size_t gutter_edges(const struct gutter_search *s, struct gutter_edge *edges)
{
    for (size_t i = 0; i < s->count; i++)
        s->keys[i] = (struct key){ s->pieces[s->list[i]].x0, s->list[i] };
    keys_sort(s->keys, s->count, s->keys + s->count);
    float left = s->keys[0].value, right = INFINITY;
    size_t count = 0;
    for (size_t i = 0, end; i < s->count; i = end) {
        const struct piece *p = s->pieces + s->keys[i].index;
        float x = s->keys[i].value, near = GUTTER_SAME * p->size;
        bool white = x - right > GUTTER_SPACE * p->size && gutter_is_body(s, p);
        for (end = i; end < s->count && s->keys[end].value - x <= near; end++) {
            p = s->pieces + s->keys[end].index;
            if (gutter_is_body(s, p))
                right = right < INFINITY ? most(right, p->x1) : p->x1;
        }
        if ((white || end - i >= GUTTER_EDGES) && x > left + near)
            count = gutter_keep(edges, count,
                                (struct gutter_edge){ x, white ? s->count : end - i });
    }
    return count;
}

/* Whether there are pieces enough on either side of G for the rows of a column: most
 * pages have one column, and most edges of theirs too few. */
static bool gutter_has_sides(const struct gutter_search *s, const struct gutter *g)
{
    size_t lefts = 0;
    for (size_t i = g->from; i < g->to; i++) {
        const struct piece *p = s->pieces + s->list[i];
        lefts += (p->x0 + p->x1) / 2 < g->x;
    }
    return lefts >= SIDE_ROWS && g->to - g->from - lefts >= SIDE_ROWS;
}

/* Judges the pieces FROM to TO, none of which crosses X; returns how many rows
 * stand on the side that has fewer, and COUNT more unless it only may be a gutter;
 * 0: no gutter. ROWS has room for twice as many as there are pieces. *INDEX: it is
 * one of an index. */
static size_t gutter_judge(const struct gutter_search *s, const struct gutter *g,
                           struct side_row *rows, bool *index)
{
    *index = false;
    if (!gutter_has_sides(s, g))
        return 0;
    struct side left = { rows, 0 }, right = { rows + s->count, 0 };
    size_t lefts = 0, tight = 0, narrow = 0, rights = 0, hanging = 0;
    for (size_t i = g->from; i < g->to; i++) {
        const struct piece *p = s->pieces + s->list[i];
        bool is_left = (p->x0 + p->x1) / 2 < g->x;
        side_add(is_left ? &left : &right, p, s->list[i]);
        /* What reaches over it is too long, and says nothing of its width. */
        bool ends = is_left && p->x1 - g->x <= GUTTER_SAME * p->size / 2;
        lefts += ends;
        tight += ends && g->x - p->x1 < GUTTER_WIDTH * p->size;
        narrow += ends && g->x - p->x1 < GUTTER_SPACE * p->size;
        rights += !is_left;
        hanging += !is_left && g->x - p->x0 > GUTTER_SAME * p->size;
    }
    if (tight * 10 > lefts || hanging * 10 > rights)
        return 0;
    size_t few = left.count < right.count ? left.count : right.count;
    switch (sides_are_columns(&left, &right, narrow * 10 > lefts, s->content_order)) {
    case SIDE_INDEX:
        *index = true;
        return few + s->count;
    case SIDE_COLUMNS:
        return few + s->count;
    case SIDE_PERHAPS_COLUMNS:
        return few;
    default:
        return 0;
    }
}

/* Whether piece AT may be a heading over columns: it stands alone. */
static bool gutter_is_heading(const struct gutter_search *s, size_t at)
{
    if (at == 0 || at + 1 >= s->bottom)
        return false;
    const struct piece *p = s->pieces + s->list[at];
    const struct piece *above = s->pieces + s->list[at - 1];
    const struct piece *below = s->pieces + s->list[at + 1];
    return p->size >= GUTTER_HEADING_SIZE * below->size &&
           p->y0 - above->y1 >= GUTTER_HEADING_OFF * p->size &&
           below->y0 - p->y1 >= GUTTER_HEADING_OFF * p->size;
}

/* Whether heading AT, left of X, is over both sides: below it lines begin anew on
 * both of them. The last one to the right of X above it stands at RIGHT. */
static bool gutter_is_over(const struct gutter_search *s, size_t at, float x,
                           float right)
{
    const struct piece *below = s->pieces + s->list[at + 1];
    if (below->base - right > GUTTER_HEADING * s->pieces[s->list[at]].size)
        return false;
    bool lefts = false, rights = false;
    for (size_t i = at + 1; i < s->bottom; i++) {
        const struct piece *first = s->pieces + s->list[i];
        if (first->base - below->base > GUTTER_FIRST * first->size)
            break;
        bool is_left = first->x0 < x - GUTTER_SAME * first->size / 2;
        lefts |= is_left;
        rights |= !is_left;
    }
    return lefts && rights;
}

/* A piece as the search for gutters sees it: what of it counts, and whether it may
 * be a heading. */
struct gutter_span {
    float x0, x1;
    bool heading;
};

/* Where piece AT ends for a column: a line that is too long for its own reaches
 * over the gutter, and into a line of the next column that begins behind it. */
static float gutter_end(const struct gutter_search *s, size_t at)
{
    const struct piece *p = s->pieces + s->list[at];
    float end = p->x1, near = GUTTER_COLLIDE * p->size;
    for (int step = -1; step <= 1; step += 2) {
        size_t i = at;
        for (int n = 0; n < GUTTER_NEIGHBOURS; n++) {
            if (step < 0 ? i == 0 : i + 1 == s->count)
                break;
            i = step < 0 ? i - 1 : i + 1;
            const struct piece *q = s->pieces + s->list[i];
            if (fabsf(q->base - p->base) > near)
                break;
            if (q->x0 > (p->x0 + p->x1) / 2 && q->x0 < end && q->x1 > p->x1)
                end = q->x0;
        }
    }
    return end;
}

/* Whether piece AT begins before X as a line of the right column whose number hangs
 * out of it: nothing that it could go on from is right before it. */
static bool gutter_hangs(const struct gutter_search *s, size_t at, float x)
{
    const struct piece *p = s->pieces + s->list[at];
    if (p->x0 < x - GUTTER_HANG * p->size || p->x1 <= x || (p->x0 + p->x1) / 2 < x)
        return false;
    size_t from = at - s->top < GUTTER_NEIGHBOURS ? s->top : at - GUTTER_NEIGHBOURS;
    for (size_t i = from; i < s->bottom && i <= at + GUTTER_NEIGHBOURS; i++) {
        const struct piece *q = s->pieces + s->list[i];
        if (q->x0 < p->x0 && p->x0 - q->x1 <= GUTTER_HANG * p->size &&
            fabsf(q->base - p->base) <= GUTTER_SAME * p->size)
            return false;
    }
    return true;
}

static struct gutter_span *gutter_spans(const struct gutter_search *s)
{
    struct gutter_span *spans = xmalloc(s->count * sizeof *spans);
    for (size_t i = 0; i < s->count; i++) {
        const struct piece *p = s->pieces + s->list[i];
        float near = GUTTER_SAME * p->size / 2;
        spans[i] = (struct gutter_span){ p->x0 + near, gutter_end(s, i) - near,
                                         gutter_is_heading(s, i) };
    }
    return spans;
}

/* Tries what of G is between the rows that go on ACROSS it. */
static size_t gutter_try_parts(const struct gutter_search *s, const struct gutter *g,
                               const bool *across, struct side_row *rows,
                               struct gutter *best, size_t fewest)
{
    for (size_t i = g->from, end; i < g->to; i = end + 1) {
        for (end = i; end < g->to && !across[end - g->from];)
            end++;
        struct gutter part = { i, end, g->x };
        bool index;
        size_t lines = gutter_judge(s, &part, rows, &index);
        if (lines > fewest) {
            *best = part;
            fewest = lines;
        }
    }
    return fewest;
}

/* Tries G; rows of tables that go on across it end it. */
static size_t gutter_try_one(const struct gutter_search *s, const struct gutter *g,
                             struct side_row *rows, struct gutter *best, size_t fewest)
{
    bool index;
    size_t lines = gutter_judge(s, g, rows, &index);
    if (lines == 0)
        return fewest;
    bool *across = xcalloc(g->to - g->from + 1, sizeof *across);
    if (across_mark(s, g, index, across)) {
        fewest = gutter_try_parts(s, g, across, rows, best, fewest);
    } else if (lines > fewest) {
        *best = *g;
        fewest = lines;
    }
    free(across);
    return fewest;
}

/* Tries all stretches of the list in which nothing crosses X. */
static size_t gutter_try(const struct gutter_search *s, const struct gutter_span *spans,
                         float x, struct side_row *rows, struct gutter *best,
                         size_t fewest)
{
    size_t lefts = 0, rights = 0, from = s->top;
    float right = -INFINITY; /* where the last one stands */
    for (size_t i = from; i <= s->bottom; i++) {
        if (i < s->bottom && (spans[i].x0 >= x || gutter_hangs(s, i, x))) {
            rights++;
            right = s->pieces[s->list[i]].base;
            continue;
        }
        if (i < s->bottom && spans[i].x1 <= x &&
            !(spans[i].heading && gutter_is_over(s, i, x, right))) {
            lefts++;
            continue;
        }
        struct gutter g = { from, i, x };
        size_t few = lefts < rights ? lefts : rights;
        if (few > 0 && few + s->count > fewest)
            fewest = gutter_try_one(s, &g, rows, best, fewest);
        lefts = rights = 0;
        from = i + 1;
    }
    return fewest;
}

/* Where notes stand in the right margin of full lines, too few of them to share
 * an edge. */
static bool gutter_find_margin(const struct gutter_search *s, struct side_row *rows,
                               struct gutter *found)
{
    struct side lines = { rows, 0 };
    float right = -INFINITY;
    size_t notes = 0;
    /* The keys are sorted by where pieces begin. */
    for (size_t i = 0; i < s->count && notes == 0; i++) {
        const struct piece *p = s->pieces + s->keys[i].index;
        if (p->x0 - right > GUTTER_MARGIN * p->size &&
            (s->count - i) * GUTTER_NOTES < s->count) {
            *found = (struct gutter){ s->top, s->bottom, p->x0 };
            notes = s->count - i;
        }
        right = most(right, p->x1);
    }
    if (notes == 0)
        return false;
    for (size_t i = s->top; i < s->bottom; i++) {
        const struct piece *p = s->pieces + s->list[i];
        if (p->x0 < found->x)
            side_add(&lines, p, s->list[i]);
    }
    return side_is_text(&lines);
}

bool gutter_find(struct gutter_search *s, struct gutter *found)
{
    if (s->count < 2 * GUTTER_EDGES)
        return false;
    s->top = s->page ? gutter_below_head(s) : 0;
    s->bottom = s->page ? gutter_above_foot(s) : s->count;
    struct gutter_edge edges[GUTTER_TRIES];
    size_t count = gutter_edges(s, edges);
    struct side_row *rows = xmalloc(2 * s->count * sizeof *rows);
    struct gutter_span *spans = count > 0 ? gutter_spans(s) : NULL;
    size_t lines = 0;
    for (size_t i = 0; i < count; i++)
        lines = gutter_try(s, spans, edges[i].x, rows, found, lines);
    bool any = lines > 0 || gutter_find_margin(s, rows, found);
    free(spans);
    free(rows);
    return any;
}
