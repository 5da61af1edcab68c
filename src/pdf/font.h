/* SPDX-License-Identifier: GPL-3.0-or-later */
/* font.h - from the bytes of a string that is shown to codes, Unicode and widths (9.5 to
 * 9.10). Fonts are made once a document and kept in a bounded cache. */
#ifndef EXTRACT_PDF_FONT_H
#define EXTRACT_PDF_FONT_H

#include "pdf/accents.h"
#include "pdf/objects.h"

struct font; /* opaque */
struct fonts; /* the cache of a document; opaque */

struct fonts *fonts_create(struct objects *o); /* NULL: out of memory */

/* The font of DICTIONARY (resolved), which REFERENCE names (what stands in the resources,
 * unresolved; a direct one is told by its address). Never NULL: what is no font is one
 * that has no Unicode. Stays until fonts_destroy. */
const struct font *fonts_get(struct fonts *f, const struct value *reference,
                             const struct value *dictionary);

/* From here on each font costs what it did when it was made (see objects_cost), once: so
 * that a page costs the same whichever pages came before. */
void fonts_begin_page(struct fonts *f);

/* Fonts took more room than there is: those that are new since then are none. */
bool fonts_are_over(const struct fonts *f);

void fonts_destroy(struct fonts *f); /* takes NULL */

/* Characters that one code may stand for (ligatures, and more). */
#define FONT_UNICODE 128

struct font_glyph {
    uint32_t code; /* as in the string */
    uint8_t size;  /* bytes that it took, 1 to 4 */
    bool space;    /* the one-byte code 32: word spacing applies */
    /* It is not known what it means: neither ToUnicode nor encoding, CMap or the
     * embedded font tell. Not so variants of symbols, as those of music. */
    bool unmapped;
    bool told; /* the embedded font was asked: see font_ask; of composite fonts */
    bool lost; /* and its name is a number, so that it had a meaning: letters are missing */
    uint8_t count; /* of unicode; 0: none, when it is nothing to be read */
    uint32_t unicode[FONT_UNICODE];
    double width;  /* horizontal advance, in text space at size 1 (1/1000 em * 1000) */
    /* Vertical writing: advance (negative as a rule) and the place of the origin. */
    double down, origin_x, origin_y;
};

/* The next glyph of S, which moves. False: S is at its end. Never stands still. */
bool font_next(const struct font *font, struct span *s, struct font_glyph *glyph);

/* A code of a simple font. */
struct font_slot {
    const uint32_t *more; /* the characters, when they are several */
    uint32_t unicode;     /* when it is one */
    float width;
    union {
        struct {
            uint8_t count;
            bool unmapped;
            uint8_t flags;
            uint8_t shape;
        };
        uint32_t said; /* all of that, to be gathered from many */
    };
};
/* Of shape: it is not one character; it is less than 0.18 wide; not from 0 to 100; it may
 * be an accent. */
#define FONT_MANY 1
#define FONT_NARROW 2
#define FONT_EXTREME 4
#define FONT_ACCENT 8
#define FONT_FILLED 16 /* of composite fonts: it is known */
/* Of flags. */
#define FONT_LOST 1 /* as in struct font_glyph */
#define FONT_TOLD 2 /* only the font file knew: this costs what font_ask does */

static inline uint8_t font_shape(const struct font_slot *slot)
{
    return (slot->count != 1 ? FONT_MANY : 0) | (slot->width < 0.18f ? FONT_NARROW : 0) |
           (slot->width < 0 || slot->width > 100 ? FONT_EXTREME : 0) |
           (accents_may_be(slot->unicode) ? FONT_ACCENT : 0);
}

/* Those of all 256 codes, which say what font_next would, but for font_ask; NULL: it is no
 * simple font. */
const struct font_slot *font_slots(const struct font *f);

/* The same of a composite font whose codes have two bytes and whose lines are level: by the
 * first byte, those of all second ones, or NULL; which are not FILLED so far, unless they
 * are. NULL: it is another font. */
struct font_slot *const *font_wide_slots(const struct font *f);
/* The slot of CODE among these, filled; NULL: there is no room for it. */
const struct font_slot *font_wide_slot(const struct font *f, uint32_t code);

/* A glyph without meaning was met: asks the embedded font file, which to unpack costs more
 * than all the rest. To be called for what is FONT_TOLD, too, so that a page costs the same
 * whatever pages came before. font_next does it itself. */
void font_ask(const struct font *f);

bool font_is_vertical(const struct font *f);
/* Above and below the base line, at size 1: what poppler takes from the descriptor, or
 * instead of it where it makes no sense. */
double font_ascent(const struct font *f);
double font_descent(const struct font *f);
/* Sizes of Type 3 fonts mean nothing in themselves: times this they are as large as the
 * letters look (by poppler's guess). 1 for others. Ascent and descent are of that. */
double font_scale(const struct font *f);

/* What it is called, AT NULL: nothing; and the number of its object, 0: none. For people. */
struct span font_name(const struct font *f);
uint32_t font_number(const struct font *f);

/* What makes the text of this font doubtful as a whole; NULL: nothing. For people: "a
 * CMap that is not known". */
const char *font_doubt(const struct font *f);
/* Whether a part of the font is lost, so that no one can read it well. */
bool font_is_broken(const struct font *f);

#endif
