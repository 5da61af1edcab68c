/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cell.c - lines that stand closer together than the rows of their table are
 * lines of the same cells. Where all stand alike each line is a row, but for what is
 * left of a cell. */
#include <config.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "layout/cell.h"
#include "layout/character.h"
#include "layout/keys.h"
#include "layout/least.h"

/* White between two cells, in sizes: hardly a line is filled with wider. */
#define CELL_GAP 1.0f
/* So many lines in a row without a second cell are text between two tables. */
#define CELL_SINGLE 3
/* Lines of a cell are set apart by their leading, in sizes; where cells are
 * centred, lines of neighbours stand closer. */
#define CELL_LEAST 0.8f
#define CELL_LEADING 1.5f
/* Leading is the same when it differs by less. */
#define CELL_SAME 1.08f
/* The first column is indented by less, in sizes; as many of its lines tell how
 * far apart they stand. */
#define CELL_INDENT 4.0f
#define CELL_RUN 4
/* In sizes: lines that are filled end within less, and the cells of a column begin
 * at one edge within less. */
#define CELL_MARGIN 0.15f
#define CELL_EDGE 0.3f
/* What is left of a cell has some letters: less is a sign of a diagram. */
#define CELL_WORD 3
/* As many lines on either side tell how wide a column is: a page has few more, and
 * a hostile one any number. */
#define CELL_AROUND 32
/* Most rows of a table have one line; what has more of them is a table with
 * bands of white, unless rows stand far apart, as in a diagram. */
#define CELL_LINES 2.0f
#define CELL_LINES_APART 3.0f
#define CELL_APART 1.6f

/* A stretch of lines, most of them with cells. */
struct cell_zone {
    size_t from, to;
    float leading; /* of lines of one cell */
};

static void cells_cut(struct cells *c, const struct words *w, const struct lines *l)
{
    uint32_t count = 0;
    for (size_t i = 0; i < l->count; i++) {
        const struct line *line = l->all + i;
        c->starts[i] = count;
        for (uint32_t k = 0; k < line->count; k++) {
            const struct word *word = w->all + l->words[line->first + k];
            struct cell *cell = count > c->starts[i] ? c->all + count - 1 : NULL;
            if (!cell || word->x0 - cell->x1 > CELL_GAP * line->size) {
                cell = c->all + count++;
                *cell = (struct cell){ .first = line->first + k, .line = (uint32_t)i,
                                       .x0 = word->x0, .x1 = word->x1 };
            }
            cell->count++;
            cell->x1 = most(cell->x1, word->x1);
        }
    }
    c->starts[l->count] = count;
}

static float cells_pitch(const struct lines *l, size_t line)
{
    return (l->all[line + 1].base - l->all[line].base) / l->all[line].size;
}

/* The next stretch from FROM on; empty at the end. */
static struct cell_zone cells_zone(const struct cells *c, const struct lines *l,
                                   size_t from)
{
    size_t first = from, count = l->count;
    while (from < count && cells_of_line(c, from) < 2)
        from++;
    struct cell_zone zone = { from, from, 0 };
    /* Above the first line with cells there may be one of a cell that is higher. */
    while (zone.from > first && cells_pitch(l, zone.from - 1) < CELL_LEAST)
        zone.from--;
    for (size_t i = from; i < count && i < zone.to + CELL_SINGLE; i++)
        if (cells_of_line(c, i) >= 2)
            zone.to = i + 1;
    /* The last row may end with the lines of one cell alone. */
    for (int i = 1; i < CELL_SINGLE && zone.to > from && zone.to < count &&
                    cells_pitch(l, zone.to - 1) <= CELL_LEADING;
         i++)
        zone.to++;
    return zone;
}

/* Whether the first cells of lines stand in one column, all as far apart as lines
 * of text: they are lines of a text of their own, such as a listing. */
