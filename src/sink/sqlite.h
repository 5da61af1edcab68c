/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sqlite.h - a corpus: documents, the text of their pages, and an index of it. */
#ifndef EXTRACT_SINK_SQLITE_H
#define EXTRACT_SINK_SQLITE_H

#include "sink/sink.h"
#include "store/forget.h"
#include "store/manifest.h"

/* Writes to the database of MANIFEST, which is a corpus at PATH, and takes
 * what is gone out by FORGET (NULL: it stays); all are borrowed.
 * A document is put when it ends, in transactions of MANIFEST_BATCH rows or hardly
 * more, since it is in one as a whole; until then its text is held as in
 * sink_create_stream. NULL and E. */
struct sink *sink_create_sqlite(struct manifest *manifest, struct forget *forget,
                                const char *path,
                                size_t hold_bytes, struct sink_report *report,
                                struct error *e);

#endif
