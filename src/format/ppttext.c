/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ppttext.c - walks through a slide's records and their records. */
#include <config.h>

#include "format/ppttext.h"

#include <stdio.h>
#include <string.h>

#include "base/little.h"
#include "base/utf8.h"
#include "format/codepage.h"
#include "format/lines.h"
#include "format/pptmark.h"

/* Groups within groups. */
#define DEPTH 32

/* Texts of the outline that a slide's shapes may ask for: layouts have less
 * than ten. */
#define REFERENCES 256

/* Marks within a text whose characters stand for something. */
#define MARKS 64

struct walker {
    struct lines lines;
    struct ppt_span outline;
    struct ppt_look look;
    int number;
    int references;
    bool in_master;
    bool in_table;
    bool has_row;   /* of the table, at ROW */
    uint32_t row;
};

/* --- texts --- */

/* A text and what stands in it. */
struct text {
    struct ppt_record atom; /* PPT_TEXT_CHARS or PPT_TEXT_BYTES */
    struct {
        uint32_t at;
        unsigned type;
    } marks[MARKS];
    size_t mark_count;
    unsigned kind;
    struct ppt_span style, numberings;
    bool is_there;
};

static void text_take(struct text *text, const struct ppt_record *r)
{
    switch (r->type) {
    case PPT_TEXT_HEADER:
        if (r->body.size >= 4)
            text->kind = little32(r->body.p);
        break;
    case PPT_TEXT_STYLE:
        text->style = r->body;
        break;
    case PPT_TEXT_CHARS:
    case PPT_TEXT_BYTES:
        text->atom = *r;
        text->is_there = true;
        break;
    case PPT_SLIDE_NUMBER:
    case PPT_DATE:
    case PPT_DATE_FIXED:
    case PPT_HEADER_MARK:
    case PPT_FOOTER_MARK:
        if (r->body.size < 4 || text->mark_count == MARKS)
            break;
        text->marks[text->mark_count].at = little32(r->body.p);
        text->marks[text->mark_count++].type = r->type;
        break;
    }
}

/* The type of the mark at character AT; 0: it is a character. */
static unsigned mark_at(const struct text *text, size_t at)
{
    for (size_t i = 0; i < text->mark_count; i++) {
        if (text->marks[i].at == at)
            return text->marks[i].type;
    }
    return 0;
}

/* A paragraph as it is written. */
struct paragraph {
    struct buffer line;
    struct ppt_marks marks;
    size_t begin;   /* its first character */
    bool is_marked; /* what comes is behind its first line */
};

static bool is_blank(const struct buffer *line)
{
    size_t i = 0;
    while (i < line->size && (line->data[i] == ' ' || line->data[i] == '\t'))
        i++;
    return i == line->size;
}

static void line_write(struct walker *w, struct paragraph *p)
{
    struct lines *l = &w->lines;
    if (!p->is_marked && !is_blank(&p->line)) {
        ppt_marks_next(&p->marks, p->begin, l->marker, &l->marker_level);
        if (w->in_table)
            l->marker_level = 0;
        p->is_marked = true;
    }
    if (p->line.size > 0)
        lines_keep(l, p->line.data, p->line.size);
    l->marker[0] = '\0';
    buffer_clear(&p->line);
}

/* Ends a line of a text; in a table it is a blank. */
static void line_end(struct walker *w, struct paragraph *p)
{
    line_write(w, p);
    if (w->in_table)
        w->lines.space = true;
    else
        lines_next(&w->lines);
}

static void text_put(struct walker *w, const struct text *text)
{
    struct paragraph p = {0};
    struct ppt_span s = text->atom.body;
    size_t width = text->atom.type == PPT_TEXT_CHARS ? 2 : 1;
    size_t count = s.size / width, start = 0;
    ppt_marks_begin(&p.marks, &w->look, text->kind, text->style,
                    text->numberings, count);
    for (size_t i = 0; i <= count; i++) {
        unsigned c = i == count ? 0 : width == 2 ? little16(s.p + 2 * i) : s.p[i];
        unsigned mark = i < count ? mark_at(text, i) : 0;
        bool is_end = c == '\r' || c == '\v';
        if (i < count && !is_end && mark == 0)
            continue;
        if (width == 2)
            codepage_append_utf16(&p.line, s.p + 2 * start, i - start);
        else /* UTF-16 without its upper bytes */
            for (; start < i; start++)
                utf8_append(&p.line, s.p[start]);
        start = i + 1;
        if (mark == PPT_SLIDE_NUMBER && !w->in_master)
            buffer_printf(&p.line, "%d", w->number);
        if (is_end)
            line_end(w, &p);
        if (c == '\r') {
            p.begin = start;
            p.is_marked = false;
        }
    }
    line_write(w, &p);
    buffer_free(&p.line);
}

