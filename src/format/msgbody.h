/* SPDX-License-Identifier: GPL-3.0-or-later */
/* msgbody.h - header and body of Outlook's messages as text, however they are
 * stored: for MSG and TNEF. */
#ifndef EXTRACT_FORMAT_MSGBODY_H
#define EXTRACT_FORMAT_MSGBODY_H

#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"
#include "format/lines.h"

/* Bytes of a body. */
#define MSGBODY_LIMIT ((size_t)64 << 20)

/* "NAME <ADDRESS>"; addresses of Exchange ("/O=...") are not shown. */
void msgbody_person(struct buffer *out, struct buffer *name,
                    struct buffer *address);

/* SECONDS since 1970 as mail has it (RFC 5322); nothing, when it is no date. */
void msgbody_date(struct buffer *out, int64_t seconds);

/* A line of the header, unless VALUE is empty, which it is then. */
void msgbody_field(struct lines *l, const char *name, struct buffer *value);

/* Appends the text of HTML, which is used up, in PAGE (0: it is found out), to
 * OUT, empty. E: what is wrong, unless it says something already. */
void msgbody_html(struct buffer *html, unsigned page, struct buffer *out,
                  struct error *e);

/* The same of RTF as Outlook compresses it: of what is wrapped, or its own. */
void msgbody_rtf(const struct buffer *packed, struct buffer *out,
                 struct error *e);

/* A body with line ends of any kind. */
void msgbody_lines(struct lines *l, const struct buffer *body);

#endif
