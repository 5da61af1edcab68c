/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rtfread.c - the tokenizer, a stack of groups, and paragraphs and tables as
 * events of HTML for prose.c. */
#include <config.h>

#include "format/rtfread.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "format/lines.h"
#include "format/rtffont.h"
#include "format/rtfword.h"
#include "format/targets.h"

/* Groups within each other whose state is kept; Word nests some 20 deep. */
#define RTF_GROUPS 512

/* Tables within each other. */
#define RTF_TABLES 6

/* Letters of a control word; the longest known one has 18. */
#define RTF_WORD 32

enum rtf_kind { RTF_IS_TEXT, RTF_IS_FONTS, RTF_IS_MARK, RTF_IS_VALUE, RTF_IS_DATE,
                RTF_IS_COMMENTER };

struct rtf_group {
    enum rtf_kind kind;
    bool skip, hidden, deleted, intbl;
    bool begins;     /* no word yet: this one says what the group is */
    bool starred;
    int twofold;     /* 1: the next group within is left out */
    int fallback;    /* characters that stand in for a \u */
    int level;       /* of tables */
    int64_t font;
    const char *key; /* of the metadata */
    /* that begin here, so end with the group: */
    bool owns;       /* a target */
    bool captures;   /* a value */
    enum slot slot;
};

/* What is open in a target. */
struct rtf_flow {
    bool paragraph, in_row;
    const char *element;
    int tables;
    bool rows[RTF_TABLES], cells[RTF_TABLES];
};

struct rtf {
    const char *p, *end;
    struct rtf_group groups[RTF_GROUPS];
    size_t depth; /* of groups; what is past RTF_GROUPS is only counted */
    struct rtf_flow flows[TARGETS_DEPTH];
    struct targets targets;
    struct rtf_pages pages;
    unsigned page; /* the document's code page */
    int64_t font, defined; /* the default one; the one that \fonttbl is at */
    int pass;              /* characters of a fallback that are still to come */
    uint32_t high;         /* a surrogate that waits for its second half */
    struct buffer bytes;   /* text in the code page at hand */
    struct buffer decoded, value, mark;
    char *commenter;
    int notes[2];
    int date[6];
    struct metadata *metadata;
};

static struct rtf_group *rtf_group(struct rtf *r)
{
    size_t i = r->depth < RTF_GROUPS ? r->depth : RTF_GROUPS - 1;
    return &r->groups[i];
}

static struct rtf_flow *rtf_flow(struct rtf *r)
{
    return &r->flows[r->targets.count - 1];
}

/* --- to prose.c --- */

static void rtf_open(struct rtf *r, const char *name)
{
    struct sax_handler *h = prose_handler(targets_top(&r->targets)->prose);
    h->start(h, NULL, name, NULL, 0);
}

static void rtf_close(struct rtf *r, const char *name)
{
    struct sax_handler *h = prose_handler(targets_top(&r->targets)->prose);
    h->end(h, name);
}

static void rtf_paragraph_end(struct rtf *r)
{
    struct rtf_flow *f = rtf_flow(r);
    struct target *t = targets_top(&r->targets);
    if (f->paragraph)
        rtf_close(r, f->element);
    f->paragraph = false;
    t->paragraphs = 0;
    targets_flush_boxes(t);
}

static void rtf_row_end(struct rtf *r)
{
    struct rtf_flow *f = rtf_flow(r);
    int i = f->tables - 1;
    if (f->cells[i])
        rtf_close(r, "td");
    if (f->rows[i])
        rtf_close(r, "tr");
    f->cells[i] = f->rows[i] = false;
}

/* Opens or closes tables until LEVEL of them are around. */
static void rtf_tables(struct rtf *r, int level)
{
    struct rtf_flow *f = rtf_flow(r);
    for (; f->tables > level; f->tables--) {
        rtf_row_end(r);
        rtf_close(r, "table");
    }
    for (int i = 0; i < level; i++) {
        if (i == f->tables) {
            rtf_open(r, "table");
            f->tables++;
        }
        if (!f->rows[i])
            rtf_open(r, "tr");
        if (!f->cells[i])
            rtf_open(r, "td");
        f->rows[i] = f->cells[i] = true;
    }
}

