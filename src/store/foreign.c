/* SPDX-License-Identifier: GPL-3.0-or-later */
/* foreign.c - three ways to read a database in WAL mode, by what lies beside it:
 *
 *   -shm           somebody has it open, or died so: as SQLite does it. The file
 *                  is there, so none is made.
 *   -wal alone     a copy of such a one: without locks and shared memory, which
 *                  would be made, and could not be where nothing can be written.
 *   neither        it was closed: as a file that does not change, for the same
 *                  reason. */
#include <config.h>

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "store/foreign.h"
#include "store/schema.h"

static const char foreign_magic[16] = "SQLite format 3";

/* Whether the file PATH begins as a database does. */
static bool foreign_is_database(const char *path)
{
    char head[sizeof foreign_magic];
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return false;
    ssize_t size = read(fd, head, sizeof head);
    close(fd);
    return size == (ssize_t)sizeof head && !memcmp(head, foreign_magic, sizeof head);
}

/* Whether there is a file PATH SUFFIX with something in it. */
static bool foreign_has(const char *path, const char *suffix)
{
    struct stat st;
    char *name = xasprintf("%s%s", path, suffix);
    bool has = stat(name, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0;
    free(name);
    return has;
}

/* NAME, which lies with PATH, if it can be read; takes it. */
static char *foreign_beside(const char *path, char *name, struct error *e)
{
    struct stat st;
    if (stat(name, &st) == 0 && !S_ISREG(st.st_mode)) {
        error_set(e, ERROR_UNREADABLE, "%s: not a regular file", name);
        free(name);
        return NULL;
    }
    if (access(name, R_OK) == 0)
        return name;
    if (errno == ENOENT)
        error_set(e, ERROR_MISSING, "%s: no database of this program, and no run has "
                  "kept a manifest there (%s)", path, name);
    else
        error_set_errno(e, ERROR_IO, errno, "%s", name);
    free(name);
    return NULL;
}

char *foreign_locate(const char *path, struct error *e)
{
    struct stat st;
    if (stat(path, &st) != 0 || (S_ISREG(st.st_mode) && access(path, R_OK) != 0)) {
        error_set_errno(e, ERROR_IO, errno, "%s", path);
        return NULL;
    }
    if (S_ISDIR(st.st_mode))
        return foreign_beside(path, xasprintf("%s/.extract/manifest.db", path), e);
    if (!S_ISREG(st.st_mode)) {
        error_set(e, ERROR_UNREADABLE, "%s: not a regular file", path);
        return NULL;
    }
    if (foreign_is_database(path))
        return xstrdup(path);
    return foreign_beside(path, xasprintf("%s.manifest", path), e);
}

/* PATH, which is absolute, as a URI with PARAMETERS; to be freed. */
static char *foreign_uri(const char *path, const char *parameters)
{
    struct buffer b = { 0 };
    buffer_append_string(&b, "file://");
    for (const unsigned char *p = (const unsigned char *)path; *p; p++) {
        if (*p < 0x80 && (isalnum(*p) || strchr("/._-", *p)))
            buffer_append_char(&b, (char)*p);
        else
            buffer_printf(&b, "%%%02x", *p);
    }
    buffer_append_string(&b, parameters);
    char *uri = xstrdup(buffer_string(&b));
    buffer_free(&b);
    return uri;
}

static int foreign_connect(struct database *d, struct error *e)
{
    const char *vfs = NULL;
    char *uri;
    bool open = foreign_has(d->path, "-shm") || foreign_has(d->path, "-journal");
    bool log = !open && foreign_has(d->path, "-wal");
    if (open || log) {
        uri = foreign_uri(d->path, "");
        vfs = log ? "unix-none" : NULL;
    } else {
        uri = foreign_uri(d->path, "?immutable=1");
    }
    int rc = sqlite3_open_v2(uri, &d->handle,
                             SQLITE_OPEN_READONLY | SQLITE_OPEN_URI |
                                 SQLITE_OPEN_NOMUTEX, vfs);
    free(uri);
    if (rc != SQLITE_OK)
        return error_set(e, ERROR_OUTPUT, "cannot use database %s: %s", d->path,
                         d->handle ? sqlite3_errmsg(d->handle) : sqlite3_errstr(rc));
    /* Else the log would be written back when it is closed. */
    sqlite3_db_config(d->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    return log ? database_run(d, "PRAGMA locking_mode = EXCLUSIVE", e) : 0;
}

/* Before the first byte of it is read. */
static int foreign_distrust(struct database *d, struct error *e)
{
    sqlite3 *handle = d->handle;
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_hard_heap_limit64(FOREIGN_MEMORY);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
    sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, FOREIGN_VALUE);
    sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_limit(handle, SQLITE_LIMIT_EXPR_DEPTH, 100);
    sqlite3_limit(handle, SQLITE_LIMIT_COLUMN, 100);
    sqlite3_limit(handle, SQLITE_LIMIT_WORKER_THREADS, 0);
    return database_run(d, "PRAGMA query_only = ON; PRAGMA cell_size_check = ON;"
                           "PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY", e);
}

int foreign_open(struct database *d, const char *path, bool *has_pages,
                 struct error *e)
{
    /* What lies beside it lies beside what links lead to. */
    char *real = realpath(path, NULL);
    *d = (struct database){ .path = real ? real : xstrdup(path) };
    if (!real)
        return error_set_errno(e, ERROR_IO, errno, "%s", path);
    if (foreign_connect(d, e) != 0 || foreign_distrust(d, e) != 0 ||
        database_run(d, "BEGIN", e) != 0)
        return -1;
    int pages = schema_has_pages(d, e);
    *has_pages = pages > 0;
    return pages < 0 ? -1 : 0;
}
