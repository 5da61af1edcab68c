/* SPDX-License-Identifier: GPL-3.0-or-later */
/* numbers.c - numbers that share an edge and go up by the same step, with full
 * lines of text beside them, as many as they count. */
#include <config.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "layout/least.h"
#include "layout/numbers.h"
#include "layout/side.h"

/* A list may have a few items of one full line each. */
#define NUMBERS_FEWEST 8
#define NUMBERS_DIGITS 5
/* More figures are a page of figures. */
#define NUMBERS_MOST 2048
/* They share an edge, and stand on the line that they count, but for as much, in
 * sizes of the larger. */
#define NUMBERS_EDGE 0.3f
#define NUMBERS_ROW 0.35f
/* A number at the end of its line stands off by less: by 10 points in most, by a
 * margin in pleadings. */
#define NUMBERS_OFF 6.0f
/* Headings and formulas are skipped, or have more rows than numbers: but one in
 * five agrees. */
#define NUMBERS_AGREE 0.8f

/* The numbers of a program are read with its lines, which have few words, and more
 * brackets and signs than one in ten. */
#define NUMBERS_WORDS 5
#define NUMBERS_LETTERS 0.9f

struct number {
    size_t at; /* on the list */
    uint32_t value;
    bool taken;
    bool tried[2]; /* with those at whose left edge it stands, or at its right */
};

struct numbers_finder {
    const struct piece *pieces;
    const uint32_t *list;
    size_t count;
    struct number *all;
    size_t all_count;
    struct key *keys;
    struct side_row *rows;
};

static const struct piece *number_piece(const struct numbers_finder *f, size_t i)
{
    return f->pieces + f->list[f->all[i].at];
}

/* Whether P is a number, and which. */
static bool number_read(const struct words *w, const struct piece *p, uint32_t *value)
{
    if (p->count != 1 || p->glyphs > NUMBERS_DIGITS)
        return false;
    *value = 0;
    for (uint32_t i = 0; i < p->glyphs; i++) {
        uint32_t code = w->glyphs[w->all[p->first].first + i].code;
        if (code < '0' || code > '9')
            return false;
        *value = *value * 10 + code - '0';
    }
    return true;
}

/* The most numbers not yet tried that share an edge, RIGHT or left, as keys from
 * *FIRST on. */
static size_t numbers_edge(const struct numbers_finder *f, bool right, size_t *first)
{
    size_t count = 0, largest = 0;
    for (size_t i = 0; i < f->all_count; i++) {
        const struct piece *p = number_piece(f, i);
        if (!f->all[i].taken && !f->all[i].tried[right])
            f->keys[count++] = (struct key){ right ? p->x1 : p->x0, (uint32_t)i };
    }
    keys_sort(f->keys, count, f->keys + count);
    for (size_t i = 0, end = 0; i < count; i++) {
        float near = NUMBERS_EDGE * number_piece(f, f->keys[i].index)->size;
        while (end < count && f->keys[end].value - f->keys[i].value <= near)
            end++;
        if (end - i > largest) {
            largest = end - i;
            *first = i;
        }
    }
    return largest;
}

/* Puts the COUNT numbers into the order of the page, without those that do not
 * follow; returns how many are left and by how much one is more than the one
 * before. */
static size_t numbers_follow(const struct numbers_finder *f, struct key *keys,
                             size_t count, uint32_t *step)
{
    for (size_t i = 0; i < count; i++)
        keys[i].value = (float)keys[i].index;
    keys_sort(keys, count, keys + count);
    size_t votes = 0;
    for (size_t i = 0; i + 1 < count; i++) {
        uint32_t d = f->all[keys[i + 1].index].value - f->all[keys[i].index].value;
        if (votes == 0)
            *step = d;
        votes = d == *step ? votes + 1 : votes - 1;
    }
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t value = f->all[keys[i].index].value;
        bool follows =
            (i > 0 && f->all[keys[i - 1].index].value + *step == value) ||
            (i + 1 < count && value + *step == f->all[keys[i + 1].index].value);
        keys[kept].index = keys[i].index;
        kept += follows;
    }
    return kept;
}

/* What the number at AT counts: the nearest piece in its row, to its right or to
 * its left; NULL: none. */
static const struct piece *numbers_line(const struct numbers_finder *f, size_t at,
                                        bool to_right)
{
    const struct piece *p = f->pieces + f->list[at], *nearest = NULL;
    for (int step = -1; step <= 1; step += 2) {
        for (size_t i = at + (size_t)step; i < f->count; i += (size_t)step) {
            const struct piece *q = f->pieces + f->list[i];
            if (fabsf(q->base - p->base) > NUMBERS_ROW * most(p->size, q->size))
                break;
            float gap = to_right ? q->x0 - p->x1 : p->x0 - q->x1;
            if (gap < 0 || gap > NUMBERS_OFF * q->size)
                continue;
            if (!nearest || (to_right ? q->x0 < nearest->x0 : q->x1 > nearest->x1))
                nearest = q;
        }
    }
    return nearest;
}

