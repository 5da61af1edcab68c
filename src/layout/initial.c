/* SPDX-License-Identifier: GPL-3.0-or-later */
/* initial.c - a letter with some lines beside it, the last of which stands on its
 * baseline, and text at its left edge below. */
#include <config.h>

#include <math.h>

#include "layout/character.h"
#include "layout/initial.h"
#include "layout/least.h"

/* An initial is at least so many times as large as the text: two lines make about
 * 2.5, scripts on letters less than 1.5. */
#define INITIAL_SIZE 1.6f
/* A quotation mark and a letter, or a short word. */
#define INITIAL_GLYPHS 3
#define INITIAL_SAME 1.1f
/* With more glyphs the error of their mean is no more negligible. */
#define INITIAL_MANY 100000
/* More on a page are no initials; this bounds the search. */
#define INITIALS 32
#define INITIAL_ROWS 6
/* Capitals are as high, in sizes. */
#define INITIAL_HEIGHT 0.7f
/* All in sizes of the text. Baselines of one row differ by less; those of the
 * last row and the initial by more, since fonts ascend differently and the error
 * grows with the size. */
#define INITIAL_ROW 0.35f
#define INITIAL_OFF 0.6f
#define INITIAL_PITCH 1.9f
/* Lines beside begin as far off it; a slanted one reaches over them. */
#define INITIAL_GAP 1.6f
#define INITIAL_LEAN 0.5f
/* The text below begins at its edge, within as much; it may be a paragraph. */
#define INITIAL_EDGE 1.5f
/* What stands to the left is parted by more: gutters are as wide at least. */
#define INITIAL_CLEAR 0.5f
#define INITIAL_BELOW 3.0f
/* So many glyphs on the first row, within as much, are a line of text. */
#define INITIAL_LETTERS 12
#define INITIAL_LINE 15.0f
/* A letter that may be a word by itself is one when a space follows. */
#define INITIAL_SPACE 0.17f

struct initial {
    struct glyph *letters;
    size_t count;
    float x0, x1, top, base, size;
    struct glyph *rows[INITIAL_ROWS]; /* what each line beside begins with */
    size_t rows_count;
};

/* Whether B goes on from A, the one before it in the engine's order. */
static bool initial_goes_on(const struct glyph *a, const struct glyph *b)
{
    return most(a->size, b->size) <= INITIAL_SAME * least(a->size, b->size) &&
           a->turn == b->turn &&
           fabsf(glyph_base(a) - glyph_base(b)) <= INITIAL_ROW * a->size &&
           fabsf(b->x0 - a->x1) <= a->size;
}

/* The letters of one size from AT on. */
static struct initial initial_letters(const struct glyphs *g, size_t at)
{
    struct glyph *first = g->all + at;
    struct initial in = { .letters = first, .count = 1, .x0 = first->x0,
                          .x1 = first->x1, .base = glyph_base(first),
                          .size = first->size };
    while (at + in.count < g->count &&
           initial_goes_on(first + in.count - 1, first + in.count)) {
        in.x0 = least(in.x0, first[in.count].x0);
        in.x1 = most(in.x1, first[in.count].x1);
        in.count++;
    }
    in.top = in.base - INITIAL_HEIGHT * in.size;
    return in;
}

/* Whether its letters may be an initial. */
static bool initial_stands_out(const struct initial *in)
{
    bool upper = false;
    if (in->count > INITIAL_GLYPHS)
        return false;
    for (size_t i = 0; i < in->count; i++) {
        upper = upper || in->letters[i].class & CHARACTER_UPPER;
        if (in->letters[i].class & (CHARACTER_RTL | CHARACTER_DIGIT))
            return false;
    }
    return upper;
}

static bool initial_in_row(const struct glyph *a, const struct glyph *b)
{
    return fabsf(glyph_base(a) - glyph_base(b)) <= INITIAL_ROW * least(a->size, b->size);
}

/* Takes G, which stands beside IN, as what its row begins with, or not. */
static bool initial_add(struct initial *in, struct glyph *g)
{
    size_t at = 0;
    while (at < in->rows_count && glyph_base(in->rows[at]) < glyph_base(g) &&
           !initial_in_row(in->rows[at], g))
        at++;
    if (at < in->rows_count && initial_in_row(in->rows[at], g)) {
        if (g->x0 < in->rows[at]->x0)
            in->rows[at] = g;
        return true;
    }
    if (in->rows_count == INITIAL_ROWS)
        return false;
    for (size_t i = in->rows_count++; i > at; i--)
        in->rows[i] = in->rows[i - 1];
    in->rows[at] = g;
    return true;
}

/* Finds the rows beside IN; whether nothing stands in its way, and there is text
 * below. */
