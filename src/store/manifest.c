/* SPDX-License-Identifier: GPL-3.0-or-later */
/* manifest.c - rows by prepared statements, in transactions of some hundred. */
#include <config.h>

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "base/clock.h"
#include "base/diag.h"
#include "document/record.h"
#include "store/manifest.h"

enum manifest_statement {
    MANIFEST_PUT,
    MANIFEST_PUT_ERROR,
    MANIFEST_PUT_METADATA,
    MANIFEST_PUT_BOOKMARK,
    MANIFEST_CLEAR_ERRORS,
    MANIFEST_CLEAR_METADATA,
    MANIFEST_CLEAR_BOOKMARKS,
    MANIFEST_CLEAR_PAGES, /* of a corpus */
    MANIFEST_REMOVE,
    MANIFEST_REPLACE,
    MANIFEST_FIND_ELSEWHERE,
    MANIFEST_TOUCH,
    MANIFEST_STATEMENTS
};

#define MANIFEST_COLUMNS                                                       \
    "run, type, format, tier, bytes, mtime, mtime_ns, sha256, status, error, " \
    "reason, pages, pages_total, pages_failed, pages_without_text, garbled, "  \
    "title, author, language, created, engine, text_bytes, seconds, "          \
    "output_bytes, output_mtime_ns, renamed, members"
#define MANIFEST_VALUES                                                        \
    "?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, " \
    "?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29"

static const char *const manifest_sql[MANIFEST_STATEMENTS] = {
    [MANIFEST_PUT] =
        "INSERT INTO documents(path, output, " MANIFEST_COLUMNS ")"
        " VALUES(?1, ?2, " MANIFEST_VALUES ")"
        " ON CONFLICT(path, output) DO UPDATE SET (" MANIFEST_COLUMNS ") = ("
        MANIFEST_VALUES ") RETURNING id",
    [MANIFEST_PUT_ERROR] = "INSERT INTO page_errors(document, first, last, error, reason)"
                           " VALUES(?, ?, ?, ?, ?)",
    [MANIFEST_PUT_METADATA] = "INSERT INTO metadata(document, position, key, value)"
                              " VALUES(?, ?, ?, ?)",
    [MANIFEST_PUT_BOOKMARK] = "INSERT INTO bookmarks(document, position, depth, page,"
                              " title) VALUES(?1, ?2, ?3, nullif(?4, 0), ?5)",
    [MANIFEST_CLEAR_ERRORS] = "DELETE FROM page_errors WHERE document = ?",
    [MANIFEST_CLEAR_METADATA] = "DELETE FROM metadata WHERE document = ?",
    [MANIFEST_CLEAR_BOOKMARKS] = "DELETE FROM bookmarks WHERE document = ?",
    [MANIFEST_CLEAR_PAGES] = "DELETE FROM pages WHERE document = ?",
    [MANIFEST_REMOVE] = "DELETE FROM documents WHERE id = ?",
    [MANIFEST_REPLACE] = "DELETE FROM documents WHERE output = ?1 AND output <> ''"
                         " AND path <> ?2 RETURNING path",
    [MANIFEST_FIND_ELSEWHERE] = "SELECT r.directory FROM documents d JOIN runs r"
                                " ON r.id = d.run WHERE d.path = ?1 AND d.output = ?2"
                                " AND d.run < ?3 AND r.directory <> (SELECT directory"
                                " FROM runs WHERE id = ?3)",
    [MANIFEST_TOUCH] = "UPDATE documents SET mtime = ?, mtime_ns = ?"
                       " WHERE path = ? AND output = ?",
};

struct manifest {
    struct manifest_config config;
    struct database database;
    sqlite3_stmt *statements[MANIFEST_STATEMENTS];
    int64_t run;
    int64_t highest; /* id of a document */
    int64_t elsewhere; /* runs before this one from another directory */
    char **unfinished; /* files to remove once the transaction is committed */
    size_t unfinished_count, unfinished_room;
    int rows;     /* in the transaction */
    double begun; /* when the first of them was put */
};

