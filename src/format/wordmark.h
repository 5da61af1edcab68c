/* SPDX-License-Identifier: GPL-3.0-or-later */
/* wordmark.h - how Word counts the items of a list and what it writes before
 * them (ECMA-376 part 1, 17.9; [MS-DOC] 2.9.150): for DOCX and DOC. */
#ifndef EXTRACT_FORMAT_WORDMARK_H
#define EXTRACT_FORMAT_WORDMARK_H

#include <stdbool.h>

#include "format/lines.h"

#define WORD_LEVELS 9

/* Longest pattern that is kept; "%1.%2.%3.%4.%5.%6.%7.%8.%9." has 27. */
#define WORD_PATTERN 40

struct word_level {
    int start, restart; /* restart: -1: after any level above */
    char kind;          /* as element_number has it; '0': of two digits;
                           '-': bullet; 0: no number */
    bool legal;         /* all numbers in decimal */
    char pattern[WORD_PATTERN]; /* %1 to %9: the numbers of the levels */
};

/* A level of which nothing is told. */
#define WORD_LEVEL_BEGIN \
    ((struct word_level){ .start = 1, .restart = -1, .kind = '1' })

struct word_count {
    struct word_level levels[WORD_LEVELS];
    bool begun[WORD_LEVELS];
    int value[WORD_LEVELS];
};

/* No levels but decimal ones without a pattern. */
void word_count_begin(struct word_count *c);

/* What a list says of the count that it shares with others. */
struct word_change {
    bool used;              /* an item of the list was counted */
    int start[WORD_LEVELS]; /* where it begins; -1: as the level says */
    struct word_level *own[WORD_LEVELS]; /* instead of the count's; or NULL */
};

void word_change_begin(struct word_change *c);

/* LEVEL, below WORD_LEVELS, as the list alone has it: of it nothing is told
 * yet. Stays the change's. */
struct word_level *word_change_level(struct word_change *c, int level);
void word_change_end(struct word_change *c);

/* Counts an item at LEVEL of the list of CHANGE and writes its mark with a
 * blank behind: "- ", "2.1 "; "" when it has none. */
void word_count_item(struct word_count *c, struct word_change *change, int level,
                     char mark[LINES_MARKER]);

#endif
