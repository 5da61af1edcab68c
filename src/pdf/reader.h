/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reader.h - the face of this library: a PDF file's text with the places of its glyphs,
 * and what it says of itself. Nothing is drawn. A page whose text might be worse than a
 * full renderer's is declined, with the reason. Input is hostile: all is bounded, and
 * nothing recurses without a depth. One thread at a time for one reader. */
#ifndef EXTRACT_PDF_READER_H
#define EXTRACT_PDF_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/glyph.h"
#include "pdf/syntax.h"

struct reader; /* opaque */

enum reader_end {
    READER_DONE,
    READER_DECLINED, /* may be done better by another; see struct reader_why */
    READER_LOCKED,   /* encrypted, and the password does not open it */
    READER_KEYED     /* encrypted by other means than a password */
};

/* Why it was declined. */
enum reader_reason {
    READER_NO_REASON,
    READER_BROKEN,     /* no catalogue or no pages can be found */
    READER_ENCRYPTION, /* of a kind that is not known */
    READER_REPAIRED,   /* tables lie, and a scan did not give the same pages */
    READER_STREAM,     /* damaged streams, or filters that are not known */
    READER_UNMAPPED,   /* glyphs whose meaning is not known */
    READER_FONT,       /* a font or CMap that is not done */
    READER_OPERATOR,   /* a content stream with unknown operators */
    READER_FEATURE,    /* a form field that would have to be drawn first */
    READER_LIMIT,      /* too much of something */
    READER_REASONS
};

#define READER_WHAT 48
struct reader_why {
    enum reader_reason reason;
    const char *detail; /* a constant, for people: "Type 3 fonts without meaning" */
    char what[READER_WHAT]; /* of which font, operator or object that is said, "font X", in
                               ASCII without controls; "": none in particular */
};
/* Both in one, "glyphs without meaning: font X". */
#define READER_WHY 112
void reader_why_text(const struct reader_why *why, char text[READER_WHY]);

/* A word for statistics, "unmapped"; and for people, "glyphs without meaning". Static. */
const char *reader_reason_name(enum reader_reason reason);
const char *reader_reason_text(enum reader_reason reason);

/* Arrays stay the reader's, until the next call for it, and may be written to. Glyphs
 * come in the order of the content, with a blank where it has one. */
struct reader_page {
    struct glyph *glyphs;
    size_t count;
    float width, height; /* as shown */
    bool unmeant; /* most of its glyphs have no meaning */
    bool fields; /* those of form fields come last, wherever they stand */
    const char *flaw; /* what is damaged so that text may be wrong or missing, which no
                         other engine reads better: a constant; NULL: nothing. Known of
                         pages that are declined, too */
};

/* Opens FILE, borrowed until reader_close. *READER is NULL unless READER_DONE. */
enum reader_end reader_open(struct span file, const char *password,
                            struct reader **reader, struct reader_why *why);

int reader_pages(const struct reader *r);
bool reader_is_encrypted(const struct reader *r);
/* "1.7": the larger of header and catalogue; "": neither says one. */
const char *reader_version(const struct reader *r);
/* Files that the document has embedded. */
unsigned reader_attachments(struct reader *r);

/* The text in the information dictionary or NULL, as UTF-8, the reader's: KEY is
 * "Title", "Author", "Subject", "Keywords", "Creator", "Producer", "CreationDate" or
 * "ModDate" (dates as seconds since 1970 by reader_date; false: none). */
const char *reader_info(struct reader *r, const char *key);
bool reader_date(struct reader *r, const char *key, int64_t *seconds);

/* Calls VISIT for each bookmark, parents first: its title (UTF-8), its page (0: none)
 * and depth from 0; until it returns false. Their number is the visitor's to bound;
 * cycles end here, and depths from 64 on. */
void reader_outline(struct reader *r,
                    bool (*visit)(void *ctx, const char *title, int page, int depth),
                    void *ctx);

/* Page NUMBER, from 1; the same gives the same, whatever was asked for before. Of one
 * that is declined there may be glyphs, too, but not all, or not the right ones. */
enum reader_end reader_read(struct reader *r, int number, struct reader_page *page,
                            struct reader_why *why);

void reader_close(struct reader *r); /* takes NULL */

#endif