static void manifest_now(char *buffer)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    record_time((int64_t)now.tv_sec * 1000000000, buffer);
}

/* An index of full text merges its parts in memory; 16 MiB for it. A manifest does
 * with SQLite's default of 2. */
static int manifest_set_cache(struct manifest *m, struct error *e)
{
    return m->config.kind == SCHEMA_MANIFEST
               ? 0
               : database_run(&m->database, "PRAGMA cache_size = -16384", e);
}

static int manifest_begin_run(struct manifest *m, struct error *e)
{
    sqlite3_stmt *s = database_prepare(
        &m->database,
        "INSERT INTO runs(started, pid, version, directory, options)"
        " VALUES(?, ?, '" PACKAGE_VERSION "', ?, ?)", e);
    if (!s)
        return -1;
    char now[RECORD_TIME_SIZE];
    char *directory = getcwd(NULL, 0);
    manifest_now(now);
    sqlite3_bind_text(s, 1, now, -1, SQLITE_STATIC);
    sqlite3_bind_int64(s, 2, (int64_t)getpid());
    database_bind_bytes(s, 3, directory ? directory : "");
    sqlite3_bind_text(s, 4, m->config.options, -1, SQLITE_STATIC);
    int rc = database_write(&m->database, s, e);
    sqlite3_finalize(s);
    free(directory);
    m->run = sqlite3_last_insert_rowid(m->database.handle);
    return rc;
}

static int manifest_prepare(struct manifest *m, struct error *e)
{
    for (int i = 0; i < MANIFEST_STATEMENTS; i++) {
        if (i == MANIFEST_CLEAR_PAGES && m->config.kind == SCHEMA_MANIFEST)
            continue;
        m->statements[i] = database_prepare(&m->database, manifest_sql[i], e);
        if (!m->statements[i])
            return -1;
    }
    return 0;
}

struct manifest *manifest_open(const struct manifest_config *config, struct error *e)
{
    struct manifest *m = xcalloc(1, sizeof *m);
    m->config = *config;
    if (database_open(&m->database, config->path, DATABASE_WRITE, e) != 0 ||
        schema_apply(&m->database, config->kind, e) != 0 ||
        database_number(&m->database, "SELECT max(id) FROM documents", &m->highest,
                        e) != 0 ||
        manifest_set_cache(m, e) != 0 || manifest_begin_run(m, e) != 0 ||
        manifest_prepare(m, e) != 0 ||
        database_number(&m->database, "SELECT count(*) FROM runs WHERE directory <>"
                        " (SELECT directory FROM runs ORDER BY id DESC LIMIT 1)",
                        &m->elsewhere, e) != 0) {
        manifest_close(m);
        return NULL;
    }
    return m;
}

struct database *manifest_database(struct manifest *m)
{
    return &m->database;
}

bool manifest_wants(const struct result *r)
{
    return r->error.kind != ERROR_FILTERED && r->error.kind != ERROR_UNCHANGED &&
           r->error.kind != ERROR_INTERRUPTED && r->error.kind != ERROR_GONE && !r->lost;
}

static void manifest_bind_text(sqlite3_stmt *s, int index, const char *text)
{
    sqlite3_bind_text(s, index, text, -1, SQLITE_STATIC);
}

/* The values of KEY, parted by "; ", to be freed; NULL: there are none. */
static char *manifest_values(const struct metadata *m, const char *key)
{
    struct buffer b = { 0 };
    for (size_t i = 0; i < m->count; i++) {
        if (strcmp(m->entries[i].key, key) != 0)
            continue;
        if (b.size)
            buffer_append_string(&b, "; ");
        buffer_append_string(&b, m->entries[i].value);
    }
    char *text = b.size ? xstrdup(buffer_string(&b)) : NULL;
    buffer_free(&b);
    return text;
}

