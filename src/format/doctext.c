/* SPDX-License-Identifier: GPL-3.0-or-later */
/* doctext.c - walks through the pieces of each part; characters below blank
 * have meanings of their own ([MS-DOC] 2.4.1). */
#include <config.h>

#include "format/doctext.h"

#include <stdio.h>
#include <string.h>

#include "base/little.h"
#include "base/utf8.h"
#include "format/codepage.h"
#include "format/doclist.h"
#include "format/equation.h"
#include "format/lines.h"

/* Fields within fields that are told apart; deeper ones are all shown. */
#define FIELDS 64

/* Bytes of text that are put into lines at once. */
#define PENDING 4096

enum {
    NOTE = 0x02,
    CELL = 0x07,
    TAB = 0x09,
    LINE = 0x0b,
    PAGE = 0x0c,
    PARAGRAPH = 0x0d,
    COLUMN = 0x0e,
    FIELD_BEGIN = 0x13,
    FIELD_RESULT = 0x14,
    FIELD_END = 0x15,
    FIXED_HYPHEN = 0x1e,
    BLANK = 0x20
};

struct walker {
    const struct doc_file *f;
    struct doc_lists *lists; /* NULL: none */
    struct lines lines;
    struct buffer raw;     /* bytes of an old file, which are one text */
    struct buffer pending; /* UTF-8 that is not in lines yet */
    size_t cell;           /* where the cell's text begins in the output */
    bool is_in_cell;       /* it has begun */
    bool has_begun;        /* the paragraph's mark is known */
    char mark[LINES_MARKER]; /* due before its text */
    int mark_level;
    int tabs;              /* due before the next text of the row */
    uint32_t last;         /* character before */
    enum doc_part part;
    unsigned footnotes, endnotes; /* so far: in the body, then in its notes */
    int fields;            /* open ones */
    uint64_t codes;        /* bit I: field I has not come to its result */
    uint32_t code_at;      /* where the code of the last one begins */
    size_t character_at, paragraph_at; /* see doc_runs_at() */
};

static void mark_write(struct walker *w)
{
    if (w->mark[0] == '\0')
        return;
    memcpy(w->lines.marker, w->mark, sizeof w->mark);
    w->lines.marker_level = w->mark_level;
    w->mark[0] = '\0';
}

static void flush(struct walker *w)
{
    if (w->raw.size > 0) {
        codepage_append(&w->pending, w->f->codepage,
                        (const unsigned char *)w->raw.data, w->raw.size);
        buffer_clear(&w->raw);
    }
    if (w->pending.size == 0)
        return;
    /* A mark within a row is behind the tab before its cell. */
    if (w->tabs == 0)
        mark_write(w);
    if (!w->is_in_cell) {
        lines_begin(&w->lines);
        for (; w->tabs > 0; w->tabs--)
            buffer_append_char(w->lines.out, '\t');
        w->cell = w->lines.out->size;
        w->is_in_cell = true;
    }
    mark_write(w);
    lines_keep(&w->lines, w->pending.data, w->pending.size);
    buffer_clear(&w->pending);
}

/* A character that is shown. */
static void put(struct walker *w, uint32_t c)
{
    utf8_append(&w->pending, c);
    if (w->pending.size >= PENDING)
        flush(w);
}

/* --- paragraphs and tables --- */

static unsigned paragraph_flags(struct walker *w, uint32_t offset)
{
    const struct doc_run *run =
        doc_runs_at(&w->f->paragraphs, offset, &w->paragraph_at);
    return run != NULL ? run->flags : 0;
}

/* Before the first character of a paragraph that is shown. */
static void paragraph_begin(struct walker *w, uint32_t offset)
{
    if (w->has_begun)
        return;
    w->has_begun = true;
    if (w->lists == NULL || w->pending.size > 0)
        return;
    const struct doc_run *run =
        doc_runs_at(&w->f->paragraphs, offset, &w->paragraph_at);
    doc_lists_mark(w->lists, run, w->mark, &w->mark_level);
    if (run != NULL && (run->flags & DOC_IN_TABLE) != 0)
        w->mark_level = 0;
}

/* One without text has no mark. */
static void mark_drop(struct walker *w)
{
    w->has_begun = false;
    w->mark[0] = '\0';
}

