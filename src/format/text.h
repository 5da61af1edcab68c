/* SPDX-License-Identifier: GPL-3.0-or-later */
/* text.h - what all kinds of plain text share: text.c gives them as they are,
 * textkinds.c has those that need more. */
#ifndef EXTRACT_FORMAT_TEXT_H
#define EXTRACT_FORMAT_TEXT_H

#include "format/format.h"

/* Below every format that has a signature: nearly all else is text too. */
#define BID_TEXT 10
/* A kind of text, by its name. */
#define BID_TEXT_KIND 11

/* Lines with NULs in them: below every mark of binary data (magic.h). */
#define BID_HOLED 3

/* The functions of struct format. */
int text_bid(const struct peek *peek);
struct format_document *text_open(const struct format_input *input,
                                  struct format_info *info, struct error *e);
int text_page(struct format_document *document, int page, struct emit *emit,
              struct error *e);
void text_close(struct format_document *document);

/* BID_TEXT_KIND when it is text and named with one of EXTENSIONS ("csv tsv"),
 * else 0. */
int text_bid_named(const struct peek *peek, const char *extensions);

/* Whether NAME (which may be NULL) has one of EXTENSIONS; any case. */
bool text_is_named(const char *name, const char *extensions);

#endif
