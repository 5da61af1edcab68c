/* SPDX-License-Identifier: GPL-3.0-or-later */
/* side.c - columns of text run on their own: their baselines differ, or, where
 * a grid holds them, their lines are full. The rows of a table agree. */
#include <config.h>

#include <math.h>

#include "layout/least.h"
#include "layout/side.h"

/* Baselines of one row differ by less, in sizes. */
#define SIDE_ROW 0.35f
/* Rows agree when their baselines do but for rounding, in sizes. */
#define SIDE_AGREE 0.12f
/* With as many of the rows in agreement a grid or a table holds them: by chance
 * it is one in five (twice SIDE_AGREE of a line's pitch of 1.2). */
#define SIDE_GRID 0.5f
/* Prose fills its lines: most are as full as this, but the last of paragraphs. */
#define SIDE_FULL 0.75f
/* ... and has some words in them: three of five letters. */
#define SIDE_LETTERS 15
/* ... also where columns are written row by row: as many lines are full then, with so many
 * words, all but letters are few signs, and most lines begin within a sentence. */
#define SIDE_WORDS 3
#define SIDE_RUNNING 0.9f
#define SIDE_WITHIN 0.7f
/* An index has short lines, but all of them of one kind, and many. */
#define SIDE_INDEX_ROWS 10
#define SIDE_INDEX_PAGE 40 /* ... or a page full of them */
#define SIDE_INDEX_LETTERS 4
#define SIDE_ALIKE 0.7f
/* ... some of it figures and leaders of dots, which are all of a column of figures. */
#define SIDE_INDEX_PROSE 0.3f
/* ... or are some columns beside one of the same width, but for this share of it
 * that ragged lines leave. */
#define SIDE_WHOLE 0.05f
/* The spaces of filled lines stand below each other in three or four lines, but
 * not in as many. */
#define SIDE_LONG 8
/* White between rows that is wider than usual by so many sizes. */
#define SIDE_BAND 0.3f
/* Rows of a table that are no chance. */
#define SIDE_TURNS 3
/* Rows of two cells: lines that are written from the top have two. */
#define SIDE_CELL 4

void side_add(struct side *s, const struct piece *p, uint32_t index)
{
    struct side_row *last = s->count ? s->rows + s->count - 1 : NULL;
    if (last && p->base - last->base <= SIDE_ROW * least(p->size, last->size)) {
        if (p->x0 < last->x0)
            last->goes_on = p->goes_on;
        last->x0 = least(last->x0, p->x0);
        last->x1 = most(last->x1, p->x1);
        last->y0 = least(last->y0, p->y0);
        last->y1 = most(last->y1, p->y1);
        last->size = most(last->size, p->size);
        last->ink += p->x1 - p->x0;
        last->words += p->count;
        last->glyphs += p->glyphs;
        last->letters += p->letters;
        if (index < last->first)
            last->first = index;
        if (index > last->last)
            last->last = index;
        return;
    }
    s->rows[s->count++] = (struct side_row){
        .x0 = p->x0, .x1 = p->x1, .y0 = p->y0, .y1 = p->y1, .base = p->base,
        .size = p->size, .ink = p->x1 - p->x0, .words = p->count, .glyphs = p->glyphs,
        .letters = p->letters, .first = index, .last = index, .goes_on = p->goes_on,
    };
}

/* The part of a side that stands beside the other. */
static struct side side_beside(const struct side *s, const struct side *other)
{
    float top = other->rows[0].base, bottom = other->rows[other->count - 1].base;
    size_t from = 0, to = s->count;
    while (from < to && s->rows[from].base < top - SIDE_ROW * s->rows[from].size)
        from++;
    while (to > from && s->rows[to - 1].base > bottom + SIDE_ROW * s->rows[to - 1].size)
        to--;
    return (struct side){ s->rows + from, to - from };
}

/* How many rows of two sides agree, and of these, how many the engine gives one
 * right after the other. */