static void row_end(struct walker *w)
{
    w->tabs = 0;
    w->is_in_cell = false;
    lines_ask(&w->lines, 1);
}

/* Ends a cell or a row, whose marks are the same. Where properties do not say
 * so, a mark behind a mark ends a row. */
static void cell_end(struct walker *w, uint32_t offset)
{
    flush(w);
    mark_drop(w);
    bool is_known = w->f->paragraphs.count > 0;
    if (is_known ? (paragraph_flags(w, offset) & DOC_ROW_END) != 0
                 : w->last == CELL) {
        row_end(w);
        return;
    }
    if (w->is_in_cell)
        lines_flatten(&w->lines, w->cell, false);
    w->is_in_cell = false;
    w->lines.space = false;
    w->tabs++;
}

static void paragraph_end(struct walker *w, uint32_t offset)
{
    flush(w);
    mark_drop(w);
    if (paragraph_flags(w, offset) & DOC_IN_TABLE) {
        w->lines.space = true;
        return;
    }
    w->tabs = 0;
    w->is_in_cell = false;
    lines_break(&w->lines);
}

static void line_end(struct walker *w, uint32_t offset)
{
    flush(w);
    if (paragraph_flags(w, offset) & DOC_IN_TABLE)
        w->lines.space = true;
    else
        lines_next(&w->lines);
}

/* --- fields --- */

static void field_begin(struct walker *w)
{
    if (w->fields < FIELDS)
        w->codes |= (uint64_t)1 << w->fields;
    w->fields++;
}

static void field_result(struct walker *w)
{
    if (w->fields > 0 && w->fields <= FIELDS)
        w->codes &= ~((uint64_t)1 << (w->fields - 1));
}

/* Character AT ends a field. */
static void field_end(struct walker *w, const struct doc_piece *piece,
                      uint32_t at)
{
    uint64_t before = w->codes;
    uint32_t from = w->code_at;
    struct buffer code = {0};
    field_result(w);
    if (w->fields > 0)
        w->fields--;
    w->code_at = UINT32_MAX; /* no other one has its own, which is whole */
    if (w->codes != 0 || before == 0 || from < piece->first || from > at
        || at - from > EQUATION_CODE)
        return;
    const unsigned char *p = (const unsigned char *)w->f->stream.data
                             + piece->offset
                             + (from - piece->first) * (piece->is_wide ? 2 : 1);
    if (piece->is_wide)
        codepage_append_utf16(&code, p, at - from);
    else
        codepage_append(&code, w->f->is_old ? w->f->codepage : CODEPAGE_WINDOWS,
                        p, at - from);
    flush(w);
    equation_text(code.data, code.size, &w->pending);
    buffer_free(&code);
}

/* --- notes --- */

