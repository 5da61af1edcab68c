/* SPDX-License-Identifier: GPL-3.0-or-later */
/* failures.c - all is looked at before the first byte is written. */
#include <config.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/failures.h"

/* In the order of the first run. */
#define FAILURES_SQL                                                            \
    "SELECT path FROM documents WHERE status IN ('failed', 'partial')"          \
    " GROUP BY path ORDER BY min(id)"

/* Calls PATH_IS for each path. */
static int failures_each(struct database *d,
                         int (*path_is)(void *ctx, const char *path, size_t size,
                                        struct error *e),
                         void *ctx, struct error *e)
{
    sqlite3_stmt *s = database_prepare(d, FAILURES_SQL, e);
    int rc;
    if (!s)
        return -1;
    while ((rc = database_step(d, s, e)) == SQLITE_ROW) {
        const void *path = sqlite3_column_blob(s, 0);
        size_t size = (size_t)sqlite3_column_bytes(s, 0);
        if (size && path_is(ctx, path, size, e) != 0) {
            rc = -1;
            break;
        }
    }
    sqlite3_finalize(s);
    return rc < 0 ? -1 : 0;
}

static int failures_check(void *ctx, const char *path, size_t size, struct error *e)
{
    const char *separator = ctx;
    if (memchr(path, '\0', size))
        return error_set(e, ERROR_DAMAGED, "a path in the database holds a NUL byte");
    if (*separator && memchr(path, *separator, size))
        return error_set(e, ERROR_OUTPUT, "a path holds a line break: take --failures0, "
                                          "and --files0-from to read it");
    return 0;
}

struct failures {
    FILE *file;
    char separator;
};

static int failures_put(void *ctx, const char *path, size_t size, struct error *e)
{
    struct failures *f = ctx;
    (void)e; /* told at the end, by ferror */
    fwrite(path, 1, size, f->file);
    putc(f->separator, f->file);
    return 0;
}

/* Whether FILE is the database, under whatever name. */
static bool failures_is_database(const struct database *d, const char *file)
{
    struct stat a, b;
    return stat(file, &a) == 0 && stat(d->path, &b) == 0 && a.st_dev == b.st_dev &&
           a.st_ino == b.st_ino;
}

int failures_write(struct database *d, const char *file, char separator,
                   struct error *e)
{
    bool standard = !strcmp(file, "-");
    struct failures f = { stdout, separator };
    if (failures_each(d, failures_check, &separator, e) != 0)
        return -1;
    if (!standard && failures_is_database(d, file))
        return error_set(e, ERROR_OUTPUT, "%s is the database itself", file);
    if (!standard && !(f.file = fopen(file, "we")))
        return error_set_errno(e, ERROR_OUTPUT, errno, "cannot write to %s", file);
    int rc = failures_each(d, failures_put, &f, e);
    errno = 0;
    bool bad = fflush(f.file) != 0 || ferror(f.file);
    int errnum = errno;
    if (!standard && fclose(f.file) != 0 && !bad) {
        bad = true;
        errnum = errno;
    }
    if (rc == 0 && bad)
        return error_set_errno(e, ERROR_OUTPUT, errnum ? errnum : EIO,
                               "cannot write to %s", standard ? "standard output" : file);
    return rc;
}
