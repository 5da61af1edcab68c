/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lettertext.h - the content of a part that is text, to UTF-8 lines. */
#ifndef EXTRACT_FORMAT_LETTERTEXT_H
#define EXTRACT_FORMAT_LETTERTEXT_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/error.h"
#include "format/mime.h"

/* Makes "From " of ">From " at the start of lines, and so on (mboxrd). */
void lettertext_unquote(struct buffer *raw);

/* A uuencoded file in a text: its lines from "begin" to "end", what is between
 * these, and its name, which stands within RAW and ends at a line's end. */
struct lettertext_file {
    struct slice all, lines, name;
};

/* The first one in RAW from AT on; false: there is none. */
bool lettertext_find_file(const struct buffer *raw, size_t at,
                          struct lettertext_file *file);

/* Appends RAW, the decoded content of PART, which is used up, as lines without
 * empty ones at either end; nothing when there is no text. */
void lettertext_plain(const struct mime_part *part, struct buffer *raw,
                      struct buffer *out);

/* The same for HTML, to OUT, an empty buffer; 0, or -1 and E as in markup.h. */
int lettertext_html(const struct mime_part *part, struct buffer *raw,
                    struct buffer *out, struct error *e);

#endif
