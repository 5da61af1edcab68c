/* SPDX-License-Identifier: GPL-3.0-or-later */
/* simplestate.h - what simplefont.c and codenames.c know of a simple font that is made. */
#ifndef EXTRACT_PDF_SIMPLESTATE_H
#define EXTRACT_PDF_SIMPLESTATE_H

#include "pdf/fontfile.h"
#include "pdf/standardfont.h"

#define FLAG_SERIF 2 /* of a descriptor (9.8.2) */
#define FLAG_SYMBOLIC 4

struct simple {
    struct font_maker *m;
    struct font_slot *slots;
    struct fontfile_name names[256];
    bool named[256];  /* by Differences */
    bool mapped[256]; /* by ToUnicode */
    bool embedded;
    bool closed; /* the file would tell what other codes are */
    struct fontfile file;
    struct span base_name; /* AT NULL: none */
    const struct value *encoding, *descriptor;
    const struct standardfont *standard; /* one of the 14, or NULL */
    bool widths; /* they are said */
    bool dingbats;
    bool numeric; /* names without a meaning are numbers of characters */
    bool hex;     /* in hexadecimal */
    bool codes;   /* names without a meaning are numbers of codes */
    bool asked; /* the file is read in any case */
    bool drawn[256]; /* by the file, of which nothing else tells what it means */
    uint32_t shown[256]; /* what codes mean by it, where names tell nothing; or 0 */
    uint32_t characters[256]; /* that names without a meaning are numbers of; or 0 */
};

/* Names codes by Differences. */
void codenames_differences(struct simple *s);
/* Names the others, from where poppler does, once it is known what ToUnicode maps. */
void codenames_find(struct simple *s);
/* What CODE means by its name. False: the arena is over. */
bool codenames_slot(struct simple *s, uint32_t code);

/* Gives SLOT a meaning. False: the arena is over. */
bool simplefont_set(struct simple *s, struct font_slot *slot, const uint32_t *unicode,
                    size_t count);

#endif
