/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stream.h - the stream of sink.h for records instead of text: for sinks that
 * make records of documents and leave their order to it. */
#ifndef EXTRACT_SINK_STREAM_H
#define EXTRACT_SINK_STREAM_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "sink/sink.h"
#include "sink/spill.h"

/* A record is a line, and lines are all that comes as text: without form feeds,
 * and all lines of a document one after the other, right before its end. In order,
 * they come behind those of its members. */
struct stream_records {
    int fd;              /* stays the caller's */
    const char *name;    /* of what is written to, for messages */
    bool in_order;       /* as in sink_create_stream */
    uint64_t start;      /* where the first record goes, in bytes */
    struct spill *spill; /* for what waits */
    /* Where the last record ends that was written whole. What is behind it when
     * the stream fails is a part of one, or belongs to documents that are
     * reported as lost. Starts as START. */
    _Atomic uint64_t *whole;
};

/* Everything in CONFIG is borrowed until it is destroyed. Writes end where a
 * record ends, but for records of more than 64 MiB. Sets output_end of results.
 * Never NULL. */
struct sink *stream_create_records(const struct stream_records *config,
                                   struct sink_report *report);

#endif