static int rtf_level(struct rtf *r)
{
    const struct rtf_group *g = rtf_group(r);
    if (!g->intbl && !rtf_flow(r)->in_row)
        return 0;
    return g->level < 1 ? 1 : g->level > RTF_TABLES ? RTF_TABLES : g->level;
}

static void rtf_paragraph_start(struct rtf *r)
{
    struct rtf_flow *f = rtf_flow(r);
    if (f->paragraph)
        return;
    rtf_tables(r, rtf_level(r));
    f->paragraph = true;
    f->element = r->mark.size > 0 ? "div" : "p";
    targets_top(&r->targets)->paragraphs = 1;
    rtf_open(r, f->element);
    struct prose *prose = targets_top(&r->targets)->prose;
    prose_keep(prose, r->mark.data, r->mark.size);
    buffer_clear(&r->mark);
}

static void rtf_say(struct rtf *r, const char *text, size_t size)
{
    rtf_paragraph_start(r);
    struct target *t = targets_top(&r->targets);
    /* Between a note's own mark and its text. */
    while (t->slot != SLOT_PAGE && t->text.size == 0 && size > 0 &&
           (*text == ' ' || *text == '\t')) {
        text++;
        size--;
    }
    prose_keep(t->prose, text, size);
}

static void rtf_cell(struct rtf *r, int level)
{
    struct rtf_flow *f = rtf_flow(r);
    rtf_paragraph_end(r);
    rtf_tables(r, level);
    rtf_close(r, "td");
    f->cells[level - 1] = false;
}

static void rtf_row(struct rtf *r, int level)
{
    struct rtf_flow *f = rtf_flow(r);
    rtf_paragraph_end(r);
    if (f->tables < level)
        return;
    while (f->tables > level)
        rtf_tables(r, level);
    rtf_row_end(r);
    if (level == 1)
        f->in_row = false;
}

/* --- text --- */

static unsigned rtf_page_now(struct rtf *r)
{
    const struct rtf_group *g = rtf_group(r);
    int64_t font = g->kind == RTF_IS_FONTS ? -1 : g->font < 0 ? r->font : g->font;
    unsigned page = rtf_font_page(&r->pages, font);
    return page ? page : r->page;
}

/* UTF-8 to where it belongs. */
static void rtf_give(struct rtf *r, const char *text, size_t size)
{
    const struct rtf_group *g = rtf_group(r);
    if (g->skip || g->hidden || g->deleted)
        return;
    switch (g->kind) {
    case RTF_IS_TEXT:
        rtf_say(r, text, size);
        break;
    case RTF_IS_MARK:
        if (r->mark.size + size < LINES_MARKER)
            buffer_append(&r->mark, text, size);
        break;
    case RTF_IS_VALUE:
    case RTF_IS_COMMENTER:
        if (r->value.size < METADATA_VALUE_MAX)
            buffer_append(&r->value, text, size);
        break;
    default:
        break;
    }
}

static void rtf_flush(struct rtf *r)
{
    if (r->bytes.size == 0)
        return;
    buffer_clear(&r->decoded);
    rtf_decode(&r->pages, rtf_page_now(r), r->bytes.data, r->bytes.size,
               &r->decoded);
    buffer_clear(&r->bytes);
    rtf_give(r, r->decoded.data, r->decoded.size);
}

static void rtf_character(struct rtf *r, uint32_t c)
{
    struct buffer text = { 0 };
    rtf_flush(r);
    utf8_append(&text, c);
    rtf_give(r, text.data, text.size);
    buffer_free(&text);
}

/* A half that stays alone is damage. */
static void rtf_lone(struct rtf *r)
{
    if (r->high)
        rtf_character(r, 0xfffd);
    r->high = 0;
}

