/* SPDX-License-Identifier: GPL-3.0-or-later */
/* about.h - what a file says of itself: its information dictionary (14.3.3), version and
 * attachments. */
#ifndef EXTRACT_PDF_ABOUT_H
#define EXTRACT_PDF_ABOUT_H

#include "pdf/objects.h"

/* Entry KEY ("Title") as UTF-8 in ARENA. NULL: there is none, or not all of it is
 * text (TeX writes half of a UTF-16 string into files, and poppler gives none). */
const char *about_text(struct objects *o, const char *key, struct arena *arena);

/* The date KEY ("ModDate") in seconds since 1970. False: there is none, or it makes no
 * sense. */
bool about_date(struct objects *o, const char *key, int64_t *seconds);

/* The larger of what header and catalogue say; 0 and 0: neither does. */
void about_version(struct objects *o, int *major, int *minor);

/* Files that the document has embedded, by its names (7.11.4). */
unsigned about_attachments(struct objects *o);

#endif
