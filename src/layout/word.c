/* SPDX-License-Identifier: GPL-3.0-or-later */
/* word.c - the engine's spaces are believed unless there is no gap; gaps are
 * believed in any case, since engines glue words together across a jump. */
#include <config.h>

#include <math.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "layout/character.h"
#include "layout/least.h"
#include "layout/word.h"

/* All in sizes of the font. Square characters are set apart to fill a line, by less than this. */
#define WORD_WIDE_GAP 0.6f
/* Letters of a word stand on one line; superscripts are a third higher, fonts
 * differ by less in how much of the box they put above the line. */
#define WORD_SHIFT 0.2f
/* A piece ends at wider gaps: hardly a space is as wide, no gutter as narrow. But
 * where all letters are equally wide, spaces are so too. */
#define PIECE_GAP 0.45f
#define PIECE_MONOSPACE 1.2f
#define PIECE_EQUAL 0.02f
/* Scripts overlap their line by as much of their height, and touch it. */
#define PIECE_OVERLAP 0.3f
#define PIECE_TOUCH 0.3f

static float word_gap(const struct word *w, const struct glyph *g)
{
    /* From right to left the next one stands before the word. */
    return g->class & CHARACTER_RTL ? most(g->x0 - w->x1, w->x0 - g->x1)
                                    : g->x0 - w->x1;
}

/* Whether white space before G is there, however narrow. */
static bool glyph_is_said_apart(const struct glyph *g)
{
    return (g->marks & (GLYPH_SPACED | GLYPH_SAID)) == (GLYPH_SPACED | GLYPH_SAID);
}

static bool word_goes_on(const struct word *w, const struct glyph *last,
                         const struct glyph *g)
{
    float size = most(w->size, g->size);
    /* So most words end. */
    if (g->x0 - w->x1 > WORD_GAP * size &&
        !(g->class & (CHARACTER_MARK | CHARACTER_RTL | CHARACTER_WIDE)))
        return false;
    if (g->turn != w->turn)
        return false;
    if (g->class & CHARACTER_MARK)
        return true;
    if (fabsf(glyph_base(g) - w->base) > WORD_SHIFT * size)
        return false;
    float gap = word_gap(w, g);
    bool spaced = g->marks & GLYPH_SPACED;
    if (glyph_is_said_apart(g))
        return false;
    if (gap < -WORD_BACK * size && !(g->class & CHARACTER_RTL))
        return false;
    if (last->class & g->class & CHARACTER_WIDE)
        return gap <= WORD_WIDE_GAP * size && !(spaced && gap > WORD_GAP * size);
    return gap <= (spaced ? WORD_NO_GAP : WORD_GAP) * size;
}

static void word_start(struct word *w, const struct glyph *g, uint32_t at)
{
    *w = (struct word){ .x0 = g->x0, .y0 = g->y0, .x1 = g->x1, .y1 = g->y1,
                        .base = glyph_base(g), .size = g->size, .first = at,
                        .count = 1, .letters = (g->class & CHARACTER_LETTER) != 0,
                        .digits = (g->class & CHARACTER_DIGIT) != 0,
                        .spaced = g->marks & GLYPH_SPACED,
                        .said = glyph_is_said_apart(g), .ascii = g->code < 128,
                        .turn = g->turn };
}

static void word_add(struct word *w, const struct glyph *g)
{
    w->count++;
    w->letters += (g->class & CHARACTER_LETTER) != 0;
    w->digits += (g->class & CHARACTER_DIGIT) != 0;
    w->ascii = w->ascii && g->code < 128;
    /* Accents may stand anywhere; but some engines cut the box of an accented letter
     * in two. */
    if (g->class & CHARACTER_MARK) {
        if (fabsf(word_gap(w, g)) <= WORD_NO_GAP * w->size)
            w->x0 = least(w->x0, g->x0), w->x1 = most(w->x1, g->x1);
        return;
    }
    w->x0 = least(w->x0, g->x0);
    w->x1 = most(w->x1, g->x1);
    w->y0 = least(w->y0, g->y0);
    w->y1 = most(w->y1, g->y1);
    if (g->size > w->size) {
        w->size = g->size;
        w->base = glyph_base(g);
    }
}

/* LETTER (bit 0) and DIGIT (bit 3) of a class as two numbers of 32 bits in one. */
#define WORD_SPREAD (1 | UINT64_C(1) << 29)
#define WORD_COUNTS (1 | UINT64_C(1) << 32)

/* Adds the glyphs from AT on that FOLLOW the word's last one, which is as all of the word
 * is across the line; returns where they end. Two of three glyphs are added so. */
