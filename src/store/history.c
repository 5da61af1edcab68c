/* SPDX-License-Identifier: GPL-3.0-or-later */
/* history.c - a connection of its own, which sees what is committed; a bit for each
 * row that was found, so that what is gone shows at the end. */
#include <config.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/diag.h"
#include "store/database.h"
#include "store/history.h"

/* Rows are looked up in one transaction, which costs as much as some of them. */
#define HISTORY_READS 256

/* More documents have no bits here: this is 512 MiB of them. */
#define HISTORY_ROWS ((int64_t)1 << 32)

/* Names of paths that have no other: a path that is given twice has its own too. */
#define HISTORY_RENAMED                                                      \
    "SELECT d.output FROM documents d WHERE d.renamed AND NOT EXISTS("       \
    "SELECT 1 FROM documents o WHERE o.path = d.path AND NOT o.renamed)"

struct history {
    struct database database;
    unsigned finds; /* in the transaction */
    sqlite3_stmt *find, *renamed, *failed, *whole, *reading, *after;
    char *options;    /* of this run */
    int64_t run;      /* the last one, which is at work */
    int64_t highest;  /* id of a row of earlier runs */
    uint8_t *found;   /* by id */
    char *directory;  /* that paths of this run are relative to */
};

static int history_prepare(struct history *h, const char *path, const char *options,
                           struct error *e)
{
    if (database_open(&h->database, path, DATABASE_READ, e) != 0 ||
        database_number(&h->database, "SELECT max(id) FROM documents", &h->highest,
                        e) != 0 ||
        database_number(&h->database, "SELECT max(id) FROM runs", &h->run, e) != 0)
        return -1;
    if (h->highest < 0 || h->highest > HISTORY_ROWS)
        return error_set(e, ERROR_OUTPUT, "%s is damaged", path);
    h->found = calloc((size_t)(h->highest / 8) + 1, 1);
    if (!h->found)
        return error_set_errno(e, ERROR_MEMORY, ENOMEM, "%s", path);
    h->find = database_prepare(
        &h->database,
        "SELECT d.id, d.bytes, d.mtime_ns, d.sha256, d.status, d.format, d.engine,"
        " r.options = ?3, d.output_bytes, d.output_mtime_ns, d.error,"
        " substr(d.path, 1, 1) = '/' OR r.directory = ?4,"
        " d.members, d.run = ?6"
        " FROM documents d JOIN runs r ON r.id = d.run"
        " WHERE d.path = ?1 AND d.output = ?2 AND d.run < ?5", e);
    h->renamed = database_prepare(
        &h->database, HISTORY_RENAMED " AND d.path = ?", e);
    h->failed = database_prepare(
        &h->database,
        "SELECT count(*) FROM documents WHERE path > ?1 || '!/' AND path < ?1 || '!0'"
        " AND run < ?2 AND status IN ('failed', 'partial')", e);
    h->whole = database_prepare(
        &h->database,
        "SELECT count(*) = ?2 + total(members) FROM documents"
        " WHERE path > ?1 || '!/' AND path < ?1 || '!0'", e);
    h->reading = database_prepare(
        &h->database, "SELECT id, run, status = 'ok' FROM documents WHERE path = ?1"
                      " ORDER BY run DESC", e);
    h->after = database_prepare(
        &h->database,
        "SELECT d.path FROM documents d JOIN runs r ON r.id = d.run WHERE d.path > ?1"
        " AND (substr(d.path, 1, 1) = '/' OR r.directory = ?2) ORDER BY d.path", e);
    if (!h->find || !h->renamed || !h->failed || !h->whole || !h->reading ||
        !h->after)
        return -1;
    h->options = xstrdup(options);
    sqlite3_bind_int64(h->failed, 2, h->run);
    sqlite3_bind_text(h->find, 3, options, -1, SQLITE_TRANSIENT);
    h->directory = getcwd(NULL, 0);
    database_bind_bytes(h->find, 4, h->directory ? h->directory : "");
    database_bind_bytes(h->after, 2, h->directory ? h->directory : "");
    sqlite3_bind_int64(h->find, 5, h->run);
    sqlite3_bind_int64(h->find, 6, h->run);
    return 0;
}

