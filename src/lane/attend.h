/* SPDX-License-Identifier: GPL-3.0-or-later */
/* attend.h - one request on its way: the frames of a worker are checked, and
 * what they bring is handed on, until the request is through or the worker is
 * gone. One thread at a time. */
#ifndef EXTRACT_LANE_ATTEND_H
#define EXTRACT_LANE_ATTEND_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"
#include "lane/pace.h"
#include "lane/process.h"
#include "lane/worker.h"

enum attend_end {
    ATTEND_DONE,   /* the request is through */
    ATTEND_FAILED, /* the document cannot be opened; see the error */
    ATTEND_STOP,   /* the output takes no more */
    ATTEND_DIED    /* the worker is gone; see the error */
};

struct attend {
    /* Set by the caller; borrowed. */
    struct process *process;
    struct worker_pool *pool;
    struct buffer *held; /* for text of the page at work; is overwritten */
    const struct lane_document *document;
    const int *pages;
    int count, done; /* pages[done] is at work, and goes on */
    struct lane_output *out;
    struct format_info *info; /* of a request to open; else NULL */
    bool alone;               /* the worker has seen no other document */
    /* What came of it. */
    bool outside;   /* the worker died of something that is not the document's
                       fault */
    bool passed_on; /* text of the page at work has been passed on */
    /* The module's own. */
    uint64_t taken; /* bytes of the page's text so far */
    bool answered;  /* a sound frame has come */
    enum { ATTEND_OUTSIDE, ATTEND_TAKEN, ATTEND_DROPPED } member;
    uint64_t unpacked; /* bytes of members since the deadline was set */
    struct pace pace;
    double since;   /* when the page at work began */
    double deadline;
};

/* Takes frames until the end, by the clocks of page and document. E is set for
 * ATTEND_FAILED and ATTEND_DIED; then, and for ATTEND_STOP, no more is read of
 * the request. */
enum attend_end attend(struct attend *a, struct error *e);

#endif
