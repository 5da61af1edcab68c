/* SPDX-License-Identifier: GPL-3.0-or-later */
/* coreprops.h - what a package says of itself: its core properties (ECMA-376 part 2,
 * clause 11), and the extended ones of Office. */
#ifndef EXTRACT_FORMAT_COREPROPS_H
#define EXTRACT_FORMAT_COREPROPS_H

#include "base/buffer.h"
#include "document/metadata.h"
#include "format/sax.h"

/* Any number of parts, one after the other, are sent to HANDLER. */
struct coreprops {
    struct sax_handler handler; /* first */
    struct metadata *metadata;
    const char *key; /* of the element at hand; NULL: not wanted */
    struct buffer value;
};

/* What is found goes to M. */
void coreprops_init(struct coreprops *p, struct metadata *m);
void coreprops_clear(struct coreprops *p);

#endif
