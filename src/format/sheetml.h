/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sheetml.h - the text of a sheet (SpreadsheetML): rows as lines, cells as they
 * are shown with tabs in between. */
#ifndef EXTRACT_FORMAT_SHEETML_H
#define EXTRACT_FORMAT_SHEETML_H

#include "base/buffer.h"
#include "base/error.h"
#include "format/format.h"
#include "format/opc.h"
#include "format/sheetbook.h"

/* Longest text of a page. A shared string may be named by each of millions of
 * cells. */
#define SHEETML_TEXT ((uint64_t)512 << 20)

/* A gap between two cells of a row is at most that many tabs. */
#define SHEETML_GAP 64

/* Where the text of the page goes. */
struct sheetml_sink {
    struct emit *emit;
    struct buffer line;  /* what has not been emitted */
    uint64_t size;       /* of all text */
    bool stopped;        /* it is not wanted any more */
    struct error error;  /* ERROR_LIMIT */
};

/* Emits what has come together when it is some KiB, or ALL. -1: stop. */
int sheetml_flush(struct sheetml_sink *sink, bool all);

/* Sends the rows of MEMBER, and its header and footer, to SINK. Returns 0; or
 * -1 and E: it is not complete. */
int sheetml_read(const struct opc *opc, int64_t member,
                 const struct sheetbook *book, struct sheetml_sink *sink,
                 struct error *e);

#endif
