/* SPDX-License-Identifier: GPL-3.0-or-later */
/* feed.h - news feeds: RSS and Atom, whose titles and descriptions are often
 * HTML written as text; and outlines (OPML), which have it in attributes. */
#ifndef EXTRACT_FORMAT_FEED_H
#define EXTRACT_FORMAT_FEED_H

#include "document/metadata.h"
#include "format/prose.h"
#include "format/sax.h"

/* Each element comes as a line, items apart from each other. HTML, as text or as
 * elements, comes as a page of it does. */
struct feed; /* opaque */

/* What stands between a parser and PROSE, which is borrowed; the feed's own title,
 * description and language go to M. Never NULL. */
struct feed *feed_create(struct prose *prose, struct metadata *m);

/* What to give to a parser. Stays F's. */
struct sax_handler *feed_handler(struct feed *f);

/* After the last event. Takes NULL. */
void feed_destroy(struct feed *f);

#endif