static bool cells_run(const struct cells *c, const struct lines *l,
                      const struct cell_zone *zone)
{
    float left = l->all[zone->from].x0, last = 0, narrow = 0, wide = 0, size = 1;
    size_t count = 0;
    for (size_t i = zone->from; i < zone->to; i++)
        left = least(left, l->all[i].x0);
    for (size_t i = zone->from; i < zone->to; i++) {
        const struct line *line = l->all + i;
        if (c->all[c->starts[i]].x0 > left + CELL_INDENT * line->size)
            continue;
        float pitch = line->base - last;
        if (count > 0) {
            narrow = count > 1 ? least(narrow, pitch) : pitch;
            wide = most(wide, pitch);
        }
        last = line->base, size = line->size;
        count++;
    }
    return count >= CELL_RUN && wide <= CELL_SAME * narrow &&
           wide <= CELL_LEADING * size;
}

/* Marks the rows of ZONE by the leading of cells; returns whether these can be
 * rows of several lines. */
static bool cells_mark(struct cells *c, const struct lines *l, struct cell_zone *zone)
{
    zone->leading = CELL_LEADING;
    for (size_t i = zone->from; i + 1 < zone->to; i++)
        if (cells_pitch(l, i) >= CELL_LEAST)
            zone->leading = least(zone->leading, cells_pitch(l, i));
    float apart = CELL_APART * zone->leading;
    size_t rows = 1, lines = 1, row = zone->from;
    bool far = true;
    for (size_t i = zone->from; i + 1 < zone->to; i++) {
        float pitch = cells_pitch(l, i);
        if (pitch > CELL_SAME * zone->leading) {
            far = far && pitch > apart;
            row = i + 1;
            rows++;
        } else {
            c->rows[row]++;
        }
        lines += pitch >= CELL_LEAST;
    }
    float mean = (float)lines / (float)rows;
    return rows > 1 && mean <= (far ? CELL_LINES_APART : CELL_LINES);
}

/* Whether all that CELL says is figures. */
static bool cell_is_number(const struct words *w, const struct lines *l,
                           const struct cell *cell)
{
    bool digits = false;
    for (uint32_t i = 0; i < cell->count; i++) {
        const struct word *word = w->all + l->words[cell->first + i];
        for (uint32_t k = 0; k < word->count; k++) {
            unsigned class = w->glyphs[word->first + k].class;
            if (class & CHARACTER_LETTER)
                return false;
            digits |= (class & CHARACTER_DIGIT) != 0;
        }
    }
    return digits;
}

/* Whether there are numbers one below the other in line AT and the next one. */
static bool cells_stack(const struct cells *c, const struct words *w,
                        const struct lines *l, size_t at)
{
    const struct cell *a = c->all + c->starts[at], *b = c->all + c->starts[at + 1];
    const struct cell *a_end = b, *b_end = c->all + c->starts[at + 2];
    while (a < a_end && b < b_end) {
        if (a->x1 < b->x0)
            a++;
        else if (b->x1 < a->x0)
            b++;
        else if (cell_is_number(w, l, a) && cell_is_number(w, l, b))
            return true;
        else
            a->x1 < b->x1 ? a++ : b++;
    }
    return false;
}

/* Numbers one below the other are of two rows, but for some that are too long
 * for their cell. */
static bool cells_stack_numbers(const struct cells *c, const struct words *w,
                                const struct lines *l, const struct cell_zone *zone)
{
    size_t rows = 0, stacked = 0;
    for (size_t i = zone->from; i < zone->to; i += c->rows[i]) {
        bool any = false;
        for (size_t k = i; k + 1 < i + c->rows[i]; k++)
            any = any || cells_stack(c, w, l, k);
        rows += c->rows[i] > 1;
        stacked += any;
    }
    return stacked * 4 > rows;
}

/* Whether the lines AT and the next one are justified: both end at one margin, but
 * what is behind their last wide gap begins anywhere. */
