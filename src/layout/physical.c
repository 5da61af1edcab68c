/* SPDX-License-Identifier: GPL-3.0-or-later */
/* physical.c - words go to the column of the grid where they begin, or behind
 * the word before them when that takes more room than in print. */
#include <config.h>

#include <math.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "layout/character.h"
#include "layout/least.h"
#include "layout/paragraph.h"
#include "layout/physical.h"

/* A line of the grid has no more columns: the widest plotter's sheet. */
#define PHYSICAL_COLUMNS 1000
/* White of more lines than a page has is none that one could see. */
#define PHYSICAL_BLANK 60
/* ... and a page's blanks are no more than this, and so many for each word. */
#define PHYSICAL_BUDGET 65536
#define PHYSICAL_BUDGET_WORD 64

struct physical {
    struct text *text;
    float left, width; /* of the grid and its columns, in points */
    size_t budget;     /* blanks to spend */
};

/* The width of the usual character: the mean over all, square ones halved since
 * terminals show them in two columns. */
static float physical_width(const struct words *w, const uint32_t *list, size_t count)
{
    double width = 0, glyphs = 0;
    for (size_t i = 0; i < count; i++) {
        const struct piece *p = w->pieces + list[i];
        for (uint32_t k = 0; k < p->count; k++) {
            const struct word *word = w->all + p->first + k;
            bool wide = w->glyphs[word->first].class & CHARACTER_WIDE;
            width += (double)(word->x1 - word->x0);
            glyphs += word->count * (wide ? 2.0 : 1.0);
        }
    }
    return most((float)(width / (glyphs > 0 ? glyphs : 1)), 0.1f);
}

static size_t physical_columns(const struct words *w, const struct word *word)
{
    size_t columns = 0;
    for (uint32_t i = 0; i < word->count; i++) {
        unsigned class = w->glyphs[word->first + i].class;
        columns += class & CHARACTER_MARK ? 0 : class & CHARACTER_WIDE ? 2 : 1;
    }
    return columns;
}

static void physical_pad(struct physical *p, size_t count)
{
    if (count > p->budget)
        count = p->budget;
    p->budget -= count;
    buffer_reserve(p->text->out, count);
    while (count-- > 0)
        p->text->out->data[p->text->out->size++] = ' ';
}

static void physical_line(struct physical *p, const struct lines *l,
                          const struct line *line)
{
    const struct words *w = p->text->words;
    size_t at = 0;
    for (uint32_t i = 0; i < line->count; i++) {
        uint32_t index = l->words[line->first + i];
        const struct word *word = w->all + index, *last = NULL;
        if (i > 0)
            last = w->all + l->words[line->first + i - 1];
        float column = most((word->x0 - p->left) / p->width + 0.5f, 0);
        size_t to = (size_t)least(column, PHYSICAL_COLUMNS);
        if (last && words_are_apart(last, word, word == last + 1)) {
            buffer_append_char(p->text->out, ' ');
            at++;
            if (to > at && word->x0 - last->x1 > p->width * 1.5f) {
                physical_pad(p, to - at);
                at = to;
            }
        } else if (!last && to > 0) {
            physical_pad(p, to);
            at = to;
        }
        text_add_word(p->text, word);
        at += physical_columns(w, word);
    }
    buffer_append_char(p->text->out, '\n');
}

void physical_append(struct text *t, const uint32_t *list, size_t count)
{
    struct lines l = lines_create(t->words, list, count);
    struct key *keys = xmalloc((2 * l.count + 1) * sizeof *keys);
    float pitch = paragraph_pitch(l.all, l.count, keys);
    struct physical p = {
        .text = t,
        .left = INFINITY,
        .width = physical_width(t->words, list, count),
        .budget = PHYSICAL_BUDGET + PHYSICAL_BUDGET_WORD * t->words->count,
    };
    for (size_t i = 0; i < l.count; i++)
        p.left = least(p.left, l.all[i].x0);
    for (size_t i = 0; i < l.count; i++) {
        if (i > 0) {
            float lines = (l.all[i].base - l.all[i - 1].base) / pitch + 0.5f;
            for (int k = (int)least(lines, PHYSICAL_BLANK); k > 1; k--)
                buffer_append_char(t->out, '\n');
        }
        physical_line(&p, &l, l.all + i);
    }
    free(keys);
    lines_clear(&l);
}
