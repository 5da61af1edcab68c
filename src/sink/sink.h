/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sink.h - where results go: a tree of files, a stream, later records and
 * databases. A sink is only ever called by the writer thread (writer.h). */
#ifndef EXTRACT_SINK_SINK_H
#define EXTRACT_SINK_SINK_H

#include <stdint.h>

#include "base/error.h"
#include "document/result.h"

/* Called once for each result, when nothing more can happen to it: its output
 * is final. The sink may have turned the status into failed (ERROR_OUTPUT).
 * Takes RESULT over. */
struct sink_report {
    void (*finished)(struct sink_report *report, struct result *result);
};

struct sink;

/* Pages of documents come interleaved; those of one document in page order.
 * RESULT is not final before `end`; its item (path, ordinal) is.
 * Each returns 0, or -1 and E when the run cannot go on (disk full, closed
 * pipe: E->sys_errno is EPIPE); after that only destroy is called. */
struct sink_ops {
    /* TEXT (valid UTF-8) belongs to PAGE and follows what came before; a page
     * may come in pieces. END_OF_PAGE: this piece is the page's last one
     * (it may be empty). */
    int (*text)(struct sink *sink, struct result *result, int page,
                const char *text, size_t size, bool end_of_page,
                struct error *e);
    /* No more text of RESULT, which is concluded and now the sink's; it goes
     * to the report sooner (tree) or later (stream in input order). */
    int (*end)(struct sink *sink, struct result *result, struct error *e);
    /* All results have ended: write out what is held back. */
    int (*flush)(struct sink *sink, struct error *e);
    void (*destroy)(struct sink *sink);
};

struct sink {
    const struct sink_ops *ops;
    struct sink_report *report; /* borrowed */
};

/* Text on the open descriptor FD (stays the caller's). IN_ORDER: by ordinal,
 * which must have no gaps; what comes too early is held, past HOLD_BYTES in
 * an unlinked file in TMPDIR. Else each document as it ends. Never NULL. */
struct sink *sink_create_stream(int fd, bool in_order, size_t hold_bytes,
                                struct sink_report *report);

/* DIRECTORY/<path>.txt for each document that has text. DIRECTORY is created.
 * NULL and E when it cannot be written to. */
struct sink *sink_create_tree(const char *directory, struct sink_report *report,
                              struct error *e);

void sink_destroy(struct sink *sink); /* takes NULL */

#endif
