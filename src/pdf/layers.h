/* SPDX-License-Identifier: GPL-3.0-or-later */
/* layers.h - optional content (8.11): which of it is shown when a document is opened. */
#ifndef EXTRACT_PDF_LAYERS_H
#define EXTRACT_PDF_LAYERS_H

#include "pdf/objects.h"

struct layers; /* opaque */

/* NULL: out of memory. O is borrowed until layers_destroy. */
struct layers *layers_create(struct objects *o);

/* Whether what belongs to CONTENT is shown: the value of an OC key, or of a property of
 * marked content, as it stands: a reference as a rule. What is unknown is. */
bool layers_show(struct layers *l, const struct value *content);

void layers_destroy(struct layers *l); /* takes NULL */

#endif
