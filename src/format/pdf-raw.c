/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf-raw.c - a page's text in the order of its content. */
#include <config.h>

#include <math.h>

#include "format/pdf-raw.h"
#include "layout/character.h"

/* In sizes of the font: what is farther off the line is another one; a gap that is wider
 * is a blank. */
#define RAW_LINE 0.5f
#define RAW_BACK 1.0f
#define RAW_GAP 0.15f
#define RAW_TOUCH 0.02f

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
    return gap > RAW_GAP * size ? ' ' : '\0';
}

static void raw_put(struct buffer *out, const struct glyph *g)
{
    char bytes[CHARACTER_BYTES];
    if (!(character_class(g->code) & CHARACTER_NONE))
        buffer_append(out, bytes, character_write(g->code, bytes));
}

/* What stands before glyph I of P, behind glyph LAST; -1: it begins. */
static void raw_separate(struct buffer *out, const struct reader_page *p, size_t i,
                            int64_t last)
{
    const struct glyph *g = p->glyphs + i;
    char between = last < 0 ? '\0' : raw_between(p->glyphs + last, g);
    char end = out->size ? out->data[out->size - 1] : '\n';
    if (between == '\n' && end != '\n')
        buffer_append_char(out, '\n');
    else if (between == ' ' && end != ' ' && end != '\n' && g->code != ' ')
        buffer_append_char(out, ' ');
}

static bool raw_is_rtl_digit(uint32_t code)
{
    return (code >= 0x660 && code <= 0x669) || (code >= 0x6f0 && code <= 0x6f9);
}

/* Glyphs from BEGIN to END of P from the right, but numbers from the left. */
static void raw_add_rtl(struct buffer *out, const struct reader_page *p, size_t begin,
                           size_t end, int64_t last)
{
    while (end > begin) {
        size_t first = end - 1;
        while (first > begin && raw_is_rtl_digit(p->glyphs[first].code) &&
               raw_is_rtl_digit(p->glyphs[first - 1].code))
            first--;
        raw_separate(out, p, end - 1, last);
        for (size_t i = first; i < end; i++)
            raw_put(out, p->glyphs + i);
        last = (int64_t)first;
        end = first;
    }
}

/* Where the run of letters from the right ends that begins with glyph I: most files
 * have them as they stand, from left to right. I: there is none. */
static size_t raw_run(const struct reader_page *p, size_t i)
{
    size_t end = i;
    for (size_t k = i; k < p->count; k++) {
        const struct glyph *g = p->glyphs + k;
        if (k > i && (raw_between(g - 1, g) == '\n' || g->x0 < g[-1].x0))
            break;
        if (raw_is_rtl(g->code))
            end = k + 1;
        else if (g->code != ' ')
            break;
    }
    return end;
}

void raw_append(const struct reader_page *p, struct buffer *out)
{
    int64_t last = -1;
    for (size_t i = 0; i < p->count;) {
        size_t end = raw_is_rtl(p->glyphs[i].code) ? raw_run(p, i) : i;
        if (end == i)
            end++;
        raw_add_rtl(out, p, i, end, last);
        last = (int64_t)i;
        i = end;
    }
    if (out->size)
        buffer_append_char(out, '\n');
}
