/* SPDX-License-Identifier: GPL-3.0-or-later */
/* merge.h - ranges of one document, extracted in any order by several lanes,
 * handed to the writer in page order. A window bounds how far the lanes run
 * ahead of the first unfinished range. */
#ifndef EXTRACT_SCHED_MERGE_H
#define EXTRACT_SCHED_MERGE_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "document/pages.h"
#include "document/result.h"
#include "sink/chunk.h"
#include "sink/writer.h"
#include "store/journal.h"

/* Pages in a row, in the order of pages, whose workers died of them, after which
 * a document is given up. What is behind them may have been extracted by other
 * lanes; it is left out, so that the text does not depend on their number. */
#define MERGE_DEATHS 3

/* Why a page of a range has no text. */
struct range_error {
    int at;    /* the page's place in the range */
    bool died; /* its worker died of it */
    struct error error;
};

/* What there is to say of a page's text, as struct emit has it. */
struct range_note {
    int at; /* the page's place in the range */
    unsigned flags;
    char why[READER_WHY];
};

/* A run of the document's wanted pages, claimed by one lane. */
struct range {
    uint64_t number;  /* 0, 1, 2, ... in the order of pages */
    int first, count; /* indices into the wanted pages */
    /* Filled by the lane that claimed it, without a lock, until merge_finish. */
    struct chunk chunk;
    struct range_error *errors; /* in page order */
    size_t error_count, error_capacity;
    struct range_note *notes; /* in page order */
    size_t note_count, note_capacity;
    int ended;  /* pages */
    int deaths; /* in a row, up to the last page that ended */
    int passed; /* a page some text of which is with the writer; 0: none */
    bool done; /* under merge.lock */
};

struct merge {
    struct result *result; /* its page rows are written by the emitter alone */
    struct writer *writer;
    const struct pages *pages; /* that are wanted; NULL: all */
    bool bare; /* pages leave no mark: they have no text */
    struct journal *journal;   /* what is passed on is saved; NULL: it is not. The
                                  emitter's */
    struct range *slots; /* a ring: range N stands at N % window */
    unsigned window;
    uint64_t claimed;         /* ranges; under the scheduler's lock */
    _Atomic uint64_t emitted; /* ranges given to the writer */
    _Atomic size_t held;      /* text bytes of done ranges that wait */
    int deaths;         /* in a row, up to the last page emitted; the emitter's,
                           then that of the range that is first in line */
    _Atomic int killer; /* what the document was given up for; 0: it was not */
    pthread_mutex_t lock;
    bool emitting; /* a lane is at it; under lock */
    bool failed;   /* the writer takes no more; under lock */
};

/* PAGES is borrowed. */
void merge_init(struct merge *m, struct result *result, struct writer *writer,
                const struct pages *pages, unsigned window);

/* Whether one more range may be claimed. */
bool merge_has_room(const struct merge *m);

/* Claims the next range, for pages FIRST.. (indices); there must be room.
 * Under the scheduler's lock, in page order. */
struct range *merge_claim(struct merge *m, int first, int count);

/* The lane's output, a piece at a time. A range that is first in line passes
 * its text on as soon as it has a MiB of it, so that a page of any size takes
 * bounded memory. Blocks while the writer's queue is full. 0, or -1: the
 * writer has failed. */
int merge_text(struct merge *m, struct range *range, int page, const char *text,
               size_t size);

/* Drops what there is of PAGE's text, so that it can be extracted again. False:
 * the writer has some of it. */
bool merge_take_back(struct range *range, int page);

/* What there is to say of the text of the page that ends next. WHY may be NULL. */
void merge_page_flags(struct range *range, unsigned flags, const char *why);

/* PAGE has ended, with E unless that is NULL; DIED: its worker died of it. */
void merge_page_done(struct range *range, int page, const struct error *e, bool died);

/* Whether the document is given up before the next page of RANGE: how its pages
 * end from there on does not matter. */
bool merge_is_given_up(const struct merge *m, const struct range *range);

/* RANGE is complete. Passes on all ranges whose turn it is, unless another
 * lane is doing that. 0, or -1: the writer has failed. */
int merge_finish(struct merge *m, struct range *range);

void merge_clear(struct merge *m);

#endif
