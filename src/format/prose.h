/* SPDX-License-Identifier: GPL-3.0-or-later */
/* prose.h - markup events to readable text: paragraphs, lists and tables as
 * lines. */
#ifndef EXTRACT_FORMAT_PROSE_H
#define EXTRACT_FORMAT_PROSE_H

#include "base/buffer.h"
#include "format/sax.h"

/* How things come out:
 *   white space     folded as HTML does; kept within pre
 *   headings, paragraphs and other blocks   a blank line on either side
 *   div, br, li, dt, dd, tr, SVG's text     lines of their own
 *   li    "- " or the number in its style; what is within is indented by two
 *   tr    cells with a tab in between; blocks in a cell are folded to a
 *         blank, unless the row has no other cell (tables used for layout)
 *   img   its alt text;  math  its alttext or its text;  q  in “quotes”
 *   iframe   the page in its srcdoc
 *   ruby  the base, then its reading in parentheses
 * Left out: head, script, style, template, nav and select (but for pages shown
 * whole), hidden elements, what stands in for audio, video and objects (but for
 * those of foreign types in a book), soft hyphens, control characters. */
struct prose; /* opaque */

/* Appends to OUT, an empty buffer that stays the caller's. Never NULL. */
struct prose *prose_create(struct buffer *out);

/* A page of the web is shown whole: nav and select too. Before the first event. */
void prose_show_all(struct prose *p);

/* How many bytes at OUT's start nothing will change any more: the caller may
 * take just these out between two events. */
size_t prose_settled(const struct prose *p);

/* What to give to a parser. Stays P's. */
struct sax_handler *prose_handler(struct prose *p);

/* Replaces the mark of the item that has just begun, before any text of it; ""
 * takes it away. Cut at LINES_MARKER. */
void prose_mark(struct prose *p, const char *mark);

/* Text whose blanks and newlines are kept; what is left out stays so. */
void prose_keep(struct prose *p, const char *text, size_t size);

/* After the last event: ends the text with one newline when there is any.
 * Destroys P. */
void prose_finish(struct prose *p);

#endif
