/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sheet2003.h - the XML of Excel 2003 to text (XML Spreadsheet Reference of
 * Office 2003): a sheet is a page, its name the first line, then rows as the cells
 * show them, header and footer, comments. */
#ifndef EXTRACT_FORMAT_SHEET2003_H
#define EXTRACT_FORMAT_SHEET2003_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "document/metadata.h"
#include "format/sax.h"

/* Sheets and bytes of text that are kept. */
#define SHEET2003_PAGES 65536
#define SHEET2003_TEXT ((size_t)512 << 20)

struct sheet2003; /* opaque */

/* Text goes to OUT, what the document says of itself to M; both are borrowed.
 * Never NULL. */
struct sheet2003 *sheet2003_create(struct buffer *out, struct metadata *m);

/* What to give to a parser. Stays S's. */
struct sax_handler *sheet2003_handler(struct sheet2003 *s);

/* After the last event: where each page ends in OUT, to be freed; *PAGES: how
 * many, 1 at least. *CUT: there was more. */
size_t *sheet2003_finish(struct sheet2003 *s, size_t *pages, bool *cut);
void sheet2003_destroy(struct sheet2003 *s); /* takes NULL */

#endif