static bool is_endnote(struct walker *w, uint32_t at)
{
    size_t size;
    const unsigned char *p = doc_file_table(w->f, DOC_TABLE_ENDNOTES, &size);
    /* Places, one more at the end, and two bytes for each of them. */
    size_t low = 0, high = p != NULL && size >= 4 ? (size - 4) / 6 : 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (little32(p + 4 * middle) == at)
            return true;
        if (little32(p + 4 * middle) < at)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

/* The mark of a note, where it is referred to and where it begins. */
static void note(struct walker *w, uint32_t at)
{
    char mark[24];
    bool in_body = w->part == DOC_MAIN;
    if (!in_body && w->part != DOC_FOOTNOTES && w->part != DOC_ENDNOTES)
        return;
    bool is_end = in_body ? is_endnote(w, at) : w->part == DOC_ENDNOTES;
    unsigned number = is_end ? ++w->endnotes : ++w->footnotes;
    int n = snprintf(mark, sizeof mark, "[%u]%s", number, in_body ? "" : " ");
    flush(w);
    buffer_append(&w->pending, mark, (size_t)n);
}

/* --- characters --- */

/* One below blank, character AT of the text. */
static void control(struct walker *w, const struct doc_piece *piece, uint32_t c,
                    uint32_t at, uint32_t offset)
{
    switch (c) {
    case FIELD_BEGIN:
        field_begin(w);
        w->code_at = at + 1;
        break;
    case FIELD_RESULT:
        field_result(w);
        break;
    case FIELD_END:
        field_end(w, piece, at);
        break;
    }
    if (w->codes != 0)
        return;
    switch (c) {
    case NOTE:
        note(w, at);
        break;
    case CELL:
        cell_end(w, offset);
        break;
    case PARAGRAPH:
    case PAGE:
        paragraph_end(w, offset);
        break;
    case LINE:
    case COLUMN:
        line_end(w, offset);
        break;
    case TAB:
        flush(w);
        put(w, paragraph_flags(w, offset) & DOC_IN_TABLE ? ' ' : '\t');
        break;
    case FIXED_HYPHEN:
        flush(w);
        put(w, 0x2011);
        break;
    }
}

static void character(struct walker *w, const struct doc_piece *piece,
                      uint32_t at)
{
    uint32_t offset =
        piece->offset + (at - piece->first) * (piece->is_wide ? 2 : 1);
    const unsigned char *p = (const unsigned char *)w->f->stream.data + offset;
    uint32_t c = piece->is_wide ? little16(p) : *p;
    const struct doc_run *run =
        doc_runs_at(&w->f->characters, offset, &w->character_at);
    /* A row's end stays one when its mark is hidden; so do fields. */
    if (run != NULL && (run->flags & DOC_HIDDEN) != 0 && c != CELL
        && (c < FIELD_BEGIN || c > FIELD_END))
        return;
    /* What sets the text of a note apart from its mark. */
    bool is_after_mark = w->last == NOTE && w->part != DOC_MAIN;
    if (is_after_mark && (c == BLANK || c == TAB))
        return;
    if (w->codes == 0)
        paragraph_begin(w, offset);
    if (c < BLANK) {
        control(w, piece, c, at, offset);
    } else if (w->codes == 0) {
        if (run != NULL && run->symbol != 0)
            c = run->symbol;
        if (piece->is_wide && c >= 0xd800 && c < 0xdc00)
            c = 0; /* with the next one */
        else if (piece->is_wide && c >= 0xdc00 && c < 0xe000
                 && w->last >= 0xd800 && w->last < 0xdc00)
            c = 0x10000 + ((w->last - 0xd800) << 10) + (c - 0xdc00);
        if (c != 0 && w->f->is_old && c < 0x100) {
            buffer_append_char(&w->raw, (char)c);
            if (w->raw.size >= PENDING)
                flush(w);
        } else if (c != 0) {
            put(w, piece->is_wide || c >= 0x100
                       ? c : codepage_windows((unsigned char)c));
        }
    }
    w->last = piece->is_wide ? little16(p) : *p;
}

/* Characters FIRST to END - 1. */
static void range(struct walker *w, uint32_t first, uint32_t end)
{
    size_t low = 0, high = w->f->piece_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (w->f->pieces[middle].end <= first)
            low = middle + 1;
        else
            high = middle;
    }
    for (size_t i = low; i < w->f->piece_count; i++) {
        const struct doc_piece *piece = &w->f->pieces[i];
        uint32_t from = first > piece->first ? first : piece->first;
        uint32_t to = end < piece->end ? end : piece->end;
        if (piece->first >= end)
            break;
        for (uint32_t at = from; at < to; at++)
            character(w, piece, at);
    }
}

/* The same as a block of its own, with BREAKS before it; LEAD: its first
 * words, or NULL. */
static void block(struct walker *w, uint32_t first, uint32_t end, int breaks,
                  const char *lead)
{
    w->fields = 0;
    w->codes = 0;
    w->last = 0;
    w->tabs = 0;
    w->is_in_cell = false;
    mark_drop(w);
    lines_ask(&w->lines, breaks);
    if (lead != NULL)
        buffer_append_string(&w->pending, lead);
    range(w, first, end);
    flush(w);
    /* Empty paragraphs at its end. */
    lines_next(&w->lines);
}

/* --- parts --- */

static void part(struct walker *w, enum doc_part which)
{
    w->part = which;
    if (w->f->parts[which] < w->f->parts[which + 1])
        block(w, w->f->parts[which], w->f->parts[which + 1], 2, NULL);
}

