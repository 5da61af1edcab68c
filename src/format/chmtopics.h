/* SPDX-License-Identifier: GPL-3.0-or-later */
/* chmtopics.h - the topics of a compiled HTML help in the order of its table
 * of contents, and what it says of itself. */
#ifndef EXTRACT_FORMAT_CHMTOPICS_H
#define EXTRACT_FORMAT_CHMTOPICS_H

#include <stddef.h>

#include "document/metadata.h"
#include "format/chmfile.h"

/* A zeroed struct is empty. */
struct chmtopics {
    size_t *files; /* indices for chmfile.h, each once */
    size_t count;
};

/* Bytes of the table of contents: the longest are some 10 MiB. */
#define CHMTOPICS_CONTENTS ((size_t)32 << 20)

/* The topics that the table of contents names, in its order; behind them the
 * other pages in the order of the help's list, for a help may be read by its
 * index alone. Adds title and creator to M. */
void chmtopics_read(struct chmfile *chm, struct chmtopics *t, struct metadata *m);

void chmtopics_clear(struct chmtopics *t);

#endif
