/* SPDX-License-Identifier: GPL-3.0-or-later */
/* xref.h - where a file's objects stand, by its cross-reference tables and
 * streams (7.5.4, 7.5.8), the newest section first. Strict: a file with a
 * table that is not as the standard has it is for a reader that repairs. */
#ifndef EXTRACT_PDF_XREF_H
#define EXTRACT_PDF_XREF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pdf/flate.h"
#include "pdf/syntax.h"

enum xref_type {
    XREF_NONE,  /* no section names it */
    XREF_FREE,
    XREF_PLAIN, /* "N G obj" stands at offset */
    XREF_PACKED /* within an object stream */
};

struct xref_entry {
    uint64_t offset; /* XREF_PLAIN: bytes from the start; below the file's size */
    uint32_t generation;
    enum xref_type type;
};

struct xref {
    struct xref_entry *entries; /* by object number */
    size_t count, capacity;
    struct span trailer; /* inside of the newest section's dictionary */
    uint64_t start;      /* where that section stands */
    uint64_t stream;     /* its object number; 0: it is a table */
};

/* Reads the sections of the file FILE with INFLATER. False: there is something
 * out of the ordinary, memory included; nothing is to be freed then. */
bool xref_read(struct xref *x, struct span file, struct flate *inflater);

void xref_clear(struct xref *x);

#endif
