/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fontstate.h - what font.c, simplefont.c and cidfont.c know of a font. */
#ifndef EXTRACT_PDF_FONTSTATE_H
#define EXTRACT_PDF_FONTSTATE_H

#include "pdf/cmap.h"
#include "pdf/cmapfiles.h"
#include "pdf/font.h"
#include "pdf/fontwide.h"
#include "pdf/objects.h"

/* Pages of 256 entries each, for codes and CIDs below 65,536. */
struct font_table {
    uint32_t *pages[256];
};
/* Of a table of Unicode: to be looked up in the CMap. */
#define FONT_SEVERAL UINT32_MAX

struct font_down {
    float down, x, y;
};

/* The part that composite fonts have. */
struct font_composite {
    const struct cmap *encoding; /* NULL: codes of two bytes are CIDs */
    const struct cmap *to_unicode; /* or NULL */
    struct font_table by_code;     /* Unicode: of to_unicode */
    struct font_table by_cid;      /* Unicode: of the embedded font; 0: none */
    const uint32_t *cids;          /* Unicode: of the collection, so many; or NULL */
    size_t cid_count;
    float *widths[256];           /* by CID */
    struct font_down *downs[256]; /* by CID, x of NAN: the default */
    float width, down, origin_y;  /* defaults */
    struct fontwide *wide;        /* where slots come from; NULL: it has none */
    struct font_slot *slots[256]; /* by the first byte, as they are met */
};

struct font_later;

struct font {
    uint32_t page; /* the last one that was charged for it, counted by fonts_begin_page */
    uint64_t cost;
    bool type3, vertical;
    double matrix[6];
    double ascent, descent, scale;
    const char *doubt;
    bool broken; /* that is damage, from which any reader suffers */
    struct font_slot *slots; /* 256 of a simple font */
    struct font_composite *composite;
    struct span name; /* see font_name */
    uint32_t number;
    struct font_later *later; /* what is still to be asked; NULL: nothing */
};

/* What fonts are made with. */
struct font_maker {
    struct objects *objects;
    struct arena *arena; /* what stays */
    struct cmapfiles *files;
    const struct value *dictionary;
    struct font *font;
};

/* What font_ask has to do. */
struct font_later {
    struct font_maker maker;
    void (*ask)(struct font_maker *m);
    bool asked;
    uint64_t cost;
    uint32_t page; /* as that of the font */
};

/* Has ASK called for M's font, on first need. False: the arena is over. */
bool font_ask_later(struct font_maker *m, void (*ask)(struct font_maker *m));

/* Fill M->font. False: the arena is over. */
bool simplefont_make(struct font_maker *m);
bool cidfont_make(struct font_maker *m);

/* The ToUnicode CMap, or NULL: there is none, or it is of no use. */
const struct cmap *font_to_unicode(struct font_maker *m);
/* Whether a ToUnicode CMap may mean CODE by it: no control, no noncharacter. */
bool font_is_readable(uint32_t unicode);
/* Ascent and descent of DESCRIPTOR, where they make sense. */
void font_describe(struct font_maker *m, const struct value *descriptor);

/* A width or the like as it is kept: what is larger than any glyph is nothing. */
static inline float font_measure(double measure)
{
    return measure > -1e5 && measure < 1e5 ? (float)measure : 0;
}

/* False: the arena is over. */
bool font_table_put(struct font_table *t, struct arena *arena, uint32_t code,
                    uint32_t value);
static inline uint32_t font_table_get(const struct font_table *t, uint32_t code)
{
    const uint32_t *page = code < 65536 ? t->pages[code >> 8] : NULL;
    return page ? page[code & 255] : 0;
}

#endif
