/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lines.h - text put into lines: white space folded, breaks and blank lines
 * asked for from both sides and written once, indentation. */
#ifndef EXTRACT_FORMAT_LINES_H
#define EXTRACT_FORMAT_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"

/* Longest mark before a list item, its NUL included. */
#define LINES_MARKER 40

/* A zeroed struct with an empty OUT is at the start of a text. Blanks and
 * breaks are held back until text follows, so that none are left over. */
struct lines {
    struct buffer *out;
    int breaks;  /* newlines due before the next text: 0, 1, 2 */
    bool space;  /* a blank is due */
    bool fresh;  /* an item or cell begins: breaks asked for are not wanted */
    int level;   /* of indentation */
    int marker_level;
    char marker[LINES_MARKER]; /* due before the next text; or "" */
};

/* A new line (1) or a blank line before it (2) is due here at least. */
void lines_ask(struct lines *l, int breaks);

/* A new line, whatever was asked for before. */
void lines_next(struct lines *l);

/* br: each is one newline more, up to a blank line. */
void lines_break(struct lines *l);

/* Writes what was held back; the caller appends to OUT next. */
void lines_begin(struct lines *l);

/* Text of the document. Folded: as HTML does; preformatted: as it is, but for
 * a newline at its start. Soft hyphens and control characters are dropped. */
void lines_fold(struct lines *l, const char *text, size_t size);
void lines_keep(struct lines *l, const char *text, size_t size);

/* WORD as it is. GLUED: no blank before it; one that is due comes after. */
void lines_word(struct lines *l, const char *word, bool glued);

/* Cuts white space at the end of the output, down to START at most. */
void lines_trim(struct lines *l, size_t start);

/* Makes one line without tabs of the output from START on, if there is any: it
 * may have been trimmed since. KEEP_LEAD: white space at its start stays. */
void lines_flatten(struct lines *l, size_t start, bool keep_lead);

#endif
