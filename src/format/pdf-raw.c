/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf-raw.c - a page's text in the order of its content. */
#include <config.h>

#include <math.h>

#include "format/pdf-raw.h"
#include "layout/character.h"
#include "pdf/rtl.h"

/* In sizes of the font: what is farther off the line is another one; a gap that is wider
 * is a blank. */
#define RAW_LINE 0.5f
#define RAW_BACK 1.0f
#define RAW_GAP 0.15f
#define RAW_TOUCH 0.02f
/* In widths of a letter: nearer to its side a mark may be the next one's. */
#define RAW_EDGE 0.1f
/* Marks that one letter has, or units that a number has: so far it is looked for. */
#define RAW_MARKS 8

/* A glyph of a line that runs up or down: it lies, so that its height is from left to
 * right; or it is square. */
static bool raw_runs_down(const struct glyph *g)
{
    return g->x1 - g->x0 >= g->y1 - g->y0 || (character_class(g->code) & CHARACTER_SOLID);
}

/* What stands between B and A, which follows it: nothing, a blank or a line's end. */
static char raw_between(const struct glyph *b, const struct glyph *a)
{
    float size = fmaxf(fmaxf(a->size, b->size), 0.1f);
    bool beside = fabsf(a->y1 - b->y1) <= RAW_LINE * size ||
                  fabsf(a->y0 - b->y0) <= RAW_LINE * size;
    bool below = !beside && fabsf(a->x0 - b->x0) <= RAW_LINE * size;
    /* Lines may run either way. */
    float gap = beside ? fmaxf(a->x0 - b->x1, b->x0 - a->x1)
                       : fmaxf(a->y0 - b->y1, b->y0 - a->y1);
    bool back = beside && a->x0 < b->x0 && gap > RAW_BACK * size;
    /* Letters below each other are lines of their own, or columns of a table. */
    below = below && (fabsf(gap) <= RAW_TOUCH * size || raw_runs_down(a) ||
                      raw_runs_down(b));
    if ((!beside && !below) || back || (below && gap > size))
        return '\n';
    return gap > RAW_GAP * size || a->marks & GLYPH_SPACED ? ' ' : '\0';
}

static bool raw_is_digit(uint32_t code)
{
    return (code >= '0' && code <= '9') || (code >= 0x660 && code <= 0x669) ||
           (code >= 0x6f0 && code <= 0x6f9);
}

/* Of a number, before or behind it (UAX #9: ET). */
static bool raw_is_unit(uint32_t code)
{
    return (code >= '#' && code <= '%') || (code >= 0xa2 && code <= 0xa5) || code == 0xb0 ||
           code == 0x66a || (code >= 0x20a0 && code <= 0x20bf);
}

/* Neither: digits, signs, blanks. */
enum raw_side { RAW_EITHER, RAW_LEFT, RAW_RIGHT };

/* Which way text runs that the character belongs to: from the left or the right. */
static enum raw_side raw_side(uint32_t code)
{
    if (rtl_is(code) && !raw_is_digit(code))
        return RAW_RIGHT;
    return character_class(code) & CHARACTER_LETTER ? RAW_LEFT : RAW_EITHER;
}

static bool raw_is_mark(const struct glyph *g)
{
    return (character_class(g->code) & CHARACTER_MARK) != 0;
}

static void raw_put(struct buffer *out, uint32_t code)
{
    char bytes[CHARACTER_BYTES];
    if (!(character_class(code) & CHARACTER_NONE))
        buffer_append(out, bytes, character_write(code, bytes));
}

/* What stands between glyph I of P and the one before it, where CODE is to follow. */
static void raw_separate(struct buffer *out, const struct reader_page *p, size_t i,
                         uint32_t code)
{
    const struct glyph *g = p->glyphs + i, *b = i ? g - 1 : g;
    char between = i == 0 ? '\0' : raw_between(b, g);
    /* Behind a mark its letter goes on. */
    while (between == ' ' && b > p->glyphs && g - b <= RAW_MARKS && raw_is_mark(b))
        between = raw_between(--b, g);
    char end = out->size ? out->data[out->size - 1] : '\n';
    if (between == '\n' && end != '\n')
        buffer_append_char(out, '\n');
    else if (between == ' ' && end != ' ' && end != '\n' && code != ' ')
        buffer_append_char(out, ' ');
}

/* Glyphs from BEGIN to END of P as they come. */
static void raw_add(struct buffer *out, const struct reader_page *p, size_t begin, size_t end)
{
    for (size_t i = begin; i < end; i++) {
        raw_separate(out, p, i, p->glyphs[i].code);
        raw_put(out, p->glyphs[i].code);
    }
}

/* Whether the glyphs before and at I touch. */
static bool raw_touches(const struct reader_page *p, size_t i)
{
    return raw_between(p->glyphs + i - 1, p->glyphs + i) == '\0';
}

/* Where numbers begin of which the last one ends at END, with what is between them and
 * their units; END: there is none. */
