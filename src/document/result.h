/* SPDX-License-Identifier: GPL-3.0-or-later */
/* result.h - what became of one item. Each item ends as exactly one result. */
#ifndef EXTRACT_DOCUMENT_RESULT_H
#define EXTRACT_DOCUMENT_RESULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "document/item.h"
#include "document/metadata.h"
#include "document/tier.h"
#include "pdf/reader.h"

enum status {
    STATUS_OK,      /* every page wanted came out */
    STATUS_PARTIAL, /* some text came out, and something is missing */
    STATUS_FAILED,  /* nothing came out */
    STATUS_SKIPPED, /* known, and not for us: see error.kind */
    STATUSES
};

const char *status_name(enum status status); /* "ok", "partial", ... */

struct page_error {
    int first, last;    /* pages from 1, both included */
    struct error error;
};

struct page_span {
    int first, last; /* pages from 1, both included */
};

struct page_declined {
    int first, last; /* pages from 1, both included */
    enum reader_reason reason;
    char why[READER_WHY]; /* in words; "": not told */
};

/* Rows of page errors that a result keeps; what comes after them is only
 * counted in pages_failed. Neighbouring pages with the same error share a
 * row, so that a document with 10,000 bad pages has one. Rows of pages without
 * text too, with pages_no_text, and those of declined pages. */
#define RESULT_PAGE_ERRORS_MAX 1000

/* Of a page's flags, beside enum layout_flags: why the first PDF engine left the page to
 * another one, enum reader_reason (pdf/reader.h), from this bit on. */
#define RESULT_REASON_SHIFT 8
#define RESULT_FLAGS_END ((unsigned)READER_REASONS << RESULT_REASON_SHIFT)

struct result {
    struct item item;         /* owned */
    const char *media_type;   /* "application/pdf"; NULL: not known; static */
    const char *format;       /* "pdf"; NULL: none; static */
    const char *engine;       /* "poppler 22.12.0": what opened it; NULL: nothing
                                 did, or none is needed; static */
    char sha256[65];          /* of the file, in hexadecimal; "": not asked for */
    enum tier tier;
    enum status status;
    struct error error;       /* of the document as a whole */
    int pages;                /* pages extracted or attempted, as wanted */
    int pages_total;          /* pages that the document has */
    int pages_failed;
    struct page_error *page_errors; /* in page order */
    size_t page_error_count;
    struct page_span *no_text; /* pages without a letter, in page order */
    size_t no_text_count;
    int pages_no_text;
    int pages_garbled;        /* whose text is mostly none: see garbled */
    bool garbled;             /* most of the pages with text are */
    int pages_declined[READER_REASONS]; /* left to another PDF engine, by why */
    struct page_declined *declined; /* in page order */
    size_t declined_count;
    struct metadata metadata;
    uint64_t text_bytes;      /* UTF-8 bytes of text, page marks not counted */
    double admitted;          /* clock_now() of result_create */
    double started;           /* clock_now() when a lane took it up; 0: never */
    double seconds;           /* wall time from then to its last page */
    double lane_seconds;      /* time of all lanes that it took */
    char *output;             /* name within the output tree, owned; or NULL */
    bool renamed;             /* OUTPUT is not as it would be by its path alone */
    bool written;             /* the file OUTPUT is whole, in this state: */
    uint64_t output_bytes;
    int64_t output_mtime_ns;
    uint64_t output_end;      /* where its record ends in a file of records */
    uint64_t members;         /* documents that came out of it */
    bool bare;                /* it has no text, only members */
    void *turn;               /* where a member stands in an ordered output; the
                                 sink's own */
    bool touched;             /* unchanged but for its time */
    bool forgotten;           /* gone, and there was something that had come of it */
    void *sink_data;          /* the sink's own */
    int output_error;         /* errno that the sink met, or 0 */
    char *unfinished;         /* the file with what of its pages was saved; owned;
                                 or NULL */
    bool lost;                /* the output ended before it: the run says why */
};

/* Takes over ITEM (which is cleared). Never NULL. */
struct result *result_create(struct item *item);

/* Adds an error of PAGE; to be called in page order. */
void result_add_page_error(struct result *r, int page, const struct error *e);

/* Says of PAGE, which has no error, what FLAGS (enum layout_flags, and the reason) hold,
 * and WHY, the reason in words (NULL: not told); to be called in page order. A page that
 * is garbled has text. */
void result_add_page_flags(struct result *r, int page, unsigned flags, const char *why);

/* Whether pages came out, and no text on any of them. */
bool result_has_no_text(const struct result *r);

/* Sets status from error, pages and pages_failed, once all is known:
 * an error of its own without any good page is failed (or skipped for
 * ERROR_UNSUPPORTED, ERROR_FILTERED, ERROR_UNCHANGED, ERROR_GONE and ERROR_NO_PAGES), with one partial;
 * pages that all failed are failed, with the first one's error as error, unless some
 * text or a member of them came out: then, as when only some of them failed, it is partial; else
 * ok. And garbled, which changes no status. */
void result_conclude(struct result *r);

/* Whether it makes the program's exit status 1: failed and partial do;
 * skipped does for an item that the user named, unless --type left it out or an
 * earlier run did it. */
bool result_is_trouble(const struct result *r);

void result_destroy(struct result *r); /* takes NULL */

#endif
