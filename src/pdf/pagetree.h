/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pagetree.h - a document's pages (7.7.3): the tree is walked once, by a list of its own,
 * with cycles and lies in it. */
#ifndef EXTRACT_PDF_PAGETREE_H
#define EXTRACT_PDF_PAGETREE_H

#include "pdf/objects.h"

/* A rectangle of the page's user space, x0 <= x1, y0 <= y1. */
struct pagetree_box {
    double x0, y0, x1, y1;
};

/* With what it inherits; values stay until objects_close. */
struct pagetree_page {
    const struct value *dictionary;
    const struct value *resources; /* a dictionary, or value_null */
    struct pagetree_box media, crop; /* crop within media; 612 by 792 if there is none */
    int rotate;                      /* 0, 90, 180 or 270: clockwise, when shown */
    double unit;                     /* UserUnit: so many 1/72 inches; 1 */
};

struct pagetree; /* opaque */

/* Pages are those of the tree, as poppler counts them; where there is no tree that can
 * be walked, objects of Type Page in their order. NULL: out of memory, or it
 * costs too much. */
struct pagetree *pagetree_create(struct objects *o);

int pagetree_count(const struct pagetree *p);

/* Page NUMBER, from 1. False: there is none, or it is no dictionary. */
bool pagetree_get(struct pagetree *p, int number, struct pagetree_page *page);

/* The number of the page that REFERENCE, unresolved, is; 0: of none. */
int pagetree_number(struct pagetree *p, const struct value *reference);

void pagetree_destroy(struct pagetree *p); /* takes NULL */

#endif
