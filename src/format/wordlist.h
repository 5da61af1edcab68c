/* SPDX-License-Identifier: GPL-3.0-or-later */
/* wordlist.h - the styles and the numbering of a WordprocessingML document
 * (ECMA-376 part 1, 17.7 and 17.9): which paragraphs are headings, what is
 * hidden, and the marks before list items. */
#ifndef EXTRACT_FORMAT_WORDLIST_H
#define EXTRACT_FORMAT_WORDLIST_H

#include <stdbool.h>

#include "format/opc.h"
#include "format/wordmark.h"

/* What a paragraph or a style says of these; what is below 0 it does not say. */
struct word_look {
    int number;  /* numId; 0: none */
    int level;   /* of the list, from 0 */
    int outline; /* 0 to 8: a heading; 9: body text */
    int hidden;  /* 1: w:vanish */
};
#define WORD_LOOK_NONE ((struct word_look){ -1, -1, -1, -1 })

struct word_lists; /* opaque */

/* Reads the parts (-1: there is none); those that are damaged as far as they
 * go. Never NULL. */
struct word_lists *word_lists_read(const struct opc *opc, int64_t styles,
                                   int64_t numbering);
void word_lists_destroy(struct word_lists *w); /* takes NULL */

/* Fills what LOOK does not say from the style named ID and those that it is
 * based on. */
void word_lists_apply(const struct word_lists *w, const char *id, size_t size,
                      struct word_look *look);

/* Counts a paragraph of list NUMBER at LEVEL and writes its mark with a blank
 * behind: "- ", "2.1 "; "" when it has none. */
void word_lists_mark(struct word_lists *w, int number, int level,
                     char mark[LINES_MARKER]);

#endif
