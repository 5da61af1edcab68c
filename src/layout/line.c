/* SPDX-License-Identifier: GPL-3.0-or-later */
/* line.c - rows by their baselines first, whatever the height of their symbols;
 * then small pieces move to the row that they are attached to. */
#include <config.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "layout/keys.h"
#include "layout/least.h"
#include "layout/line.h"

/* All in sizes. Baselines of one row differ by less: fonts differ in their
 * ascent; the next row is a whole size away at least. */
#define LINE_ROW 0.35f
/* A script is smaller than its line, overlaps it in height and touches it, all
 * but for a thin space. */
#define LINE_SCRIPT_SIZE 0.85f
#define LINE_SCRIPT_OVERLAP 0.3f
#define LINE_SCRIPT_TOUCH 0.3f
/* Scripts are short: the longest are what a sum runs over. */
#define LINE_SCRIPT_GLYPHS 24
/* Words, and figures such as a year, stand no farther above and below the baseline
 * of words, in sizes: else they are the next line, below or beside a heading. Limits,
 * which have few letters, may stand as far off. */
#define LINE_SCRIPT_ABOVE 0.6f
#define LINE_SCRIPT_BELOW 0.4f
#define LINE_SCRIPT_LETTERS 4
/* How many rows off a script looks for its line. */
#define LINE_SCRIPT_ROWS 2
/* White between words that a table or a list has, in sizes, and dots that lead from
 * one to the other. */
#define LINE_WIDE 2.0f
#define LINE_LEADERS 4
/* Copies of a word are off by less. */
#define LINE_SAME 0.15f

struct line_row {
    size_t first, count; /* of the sorted pieces */
    float base, size;
};

struct line_builder {
    const struct words *words;
    uint32_t *pieces; /* by row, then from left to right */
    size_t count;
    struct line_row *rows;
    size_t rows_count;
    uint32_t *targets; /* the row of each of PIECES */
    struct key *keys;  /* scratch: twice as many as words */
};

static const struct piece *line_piece(const struct line_builder *b, size_t i)
{
    return b->words->pieces + b->pieces[i];
}

static void lines_cut(struct line_builder *b)
{
    for (size_t i = 0; i < b->count; i++) {
        const struct piece *p = line_piece(b, i);
        struct line_row *row = b->rows_count ? b->rows + b->rows_count - 1 : NULL;
        if (!row || p->base - row->base > LINE_ROW * least(p->size, row->size)) {
            row = b->rows + b->rows_count++;
            *row = (struct line_row){ .first = i, .base = p->base, .size = p->size };
        }
        row->count++;
        row->size = most(row->size, p->size);
    }
    for (size_t r = 0; r < b->rows_count; r++) {
        const struct line_row *row = b->rows + r;
        if (row->count == 1)
            continue;
        for (size_t i = 0; i < row->count; i++)
            b->keys[i] = (struct key){ line_piece(b, row->first + i)->x0,
                                       b->pieces[row->first + i] };
        keys_sort(b->keys, row->count, b->keys + row->count);
        for (size_t i = 0; i < row->count; i++)
            b->pieces[row->first + i] = b->keys[i].index;
    }
}

static bool line_is_script(const struct piece *p, const struct piece *host)
{
    float overlap = least(p->y1, host->y1) - most(p->y0, host->y0);
    float gap = most(p->x0 - host->x1, host->x0 - p->x1);
    bool figures = p->letters == 0 && p->glyphs >= LINE_SCRIPT_LETTERS;
    if ((p->letters >= LINE_SCRIPT_LETTERS || figures) &&
        host->letters >= LINE_SCRIPT_LETTERS &&
        (host->base - p->base > LINE_SCRIPT_ABOVE * host->size ||
         p->base - host->base > LINE_SCRIPT_BELOW * host->size))
        return false;
    return p->size <= LINE_SCRIPT_SIZE * host->size &&
           overlap >= LINE_SCRIPT_OVERLAP * (p->y1 - p->y0) &&
           gap <= LINE_SCRIPT_TOUCH * host->size;
}

