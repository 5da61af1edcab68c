/* SPDX-License-Identifier: GPL-3.0-or-later */
/* headers.h - page headers and footers: rows at a page's upper or lower edge
 * that stand off from the body, and there on neighbouring pages too, whatever
 * their numbers are. */
#ifndef EXTRACT_FORMAT_HEADERS_H
#define EXTRACT_FORMAT_HEADERS_H

#include "format/boxes.h"

/* Rows at an edge that may be of a header or footer; what comes after these is
 * the page's own. */
#define HEADERS_ROWS 2
/* Pages that a page is compared with, two before and two behind as a rule: left
 * and right pages differ, and each finds two of its kind. */
#define HEADERS_NEAR 4

/* Numbers of a row that are compared: a date, a time of the day, the page's and
 * that of all pages. Without a letter, rows of more are of a table. */
#define HEADERS_NUMBERS 8

/* Where a row stands, and what is in it. */
struct headers_row {
    float y0, y1;
    uint64_t print;   /* of its letters, all numbers alike */
    unsigned numbers; /* how many there are, at most HEADERS_NUMBERS + 1 */
    uint32_t values[HEADERS_NUMBERS]; /* modulo 2^32 */
    bool lettered;  /* there are letters beside them */
    bool apart;     /* the body stands off from it, and from those further out */
};

/* From each edge inwards. All zero: a page without rows. */
struct headers_edges {
    struct headers_row rows[2][HEADERS_ROWS]; /* above, below */
    int count[2];
};

/* Finds the rows of PAGE. */
void headers_find(const struct layout_page *page, struct headers_edges *edges);

/* What was found of a row on the pages near its own. A zeroed struct is a
 * search that has not begun. */
struct headers_search {
    int seen;
    int apart; /* of those seen, how many stand off from their page's body, or
                  count with the page */
    struct headers_row others[HEADERS_NEAR]; /* in its place where it is not */
    int ahead[HEADERS_NEAR];                 /* where these are */
    int other_count;
};

/* Looks for row AT of EDGE of OWN at that edge and height of one more page, AHEAD
 * pages ahead or, if less than 0, behind. */
void headers_look(struct headers_search *s, const struct headers_edges *own,
                  int edge, int at, const struct headers_edges *other, int ahead);

/* Whether two others have it, which needs no further search. */
bool headers_are_two(const struct headers_search *s);

/* Whether ROW, which was looked for, is a header: two others have it; or one has
 * it (a chapter's first page may have none), and other rows that repeat stand in
 * its place on the others, left and right. And two of these stand off from the
 * body, ROW or others (one page may be set wider than the rest, or be short), or
 * others have a number that counts with the page. */
bool headers_repeat(const struct headers_search *s, const struct headers_row *row);

/* Takes what stands in ROW out of BOXES. */
void headers_drop(struct boxes *boxes, const struct headers_row *row);

#endif
