/* SPDX-License-Identifier: GPL-3.0-or-later */
/* database.c - what is ours of opening, waiting and naming failures. */
#include <config.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "store/database.h"

/* Milliseconds, doubled so many times. */
#define DATABASE_PAUSE 10
#define DATABASE_DOUBLINGS 5

/* Bytes of the largest page that SQLite has, with room for what goes before it. */
#define DATABASE_PAGE_MAX ((rlim_t)65536 + 64)

/* Whether a file of the database has come to the process's limit (ulimit -f): SQLite
 * keeps no errno of that. */
static bool database_is_at_limit(const struct database *d)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_FSIZE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
        return false;
    char *log = xasprintf("%s-wal", d->path);
    struct stat file = { 0 }, wal = { 0 };
    stat(d->path, &file);
    stat(log, &wal);
    free(log);
    off_t size = file.st_size > wal.st_size ? file.st_size : wal.st_size;
    /* What did not fit is a page and its header in the log. */
    return (rlim_t)size + DATABASE_PAGE_MAX > limit.rlim_cur;
}

/* The errno that fits what SQLite says; EIO when none does. */
static int database_errno(struct database *d, int rc)
{
    int last = sqlite3_system_errno(d->handle);
    switch (rc & 0xff) {
    case SQLITE_FULL:
        return last == EDQUOT || last == EFBIG ? last : ENOSPC;
    case SQLITE_READONLY:
        return access(d->path, W_OK) != 0 && errno == EACCES ? EACCES : EROFS;
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
        return last ? last : EACCES;
    case SQLITE_NOMEM:
        return ENOMEM;
    case SQLITE_IOERR:
        return database_is_at_limit(d) ? EFBIG : last ? last : EIO;
    default:
        return 0;
    }
}

static int database_fail(struct database *d, int rc, struct error *e)
{
    int errnum = database_errno(d, rc);
    /* SQLite rolls back by itself after some errors. */
    if (d->in_transaction && sqlite3_get_autocommit(d->handle))
        d->in_transaction = false;
    if (errnum)
        return error_set_errno(e, ERROR_OUTPUT, errnum, "cannot use database %s",
                               d->path);
    return error_set(e, ERROR_OUTPUT, "cannot use database %s: %s", d->path,
                     d->handle ? sqlite3_errmsg(d->handle) : sqlite3_errstr(rc));
}

/* Whether to try again: waits a little, longer each time, with some chance in it. */
static bool database_waits(int rc, int *attempt, double *until)
{
    if ((rc & 0xff) != SQLITE_BUSY && (rc & 0xff) != SQLITE_LOCKED)
        return false;
    if (*until == 0)
        *until = clock_now() + DATABASE_PATIENCE;
    if (clock_now() > *until)
        return false;
    /* Not backoff_pause, which does not pause once the run is being stopped:
     * what is done is written all the same. */
    unsigned char chance;
    sqlite3_randomness(1, &chance);
    sqlite3_sleep((DATABASE_PAUSE << *attempt) + chance % DATABASE_PAUSE);
    *attempt += *attempt < DATABASE_DOUBLINGS;
    return true;
}

int database_run(struct database *d, const char *sql, struct error *e)
{
    int attempt = 0, rc;
    double until = 0;
    do
        rc = sqlite3_exec(d->handle, sql, NULL, NULL, NULL);
    while (database_waits(rc, &attempt, &until));
    return rc == SQLITE_OK ? 0 : database_fail(d, rc, e);
}

int database_open(struct database *d, const char *path, enum database_mode mode,
                  struct error *e)
{
    *d = (struct database){ .path = xstrdup(path) };
    int flags = mode == DATABASE_READ ? SQLITE_OPEN_READONLY
                                      : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    int rc = sqlite3_open_v2(path, &d->handle, flags | SQLITE_OPEN_NOMUTEX, NULL);
    if (rc != SQLITE_OK)
        return database_fail(d, rc, e);
    sqlite3_extended_result_codes(d->handle, 1);
    /* The first statement reads the file: is it a database at all? */
    int64_t version;
    if (database_number(d, "PRAGMA schema_version", &version, e) != 0)
        return -1;
    if (mode == DATABASE_READ)
        return 0;
    return database_run(d, "PRAGMA foreign_keys = ON;"
                           "PRAGMA temp_store = MEMORY;", e);
}

int database_use_log(struct database *d, struct error *e)
{
    /* NORMAL: a kill loses nothing, a power cut what was written last. */
    return database_run(d, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL", e);
}

sqlite3_stmt *database_prepare(struct database *d, const char *sql, struct error *e)
{
    sqlite3_stmt *s = NULL;
    int attempt = 0, rc;
    double until = 0;
    do
        rc = sqlite3_prepare_v3(d->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &s, NULL);
    while (database_waits(rc, &attempt, &until));
    if (rc != SQLITE_OK)
        database_fail(d, rc, e);
    return s;
}

int database_step(struct database *d, sqlite3_stmt *s, struct error *e)
{
    int attempt = 0, rc;
    double until = 0;
    while (rc = sqlite3_step(s), database_waits(rc, &attempt, &until))
        sqlite3_reset(s);
    return rc == SQLITE_ROW || rc == SQLITE_DONE ? rc : database_fail(d, rc, e);
}

int database_write(struct database *d, sqlite3_stmt *s, struct error *e)
{
    int rc = database_step(d, s, e);
    sqlite3_reset(s);
    return rc < 0 ? -1 : 0;
}

int database_begin(struct database *d, struct error *e)
{
    if (d->in_transaction)
        return 0;
    if (database_run(d, "BEGIN IMMEDIATE", e) != 0)
        return -1;
    d->in_transaction = true;
    return 0;
}

int database_commit(struct database *d, struct error *e)
{
    if (!d->in_transaction)
        return 0;
    if (database_run(d, "COMMIT", e) != 0)
        return -1;
    d->in_transaction = false;
    return 0;
}

int database_number(struct database *d, const char *sql, int64_t *number,
                    struct error *e)
{
    sqlite3_stmt *s = database_prepare(d, sql, e);
    *number = 0;
    if (!s)
        return -1;
    int rc = database_step(d, s, e);
    if (rc == SQLITE_ROW)
        *number = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    return rc < 0 ? -1 : 0;
}

void database_bind_bytes(sqlite3_stmt *s, int index, const char *value)
{
    size_t size = value ? strlen(value) : 0;
    if (!value)
        sqlite3_bind_null(s, index);
    else if (utf8_valid_prefix(value, size) == size)
        sqlite3_bind_text64(s, index, value, size, SQLITE_STATIC, SQLITE_UTF8);
    else
        sqlite3_bind_blob64(s, index, value, size, SQLITE_STATIC);
}

void database_close(struct database *d)
{
    sqlite3_close(d->handle);
    free(d->path);
    *d = (struct database){ 0 };
}