void history_count_own(struct history *h)
{
    sqlite3_bind_int64(h->find, 5, INT64_MAX);
    sqlite3_bind_int64(h->failed, 2, INT64_MAX);
}

struct history *history_open(const char *path, const char *options, struct error *e)
{
    struct history *h = xcalloc(1, sizeof *h);
    if (history_prepare(h, path, options, e) == 0)
        return h;
    history_close(h);
    return NULL;
}

/* Never NULL: somebody may have been at the file. */
static const char *history_text(sqlite3_stmt *s, int column)
{
    const char *text = (const char *)sqlite3_column_text(s, column);
    return text ? text : "";
}

static void history_copy(char *to, size_t size, sqlite3_stmt *s, int column)
{
    snprintf(to, size, "%s", history_text(s, column));
}

int history_release(struct history *h, struct error *e)
{
    h->finds = 0;
    return database_commit(&h->database, e);
}

/* Looks at what is committed now. */
static int history_refresh(struct history *h, struct error *e)
{
    if (database_commit(&h->database, e) != 0 ||
        database_run(&h->database, "BEGIN", e) != 0)
        return -1;
    h->database.in_transaction = true;
    return 0;
}

int history_find(struct history *h, const char *path, const char *output,
                 struct history_row *row, struct error *e)
{
    if (h->finds++ % HISTORY_READS == 0 && history_refresh(h, e) != 0)
        return -1;
    database_bind_bytes(h->find, 1, path);
    database_bind_bytes(h->find, 2, output);
    int rc = database_step(&h->database, h->find, e);
    if (rc == SQLITE_ROW) {
        *row = (struct history_row){
            .id = sqlite3_column_int64(h->find, 0),
            .bytes = (uint64_t)sqlite3_column_int64(h->find, 1),
            .mtime_ns = sqlite3_column_int64(h->find, 2),
            .same_options = sqlite3_column_int(h->find, 7),
            .has_output = sqlite3_column_type(h->find, 9) != SQLITE_NULL,
            .output_bytes = (uint64_t)sqlite3_column_int64(h->find, 8),
            .output_mtime_ns = sqlite3_column_int64(h->find, 9),
        };
        history_copy(row->sha256, sizeof row->sha256, h->find, 3);
        history_copy(row->status, sizeof row->status, h->find, 4);
        history_copy(row->format, sizeof row->format, h->find, 5);
        history_copy(row->engine, sizeof row->engine, h->find, 6);
        history_copy(row->error, sizeof row->error, h->find, 10);
        row->same_place = sqlite3_column_int(h->find, 11);
        row->members = (uint64_t)sqlite3_column_int64(h->find, 12);
        row->own = sqlite3_column_int(h->find, 13);
    }
    sqlite3_reset(h->find);
    if (rc != SQLITE_ROW)
        return rc < 0 ? -1 : 0;
    /* A row of this run itself: the path was given twice. */
    if (row->id > 0 && row->id <= h->highest)
        h->found[row->id / 8] |= (uint8_t)(1 << row->id % 8);
    return 1;
}

int history_count_failed(struct history *h, const char *path, uint64_t *count,
                         struct error *e)
{
    database_bind_bytes(h->failed, 1, path);
    int rc = database_step(&h->database, h->failed, e);
    *count = rc == SQLITE_ROW ? (uint64_t)sqlite3_column_int64(h->failed, 0) : 0;
    sqlite3_reset(h->failed);
    return rc < 0 ? -1 : 0;
}

bool history_is_whole(struct history *h, const char *path, uint64_t members)
{
    if (members == 0)
        return true;
    database_bind_bytes(h->whole, 1, path);
    sqlite3_bind_int64(h->whole, 2, (int64_t)members);
    bool whole = database_step(&h->database, h->whole, NULL) == SQLITE_ROW &&
                 sqlite3_column_int(h->whole, 0);
    sqlite3_reset(h->whole);
    return whole;
}

