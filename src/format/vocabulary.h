/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vocabulary.h - the elements of FictionBook, DocBook and the XML of Office 2003
 * by what they are in HTML, so that prose.h can put them into lines; and metadata on the way. */
#ifndef EXTRACT_FORMAT_VOCABULARY_H
#define EXTRACT_FORMAT_VOCABULARY_H

#include <stddef.h>

#include "document/metadata.h"
#include "format/prose.h"

enum vocabulary_kind {
    VOCABULARY_NONE, /* names are HTML's, or SVG's */
    VOCABULARY_FICTION,
    VOCABULARY_DOCBOOK,
    VOCABULARY_WORD /* and packages of parts as one file of XML */
};

struct vocabulary; /* opaque */

/* What stands between a parser and PROSE, which is borrowed; metadata goes to
 * M. Never NULL. */
struct vocabulary *vocabulary_create(enum vocabulary_kind kind,
                                     struct prose *prose, struct metadata *m);

/* What to give to a parser. Stays V's. */
struct sax_handler *vocabulary_handler(struct vocabulary *v);

/* After the last event. Takes NULL. */
void vocabulary_destroy(struct vocabulary *v);

#endif