/* Text NUMBER of the slide's outline. */
static void outline_put(struct walker *w, uint32_t number,
                        struct ppt_span numberings)
{
    struct ppt_span s = w->outline;
    struct ppt_record r;
    struct text text = {.kind = PPT_KIND_OTHER, .numberings = numberings};
    if (w->references++ == REFERENCES)
        return;
    for (int64_t i = -1; i <= (int64_t)number && ppt_next(&s, &r);) {
        i += r.type == PPT_TEXT_HEADER;
        if (i == (int64_t)number)
            text_take(&text, &r);
    }
    if (text.is_there)
        text_put(w, &text);
}

/* The numberings in what PowerPoint 2000 and later add to S, a shape's data. */
static struct ppt_span numberings_of(struct ppt_span s)
{
    struct ppt_record tags, tag, data, r;
    if (ppt_find(s, PPT_TAGS, -1, &tags)) {
        while (ppt_next(&tags.body, &tag)) {
            if (tag.type == PPT_TAG && ppt_find(tag.body, PPT_TAG_DATA, -1, &data)
                && ppt_find(data.body, PPT_TEXT_STYLE9, -1, &r))
                return r.body;
        }
    }
    return (struct ppt_span){NULL, 0};
}

/* The text S of SHAPE. */
static void shape_text(struct walker *w, struct ppt_span shape, struct ppt_span s)
{
    struct ppt_record r;
    struct text text = {.kind = PPT_KIND_OTHER};
    if (ppt_find(shape, PPT_ART_DATA, -1, &r))
        text.numberings = numberings_of(r.body);
    while (ppt_next(&s, &r)) {
        if (r.type == PPT_TEXT_REF && r.body.size >= 4)
            outline_put(w, little32(r.body.p), text.numberings);
        else
            text_take(&text, &r);
    }
    if (text.is_there)
        text_put(w, &text);
}

/* --- shapes --- */

/* Cells of a row have one top. */
static void cell_begin(struct walker *w, struct ppt_span shape)
{
    struct ppt_record place;
    if (!ppt_find(shape, PPT_ART_PLACE, -1, &place) || place.body.size < 8)
        return;
    uint32_t row = little32(place.body.p + 4);
    if (w->has_row && row == w->row) {
        w->lines.space = false;
        lines_begin(&w->lines);
        buffer_append_char(w->lines.out, '\t');
    } else {
        lines_ask(&w->lines, 1);
    }
    w->has_row = true;
    w->row = row;
}

/* Whether slides put something of their own in the shape's place. */
static bool is_placeholder(struct ppt_span shape)
{
    struct ppt_record data, atom;
    return ppt_find(shape, PPT_ART_DATA, -1, &data)
           && ppt_find(data.body, PPT_PLACEHOLDER, -1, &atom);
}

static void shape(struct walker *w, struct ppt_span s)
{
    struct ppt_record r;
    if (!ppt_find(s, PPT_ART_TEXT, -1, &r)
        || (w->in_master && is_placeholder(s)))
        return;
    if (w->in_table) {
        cell_begin(w, s);
        w->lines.space = false;
        shape_text(w, s, r.body);
        return;
    }
    lines_ask(&w->lines, 2);
    shape_text(w, s, r.body);
    lines_ask(&w->lines, 2);
}

/* Whether the group's first shape, which stands for it, says "table"
 * (property 0x39f, [MS-ODRAW] 2.3.4.37). */
static bool is_table(struct ppt_span group)
{
    struct ppt_record first, options;
    if (!ppt_next(&group, &first) || first.type != PPT_ART_SHAPE
        || !ppt_find(first.body, PPT_ART_OPTIONS, -1, &options))
        return false;
    struct ppt_span s = options.body;
    for (unsigned n = options.instance; n > 0 && s.size >= 6; n--) {
        if (little16(s.p) == 0x39f)
            return (s.p[2] & 1) != 0;
        s.p += 6;
        s.size -= 6;
    }
    return false;
}

