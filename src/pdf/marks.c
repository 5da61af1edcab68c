/* SPDX-License-Identifier: GPL-3.0-or-later */
/* marks.c - ActualText takes the places of the glyphs that it stands for. As with
 * poppler only that of a Span counts: others stand for whole paragraphs and figures, and
 * their glyphs say the same. */
#include <config.h>

#include "pdf/marks.h"

#include <math.h>
#include <string.h>

#include "pdf/rtl.h"
#include "pdf/textstring.h"

/* Characters of one ActualText; more are taken for a mistake. */
#define MARKS_TEXT 65536

static struct mark marks_read(struct objects *o, struct layers *l, struct arena *arena,
                              struct span tag, const struct value *properties)
{
    struct mark mark = { 0 };
    if (properties->type == VALUE_NULL)
        return mark;
    if (syntax_is(tag, "OC")) {
        mark.hides = !layers_show(l, properties);
    } else if (syntax_is(tag, "Span")) {
        const struct value *text =
            objects_find(o, objects_resolve(o, properties), "ActualText");
        mark.text = textstring_read(o, text, arena, NULL);
        mark.replaces = mark.text != NULL;
    }
    return mark;
}

/* Drops the places from FIRST on of glyphs that mean nothing. */
static void marks_drop_places(struct show *s, size_t first)
{
    size_t kept = first;
    for (size_t i = first; i < s->count; i++)
        if (s->glyphs[i].code)
            s->glyphs[kept++] = s->glyphs[i];
    s->count = kept;
}

/* MARK's glyphs stand for themselves. */
static void marks_give_up(struct marks *m, struct show *s, struct mark *mark)
{
    mark->replaces = false;
    m->replacing--;
    marks_drop_places(s, mark->first);
}

void marks_begin(struct marks *m, struct show *s, struct objects *o, struct layers *l,
                 struct arena *arena, struct span tag, const struct value *properties)
{
    if (m->depth < MARKS_DEPTH) {
        struct mark mark = marks_read(o, l, arena, tag, properties);
        /* One around it may not mean what is within, as poppler has it, too. */
        for (uint32_t i = 0; mark.replaces && m->replacing > 0 && i < m->depth; i++)
            if (m->open[i].replaces) {
                marks_give_up(m, s, m->open + i);
            }
        mark.first = s->count;
        mark.unmeant = s->unmeant;
        m->hiding += mark.hides;
        m->replacing += mark.replaces;
        m->open[m->depth] = mark;
    }
    m->depth++;
    s->hidden = m->hiding > 0;
    s->whole = m->replacing > 0;
}

/* The box of the glyphs from FIRST to END, as far as they stand in the line of the first. */
static struct glyph marks_box(const struct show *s, size_t first, size_t end)
{
    struct glyph box = s->glyphs[first];
    box.marks = 0;
    for (size_t i = first + 1; i < end; i++) {
        const struct glyph *g = s->glyphs + i;
        bool across = s->turn == SHOW_RIGHT || s->turn == SHOW_LEFT;
        if (across ? g->y0 != box.y0 : g->x0 != box.x0)
            break;
        box.x0 = fminf(box.x0, g->x0), box.x1 = fmaxf(box.x1, g->x1);
        box.y0 = fminf(box.y0, g->y0), box.y1 = fmaxf(box.y1, g->y1);
    }
    return box;
}

/* CODE, number AT of COUNT, behind the glyphs from FIRST to END in the place of these:
 * each of them has its share, in their order. */
static void marks_put(struct show *s, size_t first, size_t end, uint32_t code, size_t at,
                      size_t count)
{
    size_t glyphs = end - first, own = at * glyphs / count;
    /* Those that share a glyph's box. */
    size_t begin = (own * count + glyphs - 1) / glyphs;
    size_t past = ((own + 1) * count + glyphs - 1) / glyphs;
    size_t next = (at + 1) * glyphs / count;
    struct glyph box = marks_box(s, first + own, first + next);
    struct glyph part = show_part(&box, s->turn, at - begin, past - begin);
    part.code = code;
    /* The first may be drawn again, to be bold. */
    part.marks = at > 0 ? GLYPH_SAID : 0;
    show_add(s, &part);
}

/* The letters of CODE if it is a ligature; else NULL. */
static const char *marks_ligature(uint32_t code)
{
    static const char *const letters[] = { "ff", "fi", "fl", "ffi", "ffl" };
    return code >= 0xfb00 && code <= 0xfb04 ? letters[code - 0xfb00] : NULL;
}

static bool marks_is_like(uint32_t a, uint32_t b)
{
    uint32_t lower = a | 0x20;
    return a == b || (lower >= 'a' && lower <= 'z' && lower == (b | 0x20));
}

