/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-manifest.c - what is committed is what later runs know of documents. */
#include <config.h>

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "store/forget.h"
#include "store/history.h"
#include "store/manifest.h"

static char folder[] = "./test-manifest-XXXXXX";
static char *path;
static struct manifest *manifest;
static struct history *history;
static struct error error;

static void setup(void)
{
    cr_assert_not_null(mkdtemp(folder));
    path = xasprintf("%s/m.db", folder);
}

static void teardown(void)
{
    static const char *const suffixes[] = { "", "-wal", "-shm", "-journal" };

    history_close(history);
    manifest_close(manifest);
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        char *name = xasprintf("%s%s", path, suffixes[i]);
        unlink(name);
        free(name);
    }
    cr_assert_eq(rmdir(folder), 0);
    free(path);
}

TestSuite(manifest, .init = setup, .fini = teardown);

static struct manifest *open_kind(enum schema_kind kind, const char *options)
{
    struct manifest_config config = { .path = path, .kind = kind, .options = options };

    return manifest_open(&config, &error);
}

/* A run that begins, as resume.c does. */
static void begin(const char *options)
{
    manifest = open_kind(SCHEMA_MANIFEST, options);
    cr_assert_not_null(manifest, "%s", error.detail);
    history = history_open(path, options, &error);
    cr_assert_not_null(history, "%s", error.detail);
}

static void end(void)
{
    history_close(history);
    cr_assert_eq(manifest_finish(manifest, 1, 0, 0, &error), 0);
    manifest_close(manifest);
    history = NULL;
    manifest = NULL;
}

static struct result *make(const char *name)
{
    struct item item = { .path = xstrdup(name), .bytes = 1000, .mtime_ns = 7 };
    struct result *r = result_create(&item);

    r->format = "pdf";
    r->engine = "an engine";
    return r;
}

/* Puts R, which it destroys; returns its row. */
static int64_t put(struct result *r)
{
    int64_t id = 0;

    cr_assert_eq(manifest_put(manifest, r, &id, &error), 0, "%s", error.detail);
    result_destroy(r);
    return id;
}

static int64_t number(const char *sql)
{
    int64_t n;

    cr_assert_eq(database_number(manifest_database(manifest), sql, &n, &error), 0);
    return n;
}

static int find(const char *name, struct history_row *row)
{
    int rc = history_find(history, name, "", row, &error);

    cr_assert_geq(rc, 0, "%s", error.detail);
    cr_assert_eq(history_release(history, &error), 0);
    return rc;
}

Test(manifest, keeps_what_became_of_documents)
{
    struct history_row row;
    struct result *r = make("a.pdf");

    begin("options");
    cr_assert_eq(find("a.pdf", &row), 0);
    r->status = STATUS_PARTIAL;
    strcpy(r->sha256, "abc");
    put(r);
    end();
    begin("options");
    cr_assert_eq(find("a.pdf", &row), 1);
    cr_assert_eq(row.bytes, 1000);
    cr_assert_eq(row.mtime_ns, 7);
    cr_assert_str_eq(row.status, "partial");
    cr_assert_str_eq(row.format, "pdf");
    cr_assert_str_eq(row.engine, "an engine");
    cr_assert_str_eq(row.sha256, "abc");
    cr_assert(row.same_options);
    cr_assert_not(row.has_output);
    cr_assert_eq(find("b.pdf", &row), 0);
    end();
    begin("others");
    cr_assert_eq(find("a.pdf", &row), 1);
    cr_assert_not(row.same_options);
}

Test(manifest, loses_what_is_not_committed)
{
    struct history_row row;

    begin("options");
    put(make("a.pdf"));
    cr_assert_eq(manifest_commit(manifest, &error), 0);
    put(make("b.pdf"));
    history_close(history);
    manifest_close(manifest);
    begin("options");
    cr_assert_eq(find("a.pdf", &row), 1);
    cr_assert_eq(find("b.pdf", &row), 0);
}

Test(manifest, has_one_row_of_a_path)
{
    begin("options");
    struct result *r = make("a.pdf");
    metadata_add(&r->metadata, "title", "One");
    metadata_add(&r->metadata, "author", "One");
    int64_t id = put(r);
    end();
    begin("options");
    r = make("a.pdf");
    metadata_add(&r->metadata, "title", "Two");
    cr_assert_eq(put(r), id, "the row stays the same");
    cr_assert_eq(number("SELECT count(*) FROM documents"), 1);
    cr_assert_eq(number("SELECT count(*) FROM metadata"), 1, "the children do not");
    cr_assert_eq(number("SELECT count(*) FROM documents WHERE title = 'Two'"), 1);
    cr_assert_eq(number("SELECT run FROM documents"), 2);
    cr_assert_neq(put(make("b.pdf")), id);
    end();
}

