/* SPDX-License-Identifier: GPL-3.0-or-later */
/* resume.c - compares each input with what the manifest says of it. */
#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/diag.h"
#include "format/registry.h"
#include "run/places.h"
#include "run/publish.h"
#include "run/resume.h"
#include "store/history.h"
#include "store/lock.h"

struct resume {
    const struct settings *settings;
    char *options;
    char *path; /* of the manifest */
    char *folder;
    char *state;
    struct journals journals;
    bool unfinished; /* there are some of earlier runs */
    struct lock lock;
    struct manifest *manifest;
    pthread_mutex_t mutex; /* of history */
    struct history *history;
    int directory; /* the output tree; -1: none */
    uint64_t keep;
    atomic_uint_fast64_t failed_before;
    uint64_t gone, held;    /* of those, what is not pruned for its place */
    bool prunes;
    struct places *places; /* with --prune */
    int (*remove)(void *ctx, const char *output, struct error *e);
    void *remove_ctx;
};

static bool resume_is_tree(const struct resume *r)
{
    return r->settings->format == OUTPUT_TEXT;
}

static enum schema_kind resume_kind(const struct settings *s)
{
    if (s->format != OUTPUT_SQLITE)
        return SCHEMA_MANIFEST;
    return s->trigrams ? SCHEMA_CORPUS_TRIGRAMS : SCHEMA_CORPUS;
}

