/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf-apart.c - one long word shows how far letters are set apart, many short ones do with
 * blanks between them, and in some files it is said. A list of single letters has neither. */
#include <config.h>

#include <math.h>

#include "format/pdf-apart.h"
#include "layout/character.h"

/* In sizes of the font: what touches. */
#define APART_TOUCH 0.03f
/* The gaps of a word differ by less, or by less than this share of one. */
#define APART_EVEN 0.06f
#define APART_SHARE 0.26f
/* Gaps between words are wider than those within them by so much, and by so many. */
#define APART_WIDER 0.2f
#define APART_TIMES 2
/* A word of as many gaps is no list; nor are words of as many in all. */
#define APART_LONG 4
/* Where letters are equally wide, blanks are so too, and as wide at least. */
#define APART_EQUAL 0.02f
#define APART_MONOSPACE 0.45f
/* No more than one gap in so many is narrower, as kerning has it. */
#define APART_KERNED 4

float apart_gap(const struct glyph *b, const struct glyph *a)
{
    float gap = a->x0 - b->x1;
    bool follows = a->y1 > b->y0 && a->y0 < b->y1 && gap < b->size;
    return follows && b->size > 0 ? gap / b->size : 0;
}

static bool apart_is_letter(const struct glyph *g)
{
    return (character_class(g->code) & (CHARACTER_LETTER | CHARACTER_HYPHEN)) != 0;
}

static bool apart_is_blank(const struct glyph *g)
{
    return (character_class(g->code) & CHARACTER_SPACE) != 0;
}

static bool apart_is_on_line(const struct glyph *b, const struct glyph *a)
{
    return a->y1 > b->y0 && a->y0 < b->y1 && a->x0 - b->x1 > -b->size;
}

/* Whether A, which follows B, touches it or covers it, and none of them is a blank. */
static bool apart_touches(const struct glyph *b, const struct glyph *a)
{
    return a->x0 - b->x1 <= APART_TOUCH * b->size && apart_is_on_line(b, a) &&
           !apart_is_blank(b) && !apart_is_blank(a);
}

/* By how much gaps of a word whose gap is EVEN may differ from it. */
static float apart_play(float even)
{
    return fmaxf(APART_EVEN, APART_SHARE * even);
}

static bool apart_is_even(float gap, float even)
{
    return fabsf(gap - even) <= apart_play(even);
}

/* The gap between two letters, G and the next one, in sizes; 0: they are none, or stand
 * farther apart than letters do. */
static float apart_letters(const struct glyph *g)
{
    return apart_is_letter(g) && apart_is_letter(g + 1) ? apart_gap(g, g + 1) : 0;
}

/* How many gaps before END are as wide as that behind glyph I, all between letters.
 * *KINDS: how many of them count for a word, which is neither an alphabet nor the same
 * letter over and over. */
static size_t apart_run(const struct glyph *glyphs, size_t i, size_t end, size_t *kinds)
{
    float first = i < end ? apart_letters(glyphs + i) : 0;
    size_t k = i, next = 0;
    *kinds = 0;
    for (; k < end && first > APART_TOUCH; k++) {
        float gap = apart_letters(glyphs + k);
        if (!(gap > APART_TOUCH && apart_is_even(gap, first)))
            break;
        *kinds += glyphs[k].code != glyphs[k + 1].code;
        next += glyphs[k].code + 1 == glyphs[k + 1].code;
    }
    if (next * 2 > k - i)
        *kinds = 0;
    return k - i;
}

/* The gap of the longest word from glyph BEGIN to END, the narrowest of words as long;
 * *LONGEST: how many it has. 0: there is no word. */
static float apart_find_word(const struct glyph *glyphs, size_t begin, size_t end,
                             size_t *longest)
{
    float found = 0;
    *longest = 0;
    for (size_t i = begin, run; i < end; i += run > 0 ? run : 1) {
        size_t kinds;
        float gap = apart_letters(glyphs + i);
        run = apart_run(glyphs, i, end, &kinds);
        if (kinds > *longest || (kinds > 0 && kinds == *longest && gap < found)) {
            *longest = kinds;
            found = gap;
        }
    }
    return found;
}

/* Where the line of glyph I ends, or what of it does not touch: its last glyph. */
static size_t apart_line_end(const struct glyph *glyphs, size_t count, size_t i)
{
    while (i + 1 < count && apart_is_on_line(glyphs + i, glyphs + i + 1) &&
           !apart_touches(glyphs + i, glyphs + i + 1))
        i++;
    return i;
}

/* Where the stretch ends that begins with glyph I: lines that follow are of it as long as
 * their words have the same gap. */
static size_t apart_end(const struct glyph *glyphs, size_t count, size_t i)
{
    size_t end = apart_line_end(glyphs, count, i), longest;
    float gap = apart_find_word(glyphs, i, end, &longest);
    while (gap > 0 && end + 1 < count && !apart_touches(glyphs + end, glyphs + end + 1)) {
        size_t next = apart_line_end(glyphs, count, end + 1);
        float other = apart_find_word(glyphs, end + 1, next, &longest);
        if (other == 0 || !apart_is_even(other, gap))
            break;
        end = next;
    }
    return end;
}

/* What is known of the gaps of a stretch. */
struct apart_gaps {
    size_t even, narrow, blanks, tracked;
    float wide; /* the narrowest between words */
};