/* Whether WHOLE names something within a file that is there. */
static bool history_is_within(char *whole)
{
    struct stat st;
    bool within = false;
    for (char *p = strstr(whole, "!/"); p && !within; p = strstr(p + 1, "!/")) {
        *p = '\0';
        within = stat(whole, &st) == 0 && S_ISREG(st.st_mode);
        *p = '!';
    }
    return within;
}

/* As an absolute path, to be freed. */
static char *history_whole_path(const char *directory, const char *path)
{
    return path[0] == '/' ? xstrdup(path) : xasprintf("%s/%s", directory, path);
}

/* PATH, which a run in DIRECTORY was given, as an absolute one, when it is not there;
 * to be freed. NULL: it is, or nobody knows. */
static char *history_find_gone(const char *directory, const char *path)
{
    struct stat st;
    /* A place that is not there may be another day. */
    if (path[0] != '/' && (!*directory || stat(directory, &st) != 0))
        return NULL;
    char *whole = history_whole_path(directory, path);
    if (lstat(whole, &st) != 0 && (errno == ENOENT || errno == ENOTDIR) &&
        !history_is_within(whole))
        return whole;
    free(whole);
    return NULL;
}

static bool history_was_found(const struct history *h, int64_t id)
{
    return id <= 0 || id > h->highest || (h->found[id / 8] >> id % 8 & 1);
}

/* What this run has done with the container PATH. */
enum history_reading {
    READING_WHOLE,   /* read it to its end */
    READING_NONE,    /* left it as it was, or did not come to its end */
    READING_MISSING, /* has not met it */
    READING_UNKNOWN  /* no run has: it is none */
};

static enum history_reading history_reading(struct history *h, const char *path)
{
    sqlite3_stmt *s = h->reading;
    enum history_reading reading = READING_UNKNOWN;
    database_bind_bytes(s, 1, path);
    if (database_step(&h->database, s, NULL) == SQLITE_ROW) {
        if (sqlite3_column_int64(s, 1) == h->run)
            reading = sqlite3_column_int(s, 2) ? READING_WHOLE : READING_NONE;
        else
            reading = history_was_found(h, sqlite3_column_int64(s, 0)) ? READING_NONE
                                                                       : READING_MISSING;
    }
    sqlite3_reset(s);
    return reading;
}

/* Whether the member PATH, which this run has not met, is not in its container any
 * more, or one around that in the next. */
static bool history_has_left(struct history *h, const char *path)
{
    char *outer = xstrdup(path);
    bool left = false, stays = false;
    for (char *p = strstr(outer, "!/"); p && !stays; p = strstr(p + 1, "!/")) {
        *p = '\0';
        enum history_reading reading = history_reading(h, outer);
        *p = '!';
        if (left && reading == READING_MISSING)
            break;
        left |= reading == READING_WHOLE;
        stays = reading == READING_NONE || reading == READING_MISSING;
    }
    free(outer);
    return left && !stays;
}

/* The document of row S, when it is gone. 0, or -1 and E from GONE. */
static int history_tell_gone(struct history *h, bool members, sqlite3_stmt *s,
                             int (*gone)(void *ctx, const struct history_gone *document,
                                         struct error *e),
                             void *ctx, struct error *e)
{
    struct history_gone document = { .id = sqlite3_column_int64(s, 0),
                                     .path = history_text(s, 1),
                                     .output = history_text(s, 2) };
    const char *directory = history_text(s, 3);
    char *whole = NULL;
    if (!history_was_found(h, document.id)) {
        whole = history_find_gone(directory, document.path);
        if (!whole && members && sqlite3_column_int(s, 4) &&
            history_has_left(h, document.path))
            whole = history_whole_path(directory, document.path);
    }
    document.whole = whole;
    int rc = whole ? gone(ctx, &document, e) : 0;
    free(whole);
    return rc;
}