static void rtf_byte(struct rtf *r, char c)
{
    if (r->pass > 0) {
        r->pass--;
        return;
    }
    rtf_lone(r);
    if (!rtf_group(r)->skip)
        buffer_append_char(&r->bytes, c);
}

static void rtf_unicode(struct rtf *r, int64_t number)
{
    uint32_t c = (uint32_t)(number < 0 ? number + 65536 : number);
    rtf_flush(r);
    if (c >= 0xdc00 && c < 0xe000 && r->high) {
        c = 0x10000 + ((r->high - 0xd800) << 10) + (c - 0xdc00);
        r->high = 0;
    }
    rtf_lone(r);
    if (c >= 0xd800 && c < 0xdc00)
        r->high = c;
    else
        rtf_character(r, c);
    r->pass = rtf_group(r)->fallback;
}

/* --- groups --- */

static void rtf_group_start(struct rtf *r)
{
    rtf_flush(r);
    r->pass = 0;
    if (++r->depth >= RTF_GROUPS)
        return;
    struct rtf_group *outer = &r->groups[r->depth - 1];
    struct rtf_group *g = &r->groups[r->depth];
    *g = *outer;
    g->begins = true;
    g->starred = g->owns = g->captures = false;
    g->twofold = 0;
    if (outer->twofold == 1) {
        g->skip = true;
        outer->twofold = 2;
    }
}

/* "•" and its like are "- ", what is numbered stays as it is. */
static void rtf_mark_end(struct rtf *r)
{
    struct buffer *m = &r->mark;
    size_t start = 0;
    while (m->size > 0 && (unsigned char)m->data[m->size - 1] <= ' ')
        m->size--;
    while (start < m->size && (unsigned char)m->data[start] <= ' ')
        start++;
    size_t size = m->size - start;
    bool word = size > 1 && (unsigned char)m->data[start] < 0x80;
    if (size == 0) {
        buffer_clear(m);
    } else if (word) {
        memmove(m->data, m->data + start, size);
        m->size = size;
        buffer_append_char(m, ' ');
    } else {
        buffer_clear(m);
        buffer_append_string(m, "- ");
    }
}

static void rtf_value_end(struct rtf *r, const struct rtf_group *g)
{
    char date[40];
    const int *d = r->date;
    switch (g->kind) {
    case RTF_IS_MARK:
        rtf_mark_end(r);
        break;
    case RTF_IS_VALUE:
        if (r->value.size > 0 && r->value.data[r->value.size - 1] == ';')
            r->value.size--; /* the generator's */
        metadata_add(r->metadata, g->key, buffer_string(&r->value));
        break;
    case RTF_IS_COMMENTER:
        free(r->commenter);
        r->commenter = xstrdup(buffer_string(&r->value));
        break;
    case RTF_IS_DATE:
        if (d[0] < 1 || d[0] > 9999 || d[1] < 1 || d[1] > 12 || d[2] < 1 ||
            d[2] > 31 || d[3] < 0 || d[3] > 23 || d[4] < 0 || d[4] > 59)
            break;
        snprintf(date, sizeof date, "%04d-%02d-%02dT%02d:%02d:00", d[0], d[1],
                 d[2], d[3], d[4]);
        metadata_add(r->metadata, g->key, date);
        break;
    default:
        break;
    }
    buffer_clear(&r->value);
}

static void rtf_target_end(struct rtf *r, const struct rtf_group *g)
{
    char mark[24] = "";
    struct buffer by = { 0 };
    if (g->slot == SLOT_FOOTNOTES || g->slot == SLOT_ENDNOTES)
        snprintf(mark, sizeof mark, "[%d] ", r->notes[g->slot == SLOT_ENDNOTES]);
    if (g->slot == SLOT_COMMENTS && r->commenter && *r->commenter)
        buffer_printf(&by, "Comment by %s: ", r->commenter);
    else if (g->slot == SLOT_COMMENTS)
        buffer_append_string(&by, "Comment: ");
    rtf_paragraph_end(r);
    rtf_tables(r, 0);
    targets_pop(&r->targets, by.size ? buffer_string(&by) : mark);
    buffer_free(&by);
}

