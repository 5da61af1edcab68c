/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pptmark.h - the marks before the items of lists in an old presentation: what
 * its masters and its paragraphs say of them ([MS-PPT] 2.9). */
#ifndef EXTRACT_FORMAT_PPTMARK_H
#define EXTRACT_FORMAT_PPTMARK_H

#include <stdbool.h>
#include <stddef.h>

#include "format/lines.h"
#include "format/pptfile.h"

#define PPT_LEVELS 5

/* Numberings that a text may have: runs name them by four bits. */
#define PPT_NUMBERINGS 16

/* Kinds of text (TextTypeEnum). */
enum { PPT_KIND_BODY = 1, PPT_KIND_OTHER = 4, PPT_KINDS = 9 };

/* Whether paragraphs have a mark, by the kind of their text and their level. */
struct ppt_look {
    bool has_mark[PPT_KINDS][PPT_LEVELS];
};

/* LOOK as MASTER has it, the body of a master's record; a NULL span is one that
 * says nothing. */
void ppt_look_read(struct ppt_look *look, struct ppt_span master);

/* Runs of characters; zeroed and with SPAN it is before the first. */
struct ppt_runs {
    struct ppt_span span; /* those that are to come */
    size_t end;           /* the first character behind the run */
    int level;            /* of paragraphs */
    int has_mark;         /* of paragraphs; -1: as the master has it */
    unsigned numbering;   /* of characters: which of the text's */
};

/* The paragraphs of a text. */
struct ppt_marks {
    const struct ppt_look *look;
    unsigned kind;
    struct ppt_runs paragraphs, characters;
    struct {
        bool is_there;
        unsigned scheme; /* TextAutoNumberSchemeEnum */
        int start;
    } numberings[PPT_NUMBERINGS];
    int numbers[PPT_LEVELS]; /* of the paragraphs before */
};

/* STYLE and NUMBERINGS: the bodies of PPT_TEXT_STYLE and PPT_TEXT_STYLE9, each
 * may be a NULL span. COUNT: of the text's characters. LOOK must stay. */
void ppt_marks_begin(struct ppt_marks *m, const struct ppt_look *look,
                     unsigned kind, struct ppt_span style,
                     struct ppt_span numberings, size_t count);

/* The mark, with a blank behind, of the paragraph that begins at character AT,
 * none before the last one's; or "". *LEVEL: how far it is indented. Paragraphs
 * without text are not to be asked for: they are not counted. */
void ppt_marks_next(struct ppt_marks *m, size_t at, char mark[LINES_MARKER],
                    int *level);

#endif