static bool cells_are_justified(const struct cells *c, const struct lines *l, size_t at)
{
    const struct cell *a = c->all + c->starts[at + 1] - 1;
    const struct cell *b = c->all + c->starts[at + 2] - 1;
    return fabsf(a->x1 - b->x1) <= CELL_MARGIN * l->all[at].size &&
           fabsf(a->x0 - b->x0) > CELL_EDGE * l->all[at].size;
}

/* Lines of text with wide spaces, as in a list of references, are no cells. */
static bool cells_are_text(const struct cells *c, const struct lines *l,
                           const struct cell_zone *zone)
{
    size_t pairs = 0, justified = 0;
    for (size_t i = zone->from; i < zone->to; i += c->rows[i]) {
        for (size_t k = i; k + 1 < i + c->rows[i]; k++) {
            if (cells_of_line(c, k) < 2 || cells_of_line(c, k + 1) < 2)
                continue;
            pairs++;
            justified += cells_are_justified(c, l, k);
        }
    }
    return justified * 2 > pairs;
}

/* The cell of line AT that begins where REST does; NULL: there is none, or nothing
 * is left or right of it. */
static const struct cell *cells_above(const struct cells *c, const struct lines *l,
                                      size_t at, const struct cell *rest)
{
    for (uint32_t i = c->starts[at] + 1; i + 1 < c->starts[at + 1]; i++)
        if (fabsf(c->all[i].x0 - rest->x0) <= CELL_EDGE * l->all[at].size)
            return c->all + i;
    return NULL;
}

/* Where the cells of ZONE near CELL that begin where it does end. */
static float cells_edge(const struct cells *c, const struct cell_zone *zone,
                        const struct cell *cell, float near)
{
    float edge = cell->x1;
    size_t from = zone->from, to = zone->to;
    if (cell->line - from > CELL_AROUND)
        from = cell->line - CELL_AROUND;
    if (to - cell->line > CELL_AROUND)
        to = cell->line + CELL_AROUND;
    for (uint32_t i = c->starts[from]; i < c->starts[to]; i++)
        if (fabsf(c->all[i].x0 - cell->x0) <= near)
            edge = most(edge, c->all[i].x1);
    return edge;
}

/* Whether line AT is the rest of a cell of line FIRST: alone, of words that would not
 * have fitted, and no row of its own. */
static bool cells_is_rest(const struct cells *c, const struct words *w,
                          const struct lines *l, const struct cell_zone *zone,
                          size_t first, size_t at)
{
    const struct cell *rest = c->all + c->starts[at];
    const struct line *line = l->all + at;
    if (cells_of_line(c, at) != 1 || line->glyphs < CELL_WORD || cell_is_number(w, l, rest) ||
        cells_pitch(l, at - 1) > CELL_LEADING)
        return false;
    const struct cell *above = cells_above(c, l, first, rest);
    if (!above || cell_is_number(w, l, above) || rest->x1 >= above[1].x0)
        return false;
    const struct cell *last = at - 1 == first ? above : c->all + c->starts[at - 1];
    return last->x1 + line->start + CELL_EDGE * line->size >
           cells_edge(c, zone, above, CELL_EDGE * line->size);
}

/* Marks the rows of ZONE, whose lines all stand alike, by what is left in a cell. */
static void cells_mark_rests(struct cells *c, const struct words *w,
                             const struct lines *l, const struct cell_zone *zone)
{
    for (size_t i = zone->from; i < zone->to; i += c->rows[i]) {
        c->rows[i] = 1;
        while (i + c->rows[i] < zone->to && c->rows[i] < CELL_SINGLE &&
               cells_is_rest(c, w, l, zone, i, i + c->rows[i]))
            c->rows[i]++;
    }
}

