/* SPDX-License-Identifier: GPL-3.0-or-later */
/* snippet.c - see snippet.h. */
#include <config.h>

#include <string.h>

#include "base/diag.h"
#include "base/utf8.h"
#include "cli/snippet.h"

/* ECMA-48 SGR, as grep has it: bold red. */
#define SNIPPET_BOLD "\033[1;31m"
#define SNIPPET_PLAIN "\033[m"

enum snippet_mark { SNIPPET_NONE, SNIPPET_BEGIN, SNIPPET_END };

/* Takes what stands before the next mark from *TEXT, appends it to B with each run
 * of blanks as one, and none at both ends, and gives the mark; SNIPPET_NONE: that was the end. */
static enum snippet_mark snippet_next(const char **text, struct buffer *b)
{
    const size_t size = sizeof SNIPPET_OPEN - 1;
    for (const char *p = *text;; p++) {
        *text = p;
        if (!*p)
            return SNIPPET_NONE;
        if (!strncmp(p, SNIPPET_OPEN, size) || !strncmp(p, SNIPPET_CLOSE, size)) {
            *text = p + size;
            return strncmp(p, SNIPPET_OPEN, size) == 0 ? SNIPPET_BEGIN : SNIPPET_END;
        }
        size_t blanks = strspn(p, " \t\n\f\r");
        if (blanks == 0)
            buffer_append_char(b, *p);
        else if (p[blanks] && b->size && b->data[b->size - 1] != ' ')
            buffer_append_char(b, ' ');
        p += blanks ? blanks - 1 : 0;
    }
}

void snippet_append(struct buffer *b, const char *snippet, bool color)
{
    struct buffer piece = { 0 };
    enum snippet_mark mark;
    size_t done = 0;
    bool bold = false;
    do {
        mark = snippet_next(&snippet, &piece);
        if (piece.size > done)
            diag_append_escaped(b, piece.data + done, piece.size - done);
        done = piece.size;
        if (color && (mark == SNIPPET_BEGIN) != bold) {
            buffer_append_string(b, bold ? SNIPPET_PLAIN : SNIPPET_BOLD);
            bold = !bold;
        }
    } while (mark != SNIPPET_NONE);
    buffer_free(&piece);
}

void snippet_put(json_t *o, const char *snippet)
{
    struct buffer clean = { 0 }, text = { 0 };
    json_t *hits = json_array();
    enum snippet_mark mark;
    size_t start = 0;
    bool within = false;
    utf8_append_sanitized(&clean, snippet, strlen(snippet));
    snippet = buffer_string(&clean);
    while ((mark = snippet_next(&snippet, &text)) != SNIPPET_NONE) {
        if (within && mark == SNIPPET_END)
            json_array_append_new(hits, json_pack("{s:I, s:I}", "start",
                                                  (json_int_t)start, "end",
                                                  (json_int_t)text.size));
        within = mark == SNIPPET_BEGIN;
        start = text.size;
    }
    json_object_set_new(o, "snippet", json_stringn(text.data ? text.data : "",
                                                   text.size));
    json_object_set_new(o, "hits", hits);
    buffer_free(&text);
    buffer_free(&clean);
}
