/* SPDX-License-Identifier: GPL-3.0-or-later */
/* history.h - what earlier runs left in a manifest, read while a run goes on. Each
 * function by one thread at a time. */
#ifndef EXTRACT_STORE_HISTORY_H
#define EXTRACT_STORE_HISTORY_H

#include "base/error.h"
#include "document/result.h"

struct history;

/* A document as an earlier run left it. */
struct history_row {
    int64_t id;
    uint64_t bytes;
    int64_t mtime_ns;
    char sha256[65]; /* "": not known */
    char status[16]; /* status_name */
    char format[16]; /* "": of no format */
    char error[16];   /* error_kind_name; "": none */
    char engine[256]; /* "": none */
    bool same_place;  /* the path is the same file's by name: absolute, or of the same
                         directory */
    bool own;          /* this run has put it */
    bool same_options; /* as this run's */
    uint64_t members;  /* documents that came out of it */
    bool has_output; /* a file of its own, in the state: */
    uint64_t output_bytes;
    int64_t output_mtime_ns;
};

/* Opens the manifest PATH, in which a run with the OPTIONS of manifest_config has
 * begun, which is not part of the history. NULL and E. */
struct history *history_open(const char *path, const char *options,
                             struct error *e);

/* From now on what this run itself has put is part of the history: a path does not come
 * twice, but may come again. */
void history_count_own(struct history *h);

/* The row of PATH and OUTPUT ("": none). 1, 0: there is none; or -1 and E. The row
 * is taken for one of an input of this run from now on. What this run itself has put
 * is none: a path may come twice. */
int history_find(struct history *h, const char *path, const char *output,
                 struct history_row *row, struct error *e);

/* How many members of PATH, at any depth, failed or are partial. -1 and E. */
int history_count_failed(struct history *h, const char *path, uint64_t *count,
                         struct error *e);

/* Whether there is a row for each of the MEMBERS of PATH, and of theirs, at any depth:
 * a run that was stopped may have come to some of them alone. */
bool history_is_whole(struct history *h, const char *path, uint64_t members);

/* To be called when no more is looked up for a while: what is being read cannot be
 * cut from the log of what is being written. */
int history_release(struct history *h, struct error *e);

/* A document of an earlier run that was not found. */
struct history_gone {
    int64_t id;
    const char *path;
    const char *whole;  /* the same, absolute */
    const char *output; /* "": none */
};

/* Calls GONE for each one whose file, or that of its container, is not there any
 * more. MEMBERS, of a run that takes all of these: also for members, put by a run with
 * the same options, that were not found in their container, which this run has read
 * to its end. 0, or -1 and E: from GONE, or else. */
int history_each_gone(struct history *h, bool members,
                      int (*gone)(void *ctx, const struct history_gone *document,
                                  struct error *e),
                      void *ctx, struct error *e);

/* The first path behind AFTER, in the order of bytes, that has a row, and whose file, or
 * that of its container, is not there any more: of those that this run may be given by
 * the same words. Members of AFTER are left out. To be freed; NULL: there is none, or an
 * error, which is told. */
char *history_gone_after(struct history *h, const char *after);

/* Whether there were runs before this one. */
bool history_is_new(const struct history *h);

/* Whether documents were put by runs whose options do, or do not, hold TEXT: 1, 0, or
 * -1 and E. */
int history_has_options(struct history *h, const char *text, bool holds,
                        struct error *e);

/* The name that PATH was given in an output tree in place of a taken one, to be freed;
 * NULL: none. */
char *history_renamed(struct history *h, const char *path);

/* Calls RENAMED for each such name. 0, or -1 and E. */
int history_each_renamed(struct history *h, void (*renamed)(void *ctx, const char *name),
                         void *ctx, struct error *e);

/* Where the last record ends that an earlier run has put into a file of records;
 * 0: there is none. *ENDED: the last of them came to its end, and was not stopped
 * by a signal or an output that failed. */
int history_end(struct history *h, uint64_t *end, bool *ended, struct error *e);

void history_close(struct history *h); /* takes NULL */

#endif