/* Binds what MANIFEST_COLUMNS names; AUTHOR and MTIME must stay. */
static void manifest_bind(const struct manifest *m, sqlite3_stmt *s,
                          const struct result *r, const char *author, const char *mtime)
{
    bool failed = r->error.kind != ERROR_NONE;
    sqlite3_bind_int64(s, 3, m->run);
    manifest_bind_text(s, 4, r->media_type);
    manifest_bind_text(s, 5, r->format);
    manifest_bind_text(s, 6, tier_name(r->tier));
    sqlite3_bind_int64(s, 7, (int64_t)r->item.bytes);
    manifest_bind_text(s, 8, mtime);
    sqlite3_bind_int64(s, 9, r->item.mtime_ns);
    manifest_bind_text(s, 10, r->sha256[0] ? r->sha256 : NULL);
    manifest_bind_text(s, 11, status_name(r->status));
    manifest_bind_text(s, 12, failed ? error_kind_name(r->error.kind) : NULL);
    manifest_bind_text(s, 13, failed ? r->error.detail : NULL);
    sqlite3_bind_int(s, 14, r->pages);
    sqlite3_bind_int(s, 15, r->pages_total);
    sqlite3_bind_int(s, 16, r->pages_failed);
    sqlite3_bind_int(s, 17, r->pages_no_text);
    sqlite3_bind_int(s, 18, r->garbled);
    manifest_bind_text(s, 19, metadata_get(&r->metadata, "title"));
    manifest_bind_text(s, 20, author);
    manifest_bind_text(s, 21, metadata_get(&r->metadata, "language"));
    manifest_bind_text(s, 22, metadata_get(&r->metadata, "created"));
    manifest_bind_text(s, 23, r->engine);
    sqlite3_bind_int64(s, 24, (int64_t)r->text_bytes);
    if (m->config.timings)
        sqlite3_bind_double(s, 25, r->seconds);
    else
        sqlite3_bind_null(s, 25);
    if (r->written) {
        sqlite3_bind_int64(s, 26, (int64_t)r->output_bytes);
        sqlite3_bind_int64(s, 27, r->output_mtime_ns);
    } else if (r->output_end) {
        sqlite3_bind_int64(s, 26, (int64_t)r->output_end);
        sqlite3_bind_null(s, 27);
    } else {
        sqlite3_bind_null(s, 26);
        sqlite3_bind_null(s, 27);
    }
    sqlite3_bind_int(s, 28, r->renamed);
    sqlite3_bind_int64(s, 29, (int64_t)r->members);
}

static int manifest_put_row(struct manifest *m, const struct result *r, int64_t *id,
                            struct error *e)
{
    sqlite3_stmt *s = m->statements[MANIFEST_PUT];
    char *author = manifest_values(&r->metadata, "author");
    char mtime[RECORD_TIME_SIZE];
    record_time(r->item.mtime_ns, mtime);
    database_bind_bytes(s, 1, r->item.path);
    database_bind_bytes(s, 2, r->output ? r->output : "");
    manifest_bind(m, s, r, author, r->item.error.kind == ERROR_NONE ? mtime : NULL);
    int rc = database_step(&m->database, s, e);
    if (rc == SQLITE_ROW)
        *id = sqlite3_column_int64(s, 0);
    sqlite3_reset(s);
    free(author);
    return rc < 0 ? -1 : 0;
}

static int manifest_clear(struct manifest *m, int64_t id, struct error *e)
{
    for (int i = MANIFEST_CLEAR_ERRORS; i <= MANIFEST_CLEAR_PAGES; i++) {
        sqlite3_stmt *s = m->statements[i];
        if (!s)
            continue;
        sqlite3_bind_int64(s, 1, id);
        if (database_write(&m->database, s, e) != 0)
            return -1;
    }
    return 0;
}