static size_t sides_agree(const struct side *left, const struct side *right,
                          size_t *following)
{
    size_t count = 0;
    *following = 0;
    for (size_t i = 0, k = 0; i < left->count && k < right->count;) {
        const struct side_row *l = left->rows + i, *r = right->rows + k;
        float near = SIDE_AGREE * least(l->size, r->size);
        if (fabsf(l->base - r->base) <= near) {
            count++;
            *following += r->first == l->last + 1;
            i++, k++;
        } else if (l->base < r->base) {
            i++;
        } else {
            k++;
        }
    }
    return count;
}

/* Whether most rows of S are written one after the other. */
static bool side_is_written_down(const struct side *s)
{
    size_t count = 0;
    for (size_t i = 0; i + 1 < s->count; i++)
        count += s->rows[i + 1].first == s->rows[i].last + 1;
    return count * 2 >= s->count;
}

/* Whether all of one side is written before the other, so that it is not the labels of a
 * figure in any order. */
static bool sides_are_written_apart(const struct side *left, const struct side *right)
{
    uint32_t first[2] = { UINT32_MAX, UINT32_MAX }, last[2] = { 0, 0 };
    for (int k = 0; k < 2; k++) {
        const struct side *s = k ? right : left;
        for (size_t i = 0; i < s->count; i++) {
            first[k] = s->rows[i].first < first[k] ? s->rows[i].first : first[k];
            last[k] = s->rows[i].last > last[k] ? s->rows[i].last : last[k];
        }
    }
    return last[0] < first[1] || last[1] < first[0];
}

/* The turns in which both sides are written. */
struct side_turns {
    size_t count;
    size_t even;  /* that begin in one row on both sides */
    size_t below; /* that are below the turn before */
};

static void sides_end_turn(struct side_turns *turns, float top, float *bottom, float end)
{
    turns->count++;
    turns->below += top > *bottom;
    *bottom = end;
}

static struct side_turns sides_turns(const struct side *left, const struct side *right)
{
    struct side_turns turns = { 0, 0, 0 };
    bool at_right = false;
    float begin = 0, top = INFINITY, low = -INFINITY, bottom = -INFINITY;
    for (size_t i = 0, k = 0; i < left->count || k < right->count;) {
        bool next = i == left->count ||
                    (k < right->count && right->rows[k].first < left->rows[i].first);
        const struct side_row *row = next ? right->rows + k : left->rows + i;
        if (next && !at_right)
            turns.even += i > 0 && fabsf(row->base - begin) <= SIDE_AGREE * row->size;
        if (!next && at_right) {
            sides_end_turn(&turns, top, &bottom, low);
            top = INFINITY;
            low = -INFINITY;
        }
        if (!next && (at_right || i == 0))
            begin = row->base;
        top = least(top, row->base);
        low = most(low, row->base);
        at_right = next;
        i += !next;
        k += next;
    }
    sides_end_turn(&turns, top, &bottom, low);
    return turns;
}

/* Whether turns begin in one row: the cells of a table, of whatever height. */
static bool sides_are_even_cells(const struct side *left, const struct side *right)
{
    struct side_turns turns = sides_turns(left, right);
    return turns.count >= SIDE_TURNS && turns.even * 4 >= turns.count * 3;
}

/* Whether turns of several rows are below each other: cells that are centred. */
static bool sides_are_centred_cells(const struct side *left, const struct side *right)
{
    struct side_turns turns = sides_turns(left, right);
    return turns.count >= SIDE_TURNS && turns.below == turns.count &&
           left->count + right->count >= SIDE_CELL * turns.count;
}

/* What a side looks like. */
struct side_look {
    float x0, width; /* of the side */
    float letters; /* in a row */
    float prose;   /* the share of glyphs that are letters */
    float full;    /* the share of rows that are nearly as wide as the side */
    float row;     /* the width of a row */
};

