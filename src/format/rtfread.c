/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rtfread.c - the tokenizer: bytes, characters and control words. */
#include <config.h>

#include "format/rtfread.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "format/lines.h"
#include "format/rtfflow.h"
#include "format/rtfgroup.h"
#include "format/rtfword.h"

/* Letters of a control word; the longest known one has 18. */
#define RTF_WORD 32

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
    case RTF_IS_FONTS:
        rtf_font_name(&r->pages, r->defined, text, size);
        break;
    case RTF_IS_VALUE:
    case RTF_IS_COMMENTER:
    case RTF_IS_EQUATION:
        if (r->value.size < METADATA_VALUE_MAX)
            buffer_append(&r->value, text, size);
        break;
    default:
        break;
    }
}

void rtf_flush(struct rtf *r)
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
    utf8_append(&text, c < 0xf000 ? c : rtf_font_character(rtf_page_now(r), c));
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
