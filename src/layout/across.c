/* SPDX-License-Identifier: GPL-3.0-or-later */
/* across.c - rows are judged one by one: by figures, and by lines that are full. */
#include <config.h>

#include "layout/across.h"
#include "layout/least.h"

/* Rows that agree, by their baselines and in sizes; as many of figures in a row are
 * a table's, unless a line of so many letters fills so much of its column there. */
#define ACROSS_AGREE 0.12f
#define ACROSS_TABLE 3
#define ACROSS_PROSE 15
#define ACROSS_FULL 0.75f
#define ACROSS_LETTERS 2
#define ACROSS_LEADERS 4

/* What of a row is on one side of X. */
struct across_part {
    float ink;
    uint32_t pieces, glyphs, letters, digits;
};

/* Figures with their signs and units; not the end of an index's line, with leaders. */
static bool across_is_figures(const struct across_part *p)
{
    return p->letters <= ACROSS_LETTERS && p->digits * 3 >= p->glyphs;
}

/* Leaders of dots lead to numbers that are of their own column. */
static bool across_has_leaders(const struct across_part *p)
{
    uint32_t others = p->glyphs - p->letters - p->digits;
    return others > p->digits + p->letters / 2 + ACROSS_LEADERS;
}

/* A line that fills its column of WIDTH with words. */
static bool across_is_full(const struct across_part *p, float width)
{
    return p->letters >= ACROSS_PROSE && p->letters * 5 >= p->glyphs * 4 &&
           p->ink >= ACROSS_FULL * width;
}

enum across_row { ACROSS_TEXT, ACROSS_PART, ACROSS_FIGURES, ACROSS_INDEX };

/* What the row of the pieces from AT to END is, with X between its sides. */
static enum across_row across_row(const struct gutter_search *s, size_t at, size_t end,
                                  float x, const float *widths, bool index)
{
    struct across_part parts[2] = { { 0 } };
    for (size_t i = at; i < end; i++) {
        const struct piece *p = s->pieces + s->list[i];
        struct across_part *part = parts + ((p->x0 + p->x1) / 2 >= x);
        part->pieces++;
        part->ink += p->x1 - p->x0;
        part->glyphs += p->glyphs;
        part->letters += p->letters;
        part->digits += p->digits;
    }
    if (across_has_leaders(parts) || across_has_leaders(parts + 1))
        return ACROSS_INDEX;
    if (across_is_full(parts, widths[0]) || across_is_full(parts + 1, widths[1]))
        return ACROSS_TEXT;
    if (parts[0].glyphs == 0 || parts[1].glyphs == 0)
        return ACROSS_PART;
    /* An index has one list of numbers in a line, a table some columns of figures. */
    if (index)
        return across_is_figures(parts + 1) && parts[1].pieces > 1 ? ACROSS_FIGURES
                                                                   : ACROSS_TEXT;
    return across_is_figures(parts) || across_is_figures(parts + 1) ? ACROSS_FIGURES
                                                                    : ACROSS_TEXT;
}

bool across_mark(const struct gutter_search *s, const struct gutter *g, bool index,
                 bool *across)
{
    size_t from = g->from, to = g->to;
    float x = g->x, left = x, right = x;
    for (size_t i = from; i < to; i++) {
        left = least(left, s->pieces[s->list[i]].x0);
        right = most(right, s->pieces[s->list[i]].x1);
    }
    const float widths[] = { x - left, right - x };
    size_t begin = from, last = from, rows = 0, leaders = 0;
    bool any = false;
    for (size_t i = from, end; i <= to; i = end) {
        enum across_row row = ACROSS_TEXT;
        end = i + 1;
        if (i < to) {
            const struct piece *p = s->pieces + s->list[i];
            while (end < to && s->pieces[s->list[end]].base - p->base <=
                                   ACROSS_AGREE * p->size)
                end++;
            row = across_row(s, i, end, x, widths, index);
        }
        if (row == ACROSS_FIGURES) {
            begin = rows++ ? begin : i;
            last = end;
        } else if (row != ACROSS_PART) {
            leaders += row == ACROSS_INDEX;
            for (size_t k = begin; rows >= ACROSS_TABLE && k < last; k++)
                any = across[k - from] = true;
            rows = 0;
        }
    }
    /* An index in columns has rows of figures too. */
    return any && leaders < ACROSS_TABLE;
}
