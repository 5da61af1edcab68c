/* SPDX-License-Identifier: GPL-3.0-or-later */
/* layout.c - the way from boxes to text, step by step. What goes another way
 * than most of the page is read after it. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "layout/bidi.h"
#include "layout/cell.h"
#include "layout/garbled.h"
#include "layout/glyph.h"
#include "layout/initial.h"
#include "layout/line.h"
#include "layout/paragraph.h"
#include "layout/physical.h"
#include "layout/region.h"
#include "layout/text.h"

/* A row of COUNT lines, cell by cell, as one line of text. */
static void layout_row(struct text *t, const struct lines *l, struct cells *c,
                       size_t at, size_t count, enum text_break parted)
{
    size_t cells = cells_sort_row(c, at, count);
    const struct cell *cell = c->all + c->starts[at];
    for (size_t i = 0; i < cells; i++, cell++) {
        if (i > 0)
            parted = c->tables[at] && cell->column != cell[-1].column ? TEXT_CELL
                                                                     : TEXT_SPACE;
        text_add_line(t, l->words + cell->first, cell->count, l->all[cell->line].size,
                      parted);
    }
}

/* Whether line AT is to be read cell by cell; from right to left it is ordered as a
 * whole. */
static bool layout_has_cells(const struct text *t, const struct lines *l,
                             const struct cells *c, size_t at)
{
    const struct line *line = l->all + at;
    return c->rows[at] > 1 ||
           (c->tables[at] && cells_of_line(c, at) > 1 &&
            !(t->rtl && bidi_has_rtl(t->words, l->words + line->first, line->count)));
}

static void layout_block(struct text *t, const struct region *r,
                         const struct block *block)
{
    struct lines l = lines_create(t->words, r->list + block->first, block->count);
    struct cells c = cells_create(t->words, &l);
    struct key *keys = xmalloc((2 * l.count + 1) * sizeof *keys);
    float pitch = paragraph_pitch(l.all, l.count, keys);
    bool rows = false; /* within a table that has rows of several lines */
    for (size_t i = 0, next; i < l.count; i = next) {
        enum text_break parted = TEXT_BLOCK;
        if (i > 0)
            parted = block->one_line ? TEXT_SPACE
                     : !(rows && cells_of_line(&c, i) > 1) &&
                             paragraph_begins(l.all, l.count, i, pitch)
                         ? TEXT_PARAGRAPH
                         : TEXT_LINE;
        next = i + c.rows[i];
        rows = c.rows[i] > 1 || (rows && cells_of_line(&c, i) > 1);
        if (layout_has_cells(t, &l, &c, i))
            layout_row(t, &l, &c, i, c.rows[i], parted);
        else
            text_add_line(t, l.words + l.all[i].first, l.all[i].count, l.all[i].size,
                          parted);
    }
    free(keys);
    cells_clear(&c);
    lines_clear(&l);
}

/* The pieces as if the page were read from left to right. */
static struct piece *layout_mirror(const struct words *w)
{
    struct piece *mirrored = xmalloc((w->pieces_count + 1) * sizeof *mirrored);
    memcpy(mirrored, w->pieces, w->pieces_count * sizeof *mirrored);
    for (size_t i = 0; i < w->pieces_count; i++) {
        float x0 = mirrored[i].x0;
        mirrored[i].x0 = -mirrored[i].x1;
        mirrored[i].x1 = -x0;
    }
    return mirrored;
}

static void layout_turn(struct text *t, enum layout_mode mode, enum glyph_turn turn,
                        bool from_right, bool content_order)
{
    bool physical = mode == LAYOUT_PHYSICAL;
    struct piece *mirrored = from_right ? layout_mirror(t->words) : NULL;
    struct region r = region_create(t->words, mirrored ? mirrored : t->words->pieces,
                                    turn, content_order, !physical);
    if (physical)
        physical_append(t, r.list, r.count);
    for (size_t i = 0; !physical && i < r.blocks_count; i++)
        layout_block(t, &r, r.blocks + i);
    region_clear(&r);
    free(mirrored);
}

unsigned layout_text(const struct layout_page *page,
                     const struct layout_options *options, struct buffer *out)
{
    struct glyphs g = glyphs_create(page);
    if (options->mode == LAYOUT_READING)
        initials_lower(&g);
    struct words w = words_create(&g);
    struct text t = {
        .out = out,
        .words = &w,
        .hyphens = hyphens_create(&w),
        .dehyphenate = options->dehyphenate,
        .rtl = g.rtl > 0,
    };
    bool done[GLYPH_TURNS] = { false };
    for (int i = 0; i < GLYPH_TURNS; i++) {
        int next = -1;
        for (int turn = 0; turn < GLYPH_TURNS; turn++)
            if (!done[turn] && (next < 0 || g.turns[turn] > g.turns[next]))
                next = turn;
        done[next] = true;
        if (g.turns[next] > 0)
            layout_turn(&t, options->mode, (enum glyph_turn)next,
                        g.rtl * 2 > g.letters, page->content_order && !g.sorted);
    }
    text_end(&t);
    hyphens_destroy(t.hyphens);
    words_clear(&w);
    unsigned flags = garbled_flags(&g.counts);
    return flags;
}
