/* SPDX-License-Identifier: GPL-3.0-or-later */
/* targets.h - where the text of a document goes that is read in one go: a
 * page, and within it what comes out somewhere else (notes, comments, boxes). */
#ifndef EXTRACT_FORMAT_TARGETS_H
#define EXTRACT_FORMAT_TARGETS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "format/prose.h"

/* Targets within each other; deeper ones are written where they stand. */
#define TARGETS_DEPTH 8

/* Where a target's text goes at its end. */
enum slot {
    SLOT_PAGE,
    SLOT_BOX, /* behind the paragraph, or else the page */
    SLOT_FOOTNOTES,
    SLOT_ENDNOTES,
    SLOT_NOTES,
    SLOT_COMMENTS,
    SLOT_HEADERS, /* of the document; the rest are the page's */
    SLOT_FOOTERS,
    SLOTS
};

struct target {
    enum slot slot;
    struct prose *prose;
    struct buffer text, boxes;
    int paragraphs; /* open */
    int cells;      /* open */
};

struct targets {
    struct target targets[TARGETS_DEPTH];
    size_t count;
    struct buffer slots[SLOTS];
    size_t margins;     /* headers and footers so far */
    struct buffer text; /* of all pages */
    size_t *ends;       /* of each page in it */
    size_t pages, room;
    size_t budget;      /* bytes that repetitions may still add */
};

/* Headers and footers that are kept. */
#define TARGETS_MARGINS 64

/* The innermost; NULL: text goes nowhere. */
struct target *targets_top(struct targets *w);

/* False when there are too many. */
bool targets_push(struct targets *w, enum slot slot);

/* Ends the innermost. MARK: stands before its text, when it has any. */
void targets_pop(struct targets *w, const char *mark);

/* Boxes that wait come out here, behind a paragraph. */
void targets_flush_boxes(struct target *t);

/* Whether so many bytes more may come of a repetition. */
bool targets_spend(struct targets *w, size_t bytes);

/* Headers and footers go to the first page. */
void targets_finish(struct targets *w);
void targets_clear(struct targets *w);

#endif
