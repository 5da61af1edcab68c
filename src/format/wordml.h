/* SPDX-License-Identifier: GPL-3.0-or-later */
/* wordml.h - the text of WordprocessingML stories: body, headers, notes,
 * comments.
 *   in    insertions, results of fields, content controls, text boxes (behind
 *         their paragraph), charts and diagrams, "[1]" at a note's reference
 *   out   deletions and what was moved away, hidden text, codes of fields, soft
 *         hyphens, what stands in for a text box that is there itself */
#ifndef EXTRACT_FORMAT_WORDML_H
#define EXTRACT_FORMAT_WORDML_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"
#include "format/opc.h"
#include "format/wordlist.h"

/* A note or comment: its text is bytes START to END of the story's. */
struct wordml_note {
    int id;
    char *author; /* of a comment; or NULL */
    size_t start, end;
};

struct wordml_notes {
    struct wordml_note *items;
    size_t count, capacity;
};
void wordml_notes_clear(struct wordml_notes *n);

enum wordml_margin { WORDML_HEADER, WORDML_FOOTER, WORDML_MARGINS };
enum wordml_series { WORDML_FOOTNOTE, WORDML_ENDNOTE, WORDML_SERIES };

/* What the stories read so far point to. */
struct wordml_found {
    /* Parts of headers and footers, each once, in the order of sections. */
    struct wordml_parts {
        int64_t *members;
        size_t count, capacity;
    } margins[WORDML_MARGINS];
    /* Ids of notes in the order of their references, the first has number 1. */
    struct wordml_references {
        int *ids;
        size_t count, capacity;
    } references[WORDML_SERIES];
};

struct wordml {
    const struct opc *opc;
    struct word_lists *lists;
    struct wordml_found found;
    bool *seen; /* of each member: it is among the margins; or NULL */
    /* Appends the lines of MEMBER, a document within this one. */
    void (*chunk)(struct wordml *w, int64_t member, struct buffer *out);
    void *context; /* chunk's */
};

/* Appends the lines of the part MEMBER to OUT, which is empty. NOTES, unless
 * NULL: gets the notes or comments in it. Returns 0; or -1 and E: OUT has what
 * could be read. */
int wordml_story(struct wordml *w, int64_t member, struct buffer *out,
                 struct wordml_notes *notes, struct error *e);

void wordml_clear(struct wordml *w);

#endif
