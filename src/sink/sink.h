/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sink.h - where results go: a tree of files, a stream, later records and
 * databases. Sinks are called by the writer thread alone (writer.h), but for
 * `admit`. */
#ifndef EXTRACT_SINK_SINK_H
#define EXTRACT_SINK_SINK_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

#include "base/error.h"
#include "document/result.h"

/* Called once for each result, when its output is final or lost; takes RESULT
 * over. The sink may have turned its status into failed (ERROR_OUTPUT). */
struct sink_report {
    void (*finished)(struct sink_report *report, struct result *result);
};

struct sink;

/* Pages of several documents come interleaved; those of one document in page
 * order. Until `end`, only RESULT's item and output are final.
 * Functions with E return 0, or -1 when the run cannot go on (disk full;
 * closed pipe: E->sys_errno is EPIPE); only lose and destroy follow that.
 * Members marked * may be NULL. */
struct sink_ops {
    /* *Called by the producer thread, in input order, before anything else of
     * RESULT: names that depend on the order of inputs are given here. */
    void (*admit)(struct sink *sink, struct result *result);
    /* *The same for a member of OUTER, which has not ended; called by the thread
     * that reads it, in the order of its members. */
    void (*admit_member)(struct sink *sink, struct result *result,
                         const struct result *outer);
    /* *The same, by the writer thread: RESULT comes behind what there is of OUTER
     * in an ordered output, and behind the members that OUTER has so far. */
    int (*insert)(struct sink *sink, struct result *result, struct result *outer,
                  struct error *e);
    /* TEXT (valid UTF-8) belongs to PAGE and follows what came before; a page
     * may come in pieces. END_OF_PAGE: its last piece (which may be empty). */
    int (*text)(struct sink *sink, struct result *result, int page,
                const char *text, size_t size, bool end_of_page,
                struct error *e);
    /* No more text of RESULT, which is concluded. The sink takes it over, and
     * hands it to the report sooner (tree) or later (stream in input order).
     * Also when it returns -1. */
    int (*end)(struct sink *sink, struct result *result, struct error *e);
    /* *Nothing is waiting: let readers see what was written so far. */
    int (*idle)(struct sink *sink, struct error *e);
    /* *All results have ended. */
    int (*flush)(struct sink *sink, struct error *e);
    /* *The run cannot go on, for the reason in E: reports all that it still
     * holds as lost, and says in BROKEN whose end is still to come. */
    void (*lose)(struct sink *sink, const struct error *e);
    /* *Whether PATH, in the state ST, is an output of this sink's, of a former
     * run too, or a directory that it keeps for itself. Any thread. */
    bool (*owns)(struct sink *sink, const char *path, const struct stat *st);
    /* Results that it still holds are destroyed without a report. */
    void (*destroy)(struct sink *sink);
};

struct sink {
    const struct sink_ops *ops;
    struct sink_report *report; /* borrowed */
    /* Results with an ordinal from here on are not wanted yet: how far the
     * output may run ahead of a slow document. Read by any thread. */
    _Atomic uint64_t horizon;
    /* After `lose`: the ordinal of the document whose text was on its way out,
     * UINT64_MAX for none. It fails for the same reason when its end comes; the
     * others were not reached. */
    uint64_t broken;
};

/* Text on the descriptor FD (stays the caller's). IN_ORDER: by ordinal, which
 * has no gaps; else each document as it ends. What has to wait is held in at
 * most HOLD_BYTES of memory, and past that in an unlinked file in TMPDIR. */
struct sink *sink_create_stream(int fd, bool in_order, size_t hold_bytes,
                                struct sink_report *report);

struct sink_jsonl {
    const char *path;   /* the file; NULL: standard output */
    uint64_t keep;      /* bytes of the file that stay: what an earlier run is
                           known to have finished; what is behind is cut off */
    bool in_order;      /* by ordinal; else as documents end */
    size_t hold_bytes;  /* as in sink_create_stream */
    bool pages;         /* a record for each page; else for each document */
    unsigned flags;     /* enum record_flags */
};

/* JSON Lines (docs/record.schema.json) of all results that were reached. Records
 * are written whole. A run that is killed leaves whole lines in the file. NULL
 * and E when the file cannot be written. */
struct sink *sink_create_jsonl(const struct sink_jsonl *config,
                               struct sink_report *report, struct error *e);

/* DIRECTORY/<path>.txt for each document that has text; see naming.h.
 * DIRECTORY is created. NULL and E when it cannot be written to. */
struct sink *sink_create_tree(const char *directory, struct sink_report *report,
                              struct error *e);

/* Removes the file NAME of such a TREE, a struct sink, unless somebody has changed it
 * since it was written, and the folders that are empty then. 0, also when it is not there; or -1 and E: it stays. */
int sink_tree_remove(void *tree, const char *name, struct error *e);

/* How a tree names its files: to be told of earlier runs before the first document.
 * Stays the sink's. */
struct naming *sink_tree_naming(struct sink *tree);

/* Reports RESULT, whose text did not get out for the reason in WHY: unless it
 * failed for one of its own it failed for that. The run says why, not the
 * report. */
void sink_lose(struct sink *sink, struct result *result, const struct error *why);

/* For sinks: no bound on how far the output runs ahead, nothing broken. */
void sink_init(struct sink *sink, const struct sink_ops *ops,
               struct sink_report *report);

void sink_destroy(struct sink *sink); /* takes NULL */

#endif