/* The file is R's from now on: whose it was has none. */
static int manifest_replace(struct manifest *m, const struct result *r, struct error *e)
{
    sqlite3_stmt *s = m->statements[MANIFEST_REPLACE];
    if (!r->output)
        return 0;
    database_bind_bytes(s, 1, r->output);
    database_bind_bytes(s, 2, r->item.path);
    int rc;
    while ((rc = database_step(&m->database, s, e)) == SQLITE_ROW)
        diag_warning(r->item.path, "takes the place of the text of %s, of an earlier run",
                     (const char *)sqlite3_column_text(s, 0));
    sqlite3_reset(s);
    return rc < 0 ? -1 : 0;
}

/* The same words may name another file in another directory: that one's text goes, and
 * it is told. */
static int manifest_tell_elsewhere(struct manifest *m, const struct result *r,
                                   struct error *e)
{
    sqlite3_stmt *s = m->statements[MANIFEST_FIND_ELSEWHERE];
    if (m->elsewhere == 0 || r->item.path[0] == '/')
        return 0;
    database_bind_bytes(s, 1, r->item.path);
    database_bind_bytes(s, 2, r->output ? r->output : "");
    sqlite3_bind_int64(s, 3, m->run);
    int rc = database_step(&m->database, s, e);
    if (rc == SQLITE_ROW)
        diag_warning(r->item.path, "takes the place of the text of %s/%s, of an earlier run",
                     (const char *)sqlite3_column_text(s, 0), r->item.path);
    sqlite3_reset(s);
    return rc < 0 ? -1 : 0;
}

static int manifest_put_errors(struct manifest *m, const struct result *r, int64_t id,
                               struct error *e)
{
    sqlite3_stmt *s = m->statements[MANIFEST_PUT_ERROR];
    for (size_t i = 0; i < r->page_error_count; i++) {
        const struct page_error *row = r->page_errors + i;
        sqlite3_bind_int64(s, 1, id);
        sqlite3_bind_int(s, 2, row->first);
        sqlite3_bind_int(s, 3, row->last);
        manifest_bind_text(s, 4, error_kind_name(row->error.kind));
        manifest_bind_text(s, 5, row->error.detail);
        if (database_write(&m->database, s, e) != 0)
            return -1;
    }
    return 0;
}

static int manifest_put_metadata(struct manifest *m, const struct result *r, int64_t id,
                                 struct error *e)
{
    sqlite3_stmt *s = m->statements[MANIFEST_PUT_METADATA];
    for (size_t i = 0; i < r->metadata.count; i++) {
        sqlite3_bind_int64(s, 1, id);
        sqlite3_bind_int64(s, 2, (int64_t)i);
        manifest_bind_text(s, 3, r->metadata.entries[i].key);
        manifest_bind_text(s, 4, r->metadata.entries[i].value);
        if (database_write(&m->database, s, e) != 0)
            return -1;
    }
    return 0;
}

static int manifest_put_bookmarks(struct manifest *m, const struct result *r, int64_t id,
                                  struct error *e)
{
    sqlite3_stmt *s = m->statements[MANIFEST_PUT_BOOKMARK];
    for (size_t i = 0; i < r->metadata.bookmark_count; i++) {
        const struct bookmark *bookmark = r->metadata.bookmarks + i;
        sqlite3_bind_int64(s, 1, id);
        sqlite3_bind_int64(s, 2, (int64_t)i);
        sqlite3_bind_int(s, 3, bookmark->depth);
        sqlite3_bind_int(s, 4, bookmark->page);
        manifest_bind_text(s, 5, bookmark->title);
        if (database_write(&m->database, s, e) != 0)
            return -1;
    }
    return 0;
}

static void manifest_add_unfinished(struct manifest *m, const char *name)
{
    if (!name)
        return;
    if (m->unfinished_count == m->unfinished_room) {
        m->unfinished_room = m->unfinished_room * 2 + 8;
        m->unfinished = xrealloc_array(m->unfinished, m->unfinished_room,
                                       sizeof *m->unfinished);
    }
    m->unfinished[m->unfinished_count++] = xstrdup(name);
}