/* Six of these are what separates notes; then each section has a header and a
 * footer for even, odd and first pages. */
enum { SEPARATORS = 6, PER_SECTION = 6 };

static bool is_footer(size_t story)
{
    size_t kind = (story - SEPARATORS) % PER_SECTION;
    return kind == 2 || kind == 3 || kind == 5;
}

static void headers(struct walker *w, bool footers)
{
    size_t size;
    const unsigned char *p = doc_file_table(w->f, DOC_TABLE_HEADERS, &size);
    uint32_t base = w->f->parts[DOC_HEADERS];
    w->part = DOC_HEADERS;
    uint32_t room = w->f->parts[DOC_HEADERS + 1] - base;
    for (size_t i = SEPARATORS; p != NULL && 4 * (i + 2) <= size; i++) {
        uint32_t first = little32(p + 4 * i), end = little32(p + 4 * i + 4);
        if (end > room)
            break;
        if (first < end && is_footer(i) == footers)
            block(w, base + first, base + end, 2, NULL);
    }
}

/* Bytes of what the body says of a comment: initials, then the number of the
 * author at 20 ([MS-DOC] 2.9.2). */
#define COMMENT 30

/* "Comment by NAME: " for comment I of COUNT. */
static void comment_lead(const struct walker *w, size_t i, size_t count,
                         struct buffer *lead)
{
    size_t size, left;
    const unsigned char *p =
        doc_file_table(w->f, DOC_TABLE_COMMENT_PLACES, &size);
    const unsigned char *author = doc_file_table(w->f, DOC_TABLE_AUTHORS, &left);
    size_t at = 4 * (count + 1) + COMMENT * i;
    buffer_clear(lead);
    buffer_append_string(lead, "Comment");
    unsigned skip = UINT16_MAX;
    if (p != NULL && author != NULL && at + COMMENT <= size)
        skip = little16(p + at + 20);
    for (; skip != UINT16_MAX && left >= 2; skip--) {
        size_t length = little16(author);
        if (2 + 2 * length > left)
            break;
        if (skip == 0 && length > 0) {
            buffer_append_string(lead, " by ");
            codepage_append_utf16(lead, author + 2, length);
        }
        author += 2 + 2 * length;
        left -= 2 + 2 * length;
        if (skip == 0)
            break;
    }
    buffer_append_string(lead, ": ");
}

/* Comments that are looked up one by one; more are one block. */
#define COMMENTS 4096

static void comments(struct walker *w)
{
    size_t size;
    const unsigned char *p = doc_file_table(w->f, DOC_TABLE_COMMENTS, &size);
    uint32_t base = w->f->parts[DOC_COMMENTS];
    uint32_t room = w->f->parts[DOC_COMMENTS + 1] - base;
    /* Places, one at the end of the last, and one that means nothing. */
    size_t count = p != NULL && size >= 8 ? size / 4 - 2 : 0;
    struct buffer lead = {0};
    if (count == 0 || count > COMMENTS) {
        part(w, DOC_COMMENTS);
        return;
    }
    w->part = DOC_COMMENTS;
    for (size_t i = 0; i < count; i++) {
        uint32_t first = little32(p + 4 * i), end = little32(p + 4 * i + 4);
        if (end > room || first >= end)
            break;
        comment_lead(w, i, count, &lead);
        block(w, base + first, base + end, i == 0 ? 2 : 1, buffer_string(&lead));
    }
    buffer_free(&lead);
}

void doc_text(const struct doc_file *f, struct buffer *out)
{
    struct walker w = {.f = f, .lines = {.out = out}};
    w.lists = doc_lists_read(f);
    headers(&w, false);
    part(&w, DOC_MAIN);
    w.footnotes = w.endnotes = 0;
    part(&w, DOC_FOOTNOTES);
    part(&w, DOC_ENDNOTES);
    comments(&w);
    part(&w, DOC_BOXES);
    part(&w, DOC_HEADER_BOXES);
    headers(&w, true);
    lines_trim(&w.lines, 0);
    if (out->size > 0)
        buffer_append_char(out, '\n');
    doc_lists_destroy(w.lists);
    buffer_free(&w.raw);
    buffer_free(&w.pending);
}