/* Whether cells of line AT and the next one stand below each other, two or more. */
static bool cells_are_below(const struct cells *c, size_t at)
{
    const struct cell *a = c->all + c->starts[at], *b = c->all + c->starts[at + 1];
    const struct cell *a_end = b, *b_end = c->all + c->starts[at + 2];
    int below = 0;
    while (a < a_end && b < b_end) {
        bool both = a->x0 <= b->x1 && b->x0 <= a->x1;
        below += both;
        if (both)
            a++, b++;
        else
            a->x1 < b->x1 ? a++ : b++;
    }
    return below >= 2;
}

/* Marks ZONE as a table, if there are columns in it; in most of its lines, where these
 * RUN as those of a text do. */
static void cells_mark_table(struct cells *c, const struct cell_zone *zone, bool run)
{
    size_t below = 0, lines = zone->to - zone->from;
    for (size_t i = zone->from; i + 1 < zone->to; i++)
        below += cells_are_below(c, i);
    bool table = below > 0 && (!run || 2 * below + 1 >= lines);
    for (size_t i = zone->from; i < zone->to; i++)
        c->tables[i] = table;
}

struct cells cells_create(const struct words *w, const struct lines *l)
{
    size_t words = 0;
    for (size_t i = 0; i < l->count; i++)
        words += l->all[i].count;
    struct cells c = {
        .all = xmalloc((words + 1) * sizeof *c.all),
        .starts = xmalloc((l->count + 1) * sizeof *c.starts),
        .rows = xmalloc((l->count + 1) * sizeof *c.rows),
        .tables = xcalloc(l->count + 1, sizeof *c.tables),
    };
    for (size_t i = 0; i < l->count; i++)
        c.rows[i] = 1;
    cells_cut(&c, w, l);
    struct cell_zone zone = { 0, 0, 0 };
    while (zone = cells_zone(&c, l, zone.to), zone.from < l->count) {
        bool run = cells_run(&c, l, &zone);
        bool text = false;
        if (run || !cells_mark(&c, l, &zone) || cells_stack_numbers(&c, w, l, &zone) ||
            (text = cells_are_text(&c, l, &zone)))
            cells_mark_rests(&c, w, l, &zone);
        if (!text)
            cells_mark_table(&c, &zone, run);
    }
    return c;
}

void cells_clear(struct cells *c)
{
    free(c->all);
    free(c->starts);
    free(c->rows);
    free(c->tables);
    *c = (struct cells){ 0 };
}

size_t cells_sort_row(struct cells *c, size_t at, size_t lines)
{
    struct cell *cells = c->all + c->starts[at];
    size_t count = c->starts[at + lines] - c->starts[at];
    struct key *keys = xmalloc(2 * count * sizeof *keys);
    struct cell *sorted = xmalloc(count * sizeof *sorted);
    for (size_t i = 0; i < count; i++)
        keys[i] = (struct key){ cells[i].x0, (uint32_t)i };
    keys_sort(keys, count, keys + count);
    /* What overlaps is one column; in it the lines go on one below the other. */
    float column = 0, end = 0;
    for (size_t i = 0; i < count; i++) {
        const struct cell *cell = cells + keys[i].index;
        if (i > 0 && cell->x0 >= end)
            column++;
        end = i > 0 ? most(end, cell->x1) : cell->x1;
        keys[i].value = column;
    }
    for (size_t i = 0; i < count; i++)
        cells[keys[i].index].column = (uint32_t)keys[i].value;
    for (size_t i = 0, to = 0; i < count; i = to) {
        for (to = i + 1; to < count && keys[to].value <= keys[i].value; to++)
            ;
        for (size_t k = i; k < to; k++)
            keys[k].value = (float)cells[keys[k].index].line - (float)at;
        keys_sort(keys + i, to - i, keys + count);
    }
    for (size_t i = 0; i < count; i++)
        sorted[i] = cells[keys[i].index];
    memcpy(cells, sorted, count * sizeof *cells);
    free(keys);
    free(sorted);
    return count;
}