static struct side_look side_look(const struct side *s)
{
    float x0 = s->rows[0].x0, x1 = s->rows[0].x1, widths = 0;
    uint64_t letters = 0, glyphs = 0;
    for (size_t i = 0; i < s->count; i++) {
        x0 = least(x0, s->rows[i].x0);
        x1 = most(x1, s->rows[i].x1);
        widths += s->rows[i].ink;
        letters += s->rows[i].letters;
        glyphs += s->rows[i].glyphs;
    }
    size_t full = 0;
    for (size_t i = 0; i < s->count; i++)
        full += s->rows[i].ink >= SIDE_FULL * (x1 - x0);
    float count = (float)s->count;
    return (struct side_look){
        .x0 = x0,
        .width = x1 - x0,
        .letters = (float)letters / count,
        .prose = (float)letters / (float)(glyphs ? glyphs : 1),
        .full = (float)full / count,
        .row = widths / count,
    };
}

static bool side_is_prose(const struct side_look *s)
{
    return s->full >= 0.5f && s->letters >= SIDE_LETTERS && s->prose >= 0.5f;
}

static bool sides_are_alike(float a, float b)
{
    return least(a, b) >= SIDE_ALIKE * most(a, b);
}

/* How many columns, each as wide as B, there are in A with gutters like the one
 * between both; 0: no whole number. */
static float sides_columns(const struct side_look *a, const struct side_look *b)
{
    float gap = a->x0 < b->x0 ? b->x0 - a->x0 - a->width : a->x0 - b->x0 - b->width;
    float columns = (a->width + gap) / most(b->width + gap, 1);
    float whole = floorf(columns + 0.5f);
    return fabsf(columns - whole) <= SIDE_WHOLE * whole && whole >= 2 ? whole : 0;
}

/* Whether S, which looks so, is lines that go on in the next one: of some words each, most
 * of which begin within a sentence. SOME: it is some columns, not all of them in each row. */
static bool side_runs_on(const struct side *s, const struct side_look *look, bool some)
{
    float words = 0, count = (float)s->count;
    size_t within = 0;
    for (size_t i = 0; i < s->count; i++) {
        words += (float)s->rows[i].words;
        within += s->rows[i].goes_on;
    }
    return s->count >= SIDE_LONG && (some || look->full >= SIDE_FULL) &&
           look->letters >= SIDE_LETTERS && look->prose >= SIDE_RUNNING &&
           words >= SIDE_WORDS * count && (float)within >= SIDE_WITHIN * count;
}

/* LEFTS and RIGHTS: as how many columns each side counts. AGREE of the rows of both
 * sides do. In a table, or in aligned code, the rows of one side are among those of
 * the other. */
static bool sides_are_index(const struct side *left, const struct side *right,
                            const struct side_look *l, const struct side_look *r,
                            size_t agree, float lefts, float rights)
{
    size_t fewer = left->count < right->count ? left->count : right->count;
    return (agree < fewer || fewer >= SIDE_INDEX_PAGE) &&
           left->count >= SIDE_INDEX_ROWS && right->count >= SIDE_INDEX_ROWS &&
           l->letters >= SIDE_INDEX_LETTERS && r->letters >= SIDE_INDEX_LETTERS &&
           l->prose >= SIDE_INDEX_PROSE && r->prose >= SIDE_INDEX_PROSE &&
           sides_are_alike(l->letters / lefts, r->letters / rights) &&
           sides_are_alike(l->row / lefts, r->row / rights);
}

/* The white below a row, in sizes. */
static float side_white(const struct side *s, size_t i)
{
    return (s->rows[i + 1].y0 - s->rows[i].y1) / s->rows[i].size;
}

/* Marks the rows below which there is a band of white. */
static void side_find_bands(const struct side *s)
{
    float usual = 0;
    for (size_t i = 0; i + 1 < s->count; i++)
        usual += side_white(s, i) / (float)s->count;
    for (size_t i = 0; i < s->count; i++)
        s->rows[i].band = i + 1 < s->count && side_white(s, i) > usual + SIDE_BAND;
}

