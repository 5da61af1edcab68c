/* SPDX-License-Identifier: GPL-3.0-or-later */
/* draw.h - a page's content carried out as far as it is text: the graphics state, text,
 * forms and marked content. What is drawn is passed over. */
#ifndef EXTRACT_PDF_DRAW_H
#define EXTRACT_PDF_DRAW_H

#include "pdf/content.h"
#include "pdf/font.h"
#include "pdf/marks.h"
#include "pdf/pagetree.h"
#include "pdf/show.h"

/* Forms in forms. */
#define DRAW_DEPTH 20
/* States that q saves. */
#define DRAW_STATES 1024
/* Of one page: what it may cost (see objects_cost), with bytes of content, and those of
 * forms as often as they are drawn; and forms. */
#define DRAW_COST ((uint64_t)256 << 20)
#define DRAW_FORMS 100000

/* Resources, and those of what draws this (7.8.3): what is not found goes there. */
struct draw_scope {
    const struct value *resources;
    const struct draw_scope *outer;
};

struct draw {
    struct objects *objects; /* these four are borrowed */
    struct fonts *fonts;
    struct layers *layers;
    struct arena *arena; /* for the page */
    struct show show;
    struct show_state state, saved[DRAW_STATES];
    uint32_t depth; /* of SAVED; may be more */
    struct marks marks;
    struct content contents[DRAW_DEPTH + 1]; /* by depth of forms */
    uint64_t cost; /* of all before this page */
    uint32_t forms;
    uint32_t unknown; /* operators */
    char stranger[READER_WHAT]; /* the first of them that has a name; "": none */
    bool compatible;  /* between BX and EX */
    const struct value *mask; /* the last soft mask that was drawn */
    struct reader_why why; /* the first thing that is amiss */
    struct reader_why damage; /* the first content that is lost, with the rest drawn */
    const struct font *stand_in; /* for fonts that are missing; NULL: none is so far */
    const char *flaw; /* what the text suffers from, a constant; NULL: nothing */
};

/* The content of PAGE, of which WIDTH and HEIGHT are to be set. D's glyphs are those of
 * this page then; see D's `why` too. */
void draw_page(struct draw *d, const struct pagetree_page *page);

/* A form, FORM, with the matrix TO in front of its own: an appearance. */
void draw_form(struct draw *d, const struct value *form, struct matrix to,
               const struct draw_scope *scope, unsigned level);

/* The size of PAGE as it is shown, and the matrix to it. */
struct matrix draw_size(const struct pagetree_page *page, double *width, double *height);

/* The page is amiss: the first reason stays, and nothing more is drawn. True: this is the
 * first, and may be told more of. */
bool draw_amiss(struct draw *d, enum reader_reason reason, const char *detail);

/* Whether the page costs too much by now; then it is amiss. */
bool draw_is_over(struct draw *d);

void draw_free(struct draw *d);

#endif