static struct apart_gaps apart_measure(const struct glyph *glyphs, size_t begin,
                                       size_t end, float even)
{
    struct apart_gaps s = { .wide = INFINITY };
    float wide = fmaxf(even + APART_WIDER, APART_TIMES * even);
    for (size_t i = begin; i < end; i++) {
        const struct glyph *g = glyphs + i, *last;
        if (apart_is_blank(g) || !apart_is_on_line(g, g + 1))
            continue;
        bool blank = i + 1 < end && apart_is_blank(g + 1) && apart_is_on_line(g, g + 2);
        last = g + 1 + blank;
        float gap = (last->x0 - g->x1) / g->size;
        if (gap > wide)
            s.wide = fminf(s.wide, gap);
        if (!apart_is_letter(g) || !apart_is_letter(last))
            continue;
        s.even += !blank && apart_is_even(gap, even);
        s.narrow += !blank && gap < even && !apart_is_even(gap, even);
        s.blanks += blank && gap > wide;
        s.tracked += !blank && last->marks & GLYPH_TRACKED;
    }
    return s;
}

/* Whether glyph I and the next one are letters of a word that is not set apart. */
static bool apart_is_word(const struct glyph *glyphs, size_t i)
{
    return apart_is_letter(glyphs + i) && apart_is_letter(glyphs + i + 1) &&
           apart_touches(glyphs + i, glyphs + i + 1);
}

/* Whether the letters from BEGIN to END are words among others: they are parted from
 * these by the same gap as from each other. */
static bool apart_is_list(const struct glyph *glyphs, size_t count, size_t begin,
                          size_t end, float even)
{
    bool first = begin > 0 && apart_is_word(glyphs, begin - 1) &&
                 apart_is_even(apart_letters(glyphs + begin), even);
    bool last = end + 1 < count && apart_is_word(glyphs, end) &&
                apart_is_even(apart_letters(glyphs + end - 1), even);
    return first || last;
}

/* Whether the glyphs from BEGIN to END are a typewriter's, and EVEN is its blank. */
static bool apart_is_typewritten(const struct glyph *glyphs, size_t begin, size_t end,
                                 float even)
{
    const struct glyph *first = glyphs + begin;
    float width = first->x1 - first->x0;
    if (even <= APART_MONOSPACE || character_class(first->code) & CHARACTER_WIDE)
        return false;
    for (const struct glyph *g = first; g <= glyphs + end; g++)
        if (fabsf(g->x1 - g->x0 - width) > APART_EQUAL * g->size)
            return false;
    return true;
}

/* Whether the glyphs from BEGIN to END are letters, with nothing that touches them: some
 * programs set single blanks of a line as if they were between letters. */
static bool apart_is_alone(const struct glyph *glyphs, size_t count, size_t begin,
                           size_t end)
{
    for (size_t i = begin; i <= end; i++)
        if (!apart_is_letter(glyphs + i) && !apart_is_blank(glyphs + i))
            return false;
    return (begin == 0 || !apart_touches(glyphs + begin - 1, glyphs + begin)) &&
           (end + 1 == count || !apart_touches(glyphs + end, glyphs + end + 1));
}

static void apart_find(struct apart *apart, const struct glyph *glyphs, size_t count,
                       size_t i)
{
    size_t end = apart_end(glyphs, count, i), longest;
    *apart = (struct apart){ .end = end > i ? end : i + 1 };
    float even = apart_find_word(glyphs, i, end, &longest);
    if (longest == 0)
        return;
    struct apart_gaps s = apart_measure(glyphs, i, end, even);
    bool shown = longest >= APART_LONG || (s.blanks > 0 && s.even >= APART_LONG &&
                                           s.narrow * APART_KERNED <= s.even);
    bool words = s.wide == INFINITY && (apart_is_typewritten(glyphs, i, end, even) ||
                                        apart_is_list(glyphs, count, i, end, even));
    bool said = s.tracked >= s.even && apart_is_alone(glyphs, count, i, end);
    if (!said && (!shown || words))
        return;
    float limit = s.wide < INFINITY ? fminf((even + s.wide) / 2, APART_TIMES * even) : 0;
    apart->limit = fmaxf(limit, even + apart_play(even));
}

/* Whether glyph I is in a long word that has a gap of its own. */
static bool apart_is_inside(struct apart *apart, const struct glyph *glyphs, size_t i)
{
    size_t kinds, run;
    if (i >= apart->run) {
        run = apart_run(glyphs, i, apart->end, &kinds);
        apart->run = i + (run > 0 ? run : 1);
        apart->word = kinds >= APART_LONG;
    }
    return apart->word;
}

bool apart_joins(struct apart *apart, const struct glyph *glyphs, size_t count, size_t i)
{
    const struct glyph *g = glyphs + i;
    if (i >= apart->end) {
        /* Behind the gap between two words there is none in the next one. */
        if (count - i > 2 && apart_touches(g + 1, g + 2))
            return false;
        apart_find(apart, glyphs, count, i);
    }
    if (apart->limit == 0 || apart_is_blank(g) || apart_is_blank(g + 1) ||
        !apart_is_on_line(g, g + 1))
        return false;
    return g[1].x0 - g->x1 <= apart->limit * g->size || apart_is_inside(apart, glyphs, i);
}
