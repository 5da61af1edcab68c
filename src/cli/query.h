/* SPDX-License-Identifier: GPL-3.0-or-later */
/* query.h - what a person looks for, as a query of FTS5. */
#ifndef EXTRACT_CLI_QUERY_H
#define EXTRACT_CLI_QUERY_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"

/* Words, phrases included, that a query may have: FTS5 goes through all lists of
 * pages at once. */
#define QUERY_WORDS_MAX 500

enum query_problem {
    QUERY_GOOD,
    QUERY_EMPTY,     /* no letter and no digit to look for */
    QUERY_TOO_MANY   /* words */
};

/* A zeroed struct is empty. */
struct query {
    struct buffer match; /* what the index is asked; empty: nothing */
    json_t *within;      /* an array of strings that the text must hold besides, since a
                            trigram index has none below three letters; NULL: none */
    int terms;
};

/* Makes Q, which is empty, a query for all of WORDS, parted by blanks within
 * them too: "two words" in quotes are a phrase, word* is a beginning. All else is
 * taken as it stands, so that there is no wrong syntax; what an index of words does
 * not hold is left out. Clear Q in any case. */
enum query_problem query_build(struct query *q, char *const *words, size_t count,
                               bool trigrams);

/* Whether TEXT, UTF-8, has letters of a script that puts no spaces between words: an
 * index of words finds whole stretches of them alone. */
bool query_is_unspaced(const char *text);

void query_clear(struct query *q);

#endif