Test(manifest, parts_one_path_by_its_outputs)
{
    struct result *r = make("a.pdf");

    begin("options");
    r->output = xstrdup("a.pdf.txt");
    r->written = true;
    r->output_bytes = 12;
    r->output_mtime_ns = 34;
    put(r);
    r = make("a.pdf");
    r->output = xstrdup("a.pdf.2.txt");
    put(r);
    cr_assert_eq(number("SELECT count(*) FROM documents"), 2);
    end();
    begin("options");
    struct history_row row;
    cr_assert_eq(history_find(history, "a.pdf", "a.pdf.txt", &row, &error), 1);
    cr_assert(row.has_output);
    cr_assert_eq(row.output_bytes, 12);
    cr_assert_eq(row.output_mtime_ns, 34);
}

Test(manifest, wants_what_was_reached)
{
    static const enum error_kind unwanted[] = { ERROR_FILTERED, ERROR_UNCHANGED,
                                                ERROR_INTERRUPTED };
    struct result *r = make("a.pdf");

    cr_assert(manifest_wants(r));
    r->error.kind = ERROR_DAMAGED;
    cr_assert(manifest_wants(r));
    for (size_t i = 0; i < sizeof unwanted / sizeof *unwanted; i++) {
        r->error.kind = unwanted[i];
        cr_assert_not(manifest_wants(r));
    }
    result_destroy(r);
}

Test(manifest, removes_what_was_kept_of_unfinished_documents_once_they_are_in)
{
    struct result *r = make("a.pdf");
    char *name = xasprintf("%s/unfinished", folder);

    begin("options");
    close(open(name, O_CREAT | O_WRONLY, 0600));
    r->unfinished = xstrdup(name);
    put(r);
    cr_assert_eq(access(name, F_OK), 0);
    cr_assert_eq(manifest_commit(manifest, &error), 0);
    cr_assert_neq(access(name, F_OK), 0);
    free(name);
}

/* Paths that are gone, each followed by a space. */
static int note_gone(void *ctx, const struct history_gone *document, struct error *e)
{
    cr_assert_eq(document->whole[0], '/');
    strcat(strcat(ctx, document->path), " ");
    return manifest_remove(manifest, document->id, e);
}

Test(manifest, tells_what_is_gone)
{
    struct history_row row;
    char gone[64] = "";
    char *there = xasprintf("%s/there", folder);

    close(open(there, O_CREAT | O_WRONLY, 0600));
    begin("options");
    put(make("found.pdf"));
    put(make("gone.pdf"));
    put(make("caf\xe9.pdf"));
    put(make(there));
    end();
    begin("options");
    cr_assert_eq(find("found.pdf", &row), 1);
    put(make("new.pdf"));
    cr_assert_eq(manifest_commit(manifest, &error), 0);
    cr_assert_eq(history_each_gone(history, false, note_gone, gone, &error), 0, "%s",
                 error.detail);
    cr_assert_str_eq(gone, "gone.pdf caf\xe9.pdf ");
    cr_assert_eq(number("SELECT count(*) FROM documents"), 3);
    cr_assert_eq(unlink(there), 0);
    free(there);
    end();
}

Test(manifest, knows_where_the_records_end)
{
    struct result *r = make("a.pdf");
    uint64_t at;
    bool ended;

    begin("options");
    r->output_end = 100;
    put(r);
    r = make("b.pdf");
    r->output_end = 250;
    put(r);
    end();
    begin("options");
    cr_assert_eq(history_end(history, &at, &ended, &error), 0);
    cr_assert_eq(at, 250);
}

Test(manifest, is_of_one_kind)
{
    begin("options");
    end();
    cr_assert_null(open_kind(SCHEMA_CORPUS, "options"));
    cr_assert_not_null(strstr(error.detail, "manifest"), "%s", error.detail);
    cr_assert_eq(unlink(path), 0);
    manifest = open_kind(SCHEMA_CORPUS, "options");
    cr_assert_not_null(manifest);
    end();
    cr_assert_null(open_kind(SCHEMA_MANIFEST, "options"));
    cr_assert_not_null(strstr(error.detail, "text"), "%s", error.detail);
}

