/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gutter.h - the white between two columns of text. */
#ifndef EXTRACT_LAYOUT_GUTTER_H
#define EXTRACT_LAYOUT_GUTTER_H

#include "layout/keys.h"
#include "layout/word.h"

struct gutter {
    size_t from, to; /* of the list: what stands on either side of it */
    float x;         /* where the column to its right begins */
};

/* Part of a page. */
struct gutter_search {
    const struct piece *pieces;
    const uint32_t *list; /* indices of pieces, sorted by their base */
    size_t count;
    bool page;          /* the list is all of the page */
    bool content_order; /* as in struct layout_page */
    struct key *keys;   /* scratch: room for twice COUNT */
    size_t top, bottom; /* set by gutter_find: of the list, without what is the
                           page's head and foot */
};

/* Finds the gutter with the most lines on both of its sides; false: none, all
 * is to be read row by row. */
bool gutter_find(struct gutter_search *search, struct gutter *found);

#endif
