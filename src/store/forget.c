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
    sqlite3_stmt *find;
};

struct forget_row {
    int64_t id;
    char *output; /* NULL: none */
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
                               "SELECT id, output FROM documents WHERE path = ?1"
                               FORGET_WITHIN("?2", "?3") FORGET_WITHIN("?4", "?5"), e);
    if (f->find)
        return f;
    forget_destroy(f);
    return NULL;
}

/* The rows of PATH, COUNT of them. 0, or -1 and E. */
static int forget_find(struct forget *f, const char *path, struct forget_row **rows,
                       size_t *count, struct error *e)
{
    static const char *const ends[] = { "!/", "!0", "/", "0" };
    char *bounds[4];
    int rc;
    database_bind_bytes(f->find, 1, path);
    for (int i = 0; i < 4; i++) {
        bounds[i] = xasprintf("%s%s", path, ends[i]);
        sqlite3_bind_text(f->find, i + 2, bounds[i], -1, SQLITE_STATIC);
    }
    while ((rc = database_step(manifest_database(f->manifest), f->find, e)) == SQLITE_ROW) {
        const char *output = (const char *)sqlite3_column_text(f->find, 1);
        if ((*count & (*count - 1)) == 0)
            *rows = xrealloc_array(*rows, *count ? *count * 2 : 1, sizeof **rows);
        (*rows)[(*count)++] = (struct forget_row){
            sqlite3_column_int64(f->find, 0),
            output && *output ? xstrdup(output) : NULL,
        };
    }
    sqlite3_reset(f->find);
    sqlite3_clear_bindings(f->find);
    for (int i = 0; i < 4; i++)
        free(bounds[i]);
    return rc < 0 ? -1 : 0;
}

static int forget_row(struct forget *f, const char *path, const struct forget_row *row,
                      struct error *e)
{
    struct error why = { 0 };
    if (row->output && f->remove && f->remove(f->ctx, row->output, &why) != 0) {
        diag_warning(path, "its output stays: %s", why.detail);
        return 0;
    }
    return manifest_remove(f->manifest, row->id, e);
}

int forget_path(struct forget *f, const char *path, struct error *e)
{
    struct forget_row *rows = NULL;
    size_t count = 0;
    int rc = forget_find(f, path, &rows, &count, e);
    for (size_t i = 0; i < count; i++) {
        if (rc == 0)
            rc = forget_row(f, path, rows + i, e);
        free(rows[i].output);
    }
    free(rows);
    return rc;
}

void forget_destroy(struct forget *f)
{
    if (!f)
        return;
    sqlite3_finalize(f->find);
    free(f);
}