static size_t raw_numbers(const struct reader_page *p, size_t begin, size_t end)
{
    size_t first = end - 1;
    while (first > begin && end - first <= RAW_MARKS &&
           raw_is_unit(p->glyphs[first].code) && raw_touches(p, first))
        first--;
    if (!raw_is_digit(p->glyphs[first].code))
        return end;
    for (size_t i = first; i > begin; i--) {
        uint32_t code = p->glyphs[i - 1].code;
        if (raw_side(code) == RAW_RIGHT || raw_is_mark(p->glyphs + i - 1))
            break;
        first = raw_is_digit(code) ? i - 1 : first;
    }
    while (first > begin && raw_is_unit(p->glyphs[first - 1].code) && raw_touches(p, first))
        first--;
    return first;
}

/* Whether mark I stands on the glyph before it, as its place says: most programs have
 * marks before their letter in lines that they give from left to right. */
static bool raw_is_on_last(const struct reader_page *p, size_t begin, size_t i, size_t end)
{
    const struct glyph *m = p->glyphs + i;
    float x = (m->x0 + m->x1) / 2;
    size_t last = i, next = i + 1;
    while (last > begin && i - last < RAW_MARKS && raw_is_mark(p->glyphs + last))
        last--;
    while (next < end && next - i < RAW_MARKS && raw_is_mark(p->glyphs + next))
        next++;
    const struct glyph *l = p->glyphs + last, *n = p->glyphs + next;
    float edge = RAW_EDGE * (l->x1 - l->x0);
    bool inside = x > l->x0 + edge && x < l->x1 - edge;
    return !raw_is_mark(l) && (next == end || (inside && !(x > n->x0 + edge)));
}

/* Where what ends at END begins that stays in its order, of a line from BEGIN to LAST:
 * numbers, or a letter with marks on it. */
static size_t raw_unit(const struct reader_page *p, size_t begin, size_t end, size_t last)
{
    size_t first = raw_numbers(p, begin, end);
    if (first < end)
        return first;
    first = end - 1;
    while (first > begin && raw_is_mark(p->glyphs + first) &&
           raw_is_on_last(p, begin, first, last))
        first--;
    return first;
}

/* Glyphs from BEGIN to END of P from the right. */
static void raw_add_rtl(struct buffer *out, const struct reader_page *p, size_t begin,
                        size_t end)
{
    for (size_t behind = end, first; behind > begin; behind = first) {
        first = raw_unit(p, begin, behind, end);
        raw_separate(out, p, behind == end ? begin : behind, p->glyphs[first].code);
        if (behind - first > 1) {
            raw_put(out, p->glyphs[first].code);
            raw_add(out, p, first + 1, behind);
        } else {
            raw_put(out, character_mirror(p->glyphs[first].code));
        }
    }
}

/* Where the line ends that begins with glyph I, as long as its glyphs stand from left to
 * right: so most files have them. */
static size_t raw_line(const struct reader_page *p, size_t i)
{
    const struct glyph *base = p->glyphs + i;
    for (i++; i < p->count; i++) {
        const struct glyph *g = p->glyphs + i;
        bool mark = raw_is_mark(g);
        if (raw_between(g - 1, g) == '\n' || (g->x0 < base->x0 && !mark))
            break;
        base = mark ? base : g;
    }
    return i;
}

/* Glyphs from BEGIN to END, of a line with letters from both sides: those from the right
 * with what is between them. */
static void raw_add_mixed(struct buffer *out, const struct reader_page *p, size_t begin,
                          size_t end)
{
    while (begin < end) {
        size_t behind = begin;
        if (raw_side(p->glyphs[begin].code) == RAW_RIGHT)
            for (size_t i = begin; i < end && raw_side(p->glyphs[i].code) != RAW_LEFT; i++)
                if (raw_side(p->glyphs[i].code) == RAW_RIGHT || raw_is_mark(p->glyphs + i))
                    behind = i + 1;
        if (behind > begin)
            raw_add_rtl(out, p, begin, behind);
        else
            raw_add(out, p, begin, behind = begin + 1);
        begin = behind;
    }
}

/* A line all of whose letters are from the right is so as a whole. */
static void raw_add_line(struct buffer *out, const struct reader_page *p, size_t begin,
                         size_t end)
{
    bool sides[3] = { false };
    for (size_t i = begin; i < end; i++)
        sides[raw_side(p->glyphs[i].code)] = true;
    if (sides[RAW_RIGHT] && sides[RAW_LEFT])
        raw_add_mixed(out, p, begin, end);
    else if (sides[RAW_RIGHT])
        raw_add_rtl(out, p, begin, end);
    else
        raw_add(out, p, begin, end);
}

void raw_append(const struct reader_page *p, struct buffer *out)
{
    size_t right = 0;
    while (right < p->count && !rtl_is(p->glyphs[right].code))
        right++;
    if (right == p->count)
        raw_add(out, p, 0, p->count);
    else
        for (size_t i = 0, end; i < p->count; i = end) {
            end = raw_line(p, i);
            raw_add_line(out, p, i, end);
        }
    if (out->size)
        buffer_append_char(out, '\n');
}