static void rtf_group_end(struct rtf *r)
{
    rtf_flush(r);
    r->pass = 0;
    if (r->depth >= RTF_GROUPS || r->depth == 0) {
        r->depth -= r->depth > 0;
        return;
    }
    struct rtf_group *g = &r->groups[r->depth];
    if (g->captures)
        rtf_value_end(r, g);
    if (g->owns)
        rtf_target_end(r, g);
    r->depth--;
}

static void rtf_divert(struct rtf *r, struct rtf_group *g, enum slot slot)
{
    g->slot = slot;
    g->kind = RTF_IS_TEXT;
    g->hidden = g->deleted = g->intbl = false;
    g->level = 0;
    if (r->depth >= RTF_GROUPS || !targets_push(&r->targets, slot))
        return;
    g->owns = true;
    *rtf_flow(r) = (struct rtf_flow){ 0 };
}

/* Whether it is an endnote stands behind the word. */
static void rtf_note(struct rtf *r, struct rtf_group *g)
{
    size_t left = (size_t)(r->end - r->p);
    bool endnote = left > 7 && memcmp(r->p, "\\ftnalt", 7) == 0;
    char reference[24];
    if (g->hidden || g->deleted) {
        g->skip = true;
        return;
    }
    int size = snprintf(reference, sizeof reference, "[%d]", ++r->notes[endnote]);
    g->kind = RTF_IS_TEXT;
    rtf_say(r, reference, (size_t)size);
    rtf_divert(r, g, endnote ? SLOT_ENDNOTES : SLOT_FOOTNOTES);
}

static void rtf_capture(struct rtf *r, struct rtf_group *g, enum rtf_kind kind,
                        const char *key)
{
    g->kind = kind;
    g->key = key;
    g->captures = r->depth < RTF_GROUPS;
    g->hidden = g->deleted = false;
    buffer_clear(&r->value);
    memset(r->date, 0, sizeof r->date);
    if (kind == RTF_IS_MARK)
        buffer_clear(&r->mark);
}

/* True: WORD was a destination. */
static bool rtf_destination(struct rtf *r, struct rtf_group *g,
                            const struct rtf_word *word)
{
    switch (word->action) {
    case RTF_SKIP:
        g->skip = true;
        break;
    case RTF_KEEP:
        break;
    case RTF_FONTS:
        g->kind = RTF_IS_FONTS;
        break;
    case RTF_FOOTNOTE:
        rtf_note(r, g);
        break;
    case RTF_COMMENT:
        rtf_divert(r, g, SLOT_COMMENTS);
        break;
    case RTF_HEADER:
        rtf_divert(r, g, SLOT_HEADERS);
        break;
    case RTF_FOOTER:
        rtf_divert(r, g, SLOT_FOOTERS);
        break;
    case RTF_BOX:
        rtf_divert(r, g, SLOT_BOX);
        break;
    case RTF_MARK:
        rtf_capture(r, g, RTF_IS_MARK, NULL);
        break;
    case RTF_VALUE:
        rtf_capture(r, g, RTF_IS_VALUE, word->key);
        break;
    case RTF_DATE:
        rtf_capture(r, g, RTF_IS_DATE, word->key);
        break;
    case RTF_COMMENTER:
        rtf_capture(r, g, RTF_IS_COMMENTER, NULL);
        break;
    case RTF_TWOFOLD:
        g->twofold = 1;
        break;
    default:
        return false;
    }
    return true;
}

/* --- control words --- */