/* Whether full lines of text stand beside the numbers, as many as they count by
 * STEP. */
static bool numbers_count_lines(const struct numbers_finder *f, const struct key *keys,
                                size_t count, uint32_t step, bool to_right)
{
    float x0 = INFINITY, x1 = -INFINITY;
    size_t lines = 0;
    for (size_t i = 0; i < count; i++) {
        const struct piece *line = numbers_line(f, f->all[keys[i].index].at, to_right);
        if (!line)
            continue;
        lines++;
        x0 = least(x0, line->x0);
        x1 = most(x1, line->x1);
    }
    if ((float)lines < NUMBERS_AGREE * (float)count)
        return false;
    struct side side = { f->rows, 0 };
    size_t words = 0, glyphs = 0, letters = 0;
    const struct piece *first = number_piece(f, keys[0].index);
    const struct piece *last = number_piece(f, keys[count - 1].index);
    for (size_t i = 0; i < f->count; i++) {
        const struct piece *p = f->pieces + f->list[i];
        float x = (p->x0 + p->x1) / 2, near = NUMBERS_ROW * p->size;
        if (x >= x0 && x <= x1 && p->base >= first->base - near &&
            p->base <= last->base + near) {
            side_add(&side, p, f->list[i]);
            words += p->count;
            glyphs += p->glyphs;
            letters += p->letters;
        }
    }
    float counted = (float)(f->all[keys[count - 1].index].value -
                            f->all[keys[0].index].value) + 1;
    return step > 0 && words >= NUMBERS_WORDS * side.count &&
           (float)letters >= NUMBERS_LETTERS * (float)glyphs && side_is_text(&side) &&
           least(counted, (float)side.count) >=
               NUMBERS_AGREE * most(counted, (float)side.count);
}

/* Takes the numbers of one column, as keys; returns how many, 0: none left. */
static size_t numbers_take(struct numbers_finder *f)
{
    for (;;) {
        size_t first = 0, other = 0;
        size_t count = numbers_edge(f, false, &other);
        bool right = numbers_edge(f, true, &first) >= count;
        count = numbers_edge(f, right, &first);
        if (count < NUMBERS_FEWEST)
            return 0;
        memmove(f->keys, f->keys + first, count * sizeof *f->keys);
        for (size_t i = 0; i < count; i++)
            f->all[f->keys[i].index].tried[right] = true;
        uint32_t step = 0;
        count = numbers_follow(f, f->keys, count, &step);
        if (count < NUMBERS_FEWEST ||
            (!numbers_count_lines(f, f->keys, count, step, true) &&
             !numbers_count_lines(f, f->keys, count, step, false)))
            continue;
        for (size_t i = 0; i < count; i++)
            f->all[f->keys[i].index].taken = true;
        return count;
    }
}

/* Finds the numbers that stand alone; false: none to speak of. */
static bool numbers_read(struct numbers_finder *f, const struct words *w)
{
    f->all = xmalloc(NUMBERS_MOST * sizeof *f->all);
    for (size_t i = 0; i < f->count; i++) {
        struct number n = { .at = i };
        if (!number_read(w, f->pieces + f->list[i], &n.value))
            continue;
        if (f->all_count == NUMBERS_MOST)
            return false;
        f->all[f->all_count++] = n;
    }
    return f->all_count >= NUMBERS_FEWEST;
}

struct numbers numbers_set_apart(const struct words *w, const struct piece *pieces,
                                 uint32_t *list, size_t count, struct key *keys)
{
    struct numbers found = { .all = 0 };
    struct numbers_finder f = { .pieces = pieces, .list = list, .count = count,
                                .keys = keys };
    if (numbers_read(&f, w)) {
        f.rows = xmalloc(count * sizeof *f.rows);
        uint32_t *apart = xmalloc(f.all_count * sizeof *apart);
        bool *taken = xcalloc(count, sizeof *taken);
        for (size_t n; found.columns < NUMBERS_COLUMNS && (n = numbers_take(&f)) > 0;) {
            for (size_t i = 0; i < n; i++) {
                size_t at = f.all[keys[i].index].at;
                apart[found.all++] = list[at];
                taken[at] = true;
            }
            found.counts[found.columns++] = n;
        }
        size_t kept = 0;
        for (size_t i = 0; i < count; i++)
            if (!taken[i])
                list[kept++] = list[i];
        memcpy(list + kept, apart, found.all * sizeof *apart);
        free(taken);
        free(apart);
        free(f.rows);
    }
    free(f.all);
    return found;
}
