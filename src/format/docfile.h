/* SPDX-License-Identifier: GPL-3.0-or-later */
/* docfile.h - the frame of a Word document ([MS-DOC]; of Word 6 and 95 too):
 * which bytes are the characters of which part, and what properties they have. */
#ifndef EXTRACT_FORMAT_DOCFILE_H
#define EXTRACT_FORMAT_DOCFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"
#include "format/ole.h"

/* The text is one row of characters, these parts of it one behind the other. */
enum doc_part {
    DOC_MAIN,
    DOC_FOOTNOTES,
    DOC_HEADERS,
    DOC_MACROS,
    DOC_COMMENTS,
    DOC_ENDNOTES,
    DOC_BOXES,
    DOC_HEADER_BOXES,
    DOC_PARTS
};

/* Tables of the file, by what they list. */
enum doc_table {
    /* Places of characters, relative to their part: */
    DOC_TABLE_HEADERS,  /* where each header begins */
    DOC_TABLE_COMMENTS, /* where each comment begins */
    DOC_TABLE_ENDNOTES, /* where the body refers to endnotes */
    DOC_TABLE_COMMENT_PLACES, /* where the body refers to comments, and by whom */
    DOC_TABLE_AUTHORS,  /* of comments */
    DOC_TABLE_CHARACTERS,
    DOC_TABLE_PARAGRAPHS,
    DOC_TABLE_PIECES,
    DOC_TABLE_STYLES,
    DOC_TABLE_LISTS,
    DOC_TABLE_LIST_REFERENCES,
    DOC_TABLES
};

/* Characters FIRST to END - 1 of the text stand at OFFSET of the stream, in
 * UTF-16 or a byte each. All of them are within the stream. */
struct doc_piece {
    uint32_t first, end;
    uint32_t offset;
    bool is_wide;
};

enum doc_flags {
    DOC_HIDDEN = 1, /* hidden, or deleted in a revision */
    DOC_IN_TABLE = 2,
    DOC_ROW_END = 4
};

/* Bytes START to END - 1 of the stream; sorted by START. */
struct doc_run {
    uint32_t start, end;
    uint16_t flags;
    uint16_t symbol; /* the character that stands there instead; 0: none */
    /* Of paragraphs: */
    uint16_t style;
    uint16_t list;   /* 0: none; DOC_NO_LIST: as the style says */
    uint8_t level;   /* DOC_NO_LEVEL: as the style says */
};
enum { DOC_NO_LIST = 0xffff, DOC_NO_LEVEL = 0xff };
#define DOC_RUN_NONE \
    ((struct doc_run){.list = DOC_NO_LIST, .level = DOC_NO_LEVEL})

struct doc_runs {
    struct doc_run *items;
    size_t count;
};

struct doc_file {
    struct buffer stream;      /* "WordDocument" */
    struct buffer tables;      /* "0Table" or "1Table"; of old files the same */
    bool is_old;               /* Word 6 or 95 */
    unsigned codepage;         /* of pieces that are not wide */
    uint32_t parts[DOC_PARTS + 1]; /* first character of each; the last's end */
    struct doc_piece *pieces;
    size_t piece_count;
    struct doc_runs characters; /* only those with a flag or a symbol */
    struct doc_runs paragraphs; /* all that could be read */
};

/* Fills F (zeroed); to be cleared in all cases. FLAW: what is missing of a
 * file that can be read. Returns 0, or -1 and E (ERROR_ENCRYPTED among them). */
int doc_file_read(struct doc_file *f, struct ole *o, struct error *flaw,
                  struct error *e);
void doc_file_clear(struct doc_file *f);

/* The bytes of TABLE, *SIZE of them; NULL: there are none. */
const unsigned char *doc_file_table(const struct doc_file *f,
                                    enum doc_table table, size_t *size);

/* docruns.c: fills the runs of characters and paragraphs from the pages of
 * properties; what cannot be read is left out. */
void doc_runs_read(struct doc_file *f);

/* Applies changes of a paragraph of a file that is not old, as styles have
 * them, to RUN. */
void doc_run_change(const struct doc_file *f, const unsigned char *p,
                    size_t size, struct doc_run *run);

/* The run that OFFSET is in, or NULL. *AT: where to begin to look, and where
 * it was found, so that a walk through the text is one through the runs. */
const struct doc_run *doc_runs_at(const struct doc_runs *runs, uint32_t offset,
                                  size_t *at);

#endif