/* Whether P is a script of a piece of ROW: of one of the two beside it. */
static bool line_is_host(const struct line_builder *b, const struct line_row *row,
                         const struct piece *p)
{
    size_t low = row->first, high = row->first + row->count;
    /* As nearly all: the row is as large as the largest of its pieces. */
    if (p->size > LINE_SCRIPT_SIZE * row->size)
        return false;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (line_piece(b, middle)->x0 <= p->x0)
            low = middle + 1;
        else
            high = middle;
    }
    return (low > row->first && line_is_script(p, line_piece(b, low - 1))) ||
           (low < row->first + row->count && line_is_script(p, line_piece(b, low)));
}

/* The row that P, of row AT, goes to. */
static size_t line_target(const struct line_builder *b, size_t at,
                          const struct piece *p)
{
    if (p->glyphs > LINE_SCRIPT_GLYPHS)
        return at;
    for (size_t step = 1; step <= LINE_SCRIPT_ROWS; step++) {
        /* Footnote marks are more frequent than indices. */
        if (at + step < b->rows_count && line_is_host(b, b->rows + at + step, p))
            return at + step;
        if (at >= step && line_is_host(b, b->rows + at - step, p))
            return at - step;
    }
    return at;
}

/* Sorts the pieces by the row that they go to, and in it by where they were. */
static void lines_join(struct line_builder *b)
{
    uint32_t *starts = xcalloc(b->rows_count + 1, sizeof *starts);
    uint32_t *sorted = xmalloc((b->count + 1) * sizeof *sorted);
    for (size_t r = 0; r < b->rows_count; r++) {
        const struct line_row *row = b->rows + r;
        for (size_t i = row->first; i < row->first + row->count; i++) {
            b->targets[i] = (uint32_t)line_target(b, r, line_piece(b, i));
            starts[b->targets[i] + 1]++;
        }
    }
    for (size_t r = 0; r < b->rows_count; r++) {
        b->rows[r].first = starts[r];
        b->rows[r].count = starts[r + 1];
        starts[r + 1] += starts[r];
    }
    for (size_t i = 0; i < b->count; i++)
        sorted[starts[b->targets[i]]++] = b->pieces[i];
    memcpy(b->pieces, sorted, b->count * sizeof *sorted);
    free(starts);
    free(sorted);
}

static bool line_is_copy(const struct words *w, const struct word *a,
                         const struct word *b)
{
    float near = LINE_SAME * a->size;
    if (fabsf(a->x0 - b->x0) > near || a->count != b->count ||
        fabsf(a->base - b->base) > near || (b->said && b == a + 1))
        return false;
    for (uint32_t i = 0; i < a->count; i++)
        if (w->glyphs[a->first + i].code != w->glyphs[b->first + i].code)
            return false;
    return true;
}

static bool line_is_dot(uint32_t code)
{
    return code == '.' || code == 0xb7 || code == 0x2026;
}

/* How many of the dots at the end of W follow each other, with DOTS before it. */
static unsigned line_dots(const struct words *w, const struct word *word, unsigned dots)
{
    const struct glyph *g = w->glyphs + word->first;
    uint32_t others = word->count - word->letters - word->digits;
    /* So end nearly all. */
    if (others + dots < LINE_LEADERS && !line_is_dot(g[word->count - 1].code))
        return 0;
    for (uint32_t i = 0; i < word->count && dots < LINE_LEADERS; i++)
        dots = line_is_dot(g[i].code) ? dots + 1 : 0;
    return dots;
}

static bool line_is_row(const struct words *w, const struct line *l,
                        const uint32_t *words)
{
    unsigned dots = 0;
    for (uint32_t i = 0; i < l->count; i++) {
        const struct word *word = w->all + words[i];
        if (i > 0 && word->x0 - w->all[words[i - 1]].x1 > LINE_WIDE * l->size)
            return true;
        dots = line_dots(w, word, dots);
        if (dots == LINE_LEADERS)
            return true;
    }
    return false;
}