static bool initial_find_rows(const struct glyphs *g, struct initial *in)
{
    bool below = false;
    for (struct glyph *p = g->all; p < g->all + g->count; p++) {
        float base = glyph_base(p), size = p->size;
        if (p->turn != in->letters->turn || size * INITIAL_SIZE > in->size ||
            p->x1 < in->x0 - INITIAL_CLEAR * size ||
            p->x0 > in->x1 + INITIAL_GAP * size ||
            base < in->top + INITIAL_ROW * size ||
            base > in->base + INITIAL_BELOW * size)
            continue;
        if (base > in->base + INITIAL_OFF * size)
            below = below || fabsf(p->x0 - in->x0) <= INITIAL_EDGE * size;
        else if (p->x0 < in->x1 - INITIAL_LEAN * size || !initial_add(in, p))
            return false;
    }
    return below;
}

/* A letter that is too small for its lines leaves the first of them above its top: that
 * goes on with a small letter where the others begin, and nothing is before it. */
static void initial_add_above(const struct glyphs *g, struct initial *in)
{
    struct glyph *left = NULL;
    if (in->rows_count == 0 || in->rows_count == INITIAL_ROWS)
        return;
    const struct glyph *below = in->rows[0];
    float size = below->size, top = in->top;
    for (struct glyph *p = g->all; p < g->all + g->count; p++)
        if (p->turn == below->turn && fabsf(glyph_base(p) - top) < INITIAL_ROW * size &&
            p->x1 >= in->x0 - INITIAL_CLEAR * size && (!left || p->x0 < left->x0))
            left = p;
    if (left && left->class & CHARACTER_LOWER &&
        fabsf(left->x0 - below->x0) <= INITIAL_ROW * size &&
        fabsf(left->size - size) <= (INITIAL_SAME - 1) * size)
        initial_add(in, left);
}

/* Whether the rows stand beside it from its top to its baseline, as lines of text
 * do. */
static bool initial_is_beside(const struct glyphs *g, const struct initial *in)
{
    if (in->rows_count < 2)
        return false;
    const struct glyph *first = in->rows[0], *last = in->rows[in->rows_count - 1];
    float size = first->size;
    if (fabsf(glyph_base(last) - in->base) > INITIAL_OFF * last->size ||
        glyph_base(first) - INITIAL_HEIGHT * size > in->top + INITIAL_OFF * size)
        return false;
    for (size_t i = 1; i < in->rows_count; i++)
        if (glyph_base(in->rows[i]) - glyph_base(in->rows[i - 1]) >
            INITIAL_PITCH * in->rows[i]->size)
            return false;
    size_t letters = 0;
    for (size_t i = 0; i < g->count && letters < INITIAL_LETTERS; i++)
        letters += initial_in_row(g->all + i, first) && g->all[i].x0 >= first->x0 &&
                   g->all[i].x0 < in->x1 + INITIAL_LINE * size &&
                   g->all[i].turn == first->turn;
    return letters == INITIAL_LETTERS;
}

/* Letters of their own: articles and conjunctions of some languages, and "I". */
static bool initial_is_word(const struct initial *in)
{
    uint32_t code = in->letters[in->count - 1].code;
    return in->count > 1 || code == 'A' || code == 'I' || code == 'O' || code == 'Y' ||
           code == 0xc0 || code == 0xc9;
}

static void initial_lower(struct initial *in)
{
    const struct glyph *line = in->rows[0];
    struct glyph *end = in->letters + in->count - 1;
    bool apart = initial_is_word(in) && line->x0 - in->x1 > INITIAL_SPACE * line->size;
    if (!apart)
        end->x1 = most(end->x0, line->x0);
    for (size_t i = 0; i < in->count; i++) {
        in->letters[i].y0 = line->y0, in->letters[i].y1 = line->y1;
        in->letters[i].size = line->size;
    }
    for (size_t i = 1; i < in->rows_count; i++)
        in->rows[i]->x0 = in->x0;
}

/* Whether a glyph may be so much larger than the mean, which initials_lower finds to
 * within less than a hundredth. */
static bool initials_are_possible(const struct glyphs *g)
{
    return g->count > INITIAL_MANY ||
           (double)g->largest * (double)g->count >= 0.99 * (double)INITIAL_SIZE * g->sizes;
}

void initials_lower(struct glyphs *g)
{
    float size = 0;
    if (!initials_are_possible(g))
        return;
    for (size_t i = 0; i < g->count; i++)
        size += g->all[i].size / (float)g->count;
    size_t tried = 0;
    bool lowered = false;
    for (size_t i = 0, next; i < g->count && tried < INITIALS; i = next) {
        if (g->all[i].size < INITIAL_SIZE * size) {
            next = i + 1;
            continue;
        }
        struct initial in = initial_letters(g, i);
        next = i + in.count;
        if (!initial_stands_out(&in))
            continue;
        tried++;
        if (!initial_find_rows(g, &in))
            continue;
        initial_add_above(g, &in);
        if (initial_is_beside(g, &in))
            initial_lower(&in), lowered = true;
    }
    if (lowered)
        glyphs_part(g);
}