static size_t side_bands(const struct side *s)
{
    size_t count = 0;
    for (size_t i = 0; i < s->count; i++)
        count += s->rows[i].band;
    return count;
}

/* Whether the white bands of both sides coincide, as between the rows of a
 * table whose cells have several lines. */
static bool sides_share_bands(const struct side *left, const struct side *right)
{
    side_find_bands(left);
    side_find_bands(right);
    size_t bands = side_bands(left), others = side_bands(right), shared = 0;
    for (size_t i = 0, k = 0; i < left->count; i++) {
        if (!left->rows[i].band)
            continue;
        float to = left->rows[i + 1].base;
        while (k < right->count &&
               right->rows[k].base < to - SIDE_AGREE * left->rows[i].size)
            k++;
        shared += k > 0 && k < right->count && right->rows[k - 1].band &&
                  fabsf(right->rows[k].base - to) <= SIDE_AGREE * left->rows[i].size;
    }
    /* One or two may be chance, or headings on a grid. */
    return shared >= 3 && shared * 4 >= 3 * (bands > others ? bands : others);
}

enum side_columns sides_are_columns(const struct side *left, const struct side *right,
                                    bool narrow, bool content_order)
{
    if (left->count < SIDE_ROWS || right->count < SIDE_ROWS)
        return SIDE_NO_COLUMNS;
    struct side l = side_beside(left, right), r = side_beside(right, left);
    if (l.count < SIDE_ROWS || r.count < SIDE_ROWS)
        return SIDE_NO_COLUMNS;
    struct side_look looks[] = { side_look(&l), side_look(&r) };
    if (looks[0].letters < SIDE_INDEX_LETTERS || looks[1].letters < SIDE_INDEX_LETTERS)
        return SIDE_NO_COLUMNS;
    size_t following;
    size_t agree = sides_agree(&l, &r, &following);
    bool prose = side_is_prose(looks) && side_is_prose(looks + 1);
    if (content_order && !prose && sides_are_centred_cells(&l, &r))
        return SIDE_NO_COLUMNS;
    if ((float)agree < SIDE_GRID * (float)(l.count < r.count ? l.count : r.count))
        return SIDE_COLUMNS;
    if (narrow && (l.count < SIDE_LONG || r.count < SIDE_LONG))
        return SIDE_NO_COLUMNS;
    bool across = content_order && following * 2 >= agree;
    float lefts = most(sides_columns(looks, looks + 1), 1);
    float rights = most(sides_columns(looks + 1, looks), 1);
    if (across && !(side_runs_on(&l, looks, lefts > 1) &&
                    side_runs_on(&r, looks + 1, rights > 1)))
        return SIDE_NO_COLUMNS;
    content_order = content_order && !across;
    if (content_order && sides_are_written_apart(&l, &r))
        return SIDE_COLUMNS;
    if (content_order && !prose && sides_are_even_cells(&l, &r))
        return SIDE_NO_COLUMNS;
    if (content_order && side_is_written_down(&l) && side_is_written_down(&r))
        return SIDE_COLUMNS;
    if (agree * 4 >= 3 * (l.count < r.count ? l.count : r.count) &&
        sides_share_bands(&l, &r))
        return SIDE_NO_COLUMNS;
    if (prose || across)
        return SIDE_COLUMNS;
    if (sides_are_index(&l, &r, looks, looks + 1, agree, 1, 1))
        return SIDE_INDEX;
    /* Leaders of dots fill the lines of an index, but not the cells of a table. */
    return looks[0].full >= 0.5f && looks[1].full >= 0.5f &&
                   sides_are_index(&l, &r, looks, looks + 1, agree, lefts, rights)
               ? SIDE_PERHAPS_COLUMNS
               : SIDE_NO_COLUMNS;
}

bool side_is_text(const struct side *s)
{
    if (s->count < SIDE_ROWS)
        return false;
    struct side_look look = side_look(s);
    return side_is_prose(&look);
}
