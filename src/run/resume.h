/* SPDX-License-Identifier: GPL-3.0-or-later */
/* resume.h - what earlier runs into the same output have left to do. Holds the
 * output's lock and its manifest. */
#ifndef EXTRACT_RUN_RESUME_H
#define EXTRACT_RUN_RESUME_H

#include "cli/settings.h"
#include "document/result.h"
#include "sink/naming.h"
#include "store/journal.h"
#include "store/manifest.h"

struct resume;

/* Locks the output of SETTINGS, which names one, and begins a run in its manifest:
 * DIR/.extract/manifest.db, FILE.manifest for records, or the database itself. DIR
 * is there. NULL and E: another run has it, or it cannot be written. */
struct resume *resume_open(const struct settings *settings, struct error *e);

struct manifest *resume_manifest(struct resume *r);

/* Where large documents are saved while they are unfinished. */
const struct journals *resume_journals(const struct resume *r);

/* The file for what the run is doing now; stays R's. */
const char *resume_state(const struct resume *r);

/* How much of a file of records is an earlier run's, and stays. */
uint64_t resume_keep(const struct resume *r);

/* Whether there is nothing to do for RESULT: its error is set then. Where contents
 * are compared (--check=hash) it needs the hash, and without says false. Any
 * thread. */
bool resume_is_done(void *resume, struct result *result);

/* What is watched: as history_gone_after. Any thread. */
char *resume_gone_after(struct resume *r, const char *after);

/* Nothing is asked for a while. Any thread. */
void resume_rest(struct resume *r);

/* Lets NAMING know what names earlier runs gave away. 0, or -1 and E. */
int resume_keep_names(struct resume *r, struct naming *naming, struct error *e);

/* Documents that failed in an earlier run and were left as they are. */
uint64_t resume_failed_before(const struct resume *r);

/* How a file of a tree is removed, unless somebody else has changed it: 0, or -1 and
 * E: it stays. */
void resume_set_remove(struct resume *r,
                       int (*remove)(void *ctx, const char *output, struct error *e),
                       void *ctx);

/* After all has been written: tells what is gone, removes its output with --prune,
 * and ends the run in the manifest. MISSING of the DOCUMENTS were not there: then
 * nothing is removed. 0, or -1 and E. */
int resume_finish(struct resume *r, uint64_t documents, uint64_t missing,
                  uint64_t failed, int exit_status, struct error *e);

/* The same of a run that was stopped: ends it, no more. */
int resume_end(struct resume *r, uint64_t documents, uint64_t failed, int exit_status,
               struct error *e);

void resume_close(struct resume *r); /* takes NULL */

#endif