static const struct glyph *word_add_all(struct word *w, const struct glyph *at,
                                        const struct glyph *end)
{
    const struct glyph *g = at;
    uint64_t counts = 0; /* of letters, and from bit 32 on of digits */
    for (; g < end && g->marks & GLYPH_FOLLOWS; g++)
        counts += (g->class & (CHARACTER_LETTER | CHARACTER_DIGIT)) * WORD_SPREAD &
                  WORD_COUNTS;
    w->x1 = g[-1].x1;
    w->count += (uint32_t)(g - at);
    w->letters += (uint32_t)counts;
    w->digits += (uint32_t)(counts >> 32);
    return g;
}

/* Whether LAST, its last glyph, is as all of the word is across the line. */
static bool word_is_even(const struct word *w, const struct glyph *last)
{
    return w->x1 == last->x1 && w->size == last->size && w->base == glyph_base(last) &&
           !(last->class & CHARACTER_MARK);
}

static void words_cut(struct words *w, const struct glyphs *g)
{
    size_t room = g->count / 4 + 16;
    const struct glyph *end = g->all + g->count;
    w->all = xmalloc(room * sizeof *w->all);
    for (const struct glyph *at = g->all; at < end;) {
        struct word *last = w->all + w->count - 1;
        if (w->count > 0 && word_goes_on(last, at - 1, at)) {
            word_add(last, at++);
            if (!word_is_even(last, at - 1))
                continue;
        } else {
            if (w->count == room) {
                room *= 2;
                w->all = xrealloc_array(w->all, room, sizeof *w->all);
            }
            last = w->all + w->count++;
            word_start(last, at, (uint32_t)(at - g->all));
            at++;
            if (at[-1].class & CHARACTER_MARK)
                continue;
        }
        at = word_add_all(last, at, end);
    }
}

/* Whether the letters of A and B are equally wide, so that GAP is one space. */
static bool piece_is_monospace(const struct words *w, const struct word *a,
                               const struct word *b, float gap)
{
    const struct glyph *g = w->glyphs + a->first;
    float width = g->x1 - g->x0;
    if (gap > PIECE_MONOSPACE * width || b->first != a->first + a->count)
        return false;
    for (uint32_t i = 1; i < a->count + b->count; i++)
        if (fabsf(g[i].x1 - g[i].x0 - width) > PIECE_EQUAL * g->size)
            return false;
    return true;
}

static bool piece_goes_on(const struct words *all, const struct piece *p,
                          const struct word *last, const struct word *w)
{
    if (w->turn != last->turn)
        return false;
    float size = most(p->size, w->size);
    float gap = most(w->x0 - p->x1, p->x0 - w->x1);
    if (gap < -WORD_BACK * size ||
        (gap > PIECE_GAP * size && !piece_is_monospace(all, last, w, gap)))
        return false;
    if (fabsf(w->base - p->base) <= WORD_SHIFT * size)
        return true;
    float overlap = least(p->y1, w->y1) - most(p->y0, w->y0);
    float height = least(p->y1 - p->y0, w->y1 - w->y0);
    return overlap > PIECE_OVERLAP * height && gap <= PIECE_TOUCH * size;
}

static void piece_add(struct piece *p, const struct word *w)
{
    p->x0 = least(p->x0, w->x0);
    p->x1 = most(p->x1, w->x1);
    if (w->size > p->size) {
        p->size = w->size;
        p->base = w->base;
        p->y0 = w->y0, p->y1 = w->y1;
    }
    p->count++;
    p->glyphs += w->count;
    p->letters += w->letters;
    p->digits += w->digits;
}

static void words_join(struct words *w)
{
    size_t room = w->count / 4 + 16;
    w->pieces = xmalloc(room * sizeof *w->pieces);
    for (size_t i = 0; i < w->count; i++) {
        const struct word *next = w->all + i;
        struct piece *last = w->pieces_count ? w->pieces + w->pieces_count - 1 : NULL;
        if (last && piece_goes_on(w, last, next - 1, next)) {
            piece_add(last, next);
            continue;
        }
        if (w->pieces_count == room) {
            room *= 2;
            w->pieces = xrealloc_array(w->pieces, room, sizeof *w->pieces);
        }
        w->pieces[w->pieces_count++] = (struct piece){
            .x0 = next->x0, .y0 = next->y0, .x1 = next->x1, .y1 = next->y1,
            .base = next->base, .size = next->size, .first = (uint32_t)i,
            .count = 1, .glyphs = next->count, .letters = next->letters,
            .digits = next->digits,
            .goes_on = (w->glyphs[next->first].class &
                        (CHARACTER_LETTER | CHARACTER_UPPER)) == CHARACTER_LETTER,
        };
    }
}

struct words words_create(const struct glyphs *g)
{
    struct words w = { .glyphs = g->all, .glyphs_count = g->count };
    words_cut(&w, g);
    words_join(&w);
    return w;
}

void words_clear(struct words *w)
{
    free(w->all);
    free(w->pieces);
    *w = (struct words){ 0 };
}
