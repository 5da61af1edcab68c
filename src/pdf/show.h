/* SPDX-License-Identifier: GPL-3.0-or-later */
/* show.h - where the glyphs of strings that are shown stand on the page, and what they
 * say (9.3 and 9.4). Boxes are as high as the font's ascent and descent say and as wide
 * as the glyph's advance, as those of poppler are. */
#ifndef EXTRACT_PDF_SHOW_H
#define EXTRACT_PDF_SHOW_H

#include "pdf/content.h"
#include "pdf/copies.h"
#include "pdf/font.h"
#include "pdf/matrix.h"
#include "pdf/reader.h"

/* What q saves and Q restores, as far as text needs it. */
struct show_state {
    struct matrix ctm; /* to the page as it is shown, y downwards */
    const struct font *font; /* NULL: none was set */
    double size;
    double spacing, word_spacing; /* Tc, Tw */
    double scale;                 /* Tz, 1 for 100 */
    double leading, rise;
};

/* Glyphs of one page; more are a reason to decline it. */
#define SHOW_GLYPHS ((size_t)4 << 20)
/* And bytes of strings, which may show nothing. */
#define SHOW_BYTES ((size_t)16 << 20)
/* Nothing larger is text; it also keeps what is computed from it finite. */
#define SHOW_LARGE 1e7

/* Which way a line runs on the page, in quarters of a turn. */
enum show_turn { SHOW_RIGHT, SHOW_DOWN, SHOW_LEFT, SHOW_UP };

/* What the glyphs of one operator have in common. */
struct show_run {
    struct matrix to; /* the page; where the next string begins */
    double rise_x, rise_y;   /* on the page */
    double along_x, along_y; /* an em on the page, in the direction of the line */
    double up_x, up_y;       /* and an em upwards */
    double ascent, descent;  /* points */
    double x, y;             /* where the next glyph begins */
    float size;
    enum show_turn turn;
    bool vertical, sound;
};

/* Glyphs without meaning. */
struct show_unmeant {
    uint32_t codes;
    bool lost; /* one of them at least had a meaning */
    const struct font *strange; /* the first font of such; NULL: none */
};

struct show {
    struct glyph *glyphs; /* in the order of the content */
    size_t count, room;
    size_t bytes; /* of strings */
    double width, height; /* of the page; what begins outside is dropped */
    bool hidden;          /* strings move on and give nothing */
    bool whole;           /* no string is taken for a copy, and what is nothing to be read
                             has its place, with the code 0 */
    struct matrix text, line;
    enum show_turn turn; /* of the last string */
    uint32_t shown; /* codes */
    struct show_unmeant unmeant; /* of them */
    const struct font *doubtful; /* the first font that has a doubt */
    bool accents;             /* some may be such */
    bool over;                /* too many glyphs, or memory is out */
    struct copies copies;
    struct show_run run;
};

/* A zeroed struct at first; memory is kept from page to page. */
void show_begin(struct show *s, double width, double height);

/* The state that a page begins with. */
struct show_state show_start(struct matrix ctm);

/* BT; Td, TD and T*; Tm. */
void show_begin_text(struct show *s);
void show_move(struct show *s, double x, double y);
void show_set(struct show *s, struct matrix m);

/* Text of FONT is seen. */
static inline void show_doubt(struct show *s, const struct font *font)
{
    if (!s->doubtful && font_doubt(font))
        s->doubtful = font;
}

/* The string of Tj, or what stands in the array of TJ: strings, and numbers in
 * thousandths. All else is passed over. */
void show_strings(struct show *s, const struct show_state *state,
                  const struct content_operand *items, size_t count);

/* Part AT of COUNT of the box of GLYPH, along a line that runs as TURN says. */
struct glyph show_part(const struct glyph *glyph, enum show_turn turn,
                              size_t at, size_t count);

/* Adds GLYPH behind all others. */
void show_add(struct show *s, const struct glyph *glyph);

/* COUNT characters share the box of the next glyph, which is there, with room for all,
 * but for their codes. */
void show_split(struct show *s, enum show_turn turn, const uint32_t *unicode, size_t count);

/* Room for COUNT more. False: there is none, and the page is given up. */
bool show_reserve(struct show *s, size_t count);

/* STRING is met. False: it is not to be shown, for the page is given up. */
static inline bool show_takes(struct show *s, struct span string)
{
    s->bytes += (size_t)(string.end - string.at);
    s->over |= s->bytes > SHOW_BYTES;
    return !s->over;
}

/* The same as show_strings for lines that are level, in fonts whose codes are of one size,
 * as most are. False: this one is not, and nothing was done. The run is begun. */
bool show_level(struct show *s, const struct show_state *state,
                const struct content_operand *items, size_t count);

void show_free(struct show *s);

#endif