static void write_file(const char *text)
{
    int fd = open(path, O_CREAT | O_WRONLY | O_TRUNC, 0666);

    cr_assert_eq(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
}

Test(manifest, leaves_what_is_not_ours)
{
    struct database d = { 0 };

    write_file("this is no database, but a text that is long enough to be one\n");
    cr_assert_null(open_kind(SCHEMA_MANIFEST, "options"));
    cr_assert_eq(unlink(path), 0);
    cr_assert_eq(database_open(&d, path, DATABASE_WRITE, &error), 0);
    cr_assert_eq(database_run(&d, "CREATE TABLE t(x)", &error), 0);
    database_close(&d);
    cr_assert_null(open_kind(SCHEMA_MANIFEST, "options"));
    cr_assert_not_null(strstr(error.detail, "another program"), "%s", error.detail);
    /* An empty file is one that a kill has left. */
    write_file("");
    begin("options");
}

Test(manifest, is_due_by_rows)
{
    begin("options");
    cr_assert_not(manifest_is_due(manifest));
    put(make("a.pdf"));
    for (int i = 1; i < MANIFEST_BATCH; i++)
        manifest_count(manifest);
    cr_assert(manifest_is_due(manifest));
    cr_assert_eq(manifest_commit(manifest, &error), 0);
    cr_assert_not(manifest_is_due(manifest));
}

Test(manifest, counts_what_this_run_has_put_when_asked)
{
    struct history_row row;

    begin("options");
    put(make("a.pdf"));
    cr_assert_eq(manifest_commit(manifest, &error), 0);
    cr_assert_eq(find("a.pdf", &row), 0);
    history_count_own(history);
    cr_assert_eq(find("a.pdf", &row), 1);
    cr_assert(row.own);
    end();
    begin("options");
    history_count_own(history);
    cr_assert_eq(find("a.pdf", &row), 1);
    cr_assert_not(row.own);
}

/* The paths in the manifest, in their order. */
static const char *paths(void)
{
    static char all[1024];
    sqlite3_stmt *s = database_prepare(manifest_database(manifest),
                                       "SELECT path FROM documents ORDER BY path", &error);
    cr_assert_not_null(s);
    for (all[0] = '\0'; database_step(manifest_database(manifest), s, &error) == SQLITE_ROW;)
        snprintf(all + strlen(all), sizeof all - strlen(all), "%s ",
                 (const char *)sqlite3_column_text(s, 0));
    sqlite3_finalize(s);
    return all;
}

static int refused; /* files that are not to be removed */

static int keep_file(void *ctx, const char *output, struct error *e)
{
    (void)ctx, (void)output;
    refused++;
    return error_set(e, ERROR_OUTPUT, "changed");
}

Test(manifest, forgets_paths_with_all_that_is_in_them)
{
    static const char *const names[] = {
        "d/a", "d/a!/m", "d/a!/m!/n", "d/a/x", "d/a!", "d/ab", "d/a\xff", "d/a\xff!/m",
        "d/a!/\xff", "d",
    };

    begin("options");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        put(make(names[i]));
    struct forget *f = forget_create(manifest, NULL, NULL, &error);
    cr_assert_not_null(f);
    bool any;
    cr_assert_eq(forget_path(f, "d/a", &any, &error), 0, "%s", error.detail);
    cr_assert(any);
    cr_expect_str_eq(paths(), "d d/a! d/ab d/a\xff d/a\xff!/m ");
    cr_assert_eq(forget_path(f, "d/a\xff", &any, &error), 0);
    cr_expect_str_eq(paths(), "d d/a! d/ab ");
    cr_assert_eq(forget_path(f, "none", &any, &error), 0);
    cr_assert_not(any);
    cr_assert_eq(forget_path(f, "d", &any, &error), 0);
    cr_expect_str_eq(paths(), "");
    forget_destroy(f);
}

Test(manifest, forgets_members_that_were_not_met)
{
    struct fingerprints *met = fingerprints_create();

    begin("options");
    put(make("z!/former"));
    end();
    begin("options");
    struct forget *f = forget_create(manifest, NULL, NULL, &error);
    put(make("z"));
    put(make("z!/a"));
    put(make("z!/b"));
    put(make("z/other"));
    fingerprints_add(met, forget_hash("z!/a"));
    cr_assert_eq(forget_members(f, "z", NULL, met, false, &error), 0);
    cr_expect_str_eq(paths(), "z z!/a z!/former z/other ");
    const char *const excludes[] = { "f*" };
    const struct filter filter = { .excludes = excludes, .exclude_count = 1 };
    cr_assert_eq(forget_members(f, "z", &filter, met, true, &error), 0);
    cr_expect_str_eq(paths(), "z z!/a z!/former z/other ");
    cr_assert_eq(forget_members(f, "z", NULL, met, true, &error), 0);
    cr_expect_str_eq(paths(), "z z!/a z/other ");
    cr_assert_eq(forget_members(f, "z", NULL, NULL, true, &error), 0);
    cr_expect_str_eq(paths(), "z z/other ");
    forget_destroy(f);
    fingerprints_destroy(met);
}

Test(manifest, does_not_forget_what_stays)
{
    struct result *r = make("a");

    begin("options");
    r->output = xstrdup("a.txt");
    put(r);
    put(make("a!/b"));
    struct forget *f = forget_create(manifest, keep_file, NULL, &error);
    bool any;
    cr_assert_eq(forget_path(f, "a", &any, &error), 0);
    cr_expect_eq(refused, 1);
    cr_expect_str_eq(paths(), "a ");
    forget_destroy(f);
}

Test(manifest, finds_what_is_gone_one_by_one)
{
    char *there = xasprintf("%s", path), *within = xasprintf("%s!/m", path);

    begin("options");
    put(make("/none/a"));
    put(make("/none/a!/m"));
    put(make("/none/b!/m"));
    put(make("relative"));
    put(make(there));
    put(make(within));
    cr_assert_eq(manifest_commit(manifest, &error), 0);
    static const char *const wanted[] = { "/none/a", "/none/b!/m", "relative", NULL };
    char *after = xstrdup("");
    for (size_t i = 0; after; i++) {
        char *gone = history_gone_after(history, after);
        cr_assert(!gone == !wanted[i], "%s", gone ? gone : "nothing");
        if (gone)
            cr_expect_str_eq(gone, wanted[i]);
        free(after);
        after = gone;
    }
    free(there);
    free(within);
}
