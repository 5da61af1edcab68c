/* SPDX-License-Identifier: GPL-3.0-or-later */
/* glyph.c - the first pass over the boxes. Which way lines run is judged by how
 * neighbours in the engine's order follow each other. */
#include <config.h>

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "layout/character.h"
#include "layout/glyph.h"
#include "layout/least.h"
#include "layout/vertical.h"
#include "layout/word.h"

/* Coordinates beyond are no page's: PDF readers stop at 14,400 units, which may
 * be larger than a point. */
#define GLYPH_FAR 1e6f
/* A size that is so many times off the box's height is no size: fonts drawn
 * glyph by glyph (Type 3) have any number there. */
#define GLYPH_OFF 3.0f
/* No letters that are printed are smaller, in points. */
#define GLYPH_LEAST 0.1f
/* In sizes: neighbours of one line touch, and stand no farther off it. */
#define GLYPH_TOUCH 0.35f
/* In sizes: the most that a blank of a justified line has. */
#define GLYPH_BLANK 1.0f
/* As many in a row go another way by intention. */
#define GLYPH_RUN 3
/* Letters that lie on their side are wider than high by more: they are half as wide
 * as high when they stand. An M, a W or a sum is about as wide as its box is high. */
#define GLYPH_LYING 1.2f
#define GLYPH_LYING_TWO 1.5f /* of only two; a sum is wider than high by less */
/* A copy that makes a letter bold is off by less, in sizes. */
#define GLYPH_SAME 0.1f

/* False, too, for what is no number. */
static bool glyph_is_sound(const struct glyph *b)
{
    return fabsf(b->x0) < GLYPH_FAR && fabsf(b->x1) < GLYPH_FAR &&
           fabsf(b->y0) < GLYPH_FAR && fabsf(b->y1) < GLYPH_FAR && b->x0 <= b->x1 &&
           b->y0 <= b->y1;
}

static bool glyph_touches(float a, float b, float size)
{
    return fabsf(a - b) <= GLYPH_TOUCH * size;
}

/* Which way B follows A, both as they are on the page, and A the one before it:
 * LAST. What is no letter has no say in a line that is upside down, and follows
 * it, as words do after a blank. */
static enum glyph_turn glyph_step(const struct glyph *a, const struct glyph *b,
                                  enum glyph_turn last)
{
    /* So do nearly all. */
    if (a->y0 == b->y0 && a->x0 < b->x0)
        return GLYPH_RIGHT;
    float size = most(a->size, b->size);
    if (glyph_touches(a->x0 + a->x1, b->x0 + b->x1, 2 * size)) {
        if (glyph_touches(b->y0, a->y1, size) && b->y0 > a->y0 && b->y1 > a->y1)
            return GLYPH_DOWN;
        if (glyph_touches(b->y1, a->y0, size) && b->y0 < a->y0 && b->y1 < a->y1)
            return GLYPH_UP;
    }
    unsigned any = a->class | b->class;
    bool goes_on = last == GLYPH_LEFT && b->x1 < a->x0 &&
                   a->x0 - b->x1 <= GLYPH_BLANK * size;
    if ((goes_on || glyph_touches(b->x1, a->x0, size)) && b->x0 < a->x0 &&
        b->x1 < a->x1 && glyph_touches(a->y0, b->y0, size) &&
        (any & CHARACTER_LETTER || last == GLYPH_LEFT) &&
        !(any & (CHARACTER_RTL | CHARACTER_MARK)))
        return GLYPH_LEFT;
    return GLYPH_RIGHT;
}

/* Whether the COUNT glyphs, each of which stands below (or above) the last one,
 * are a line: letters that are turned lie on their side, square ones need not
 * be. Upside down there are words; letters among signs are a formula that runs
 * from the right. */
static bool glyphs_are_line(const struct glyph *g, size_t count, enum glyph_turn turn)
{
    float width = 0, height = 0;
    size_t wide = 0, spaced = 0, letters = 0, longest = 0;
    for (size_t i = 0; i < count; i++) {
        width += g[i].x1 - g[i].x0;
        height += g[i].y1 - g[i].y0;
        wide += (g[i].class & CHARACTER_WIDE) != 0;
        letters = g[i].class & CHARACTER_LETTER ? letters + 1 : 0;
        longest = letters > longest ? letters : longest;
        spaced += i > 0 && (g[i].marks & GLYPH_SPACED);
    }
    if (wide * 2 > count)
        return turn == GLYPH_DOWN && spaced * 2 < count;
    if (turn == GLYPH_LEFT)
        return longest >= GLYPH_RUN;
    return width > (count < GLYPH_RUN ? GLYPH_LYING_TWO : GLYPH_LYING) * height;
}

/* All glyphs up to FROM follow the one before to the right. */
static void glyphs_find_turns(struct glyphs *g, size_t from)
{
    struct glyph *all = g->all;
    for (size_t i = from, end; i < g->count && i + 1 < g->count; i = end) {
        enum glyph_turn turn = glyph_step(all + i, all + i + 1, GLYPH_RIGHT);
        for (end = i + 1; end + 1 < g->count; end++)
            if (glyph_step(all + end, all + end + 1, turn) != turn)
                break;
        if (turn != GLYPH_RIGHT && glyphs_are_line(all + i, end - i + 1, turn))
            for (size_t k = i; k <= end; k++)
                all[k].turn = (uint8_t)turn;
    }
}

