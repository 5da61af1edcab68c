/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cff.h - names and encoding of a font in the Compact Font Format (Adobe's technical note
 * 5176). Outlines are not looked at. */
#ifndef EXTRACT_PDF_CFF_H
#define EXTRACT_PDF_CFF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pdf/syntax.h"

struct cff {
    struct span file;
    struct span strings; /* the String INDEX and what is behind it */
    uint32_t glyphs;
    uint32_t charset, encoding; /* offsets, or a number below 3 of a predefined one */
    bool by_cid;                /* glyphs have CIDs for names */
};

/* FILE must stay. False: it is none. */
bool cff_open(struct span file, struct cff *c);

/* The string (by CID: the CID) that names each glyph: as many of SIDS as there are glyphs
 * and ROOM. */
void cff_charset(const struct cff *c, uint16_t *sids, size_t room);

/* The name of SID, a part of the file; or, of a standard string, its Unicode. Neither: it
 * has no meaning. */
void cff_name(const struct cff *c, uint16_t sid, struct span *name, uint32_t *unicode);

/* The string of each code, 0 for none: of the font's own encoding. False: it has a
 * predefined one, or none. */
bool cff_encoding(const struct cff *c, const uint16_t *sids, uint16_t codes[256]);

#endif
