/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stream.h - the bytes of a stream through its filters (7.4), within bounds. One thread
 * at a time for one struct stream. */
#ifndef EXTRACT_PDF_STREAM_H
#define EXTRACT_PDF_STREAM_H

#include "pdf/predict.h"
#include "pdf/syntax.h"

enum stream_filter {
    STREAM_PLAIN, /* bytes stay: Crypt, which is done before */
    STREAM_FLATE,
    STREAM_LZW,
    STREAM_ASCII85,
    STREAM_ASCIIHEX,
    STREAM_RUNLENGTH,
    STREAM_IMAGE, /* what only images are in */
    STREAM_UNKNOWN
};

/* NAME as in a dictionary, or abbreviated as in an inline image. */
enum stream_filter stream_filter(struct span name);

struct stream_step {
    enum stream_filter filter;
    struct predict predict;
    bool early; /* LZW: codes grow one too early (EarlyChange, 1 unless given) */
};

struct stream; /* buffers and tables that serve one stream after the other; opaque */

struct stream *stream_create(void); /* NULL: out of memory */

enum stream_end {
    STREAM_WHOLE,
    STREAM_CUT,  /* damaged, with what came before the damage */
    STREAM_OVER, /* more than MOST bytes come out of a step, or memory is out */
    STREAM_BAD   /* a step that is not done here, or its predictor is none */
};

/* *OUT: IN through STEPS, good until the next call for S (it is IN when there is nothing
 * to do); empty unless whole or cut. */
enum stream_end stream_run(struct stream *s, const struct stream_step *steps,
                           size_t count, struct span in, size_t most,
                           struct span *out);

/* What that has cost so far: of each step the bytes that it took or gave, whichever are
 * more. */
uint64_t stream_cost(const struct stream *s);

/* Gives large buffers back: what stream_run gave is gone. */
void stream_rest(struct stream *s);

void stream_destroy(struct stream *s); /* takes NULL */

#endif