static void glyph_turn(struct glyph *g, float width, float height)
{
    float x0 = g->x0, y0 = g->y0, x1 = g->x1, y1 = g->y1;
    switch (g->turn) {
    case GLYPH_DOWN:
        g->x0 = y0, g->x1 = y1, g->y0 = width - x1, g->y1 = width - x0;
        break;
    case GLYPH_UP:
        g->x0 = height - y1, g->x1 = height - y0, g->y0 = x0, g->y1 = x1;
        break;
    case GLYPH_LEFT:
        g->x0 = width - x1, g->x1 = width - x0;
        g->y0 = height - y1, g->y1 = height - y0;
        break;
    default:
        break;
    }
}

/* The same letter at the same place as the last one. */
static bool glyph_is_copy(const struct glyph *last, const struct glyph *b)
{
    float near = GLYPH_SAME * last->size;
    return last->code == b->code && fabsf(last->x0 - b->x0) <= near &&
           fabsf(last->y0 - b->y0) <= near && last->x1 > last->x0 &&
           !(b->marks & GLYPH_SAID);
}

/* The pass over a page's boxes. */
struct glyph_pass {
    struct glyphs *glyphs;
    unsigned spaced; /* marks of the next one, as GLYPH_SPACED when there was white space */
    uint64_t given;  /* the bits of the last glyph's size, if the engine has it for the
                        glyph and it would do for any box as high, however wide;
                        UINT64_MAX: not */
    size_t first; /* of the glyphs of one size that the last one ends */
    size_t turned; /* the first glyph that another follows but to the right */
};

