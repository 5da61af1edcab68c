/* SPDX-License-Identifier: GPL-3.0-or-later */
/* writer.h - the one thread that calls the sink, and the bounded queue before
 * it. */
#ifndef EXTRACT_SINK_WRITER_H
#define EXTRACT_SINK_WRITER_H

#include "base/error.h"
#include "document/result.h"
#include "sink/chunk.h"
#include "sink/sink.h"

struct writer;

/* Starts the thread. Borrows SINK until writer_finish. ON_FAIL is called once,
 * in the writer thread, when the sink has failed; from then on everything
 * put is dropped, and its results are reported as lost. NULL and E when no
 * thread can be had. */
struct writer *writer_create(struct sink *sink, void (*on_fail)(void *ctx),
                             void *ctx, struct error *e);

/* In input order, by one thread, before anything else of RESULT. Blocks while
 * the output is too far behind (sink.horizon). 0, or -1: the sink has failed
 * or writer_abandon was called. */
int writer_admit(struct writer *w, struct result *result);

/* Whether a document waits for those before it, with what is known of it. */
bool writer_keeps_order(const struct writer *w);

/* The same for a member of OUTER, which has not ended, by the thread that reads
 * OUTER. Does not wait for the output: it blocks as writer_put. */
void writer_admit_member(struct writer *w, struct result *result,
                         struct result *outer);

/* Text of RESULT; the chunk is moved. Blocks while the queue is full (10,000
 * entries or 32 MiB). Any thread; the calls of one document one after the
 * other. 0, or -1: the sink has failed, more text is useless. */
int writer_put(struct writer *w, struct result *result, struct chunk *chunk);

/* RESULT is concluded; the writer takes it over. Blocks as writer_put. */
void writer_end(struct writer *w, struct result *result);

/* Makes writer_admit return at once: the run is being stopped. Any thread. */
void writer_abandon(struct writer *w);

/* What it has done so far, and what waits. */
struct writer_count {
    uint64_t entries; /* chunks, members and ends that were taken up */
    uint64_t batches; /* series of them, between moments when there was none */
    uint64_t blocked; /* how often somebody had to wait for room */
    uint64_t waiting, waiting_bytes;
};

/* Any thread. */
void writer_look(struct writer *w, struct writer_count *count);

/* Drains the queue, flushes the sink, ends the thread: nothing more may be put. 0, or
 * -1 and E: why the sink failed. */
int writer_drain(struct writer *w, struct error *e);

/* The same, unless that was done, and frees W. */
int writer_finish(struct writer *w, struct error *e);

#endif
