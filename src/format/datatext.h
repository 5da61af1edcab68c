/* SPDX-License-Identifier: GPL-3.0-or-later */
/* datatext.h - the text of XML whose elements mean nothing to us. */
#ifndef EXTRACT_FORMAT_DATATEXT_H
#define EXTRACT_FORMAT_DATATEXT_H

#include "base/buffer.h"
#include "format/sax.h"

/* Elements that hold elements alone come as lines; what stands within text
 * (<p>some <b>bold</b> word</p>) stays in its line. White space is folded. */
struct datatext; /* opaque */

/* Appends to OUT, an empty buffer that stays the caller's. Never NULL. */
struct datatext *datatext_create(struct buffer *out);

/* What to give to a parser. Stays D's. */
struct sax_handler *datatext_handler(struct datatext *d);

/* After the last event: ends the text with a newline when there is any.
 * Destroys D. */
void datatext_finish(struct datatext *d);

#endif