static uint32_t glyph_bits(float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

/* Whether B, whose left edge is right of that of the last one of LINE, goes on in it to
 * the right: it is sound, and neither a copy nor of another size. Floats are equal if
 * their bits are. */
static inline bool glyph_is_next(const struct glyph *line, const struct glyph *b,
                                 uint64_t given, float near, float x0, float x1)
{
    uint32_t other = (glyph_bits(b->y0) ^ glyph_bits(line->y0)) |
                     (glyph_bits(b->y1) ^ glyph_bits(line->y1));
    return ((glyph_bits(b->size) ^ given) | other) == 0 && b->x0 - x0 > near &&
           b->x0 <= b->x1 && b->x1 >= x1 && b->x1 < GLYPH_FAR;
}

/* Spreads what a class says to three counters of 21 bits in one number: LETTER (bit 0),
 * DIGIT (bit 3) and COMMON (bit 14). */
#define GLYPH_COUNTED (CHARACTER_LETTER | CHARACTER_DIGIT | CHARACTER_COMMON)
#define GLYPH_SPREAD (1 | UINT64_C(1) << 18 | UINT64_C(1) << 28)
#define GLYPH_COUNTS (1 | UINT64_C(1) << 21 | UINT64_C(1) << 42)
#define GLYPH_COUNT_MOST ((1 << 21) - 1)

/* Puts B, of CLASS, at TO; returns what it adds to the counters. */
static inline uint64_t glyph_put(struct glyph *to, const struct glyph *b, unsigned class,
                                 unsigned marks)
{
    if (to != b)
        *to = *b;
    to->class = (uint16_t)class;
    to->turn = GLYPH_RIGHT;
    to->marks = (uint8_t)marks;
    return (class & GLYPH_COUNTED) * GLYPH_SPREAD & GLYPH_COUNTS;
}

/* Adds the glyphs of ASCII from FROM on that go on to the right of the last one in its
 * line and size, as nine of ten do; returns where they end. glyph_add would do the same
 * in three times the time. */
static const struct glyph *glyphs_go_on(struct glyph_pass *p, const struct glyph *from,
                                        const struct glyph *end)
{
    struct glyphs *g = p->glyphs;
    struct glyph *to = g->all + g->count, *first = to;
    const struct glyph line = to[-1], *b = from;
    const float near = GLYPH_SAME * line.size, wide = WORD_GAP * line.size;
    const float back = -WORD_BACK * line.size;
    const uint64_t given = p->given;
    unsigned spaced = p->spaced;
    float x0 = line.x0, x1 = line.x1;
    unsigned chain = 0; /* GLYPH_JOINED: B follows one of the same line */
    uint64_t counts = 0;
    if (end - b > GLYPH_COUNT_MOST)
        end = b + GLYPH_COUNT_MOST;
    for (; b < end && b->code < 128; b++) {
        unsigned class = character_ascii[b->code];
        spaced |= b->marks & (GLYPH_SPACED | GLYPH_SAID);
        if (class & (CHARACTER_SPACE | CHARACTER_NONE)) {
            if (class & CHARACTER_NONE)
                break;
            spaced = GLYPH_SPACED;
            chain &= b->marks;
            continue;
        }
        unsigned follows = ~spaced;
        if (!(b->marks & chain)) {
            if (!glyph_is_next(&line, b, given, near, x0, x1))
                break;
            float gap = b->x0 - x1;
            follows &= (gap <= wide) & (gap >= back);
        }
        chain = GLYPH_JOINED;
        counts += glyph_put(to++, b, class, spaced | (follows & 1) * GLYPH_FOLLOWS);
        spaced = 0;
        /* The rest of a string, of which there is nothing to be found out. */
        while (b + 1 < end && b[1].marks == GLYPH_JOINED && b[1].code < 128) {
            class = character_ascii[b[1].code];
            if (class & (CHARACTER_SPACE | CHARACTER_NONE))
                break;
            counts += glyph_put(to++, ++b, class, GLYPH_FOLLOWS);
        }
        x0 = to[-1].x0, x1 = to[-1].x1;
    }
    p->spaced = spaced;
    g->count += (size_t)(to - first);
    garbled_add_ascii(&g->counts, (size_t)(to - first), counts & GLYPH_COUNT_MOST,
                      counts >> 21 & GLYPH_COUNT_MOST, counts >> 42);
    return b;
}

/* Ends the glyphs of one size. */
static void glyph_end_sizes(struct glyph_pass *p)
{
    struct glyphs *g = p->glyphs;
    if (g->count > p->first)
        g->sizes += (double)(g->count - p->first) * (double)g->all[p->first].size;
    p->first = g->count;
}

/* Adds B, unless it is nothing to be seen. */
static void glyph_add(struct glyph_pass *p, const struct glyph *b, unsigned class)
{
    struct glyphs *g = p->glyphs;
    p->spaced |= b->marks & (GLYPH_SPACED | GLYPH_SAID);
    garbled_add(&g->counts, b->code, class);
    if (class & CHARACTER_SPACE) {
        p->spaced = GLYPH_SPACED;
        return;
    }
    if (class & CHARACTER_NONE || !glyph_is_sound(b) ||
        (g->count > 0 && glyph_is_copy(g->all + g->count - 1, b)))
        return;
    float height = b->y1 - b->y0, width = b->x1 - b->x0;
    float thick = most(height, width), thin = least(height, width);
    float size = b->size;
    p->given = UINT64_MAX;
    if (size > height / GLYPH_OFF && size < height * GLYPH_OFF && size >= GLYPH_LEAST)
        p->given = glyph_bits(size);
    if (!(size > thin / GLYPH_OFF && size < thick * GLYPH_OFF))
        size = height;
    size = most(size, GLYPH_LEAST);
    if (g->count == p->first || g->all[p->first].size != size) {
        glyph_end_sizes(p);
        g->largest = most(g->largest, size);
    }
    struct glyph *to = g->all + g->count++;
    *to = (struct glyph){ b->x0, b->y0, b->x1, b->y1, size, b->code, (uint16_t)class,
                          GLYPH_RIGHT, (uint8_t)p->spaced };
    p->spaced = 0;
    g->solid += (class & CHARACTER_SOLID) != 0;
    g->rtl += (class & CHARACTER_RTL) != 0;
    if (g->count > 1 && p->turned == SIZE_MAX &&
        glyph_step(to - 1, to, GLYPH_RIGHT) != GLYPH_RIGHT)
        p->turned = g->count - 2;
}

void glyphs_part(struct glyphs *g)
{
    for (size_t i = 0; i < g->count; i++)
        g->all[i].marks &= (uint8_t)~GLYPH_FOLLOWS;
}

/* Turns the glyphs of lines that run another way. */
static void glyphs_turn(struct glyphs *g, const struct layout_page *page, size_t from)
{
    glyphs_part(g);
    glyphs_find_turns(g, from);
    vertical_find(g);
    float width = fabsf(page->width) < GLYPH_FAR ? page->width : 0;
    float height = fabsf(page->height) < GLYPH_FAR ? page->height : 0;
    for (size_t i = 0; i < g->count; i++) {
        if (g->all[i].turn)
            glyph_turn(g->all + i, width, height);
        g->turns[g->all[i].turn]++;
    }
}

struct glyphs glyphs_create(const struct layout_page *page)
{
    struct glyphs g = { .all = page->boxes };
    struct glyph_pass p = { .glyphs = &g, .spaced = GLYPH_SPACED, .given = UINT64_MAX,
                            .turned = SIZE_MAX };
    const struct glyph *end = page->boxes + page->count;
    for (const struct glyph *b = page->boxes; b < end; b++) {
        if (g.count > 0)
            b = glyphs_go_on(&p, b, end);
        if (b < end)
            glyph_add(&p, b, character_class(b->code));
    }
    glyph_end_sizes(&p);
    if (p.turned < SIZE_MAX || g.solid * 2 > g.count)
        glyphs_turn(&g, page, p.turned);
    else
        g.turns[GLYPH_RIGHT] = g.count;
    for (size_t i = 0; g.rtl > 0 && i < g.count; i++)
        g.letters += (g.all[i].class & CHARACTER_LETTER) != 0;
    return g;
}