static void rtf_break(struct rtf *r, const struct rtf_word *word)
{
    const struct rtf_group *g = rtf_group(r);
    if (g->skip || g->hidden || g->deleted || g->kind != RTF_IS_TEXT)
        return;
    int nested = word->value ? 1 + (g->level > 2 ? g->level - 1 : 1) : 1;
    if (nested > RTF_TABLES)
        nested = RTF_TABLES;
    switch (word->action) {
    case RTF_PAR:
        rtf_paragraph_end(r);
        buffer_clear(&r->mark);
        break;
    case RTF_LINE:
        rtf_paragraph_start(r);
        rtf_open(r, "br");
        rtf_close(r, "br");
        break;
    case RTF_CELL:
        rtf_cell(r, nested);
        break;
    case RTF_ROW:
        rtf_row(r, nested);
        break;
    default:
        rtf_flow(r)->in_row = true;
        break;
    }
}

static void rtf_look(struct rtf *r, struct rtf_group *g,
                     const struct rtf_word *word, int64_t number, bool given)
{
    switch (word->action) {
    case RTF_PARD:
        g->intbl = false;
        g->level = 0;
        break;
    case RTF_PLAIN:
        g->hidden = g->deleted = false;
        g->font = -1;
        break;
    case RTF_IN_TABLE:
        g->intbl = true;
        break;
    case RTF_TABLE_LEVEL:
        g->level = number < 0 ? 0 : number > RTF_TABLES ? RTF_TABLES : (int)number;
        g->intbl |= number > 0;
        break;
    case RTF_HIDDEN:
        g->hidden = !given || number != 0;
        break;
    case RTF_DELETED:
        g->deleted = !given || number != 0;
        break;
    case RTF_FONT:
        g->font = number;
        if (g->kind == RTF_IS_FONTS)
            r->defined = number;
        break;
    case RTF_DEFAULT_FONT:
        r->font = number;
        break;
    case RTF_CODE_PAGE:
        if (word->value || (number > 0 && number < 65536))
            r->page = word->value ? (unsigned)word->value : (unsigned)number;
        break;
    case RTF_FONT_CHARSET:
        if (g->kind == RTF_IS_FONTS && rtf_font_page(&r->pages, r->defined) == 0)
            rtf_font_set(&r->pages, r->defined, rtf_charset_page(number));
        break;
    case RTF_FONT_PAGE:
        if (g->kind == RTF_IS_FONTS && number > 0 && number < 65536)
            rtf_font_set(&r->pages, r->defined, (unsigned)number);
        break;
    case RTF_FALLBACK:
        g->fallback = number < 0 || number > 255 ? 1 : (int)number;
        break;
    default:
        break;
    }
}

static void rtf_word(struct rtf *r, const char *name, int64_t number, bool given)
{
    struct rtf_group *g = rtf_group(r);
    const struct rtf_word *word = rtf_word_find(name);
    bool begins = g->begins;
    g->begins = false;
    if (word && word->action == RTF_BINARY) {
        int64_t left = r->end - r->p;
        r->p += number < 0 ? 0 : number < left ? number : left;
    }
    if (g->skip)
        return;
    if (r->pass > 0) {
        r->pass--;
        return;
    }
    rtf_flush(r);
    if (!word || (g->starred && begins && word->action < RTF_SKIP)) {
        g->skip |= begins && g->starred;
        return;
    }
    if (begins && rtf_destination(r, g, word))
        return;
    if (word->action == RTF_UNICODE) {
        rtf_unicode(r, number);
        return;
    }
    rtf_lone(r);
    if (word->action == RTF_CHARACTER)
        rtf_character(r, (uint32_t)word->value);
    else if (word->action == RTF_TAB)
        rtf_give(r, r->targets.count && rtf_flow(r)->tables ? " " : "\t", 1);
    else if (word->action == RTF_NUMBER)
        r->date[word->value] = number < 0 || number > 9999 ? 0 : (int)number;
    else if (word->action <= RTF_ROW_START)
        rtf_break(r, word);
    else
        rtf_look(r, g, word, number, given);
}

static int rtf_digit(char c)
{
    return c >= '0' && c <= '9'              ? c - '0'
           : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10
                                                : -1;
}

