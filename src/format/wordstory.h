/* SPDX-License-Identifier: GPL-3.0-or-later */
/* wordstory.h - a story of WordprocessingML while it is read: between wordml.c,
 * which takes its events, and wordstory.c. */
#ifndef EXTRACT_FORMAT_WORDSTORY_H
#define EXTRACT_FORMAT_WORDSTORY_H

#include <stdbool.h>
#include <stdint.h>

#include "format/flow.h"
#include "format/wordml.h"

/* Text boxes within text boxes: Word allows none. Deeper ones are left out. */
#define STORY_BOXES 8

/* Fields within fields, and alternatives within alternatives. Of deeper ones
 * all is shown. */
#define STORY_FIELDS 32
#define STORY_ALTERNATES 32

struct box {
    struct flow flow;
    struct buffer text;    /* of the box; unused for the story itself */
    struct buffer pending; /* for after the paragraph */
    struct word_look look;
    bool begun, heading;
    bool joined;       /* the mark at the end of the paragraph is deleted */
    bool after_joined; /* that of the one before */
    int look_depth;    /* within w:pPr */
    int hidden;        /* of the run: 1; below 0: not said */
    const char *font;  /* of the run, when it is one of symbols; or NULL */
    int fields, codes; /* how many are open, and of them before their result */
    bool code[STORY_FIELDS];
};

struct story {
    struct sax_handler handler;
    struct wordml *w;
    struct opc_relations relations;
    struct buffer *out;
    struct wordml_notes *notes;
    struct box boxes[STORY_BOXES + 1];
    int depth; /* index of the box at hand */
    int skip;  /* open elements within something that is left out */
    int text;  /* open w:t */
    int reading;
    struct buffer ruby;
    int coding;         /* open w:instrText */
    struct buffer code; /* of the field that began last */
    uint64_t produced; /* bytes of text */
    uint64_t alternates[STORY_ALTERNATES]; /* that when they began */
    int alternate_depth;
};

/* The box at hand; never NULL. */
struct box *story_box(struct story *s);

/* Paragraphs. story_begin: once all is known that comes before the text. */
void story_paragraph_start(struct story *s);
void story_begin(struct story *s);
void story_paragraph_end(struct story *s);

/* Whether text at this place is seen; and such text. */
bool story_shows(struct story *s);
void story_put(struct story *s, const char *text, size_t size);

/* Text boxes. */
void story_box_start(struct story *s);
void story_box_end(struct story *s);

/* The part that an attribute NAME with a prefix points to, or -1. */
int64_t story_target(struct story *s,
                     const struct sax_attribute *attributes,
                     size_t count, const char *name);

/* What a part (-1: none) that the story points to adds to it. */
void story_drawing(struct story *s, int64_t member);
void story_chunk(struct story *s, int64_t member);
void story_margin(struct story *s, enum wordml_margin kind,
                  int64_t member);

/* Notes: their references, and their texts in a part of their own. */
void story_reference(struct story *s, enum wordml_series series,
                     const struct sax_attribute *attributes,
                     size_t count);
void story_note_start(struct story *s,
                      const struct sax_attribute *attributes,
                      size_t count);
void story_note_end(struct story *s);

#endif