/* A quotation mark or a bracket may follow the full stop. */
static bool line_has_stop(const struct words *w, const struct word *last)
{
    for (uint32_t i = 0; i < 2 && i < last->count; i++) {
        uint32_t code = w->glyphs[last->first + last->count - 1 - i].code;
        if (code == '.' || code == '?' || code == '!' || code == 0x3002)
            return true;
    }
    return false;
}

/* Sorts the words from left to right. */
static void line_sort(const struct line_builder *b, uint32_t *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        b->keys[i] = (struct key){ b->words->all[words[i]].x0, words[i] };
    keys_sort(b->keys, count, b->keys + count);
    for (size_t i = 0; i < count; i++)
        words[i] = b->keys[i].index;
}

/* Fills the words of L, which start at AT of the list. */
static void line_fill(const struct line_builder *b, const struct line_row *row,
                      struct line *l, uint32_t *words)
{
    size_t count = 0;
    float last = -INFINITY;
    bool sorted = true;
    *l = (struct line){ .x0 = INFINITY, .y0 = INFINITY, .x1 = -INFINITY,
                        .y1 = -INFINITY, .first = l->first };
    for (size_t i = row->first; i < row->first + row->count; i++) {
        const struct piece *p = line_piece(b, i);
        l->x0 = least(l->x0, p->x0);
        l->x1 = most(l->x1, p->x1);
        l->glyphs += p->glyphs;
        if (p->size > l->size) {
            l->size = p->size;
            l->base = p->base;
        }
        for (uint32_t k = 0; k < p->count; k++, count++) {
            const struct word *w = b->words->all + p->first + k;
            l->y0 = least(l->y0, w->y0);
            l->y1 = most(l->y1, w->y1);
            sorted = sorted && last <= w->x0;
            last = w->x0;
            words[count] = p->first + k;
        }
    }
    if (!sorted)
        line_sort(b, words, count);
    for (size_t i = 0; i < count; i++) {
        uint32_t index = words[i];
        if (l->count == 0 ||
            !line_is_copy(b->words, b->words->all + words[l->count - 1],
                          b->words->all + index))
            words[l->count++] = index;
    }
    l->start = b->words->all[words[0]].x1 - b->words->all[words[0]].x0;
    l->stop = line_has_stop(b->words, b->words->all + words[l->count - 1]);
    l->row = line_is_row(b->words, l, words);
}

static void lines_fill(const struct line_builder *b, struct lines *l)
{
    uint32_t at = 0;
    for (size_t r = 0; r < b->rows_count; r++) {
        if (b->rows[r].count == 0)
            continue;
        struct line *line = l->all + l->count++;
        line->first = at;
        line_fill(b, b->rows + r, line, l->words + at);
        at += line->count;
    }
}

struct lines lines_create(const struct words *w, const uint32_t *list, size_t count)
{
    size_t words = 0;
    for (size_t i = 0; i < count; i++)
        words += w->pieces[list[i]].count;
    struct line_builder b = {
        .words = w,
        .pieces = xmalloc((count + 1) * sizeof *b.pieces),
        .count = count,
        .rows = xmalloc((count + 1) * sizeof *b.rows),
        .targets = xmalloc((count + 1) * sizeof *b.targets),
        .keys = xmalloc((2 * words + 1) * sizeof *b.keys),
    };
    memcpy(b.pieces, list, count * sizeof *list);
    lines_cut(&b);
    lines_join(&b);
    struct lines l = {
        .all = xmalloc((b.rows_count + 1) * sizeof *l.all),
        .words = xmalloc((words + 1) * sizeof *l.words),
    };
    lines_fill(&b, &l);
    free(b.pieces);
    free(b.rows);
    free(b.targets);
    free(b.keys);
    return l;
}

void lines_clear(struct lines *l)
{
    free(l->all);
    free(l->words);
    *l = (struct lines){ 0 };
}