static bool rtf_is_letter(char c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

/* A word, its number, and the blank that ends it. */
static void rtf_read_word(struct rtf *r)
{
    char name[RTF_WORD + 1];
    size_t size = 0;
    int64_t number = 0;
    bool negative = false, given = false;
    for (; r->p < r->end && rtf_is_letter(*r->p); r->p++) {
        if (size < RTF_WORD)
            name[size++] = *r->p;
    }
    name[size] = '\0';
    if (r->end - r->p > 1 && *r->p == '-' && r->p[1] >= '0' && r->p[1] <= '9') {
        negative = true;
        r->p++;
    }
    for (; r->p < r->end && *r->p >= '0' && *r->p <= '9'; r->p++) {
        given = true;
        if (number < INT32_MAX)
            number = number * 10 + (*r->p - '0');
    }
    if (r->p < r->end && *r->p == ' ')
        r->p++;
    rtf_word(r, name, negative ? -number : number, given);
}

static void rtf_symbol(struct rtf *r, char c)
{
    struct rtf_group *g = rtf_group(r);
    if (c == '*') {
        g->starred = g->begins;
        return;
    }
    g->begins = false;
    if (c == '\'') {
        int high = r->p < r->end ? rtf_digit(*r->p) : -1;
        int low = high >= 0 && r->end - r->p > 1 ? rtf_digit(r->p[1]) : -1;
        if (low < 0)
            return;
        r->p += 2;
        rtf_byte(r, (char)(high << 4 | low));
    } else if (c == '\\' || c == '{' || c == '}') {
        rtf_byte(r, c);
    } else if (r->pass > 0) {
        r->pass--;
    } else if (c == '\n' || c == '\r') {
        rtf_word(r, "par", 0, false);
    } else if (c == '\t') {
        rtf_word(r, "tab", 0, false);
    } else if (c == '~') {
        rtf_character(r, 0xa0);
    } else if (c == '_') {
        rtf_character(r, 0x2011);
    }
}

/* Past what cannot matter in a group that is left out. */
static const char *rtf_skip_run(const char *p, const char *end)
{
    while (p < end && *p != '{' && *p != '}' && *p != '\\')
        p++;
    return p;
}

/* False: the outermost group has not come to its end. */
static bool rtf_run(struct rtf *r)
{
    while (r->p < r->end) {
        if (rtf_group(r)->skip)
            r->p = rtf_skip_run(r->p, r->end);
        if (r->p == r->end)
            return false;
        char c = *r->p++;
        if (c == '{') {
            rtf_group_start(r);
        } else if (c == '}') {
            rtf_group_end(r);
            if (r->depth == 0)
                return true;
        } else if (c == '\\') {
            if (r->p == r->end)
                return false;
            if (rtf_is_letter(*r->p)) {
                rtf_read_word(r);
            } else {
                c = *r->p++;
                rtf_symbol(r, c);
            }
        } else if (c == '\t') {
            rtf_word(r, "tab", 0, false);
        } else if (c != '\r' && c != '\n' && c != '\0') {
            rtf_group(r)->begins = false;
            rtf_byte(r, c);
        }
    }
    return false;
}

int rtf_read(const char *data, size_t size, struct buffer *text,
             struct metadata *metadata, struct error *e)
{
    struct rtf *r = xcalloc(1, sizeof *r);
    r->p = data;
    r->end = data + size;
    r->page = 1252;
    r->font = -1;
    r->metadata = metadata;
    r->groups[0].font = -1;
    r->groups[0].fallback = 1;
    targets_push(&r->targets, SLOT_PAGE);
    bool whole = rtf_run(r);
    while (r->depth > 0)
        rtf_group_end(r);
    rtf_paragraph_end(r);
    rtf_tables(r, 0);
    targets_finish(&r->targets);
    buffer_move(text, &r->targets.text);
    targets_clear(&r->targets);
    rtf_pages_clear(&r->pages);
    buffer_free(&r->bytes);
    buffer_free(&r->decoded);
    buffer_free(&r->value);
    buffer_free(&r->mark);
    free(r->commenter);
    free(r);
    return whole ? 0 : error_set(e, ERROR_TRUNCATED, "its last group has no end");
}
