/* SPDX-License-Identifier: GPL-3.0-or-later */
/* odfpage.h - where the text of an OpenDocument file goes: a page, and within
 * it what comes out somewhere else (notes, comments, boxes). For odfbody.c. */
#ifndef EXTRACT_FORMAT_ODFPAGE_H
#define EXTRACT_FORMAT_ODFPAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "format/prose.h"

/* Targets within each other; deeper ones are written where they stand. */
#define ODF_TARGETS 8

/* Where a target's text goes at its end. */
enum odf_slot {
    ODF_SLOT_PAGE,
    ODF_SLOT_BOX, /* behind the paragraph, or else the page */
    ODF_SLOT_FOOTNOTES,
    ODF_SLOT_ENDNOTES,
    ODF_SLOT_COMMENTS,
    ODF_SLOT_NOTES,
    ODF_SLOT_HEADERS, /* of the document; the rest are the page's */
    ODF_SLOT_FOOTERS,
    ODF_SLOTS
};

struct odf_target {
    enum odf_slot slot;
    struct prose *prose;
    struct buffer text, boxes;
    int paragraphs; /* open */
    int cells;      /* open */
};

struct odf_writer {
    struct odf_target targets[ODF_TARGETS];
    size_t count;
    struct buffer slots[ODF_SLOTS];
    size_t margins;     /* headers and footers so far */
    struct buffer text; /* of all pages */
    size_t *ends;       /* of each page in it */
    size_t pages, room;
    size_t budget;      /* bytes that repetitions may still add */
};

/* Headers and footers that are kept. */
#define ODF_MARGINS 64

/* What repeated rows, cells and blanks may add to a document. */
#define ODF_REPEATED ((size_t)4 << 20)

/* The innermost; NULL: text goes nowhere. */
struct odf_target *odf_target(struct odf_writer *w);

/* False when there are too many. */
bool odf_push(struct odf_writer *w, enum odf_slot slot);

/* Ends the innermost. MARK: stands before its text, when it has any. */
void odf_pop(struct odf_writer *w, const char *mark);

/* Boxes that wait come out here, behind a paragraph. */
void odf_flush_boxes(struct odf_target *t);

/* Whether so many bytes more may come of a repetition. */
bool odf_spend(struct odf_writer *w, size_t bytes);

/* Headers and footers go to the first page. */
void odf_writer_finish(struct odf_writer *w);
void odf_writer_clear(struct odf_writer *w);

#endif
