/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rtfgroup.c - a stack of groups. What is for a note, a header or a value of the
 * metadata is diverted until its group ends. */
#include <config.h>

#include "format/rtfgroup.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "format/equation.h"
#include "format/rtfflow.h"

/* Bytes before a field's name that are looked at. */
#define RTF_LOOK 512

void rtf_group_start(struct rtf *r)
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

/* What an equation shows is text of the group that the field is in. */
static void rtf_equation_end(struct rtf *r)
{
    const struct rtf_group *outer = &r->groups[r->depth - 1];
    struct buffer text = { 0 };
    if (outer->kind != RTF_IS_TEXT || outer->hidden || outer->deleted)
        return;
    equation_text(r->value.data, r->value.size, &text);
    if (text.size > 0)
        rtf_say(r, text.data, text.size);
    buffer_free(&text);
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
    case RTF_IS_EQUATION:
        rtf_equation_end(r);
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

void rtf_group_end(struct rtf *r)
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

/* Whether the first text from P on, within groups and behind words that say how
 * it looks, is the name of an equation. */
static bool rtf_is_equation(const char *p, const char *end)
{
    if (end - p > RTF_LOOK)
        end = p + RTF_LOOK;
    while (p < end && strchr("{\\ \r\n", *p)) {
        if (*p++ != '\\')
            continue;
        while (p < end && (*p | 32) >= 'a' && (*p | 32) <= 'z')
            p++;
        while (p < end && (*p == '-' || (*p >= '0' && *p <= '9')))
            p++;
    }
    return end - p > 2 && (p[0] | 32) == 'e' && (p[1] | 32) == 'q' &&
           (p[2] == ' ' || p[2] == '\\' || p[2] == '}');
}

/* True: WORD was a destination. */
bool rtf_destination(struct rtf *r, struct rtf_group *g,
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
    case RTF_CODE:
        if (rtf_is_equation(r->p, r->end))
            rtf_capture(r, g, RTF_IS_EQUATION, NULL);
        else
            g->skip = true;
        break;
    case RTF_TWOFOLD:
        g->twofold = 1;
        break;
    default:
        return false;
    }
    return true;
}
