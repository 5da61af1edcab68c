/* SPDX-License-Identifier: GPL-3.0-or-later */
/* region.c - the gutter with the most lines divides a region into what is above
 * it, left of it, right of it and below, each of which is a region again. */
#include <config.h>

#include <math.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "layout/gutter.h"
#include "layout/least.h"
#include "layout/numbers.h"
#include "layout/region.h"

/* Pages have columns within columns once or twice, above and below each other
 * some times; hostile ones would have any number, at the price of a pass each. */
#define REGION_DEPTH 12

/* Notes and boxes beside the text are narrower than it by as much. */
#define REGION_ASIDE 0.6f
/* Baselines of one row differ by less, in sizes. */
#define REGION_ROW 0.35f
/* All in sizes. Notes in a margin are parted by more white than a line, and are
 * no higher than a few lines; paragraphs of the text are parted by some white. */
#define REGION_NOTE_WHITE 1.0f
#define REGION_NOTE 8.0f
#define REGION_PARAGRAPH 0.4f

/* A stamp across a page is so many times as large as the text, more than titles
 * and initials; as many lines or more run through each of its letters; and it
 * has no more letters than a few words, which bounds the search for them. */
#define REGION_STAMP_SIZE 4.0f
#define REGION_STAMP_LINES 3
#define REGION_STAMP_LETTERS 64

struct region_cutter {
    struct region *region;
    size_t body; /* of its list: line numbers and stamps come behind */
    const struct piece *pieces;
    struct key *keys; /* scratch: twice as many as pieces */
    size_t room;      /* for blocks */
    bool content_order;
};

static void region_add_block(struct region_cutter *c, size_t from, size_t count,
                             bool one_line)
{
    struct region *r = c->region;
    if (r->blocks_count == c->room) {
        c->room = c->room * 2 + 8;
        r->blocks = xrealloc_array(r->blocks, c->room, sizeof *r->blocks);
    }
    r->blocks[r->blocks_count++] = (struct block){ (uint32_t)from, (uint32_t)count, one_line };
}

/* Moves what is left of X to the front; returns how many these are. */
static size_t region_divide(struct region_cutter *c, size_t from, size_t to, float x)
{
    uint32_t *list = c->region->list;
    size_t left = from, right = 0;
    for (size_t i = from; i < to; i++) {
        const struct piece *p = c->pieces + list[i];
        if ((p->x0 + p->x1) / 2 < x)
            list[left++] = list[i];
        else
            c->keys[right++].index = list[i];
    }
    for (size_t i = 0; i < right; i++)
        list[left + i] = c->keys[i].index;
    return left - from;
}

static struct gutter_search region_search(const struct region_cutter *c, size_t from,
                                          size_t count)
{
    return (struct gutter_search){
        .pieces = c->pieces,
        .list = c->region->list + from,
        .count = count,
        .page = count == c->body,
        .content_order = c->content_order,
        .keys = c->keys,
    };
}

static void region_cut(struct region_cutter *c, size_t from, size_t count, int depth);

/* What stands on one side of a gutter. */
struct region_side {
    size_t from, count;
    size_t rows;
    float width;
};

static struct region_side region_side(const struct region_cutter *c, size_t from,
                                      size_t count)
{
    struct region_side side = { from, count, 0, 0 };
    float x0 = INFINITY, x1 = -INFINITY, base = -INFINITY;
    for (size_t i = from; i < from + count; i++) {
        const struct piece *p = c->pieces + c->region->list[i];
        x0 = least(x0, p->x0);
        x1 = most(x1, p->x1);
        side.rows += p->base - base > REGION_ROW * p->size;
        base = p->base;
    }
    side.width = count > 0 ? x1 - x0 : 0;
    return side;
}

/* Whether A is set beside the one column B rather than a column of equal rank. */
static bool region_is_aside(const struct region_cutter *c, const struct region_side *a,
                            const struct region_side *b)
{
    struct gutter_search search = region_search(c, b->from, b->count);
    struct gutter found;
    return a->width < REGION_ASIDE * b->width && a->rows * 2 < b->rows &&
           !gutter_find(&search, &found);
}

/* Where the group of pieces from AT on ends: at white of more than a line. */
static size_t region_group_end(const struct region_cutter *c, size_t at, size_t end,
                               float white)
{
    const uint32_t *list = c->region->list;
    float bottom = c->pieces[list[at]].y1;
    while (++at < end) {
        const struct piece *p = c->pieces + list[at];
        if (p->y0 - bottom > white * p->size)
            break;
        bottom = most(bottom, p->y1);
    }
    return at;
}

/* What is aside is read behind the paragraph that it stands at; what is long, as
 * a text of its own, behind all of MAIN. */
static void region_cut_asides(struct region_cutter *c, const struct region_side *main,
                              const struct region_side *aside, int depth)
{
    const uint32_t *list = c->region->list;
    size_t at = main->from, end = main->from + main->count;
    size_t note = aside->from, last = aside->from + aside->count;
    while (note < last) {
        size_t next = region_group_end(c, note, last, REGION_NOTE_WHITE);
        float height = c->pieces[list[next - 1]].base - c->pieces[list[note]].base;
        size_t to = at;
        if (height > REGION_NOTE * c->pieces[list[note]].size)
            to = end;
        while (to < end && c->pieces[list[to]].y0 < c->pieces[list[note]].y1)
            to = region_group_end(c, to, end, REGION_PARAGRAPH);
        region_cut(c, at, to - at, depth + 1);
        region_cut(c, note, next - note, depth + 1);
        at = to;
        note = next;
    }
    region_cut(c, at, end - at, depth + 1);
}

