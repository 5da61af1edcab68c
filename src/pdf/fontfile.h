/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fontfile.h - the font program that a descriptor embeds (9.9), as far as it tells what
 * its glyphs mean. */
#ifndef EXTRACT_PDF_FONTFILE_H
#define EXTRACT_PDF_FONTFILE_H

#include "pdf/fontstate.h"

enum fontfile_kind {
    FONTFILE_NONE, /* none is embedded, or it cannot be read */
    FONTFILE_TYPE1,
    FONTFILE_CFF,
    FONTFILE_TRUETYPE
};

struct fontfile {
    enum fontfile_kind kind;
    struct span bytes; /* to be given back with fontfile_close */
};

/* What a code of a simple font is called, or means. */
struct fontfile_name {
    struct span name;  /* AT NULL: none */
    uint32_t unicode; /* 0: only the name tells */
};

/* What DESCRIPTOR (resolved) embeds; by what it is, not by what it is said to be. */
void fontfile_open(struct font_maker *m, const struct value *descriptor,
                   struct fontfile *file);
bool fontfile_is_embedded(struct font_maker *m, const struct value *descriptor);
void fontfile_close(struct font_maker *m, struct fontfile *file);

/* The encoding that FILE (Type 1, CFF) has of its own. False: it has none. Names stay in
 * FILE, or are lasting. */
bool fontfile_encoding(const struct fontfile *file, struct fontfile_name names[256]);

/* What FILE (TrueType) shows for codes of a simple font, as far as it tells: UNICODE[code]
 * or 0. SYMBOLIC: as for a symbolic font. False: it tells nothing. */
bool fontfile_codes(const struct fontfile *file, bool symbolic, uint32_t unicode[256]);

/* Which codes FILE (TrueType) has a glyph for; whatever it means. */
void fontfile_draws(const struct fontfile *file, bool symbolic, bool drawn[256]);

/* Whether its glyphs are CFF's: these are chosen by CIDs without a map (9.7.4.2). */
bool fontfile_is_cff(const struct fontfile *file);

/* What the glyphs of FILE mean, by glyph or, where CFF has CIDs for names, by CID into
 * TABLE. False: the arena is over. */
bool fontfile_glyphs(struct font_maker *m, const struct fontfile *file,
                     struct font_table *table);

#endif