/* Of documents that are whole now, if REMOVE. */
static void manifest_drop_unfinished(struct manifest *m, bool remove)
{
    for (size_t i = 0; i < m->unfinished_count; i++) {
        if (remove)
            unlink(m->unfinished[i]);
        free(m->unfinished[i]);
    }
    m->unfinished_count = 0;
}

int manifest_put(struct manifest *m, const struct result *r, int64_t *id,
                 struct error *e)
{
    if (database_begin(&m->database, e) != 0 ||
        manifest_tell_elsewhere(m, r, e) != 0 || manifest_put_row(m, r, id, e) != 0 ||
        manifest_replace(m, r, e) != 0 ||
        (*id <= m->highest && manifest_clear(m, *id, e) != 0) ||
        manifest_put_errors(m, r, *id, e) != 0 ||
        manifest_put_metadata(m, r, *id, e) != 0 ||
        manifest_put_bookmarks(m, r, *id, e) != 0)
        return -1;
    if (*id > m->highest)
        m->highest = *id;
    manifest_add_unfinished(m, r->unfinished);
    if (m->rows++ == 0)
        m->begun = clock_now();
    return 0;
}

int manifest_touch(struct manifest *m, const struct result *r, struct error *e)
{
    sqlite3_stmt *s = m->statements[MANIFEST_TOUCH];
    char mtime[RECORD_TIME_SIZE];
    record_time(r->item.mtime_ns, mtime);
    sqlite3_bind_text(s, 1, mtime, -1, SQLITE_STATIC);
    sqlite3_bind_int64(s, 2, r->item.mtime_ns);
    database_bind_bytes(s, 3, r->item.path);
    database_bind_bytes(s, 4, r->output ? r->output : "");
    if (database_begin(&m->database, e) != 0)
        return -1;
    if (m->rows++ == 0)
        m->begun = clock_now();
    return database_write(&m->database, s, e);
}

int manifest_commit(struct manifest *m, struct error *e)
{
    m->rows = 0;
    if (database_commit(&m->database, e) != 0)
        return -1;
    manifest_drop_unfinished(m, true);
    return 0;
}

bool manifest_is_due(const struct manifest *m)
{
    return m->rows >= MANIFEST_BATCH ||
           (m->rows > 0 && clock_now() - m->begun >= MANIFEST_DELAY);
}

void manifest_count(struct manifest *m)
{
    m->rows++;
}

int manifest_remove(struct manifest *m, int64_t id, struct error *e)
{
    sqlite3_stmt *s = m->statements[MANIFEST_REMOVE];
    sqlite3_bind_int64(s, 1, id);
    if (database_begin(&m->database, e) != 0)
        return -1;
    m->rows++;
    return database_write(&m->database, s, e);
}

int manifest_finish(struct manifest *m, uint64_t documents, uint64_t failed,
                    int exit_status, struct error *e)
{
    sqlite3_stmt *s = database_prepare(
        &m->database, "UPDATE runs SET finished = ?, documents = ?, failed = ?,"
                      " exit_status = ? WHERE id = ?", e);
    if (!s)
        return -1;
    char now[RECORD_TIME_SIZE];
    manifest_now(now);
    manifest_bind_text(s, 1, now);
    sqlite3_bind_int64(s, 2, (int64_t)documents);
    sqlite3_bind_int64(s, 3, (int64_t)failed);
    sqlite3_bind_int(s, 4, exit_status);
    sqlite3_bind_int64(s, 5, m->run);
    int rc = database_write(&m->database, s, e);
    sqlite3_finalize(s);
    return rc == 0 ? manifest_commit(m, e) : -1;
}

void manifest_close(struct manifest *m)
{
    if (!m)
        return;
    for (int i = 0; i < MANIFEST_STATEMENTS; i++)
        sqlite3_finalize(m->statements[i]);
    manifest_drop_unfinished(m, false);
    free(m->unfinished);
    database_close(&m->database);
    free(m);
}
