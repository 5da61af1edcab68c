/* SPDX-License-Identifier: GPL-3.0-or-later */
/* letter.h - one message as text and members. */
#ifndef EXTRACT_FORMAT_LETTER_H
#define EXTRACT_FORMAT_LETTER_H

#include <stdbool.h>

#include "document/metadata.h"
#include "format/format.h"
#include "format/mime.h"

/* How deep parts may be nested; what is deeper is shown as it is
 * written, and an error of the message. */
#define LETTER_DEPTH 64
/* Parts of one message, of all depths. */
#define LETTER_PARTS 20000
/* Bytes of one part that is shown as text, decoded. */
#define LETTER_TEXT ((size_t)64 << 20)

/* Emits From, To, Cc, Bcc, Subject and Date as lines, an empty line, and the
 * text:
 *   multipart/alternative   plain text, if there is any; else the last of the
 *                           others that is text
 *   multipart/related       the part that the others are for
 *   other multiparts        all parts in their order, an empty line in between
 *   text/html               as markup.h has it; other text as it is, with
 *                           format=flowed unwrapped
 *   delivery reports        as text
 * Everything else, text with a file's name or to be attached, uuencoded files
 * in a text, and messages in messages are members, named by what they say of
 * themselves, else "part-K.eml" with the part's number. Left out: signatures,
 * alternatives that are not chosen, style sheets. UNQUOTE: of a mailbox, where
 * ">From " may stand for "From ".
 * Returns 0; or -1, with E unless EMIT said stop: text and members came as far
 * as they could be had, ERROR_ENCRYPTED, ERROR_TRUNCATED, ERROR_LIMIT. */
int letter_emit(struct slice message, bool unquote, struct emit *emit,
                struct error *e);

/* Fills E with what letter_emit would find wrong with the parts, without their
 * content: ERROR_NONE, nothing. */
void letter_check(struct slice message, struct error *e);

/* What the message's fields say. */
void letter_metadata(struct slice message, struct metadata *m);

#endif