int history_each_gone(struct history *h, bool members,
                      int (*gone)(void *ctx, const struct history_gone *document,
                                  struct error *e),
                      void *ctx, struct error *e)
{
    /* What this run has put is to be seen. */
    if (history_release(h, e) != 0)
        return -1;
    sqlite3_stmt *s = database_prepare(
        &h->database, "SELECT d.id, d.path, d.output, r.directory, r.options = ?2"
                      " AND (substr(d.path, 1, 1) = '/' OR r.directory = ?3)"
                      " FROM documents d JOIN runs r ON r.id = d.run WHERE d.run < ?1",
        e);
    if (!s)
        return -1;
    sqlite3_bind_int64(s, 1, h->run);
    sqlite3_bind_text(s, 2, h->options, -1, SQLITE_STATIC);
    database_bind_bytes(s, 3, h->directory ? h->directory : "");
    int rc;
    while ((rc = database_step(&h->database, s, e)) == SQLITE_ROW &&
           history_tell_gone(h, members, s, gone, ctx, e) == 0)
        ;
    sqlite3_finalize(s);
    return rc == SQLITE_DONE ? 0 : -1;
}

char *history_gone_after(struct history *h, const char *after)
{
    struct error e = { 0 };
    char *members = xasprintf("%s!/", after), *gone = NULL;
    int rc;
    database_bind_bytes(h->after, 1, after);
    while ((rc = database_step(&h->database, h->after, &e)) == SQLITE_ROW) {
        const char *path = history_text(h->after, 0);
        char *whole = *after && !strncmp(path, members, strlen(members))
                          ? NULL
                          : history_find_gone(h->directory ? h->directory : "", path);
        if (whole)
            gone = xstrdup(path);
        free(whole);
        if (gone)
            break;
    }
    sqlite3_reset(h->after);
    free(members);
    if (rc < 0)
        diag_warning(NULL, "%s", e.detail);
    return gone;
}

bool history_is_new(const struct history *h)
{
    return h->run <= 1;
}

int history_has_options(struct history *h, const char *text, bool holds, struct error *e)
{
    sqlite3_stmt *s = database_prepare(
        &h->database, "SELECT 1 FROM runs r WHERE (instr(options, ?1) > 0) = ?2 AND"
                      " EXISTS(SELECT 1 FROM documents d WHERE d.run = r.id)", e);
    if (!s)
        return -1;
    sqlite3_bind_text(s, 1, text, -1, SQLITE_STATIC);
    sqlite3_bind_int(s, 2, holds);
    int rc = database_step(&h->database, s, e);
    sqlite3_finalize(s);
    return rc < 0 ? -1 : rc == SQLITE_ROW;
}

char *history_renamed(struct history *h, const char *path)
{
    sqlite3_stmt *s = h->renamed;
    database_bind_bytes(s, 1, path);
    char *name = database_step(&h->database, s, NULL) == SQLITE_ROW
                     ? xstrdup(history_text(s, 0)) : NULL;
    sqlite3_reset(s);
    return name;
}

int history_each_renamed(struct history *h, void (*renamed)(void *ctx, const char *name),
                         void *ctx, struct error *e)
{
    sqlite3_stmt *s = database_prepare(
        &h->database, HISTORY_RENAMED, e);
    int rc = s ? SQLITE_ROW : -1;
    while (s && (rc = database_step(&h->database, s, e)) == SQLITE_ROW)
        renamed(ctx, history_text(s, 0));
    sqlite3_finalize(s);
    return rc == SQLITE_DONE ? 0 : -1;
}

int history_end(struct history *h, uint64_t *end, bool *ended, struct error *e)
{
    int64_t last = 0, open = 0;
    int rc = database_number(&h->database, "SELECT max(output_bytes) FROM documents",
                             &last, e);
    if (rc == 0)
        rc = database_number(&h->database,
                             "SELECT finished IS NULL OR exit_status > 1 FROM runs"
                             " WHERE id < (SELECT max(id) FROM runs)"
                             " ORDER BY id DESC LIMIT 1", &open, e);
    *end = (uint64_t)last;
    *ended = !open;
    return rc;
}

void history_close(struct history *h)
{
    if (!h)
        return;
    sqlite3_finalize(h->find);
    sqlite3_finalize(h->renamed);
    sqlite3_finalize(h->failed);
    sqlite3_finalize(h->whole);
    sqlite3_finalize(h->reading);
    sqlite3_finalize(h->after);
    database_close(&h->database);
    free(h->found);
    free(h->directory);
    free(h->options);
    free(h);
}
