/* SPDX-License-Identifier: GPL-3.0-or-later */
/* snippet.h - a piece of a page in which the hits are marked. */
#ifndef EXTRACT_CLI_SNIPPET_H
#define EXTRACT_CLI_SNIPPET_H

#include <jansson.h>
#include <stdbool.h>

#include "base/buffer.h"

/* What FTS5 puts around a hit: U+FDD0 and U+FDD1, which are no characters. Where
 * a text has them all the same, what is marked is wrong, and nothing else. */
#define SNIPPET_OPEN "\xef\xb7\x90"
#define SNIPPET_CLOSE "\xef\xb7\x91"

/* Appends SNIPPET as one line, blanks folded, and what is not printable escaped as
 * in messages; hits in bold if COLOR. */
void snippet_append(struct buffer *b, const char *snippet, bool color);

/* Sets "snippet", blanks folded, and "hits", an array of objects with "start" and
 * "end", in bytes of it, in the object O. */
void snippet_put(json_t *o, const char *snippet);

#endif