static void group(struct walker *w, struct ppt_span s, int depth)
{
    struct ppt_record r;
    while (ppt_next(&s, &r)) {
        if (r.type == PPT_ART_SHAPE)
            shape(w, r.body);
        if (r.type != PPT_ART_GROUP || depth == DEPTH)
            continue;
        bool was_in_table = w->in_table;
        if (!was_in_table && is_table(r.body)) {
            w->in_table = true;
            w->has_row = false;
            lines_ask(&w->lines, 2);
        }
        group(w, r.body, depth + 1);
        if (w->in_table && !was_in_table)
            lines_ask(&w->lines, 2);
        w->in_table = was_in_table;
    }
}

static void drawing(struct walker *w, struct ppt_span s)
{
    struct ppt_record r;
    if (ppt_find(s, PPT_DRAWING, -1, &r) && ppt_find(r.body, PPT_ART, -1, &r))
        group(w, r.body, 0);
}

/* --- what else is on a slide --- */

static void string_put(struct walker *w, const struct ppt_record *r)
{
    struct buffer text = {0};
    codepage_append_utf16(&text, r->body.p, r->body.size / 2);
    if (text.size > 0)
        lines_fold(&w->lines, text.data, text.size);
    buffer_free(&text);
}

/* Date and footer, when they are shown. */
static void margins(struct walker *w, struct ppt_span slide)
{
    enum { USER_DATE = 4, FOOTER = 32 };
    struct ppt_record r, atom, text;
    if (!ppt_find(slide, PPT_MARGINS, -1, &r)
        || !ppt_find(r.body, PPT_MARGINS_ATOM, -1, &atom)
        || atom.body.size < 4)
        return;
    unsigned flags = little16(atom.body.p + 2);
    lines_ask(&w->lines, 2);
    if ((flags & USER_DATE) && ppt_find(r.body, PPT_STRING, 0, &text)) {
        string_put(w, &text);
        lines_ask(&w->lines, 1);
    }
    if ((flags & FOOTER) && ppt_find(r.body, PPT_STRING, 2, &text))
        string_put(w, &text);
}

static void comment(struct walker *w, struct ppt_span s)
{
    struct ppt_record author, text;
    if (!ppt_find(s, PPT_STRING, 1, &text))
        return;
    lines_ask(&w->lines, 1);
    lines_word(&w->lines, "Comment", false);
    if (ppt_find(s, PPT_STRING, 0, &author) && author.body.size > 0) {
        lines_word(&w->lines, " by ", false);
        string_put(w, &author);
    }
    lines_word(&w->lines, ": ", true);
    string_put(w, &text);
}

/* They are in what PowerPoint 2000 and later add for themselves. */
static void comments(struct walker *w, struct ppt_span slide)
{
    struct ppt_record tags, tag, data, r;
    lines_ask(&w->lines, 2);
    if (!ppt_find(slide, PPT_TAGS, -1, &tags))
        return;
    while (ppt_next(&tags.body, &tag)) {
        if (tag.type != PPT_TAG || !ppt_find(tag.body, PPT_TAG_DATA, -1, &data))
            continue;
        while (ppt_next(&data.body, &r)) {
            if (r.type == PPT_COMMENT)
                comment(w, r.body);
        }
    }
}

void ppt_text(const struct ppt_slide *slide, int number, struct buffer *out)
{
    struct walker w = {.lines = {.out = out}, .outline = slide->outline,
                       .number = number};
    ppt_look_read(&w.look, slide->look);
    drawing(&w, slide->body);
    margins(&w, slide->body);
    w.outline.size = 0;
    w.in_master = true;
    lines_ask(&w.lines, 2);
    drawing(&w, slide->masters[0]);
    drawing(&w, slide->masters[1]);
    w.in_master = false;
    lines_ask(&w.lines, 2);
    drawing(&w, slide->notes);
    comments(&w, slide->body);
    lines_trim(&w.lines, 0);
    if (out->size > 0)
        buffer_append_char(out, '\n');
}
