/* SPDX-License-Identifier: GPL-3.0-or-later */
/* copies.c - a table by character and place, in which a later string may take the entry
 * of an earlier one: what is missed is given twice, and nothing else. */
#include <config.h>

#include "pdf/copies.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A copy stands no farther off: along the line and across it, in sizes of the font;
 * poppler's figures. */
#define COPIES_ALONG 0.1f
#define COPIES_ACROSS 0.2f
/* Places are told apart by cells so wide and high, in sizes of the font, which are taken
 * for the next power of two: twice what a copy may be off. */
#define COPIES_WIDE 0.25
#define COPIES_HIGH 0.5
/* Sizes that differ by less are of one power. */
#define COPIES_SIZE 1.001f
/* Cells are counted so far. */
#define COPIES_FAR 1e9

void copies_begin(struct copies *c)
{
    memset(c->tags, 0, sizeof c->tags);
    c->size = 0;
    c->wide = 1 / COPIES_WIDE;
    c->high = 1 / COPIES_HIGH;
    if (!c->strings)
        c->strings = calloc(COPIES_STRINGS, sizeof *c->strings);
}

void copies_free(struct copies *c)
{
    free(c->strings);
    c->strings = NULL;
}

static bool copies_is_blank(const struct glyph *g)
{
    return g->code == ' ' || g->code == 0xa0;
}

static bool copies_are_same(const struct glyph *a, const struct glyph *b)
{
    float along = COPIES_ALONG * a->size, across = COPIES_ACROSS * a->size;
    return a->code == b->code && fabsf(a->x0 - b->x0) <= along &&
           fabsf(a->y0 - b->y0) <= across;
}

/* Whether the glyphs from FIRST to COUNT are the same as as many others from AT on. */
static bool copies_are_copied(const struct glyph *glyphs, size_t first,
                              size_t count, size_t at)
{
    size_t size = count - first;
    if (at + size > first)
        return false;
    for (size_t i = 0; i < size; i++)
        if (!copies_are_same(glyphs + at + i, glyphs + first + i))
            return false;
    return true;
}

/* Cells for fonts of SIZE. Most strings have that of the one before. */
static void copies_set_size(struct copies *c, float size)
{
    int power;
    frexpf(COPIES_SIZE * size, &power);
    c->size = size;
    c->wide = ldexp(1 / COPIES_WIDE, -power);
    c->high = ldexp(1 / COPIES_HIGH, -power);
}

/* The cell of X, of which EACH are a point wide. */
static int32_t copies_cell(float x, double each)
{
    double cell = (double)x * each;
    cell = cell < COPIES_FAR ? cell : COPIES_FAR;
    return (int32_t)(cell > -COPIES_FAR ? cell : -COPIES_FAR);
}

/* The first of the places where a string is kept that begins with CODE in that cell. */
static uint32_t copies_place(uint32_t code, int32_t column, int32_t row)
{
    uint32_t hash = code * 2654435761u ^ (uint32_t)column * 40503u ^
                    (uint32_t)row * 2246822519u;
    return (hash ^ hash >> 15) % COPIES_STRINGS;
}

static unsigned char copies_tag(uint32_t code)
{
    return (unsigned char)(code ^ code >> 7) | 0x80;
}

/* Not 0: a string of TAG may be kept from PLACE on. Tags are looked at together. */
static inline uint32_t copies_may_be_at(const struct copies *c, uint32_t place,
                                        unsigned char tag)
{
    const uint32_t ones = 0x01010101;
    uint32_t tags;
    _Static_assert(sizeof tags == COPIES_PLACES, "a tag for each place");
    memcpy(&tags, c->tags + place, sizeof tags);
    tags ^= tag * ones;
    return (tags - ones) & ~tags & ones << 7;
}

/* Whether a string that is kept from PLACE on is the same as that from FIRST to COUNT. */
static bool copies_is_at(const struct copies *c, const struct glyph *glyphs, size_t first,
                         size_t count, uint32_t place)
{
    for (uint32_t i = 0; i < COPIES_PLACES && c->tags[place + i]; i++)
        if (copies_are_copied(glyphs, first, count,
                              c->strings[(place + i) % COPIES_STRINGS]))
            return true;
    return false;
}

static void copies_keep(struct copies *c, uint32_t place, unsigned char tag, size_t first)
{
    uint32_t i = 0;
    while (i < COPIES_PLACES && c->tags[place + i])
        i++;
    place = (place + i % COPIES_PLACES) % COPIES_STRINGS;
    c->tags[place] = tag;
    if (place < COPIES_PLACES)
        c->tags[COPIES_STRINGS + place] = tag;
    c->strings[place] = (uint32_t)first;
}

bool copies_has(struct copies *c, const struct glyph *glyphs, size_t first, size_t count)
{
    while (first < count && copies_is_blank(glyphs + first))
        first++;
    if (first == count || !c->strings)
        return false;
    const struct glyph *g = glyphs + first;
    uint32_t code = g->code, places[4], any = 0;
    unsigned char tag = copies_tag(code);
    float along = COPIES_ALONG * g->size, across = COPIES_ACROSS * g->size;
    if (!(g->size == c->size))
        copies_set_size(c, g->size);
    int32_t left = copies_cell(g->x0 - along, c->wide);
    int32_t right = copies_cell(g->x0 + along, c->wide);
    int32_t above = copies_cell(g->y0 - across, c->high);
    int32_t below = copies_cell(g->y0 + across, c->high);
    /* Often some are the same, but to ask for that costs more than to look twice. */
    places[0] = copies_place(code, left, above);
    places[1] = copies_place(code, right, above);
    places[2] = copies_place(code, left, below);
    places[3] = copies_place(code, right, below);
    for (int i = 0; i < 4; i++)
        any |= copies_may_be_at(c, places[i], tag);
    for (int i = 0; any && i < 4; i++)
        if (copies_is_at(c, glyphs, first, count, places[i]))
            return true;
    copies_keep(c, copies_place(code, copies_cell(g->x0, c->wide),
                                copies_cell(g->y0, c->high)), tag, first);
    return false;
}
