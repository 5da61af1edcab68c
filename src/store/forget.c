/* SPDX-License-Identifier: GPL-3.0-or-later */
/* forget.c - finds the rows first, since they cannot be removed while they are read. */
#include <config.h>

#include "store/forget.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/diag.h"

/* What is within a path, as a file and as a directory; a name that is not UTF-8 is a
 * BLOB, and behind all texts. */
#define FORGET_WITHIN(low, high)                                               \
    " OR (path > " low " AND path < " high ")"                                 \
    " OR (path > CAST(" low " AS BLOB) AND path < CAST(" high " AS BLOB))"

struct forget {
    struct manifest *manifest;
    int (*remove)(void *ctx, const char *output, struct error *e);
    void *ctx;
    sqlite3_stmt *find, *members;
};

struct forget_row {
    int64_t id;
    char *path;
    char *output; /* NULL: none */
};

struct forget_rows {
    struct forget_row *rows;
    size_t count;
};

struct forget *forget_create(struct manifest *m,
                             int (*remove)(void *ctx, const char *output,
                                           struct error *e),
                             void *ctx, struct error *e)
{
    struct forget *f = xcalloc(1, sizeof *f);
    f->manifest = m;
    f->remove = remove;
    f->ctx = ctx;
    f->find = database_prepare(manifest_database(m),
                               "SELECT id, path, output FROM documents WHERE path = ?1"
                               FORGET_WITHIN("?2", "?3") FORGET_WITHIN("?4", "?5"), e);
    f->members = database_prepare(manifest_database(m),
                                  "SELECT id, path, output FROM documents WHERE"
                                  " (?1 OR run = (SELECT max(id) FROM runs)) AND (0"
                                  FORGET_WITHIN("?2", "?3") ")", e);
    if (f->find && f->members)
        return f;
    forget_destroy(f);
    return NULL;
}

/* Binds what is within PATH from ?2 on, in COUNT ways; to be freed. */
static void forget_bind(sqlite3_stmt *s, const char *path, char *bounds[], int count)
{
    static const char *const ends[] = { "!/", "!0", "/", "0" };
    for (int i = 0; i < count; i++) {
        bounds[i] = xasprintf("%s%s", path, ends[i]);
        sqlite3_bind_text(s, i + 2, bounds[i], -1, SQLITE_STATIC);
    }
}

/* The rows of S, whose BOUNDS are freed. 0, or -1 and E. */
static int forget_find(struct forget *f, sqlite3_stmt *s, char *bounds[], int count,
                       struct forget_rows *r, struct error *e)
{
    struct database *d = manifest_database(f->manifest);
    int rc;
    while ((rc = database_step(d, s, e)) == SQLITE_ROW) {
        const char *path = (const char *)sqlite3_column_text(s, 1);
        const char *output = (const char *)sqlite3_column_text(s, 2);
        if ((r->count & (r->count - 1)) == 0)
            r->rows = xrealloc_array(r->rows, r->count ? r->count * 2 : 1,
                                     sizeof *r->rows);
        r->rows[r->count++] = (struct forget_row){
            sqlite3_column_int64(s, 0),
            xstrdup(path ? path : ""),
            output && *output ? xstrdup(output) : NULL,
        };
    }
    sqlite3_reset(s);
    sqlite3_clear_bindings(s);
    for (int i = 0; i < count; i++)
        free(bounds[i]);
    return rc < 0 ? -1 : 0;
}

static int forget_row(struct forget *f, const struct forget_row *row, struct error *e)
{
    struct error why = { 0 };
    if (row->output && f->remove && f->remove(f->ctx, row->output, &why) != 0) {
        diag_warning(row->path, "its output stays: %s", why.detail);
        return 0;
    }
    return manifest_remove(f->manifest, row->id, e);
}

/* Takes out all of R, which is freed, that FILTER takes and that is not in MET; unless
 * RC is -1. */
static int forget_all(struct forget *f, struct forget_rows *r,
                      const struct filter *filter, const struct fingerprints *met,
                      int rc, struct error *e)
{
    for (size_t i = 0; i < r->count; i++) {
        const char *path = r->rows[i].path;
        bool stays = (filter && !filter_takes(filter, path)) ||
                     (met && fingerprints_has(met, forget_hash(path)));
        if (rc == 0 && !stays)
            rc = forget_row(f, r->rows + i, e);
        free(r->rows[i].path);
        free(r->rows[i].output);
    }
    free(r->rows);
    return rc;
}

int forget_path(struct forget *f, const char *path, bool *any, struct error *e)
{
    struct forget_rows rows = { 0 };
    char *bounds[4];
    database_bind_bytes(f->find, 1, path);
    forget_bind(f->find, path, bounds, 4);
    int rc = forget_find(f, f->find, bounds, 4, &rows, e);
    *any = rows.count > 0;
    return forget_all(f, &rows, NULL, NULL, rc, e);
}

uint64_t forget_hash(const char *path)
{
    return fingerprints_hash('m', path, strlen(path));
}

int forget_members(struct forget *f, const char *path, const struct filter *filter,
                   const struct fingerprints *met, bool all, struct error *e)
{
    struct forget_rows rows = { 0 };
    char *bounds[2];
    sqlite3_bind_int(f->members, 1, all);
    forget_bind(f->members, path, bounds, 2);
    return forget_all(f, &rows, filter, met,
                      forget_find(f, f->members, bounds, 2, &rows, e), e);
}

void forget_destroy(struct forget *f)
{
    if (!f)
        return;
    sqlite3_finalize(f->find);
    sqlite3_finalize(f->members);
    free(f);
}