/* Names the manifest of OUTPUT, and makes the folder that a tree's is kept in. */
static int resume_prepare(struct resume *r, const char *output, struct error *e)
{
    if (r->settings->format == OUTPUT_SQLITE) {
        r->path = xstrdup(output);
        return 0;
    }
    if (!resume_is_tree(r)) {
        r->path = xasprintf("%s.manifest", output);
        return 0;
    }
    char *store = xasprintf("%s/.extract", output);
    int errnum = mkdir(store, 0777) == 0 || errno == EEXIST ? 0 : errno;
    r->path = xasprintf("%s/manifest.db", store);
    free(store);
    r->directory = open(output, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (r->directory < 0 && !errnum)
        errnum = errno;
    return errnum ? error_set_errno(e, ERROR_OUTPUT, errnum, "cannot write to %s",
                                    output)
                  : 0;
}

/* A file of records is begun anew, or goes on where the manifest says: it is as the
 * last run has left it, or longer when that one was killed. */
static int resume_keep_records(struct resume *r, struct error *e)
{
    const struct settings *s = r->settings;
    struct stat st;
    if (!s->resume && !s->retry_failed)
        return database_run(manifest_database(r->manifest), "DELETE FROM documents", e);
    bool ended;
    int others = history_has_options(r->history, SETTINGS_PAGE_RECORDS, !s->page_records,
                                     e);
    if (others != 0)
        return others < 0 ? -1
                          : error_set(e, ERROR_OUTPUT, "%s has records of %s; another "
                                      "--records is for a new file", s->output,
                                      s->page_records ? "documents" : "pages");
    uint64_t size = stat(s->output, &st) == 0 ? (uint64_t)st.st_size : 0;
    if (history_end(r->history, &r->keep, &ended, e) != 0)
        return -1;
    if (size == r->keep || (size > r->keep && !ended))
        return 0;
    if (history_is_new(r->history))
        return error_set(e, ERROR_OUTPUT, "%s is of no run that could be gone on with, "
                         "and is left alone", s->output);
    return error_set(e, ERROR_OUTPUT,
                     "%s is not as the last run left it, by %s; without --resume it is "
                     "begun anew", s->output, r->path);
}

static int resume_start(struct resume *r, struct error *e)
{
    const struct settings *s = r->settings;
    /* By its own name: others may be links to it. */
    char *own = realpath(s->output, NULL);
    int rc = resume_prepare(r, own ? own : s->output, e);
    free(own);
    if (rc != 0)
        return -1;
    char *lock = xasprintf("%s-lock", r->path);
    rc = lock_take(&r->lock, lock, s->output, e);
    free(lock);
    if (rc != 0)
        return -1;
    r->folder = xasprintf("%s-unfinished", r->path);
    r->state = xasprintf("%s-state", r->path);
    publish_clean(r->state);
    r->journals = (struct journals){ r->folder, r->options, s->resume };
    r->unfinished = access(r->folder, F_OK) == 0;
    struct manifest_config config = {
        .path = r->path,
        .kind = resume_kind(s),
        .options = r->options,
        .timings = s->timings,
    };
    r->manifest = manifest_open(&config, e);
    if (!r->manifest)
        return -1;
    r->history = history_open(r->path, r->options, e);
    if (!r->history)
        return -1;
    if (s->watch.on)
        history_count_own(r->history);
    return s->format == OUTPUT_JSONL ? resume_keep_records(r, e) : 0;
}

struct resume *resume_open(const struct settings *settings, struct error *e)
{
    struct resume *r = xcalloc(1, sizeof *r);
    r->settings = settings;
    r->options = settings_describe(settings);
    r->lock.fd = -1;
    r->directory = -1;
    r->places = settings->prune ? places_create(settings->source.paths,
                                                settings->source.path_count)
                                : NULL;
    pthread_mutex_init(&r->mutex, NULL);
    if (resume_start(r, e) == 0)
        return r;
    resume_close(r);
    return NULL;
}

struct manifest *resume_manifest(struct resume *r)
{
    return r->manifest;
}

const struct journals *resume_journals(const struct resume *r)
{
    return &r->journals;
}

const char *resume_state(const struct resume *r)
{
    return r->state;
}

uint64_t resume_keep(const struct resume *r)
{
    return r->keep;
}

static bool resume_is_failure(const struct history_row *row)
{
    return !strcmp(row->status, status_name(STATUS_FAILED)) ||
           !strcmp(row->status, status_name(STATUS_PARTIAL));
}

/* Whether the document is the one that ROW tells of. */
static bool resume_is_same(const struct settings *s, const struct result *result,
                           const struct history_row *row)
{
    if (!row->same_place || row->bytes != result->item.bytes)
        return false;
    return s->check_hash ? row->sha256[0] && !strcmp(row->sha256, result->sha256)
                         : row->mtime_ns == result->item.mtime_ns;
}

/* Whether the text would be the same. What could not be opened has no engine. */
static bool resume_reads_same(const struct history_row *row)
{
    if (!row->same_options)
        return false;
    if (!row->engine[0])
        return true;
    const struct format *format = format_find(row->format);
    const char *engine = format ? format_engine(format) : NULL;
    return engine && !strcmp(row->engine, engine);
}

/* Whether what failed may be as good as new: what may pass, what is lacking rights,
 * and what was locked when a password is given. */
static bool resume_may_pass(const struct settings *s, const struct history_row *row)
{
    static const enum error_kind kinds[] = { ERROR_IO, ERROR_MEMORY, ERROR_KILLED,
                                             ERROR_UNREADABLE, ERROR_MISSING };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (!strcmp(row->error, error_kind_name(kinds[i])))
            return true;
    return s->password && !strcmp(row->error, error_kind_name(ERROR_ENCRYPTED));
}

/* Whether the file is there as it was written. */
static bool resume_has_output(const struct resume *r, const struct result *result,
                              const struct history_row *row)
{
    struct stat st;
    if (!resume_is_tree(r) || !row->has_output)
        return true;
    return fstatat(r->directory, result->output, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
           (uint64_t)st.st_size == row->output_bytes &&
           item_mtime(&st) == row->output_mtime_ns;
}

/* Whether what ROW tells of is to be done again. */
static bool resume_redoes(const struct resume *r, const struct result *result,
                          const struct history_row *row)
{
    const struct settings *s = r->settings;
    /* What this run itself has tried again is tried. */
    if (s->retry_failed && resume_is_failure(row) && !row->own)
        return true;
    return s->resume && (!resume_is_same(s, result, row) || !resume_reads_same(row) ||
                         resume_may_pass(s, row) || (s->hash && !row->sha256[0]) ||
                         !resume_has_output(r, result, row));
}

/* Whether members of the document, which ROW tells of, may be missing or are to
 * be done again: it is to be read anew, then, whatever it is itself. *FAILED:
 * how many of them did before. */
static bool resume_rereads(struct resume *r, const struct result *result,
                           const struct history_row *row, uint64_t *failed)
{
    const struct format *format = format_find(row->format);
    struct error e = { 0 };
    *failed = 0;
    if (!format || !(format->flags & FORMAT_HOLDS || r->settings->options.attachments))
        return false;
    if (!history_is_whole(r->history, result->item.path, row->members))
        return true;
    if (history_count_failed(r->history, result->item.path, failed, &e) != 0)
        diag_warning(result->item.path, "%s", e.detail);
    return r->settings->retry_failed && *failed > 0;
}

/* Whether nothing is to be done for RESULT, of which ROW tells (NULL: nothing does);
 * says so in it. */
static bool resume_judge(struct resume *r, struct result *result,
                         const struct history_row *row)
{
    const struct settings *s = r->settings;
    uint64_t failed = 0;
    if (row ? resume_redoes(r, result, row) || resume_rereads(r, result, row, &failed)
            : s->resume)
        return false;
    r->failed_before += (row && resume_is_failure(row)) + failed;
    result->touched = row && s->resume && row->mtime_ns != result->item.mtime_ns;
    /* A kill came between the commit and the end of its journal. */
    if (row && r->unfinished && result->item.error.kind == ERROR_NONE)
        journals_remove(&r->journals, result);
    error_set(&result->error, ERROR_UNCHANGED,
              row ? "unchanged since an earlier run" : "not failed in an earlier run");
    return true;
}

bool resume_is_done(void *resume, struct result *result)
{
    struct resume *r = resume;
    const struct settings *s = r->settings;
    struct history_row row;
    struct error e = { 0 };
    if (r->places && result->item.error.kind == ERROR_NONE) {
        pthread_mutex_lock(&r->mutex);
        places_add(r->places, result->item.path, result->item.named);
        pthread_mutex_unlock(&r->mutex);
    }
    /* What is done anew in any case needs no look. */
    if ((!s->resume && !s->retry_failed) || (s->check_hash && !result->sha256[0]))
        return false;
    pthread_mutex_lock(&r->mutex);
    int found = history_find(r->history, result->item.path,
                             result->output ? result->output : "", &row, &e);
    bool done = found >= 0 && resume_judge(r, result, found ? &row : NULL);
    if (!done)
        history_release(r->history, NULL);
    pthread_mutex_unlock(&r->mutex);
    if (found < 0)
        diag_warning(result->item.path, "%s", e.detail);
    return done;
}

char *resume_gone_after(struct resume *r, const char *after)
{
    pthread_mutex_lock(&r->mutex);
    char *path = history_gone_after(r->history, after);
    pthread_mutex_unlock(&r->mutex);
    return path;
}

void resume_rest(struct resume *r)
{
    pthread_mutex_lock(&r->mutex);
    history_release(r->history, NULL);
    pthread_mutex_unlock(&r->mutex);
}

struct resume_names {
    struct naming *naming;
    bool any;
};

static void resume_reserve(void *ctx, const char *name)
{
    struct resume_names *names = ctx;
    naming_reserve(names->naming, name);
    names->any = true;
}

static char *resume_former_name(void *resume, const char *path)
{
    struct resume *r = resume;
    pthread_mutex_lock(&r->mutex);
    char *name = history_renamed(r->history, path);
    pthread_mutex_unlock(&r->mutex);
    return name;
}

int resume_keep_names(struct resume *r, struct naming *naming, struct error *e)
{
    struct resume_names names = { naming, false };
    if (history_each_renamed(r->history, resume_reserve, &names, e) != 0)
        return -1;
    if (names.any)
        naming_set_former(naming, resume_former_name, r);
    return 0;
}

uint64_t resume_failed_before(const struct resume *r)
{
    return r->failed_before;
}

/* What is left behind is told, or removed. */
static int resume_gone(void *ctx, const struct history_gone *document, struct error *e)
{
    struct resume *r = ctx;
    struct error why = { 0 };
    r->gone++;
    if (diag_level() >= DIAG_VERBOSE)
        diag_note(document->path, "is gone");
    if (!r->prunes)
        return 0;
    if (!places_have(r->places, document->whole)) {
        r->held++;
        return 0;
    }
    if (resume_is_tree(r) && document->output[0] &&
        r->remove(r->remove_ctx, document->output, &why) != 0) {
        diag_warning(document->path, "its output stays: %s", why.detail);
        return 0;
    }
    return manifest_remove(r->manifest, document->id, e);
}

/* Says how many are gone, and what became of their output. */
static void resume_tell_gone(const struct resume *r)
{
    if (!r->gone || diag_level() <= DIAG_QUIET)
        return;
    diag_warning(NULL, "%llu %s gone%s", (unsigned long long)r->gone,
                 r->gone == 1 ? "input of earlier runs is" : "inputs of earlier runs are",
                 r->gone == r->held ? ""
                 : r->prunes        ? "; the output was removed"
                 : r->settings->format == OUTPUT_JSONL
                     ? ""
                     : ", and the output is there (--prune removes it)");
    if (r->held)
        diag_warning(NULL, "the output of %llu stays: this run has no input where %s",
                     (unsigned long long)r->held, r->held == 1 ? "it was" : "they were");
}

void resume_set_remove(struct resume *r,
                       int (*remove)(void *ctx, const char *output, struct error *e),
                       void *ctx)
{
    r->remove = remove;
    r->remove_ctx = ctx;
}

int resume_end(struct resume *r, uint64_t documents, uint64_t failed, int exit_status,
               struct error *e)
{
    return manifest_finish(r->manifest, documents, failed, exit_status, e);
}

/* Whether a member that is not met is not there. */
static bool resume_takes_members(const struct settings *s)
{
    return s->nest.enter && !s->source.include_count && !s->source.exclude_count &&
           !s->type_count;
}

int resume_finish(struct resume *r, uint64_t documents, uint64_t missing,
                  uint64_t failed, int exit_status, struct error *e)
{
    /* A file system that is not mounted looks like one from which all is gone. */
    r->prunes = r->settings->prune && documents > missing && missing == 0;
    if (r->settings->prune && !r->prunes)
        diag_warning(NULL, "nothing is pruned: inputs that were named are missing, or "
                           "there are none");
    if (history_each_gone(r->history, resume_takes_members(r->settings), resume_gone, r,
                          e) != 0)
        return -1;
    resume_tell_gone(r);
    return resume_end(r, documents, failed, exit_status, e);
}

void resume_close(struct resume *r)
{
    if (!r)
        return;
    places_destroy(r->places);
    history_close(r->history);
    manifest_close(r->manifest);
    if (r->folder)
        rmdir(r->folder); /* which is empty, unless a document is unfinished */
    lock_release(&r->lock);
    if (r->directory >= 0)
        close(r->directory);
    pthread_mutex_destroy(&r->mutex);
    free(r->path);
    free(r->folder);
    free(r->state);
    free(r->options);
    free(r);
}