static bool marks_is_blank(uint32_t code)
{
    return code <= ' ' || code == 0xa0;
}

/* The next character of TEXT that is no blank; 0: it is at its end. BLANK: whether there
 * is one before it. */
static uint32_t marks_letter(const char **text, bool *blank)
{
    uint32_t code;
    for (*blank = false; textstring_next(text, &code); *blank = true)
        if (!marks_is_blank(code))
            return code;
    return 0;
}

/* Whether glyph I is a hyphen at the end of a line. */
static bool marks_is_hyphen(const struct show *s, size_t i)
{
    const struct glyph *g = s->glyphs + i;
    return (g->code == '-' || g->code == 0xad || g->code == 0x2010) && i + 1 < s->count &&
           g[1].y0 != g->y0;
}

/* Whether MARK says what its glyphs say, as tagged paragraphs do: these stand where they
 * should. Letters may be of other case (small capitals), and blanks narrower; then SET
 * sets it. */
static bool marks_is_said(struct show *s, const struct mark *mark, bool set)
{
    const char *text = mark->text;
    bool meant = false, blank;
    uint32_t next = marks_letter(&text, &blank);
    for (size_t i = mark->first; i < s->count; i++) {
        uint32_t *code = &s->glyphs[i].code;
        const char *letters = marks_ligature(*code);
        meant |= *code != 0;
        if (marks_is_blank(*code))
            continue;
        if (set && blank && i > mark->first)
            s->glyphs[i].marks = GLYPH_SPACED | GLYPH_SAID;
        for (; letters && *letters; letters++, next = marks_letter(&text, &blank))
            if (next != (unsigned char)*letters)
                return false;
        if (letters)
            continue;
        if (!marks_is_like(*code, next) && marks_is_hyphen(s, i))
            continue;
        if (!marks_is_like(*code, next))
            return false;
        if (set)
            *code = next;
        next = marks_letter(&text, &blank);
    }
    return meant && next == 0;
}

/* Glyphs from FIRST on are one text: there are no gaps within its lines. */
static void marks_close_up(struct show *s, size_t first)
{
    for (size_t i = first; s->turn == SHOW_RIGHT && i + 1 < s->count; i++) {
        struct glyph *g = s->glyphs + i;
        if (g[1].y0 == g->y0 && g[1].x0 > g->x1)
            g->x1 = g[1].x0;
    }
}

/* Whether the glyphs from FIRST to END stand on one line, as they follow each other. */
static bool marks_run_right(const struct show *s, size_t first, size_t end)
{
    for (size_t i = first; i + 1 < end; i++)
        if (s->glyphs[i].y0 != s->glyphs[i + 1].y0 ||
            s->glyphs[i].x0 > s->glyphs[i + 1].x0)
            return false;
    return s->turn == SHOW_RIGHT;
}

/* What glyphs mean by themselves does not matter, nor whether they do. */
static void marks_replace(struct show *s, const struct mark *mark)
{
    size_t end = s->count, count = 0;
    const char *text = mark->text, *again = text;
    uint32_t code;
    if (end <= mark->first)
        return;
    s->unmeant = mark->unmeant;
    if (marks_is_said(s, mark, false)) {
        marks_is_said(s, mark, true);
        marks_drop_places(s, mark->first);
        return;
    }
    while (count < MARKS_TEXT && textstring_next(&text, &code))
        count++;
    for (size_t i = 0; i < count && textstring_next(&again, &code); i++)
        marks_put(s, mark->first, end, code, i, count);
    size_t added = s->count - end;
    if (added > 1 && marks_run_right(s, mark->first, end))
        rtl_turn(s->glyphs + end, added);
    memmove(s->glyphs + mark->first, s->glyphs + end, added * sizeof *s->glyphs);
    s->count = mark->first + added;
    marks_close_up(s, mark->first);
}

void marks_end(struct marks *m, struct show *s)
{
    if (!m->depth || --m->depth >= MARKS_DEPTH)
        return;
    const struct mark *mark = m->open + m->depth;
    m->hiding -= mark->hides;
    m->replacing -= mark->replaces;
    s->hidden = m->hiding > 0;
    s->whole = m->replacing > 0;
    if (mark->replaces)
        marks_replace(s, mark);
}

void marks_end_all(struct marks *m, struct show *s, uint32_t depth)
{
    for (; m->depth > depth; marks_end(m, s)) {
        struct mark *mark = m->open + m->depth - 1;
        if (m->depth <= MARKS_DEPTH && mark->replaces)
            marks_give_up(m, s, mark);
    }
}