static void region_cut(struct region_cutter *c, size_t from, size_t count, int depth)
{
    struct gutter_search search = region_search(c, from, count);
    struct gutter g;
    if (count == 0)
        return;
    if (depth == REGION_DEPTH || !gutter_find(&search, &g)) {
        region_add_block(c, from, count, false);
        return;
    }
    size_t middle = from + g.from, end = from + g.to;
    size_t left = region_divide(c, middle, end, g.x);
    struct region_side l = region_side(c, middle, left);
    struct region_side r = region_side(c, middle + left, end - middle - left);
    region_cut(c, from, g.from, depth + 1);
    if (region_is_aside(c, &l, &r)) {
        region_cut_asides(c, &r, &l, depth);
    } else if (region_is_aside(c, &r, &l)) {
        region_cut_asides(c, &l, &r, depth);
    } else {
        region_cut(c, l.from, l.count, depth + 1);
        region_cut(c, r.from, r.count, depth + 1);
    }
    region_cut(c, end, from + count - end, depth + 1);
}

/* Whether lines of text, which is no larger than SIZE, run through P. */
static bool region_is_across(const struct region_cutter *c, const struct piece *p,
                             float size)
{
    size_t lines = 0;
    for (size_t i = 0; i < c->region->count && lines < REGION_STAMP_LINES; i++) {
        const struct piece *q = c->pieces + c->region->list[i];
        float y = (q->y0 + q->y1) / 2;
        lines += q->size <= size && q->x0 < p->x1 && q->x1 > p->x0 && y > p->y0 &&
                 y < p->y1;
    }
    return lines == REGION_STAMP_LINES;
}

/* Moves the letters of a stamp, which would join what is parted, to the end of
 * the list; returns how many pieces are left. */
static size_t region_set_stamps_apart(struct region_cutter *c)
{
    struct region *r = c->region;
    if (r->count == 0)
        return 0;
    float smallest = INFINITY, largest = 0;
    for (size_t i = 0; i < r->count; i++) {
        const struct piece *p = c->pieces + r->list[i];
        c->keys[i] = (struct key){ p->size, r->list[i] };
        smallest = least(smallest, p->size);
        largest = most(largest, p->size);
    }
    if (largest <= REGION_STAMP_SIZE * smallest)
        return r->count;
    keys_sort(c->keys, r->count, c->keys + r->count);
    float size = c->keys[r->count / 2].value;
    size_t large = r->count;
    while (large > 0 && c->keys[large - 1].value > REGION_STAMP_SIZE * size)
        large--;
    if (large == r->count || r->count - large > REGION_STAMP_LETTERS)
        return r->count;
    uint32_t stamps[REGION_STAMP_LETTERS];
    size_t body = 0, count = 0;
    for (size_t i = 0; i < r->count; i++) {
        const struct piece *p = c->pieces + r->list[i];
        if (p->size > REGION_STAMP_SIZE * size && region_is_across(c, p, 2 * size))
            stamps[count++] = r->list[i];
        else
            c->keys[body++].index = r->list[i];
    }
    for (size_t i = 0; i < r->count; i++)
        r->list[i] = i < body ? c->keys[i].index : stamps[i - body];
    return body;
}

struct region region_create(const struct words *w, const struct piece *pieces,
                            enum glyph_turn turn, bool content_order, bool cut)
{
    struct region r = { .list = xmalloc((w->pieces_count + 1) * sizeof *r.list) };
    struct region_cutter c = {
        .region = &r,
        .pieces = pieces,
        .keys = xmalloc((2 * w->pieces_count + 1) * sizeof *c.keys),
        .content_order = content_order,
    };
    for (size_t i = 0; i < w->pieces_count; i++)
        if (w->all[pieces[i].first].turn == turn)
            c.keys[r.count++] = (struct key){ pieces[i].base, (uint32_t)i };
    keys_sort(c.keys, r.count, c.keys + w->pieces_count);
    for (size_t i = 0; i < r.count; i++)
        r.list[i] = c.keys[i].index;
    if (cut) {
        size_t stamps = region_set_stamps_apart(&c);
        struct numbers numbers =
            numbers_set_apart(w, pieces, r.list, stamps, c.keys);
        c.body = stamps - numbers.all;
        region_cut(&c, 0, c.body, 0);
        for (size_t i = 0, at = c.body; i < numbers.columns; i++) {
            region_add_block(&c, at, numbers.counts[i], true);
            at += numbers.counts[i];
        }
        if (stamps < r.count)
            region_add_block(&c, stamps, r.count - stamps, false);
    }
    free(c.keys);
    return r;
}

void region_clear(struct region *r)
{
    free(r->list);
    free(r->blocks);
    *r = (struct region){ 0 };
}
