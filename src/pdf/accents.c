/* SPDX-License-Identifier: GPL-3.0-or-later */
/* accents.c - as poppler does: what stands over or under the middle of a letter that is
 * drawn before or after it belongs to it. */
#include <config.h>

#include "pdf/accents.h"

#include <math.h>

/* How far the middles may be apart, in widths of the letter; and the base lines, in
 * heights of its box: accents of capitals are raised. */
#define ACCENTS_APART 0.3f
#define ACCENTS_RAISED 0.4f

/* The mark that combines for one that stands by itself; 0: there is none. */
static uint32_t accents_mark(uint32_t code)
{
    switch (code) {
    case 0x60: return 0x300;  /* grave */
    case 0xa8: return 0x308;  /* dieresis */
    case 0xaf: return 0x304;  /* macron */
    case 0xb4: return 0x301;  /* acute */
    case 0xb8: return 0x327;  /* cedilla */
    case 0x2c6: return 0x302; /* circumflex */
    case 0x2c7: return 0x30c; /* caron */
    case 0x2d8: return 0x306; /* breve */
    case 0x2d9: return 0x307; /* dot */
    case 0x2da: return 0x30a; /* ring */
    case 0x2db: return 0x328; /* ogonek */
    case 0x2dc: return 0x303; /* tilde */
    case 0x2dd: return 0x30b; /* double acute */
    default: return 0;
    }
}

static bool accents_is_letter(uint32_t code)
{
    uint32_t lower = code | 0x20;
    return (lower >= 'a' && lower <= 'z') || (code >= '0' && code <= '9') ||
           (code >= 0xc0 && code <= 0x24f && code != 0xd7 && code != 0xf7) ||
           (code >= 0x370 && code <= 0x52f) || (code >= 0x1e00 && code <= 0x1fff) ||
           (code >= 0x1d400 && code <= 0x1d7ff);
}

static bool accents_meet(const struct glyph *letter, const struct glyph *mark)
{
    float apart = fabsf(letter->x0 + letter->x1 - mark->x0 - mark->x1) / 2;
    return apart < ACCENTS_APART * (letter->x1 - letter->x0) &&
           fabsf(letter->y1 - mark->y1) < ACCENTS_RAISED * (letter->y1 - letter->y0);
}

/* LETTER and MARK as glyph AT and behind it. */
static void accents_put(struct glyph *glyphs, size_t count, size_t at, struct glyph letter,
                        uint32_t mark)
{
    struct glyph *g = glyphs + at;
    /* They have no dot below a mark. */
    if (mark != 0x327 && mark != 0x328 && (letter.code == 0x131 || letter.code == 0x237))
        letter.code = letter.code == 0x131 ? 'i' : 'j';
    g[0] = g[1] = letter;
    g[1].x0 = letter.x1;
    g[1].code = mark;
    for (size_t i = at; i < count && i < at + 3; i++)
        glyphs[i].marks = 0; /* no neighbour is what it was */
}

void accents_join(struct glyph *glyphs, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct glyph *g = glyphs + i;
        uint32_t mark = accents_may_be(g->code) ? accents_mark(g->code) : 0;
        if (!mark)
            continue;
        if (i + 1 < count && accents_is_letter(g[1].code) && accents_meet(g + 1, g))
            accents_put(glyphs, count, i, g[1], mark);
        else if (i > 0 && accents_is_letter(g[-1].code) && accents_meet(g - 1, g))
            accents_put(glyphs, count, i - 1, g[-1], mark);
    }
}
