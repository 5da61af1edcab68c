/* SPDX-License-Identifier: GPL-3.0-or-later */
/* schema.c - the tables as SQL. */
#include <config.h>

#include <stdio.h>

#include "store/schema.h"

/* A path is TEXT, or a BLOB where it is not UTF-8. Times are nanoseconds since
 * 1970 where they are compared, and ISO 8601 where they are read. */
static const char schema_manifest[] =
    "CREATE TABLE runs("
    " id INTEGER PRIMARY KEY,"
    " started TEXT NOT NULL,"
    " finished TEXT," /* NULL: at work, or it died */
    " pid INTEGER NOT NULL,"
    " version TEXT NOT NULL,"
    " directory NOT NULL," /* that relative paths are relative to */
    " options TEXT NOT NULL," /* all that changes text */
    " documents INTEGER, failed INTEGER, exit_status INTEGER);"
    "CREATE TABLE documents("
    " id INTEGER PRIMARY KEY,"
    " path NOT NULL,"
    " output NOT NULL," /* below the output directory; '': no file of its own */
    " members INTEGER NOT NULL," /* documents that came out of it */
    " renamed INTEGER NOT NULL," /* the output: another path's has its name */
    " run INTEGER NOT NULL REFERENCES runs(id),"
    " type TEXT, format TEXT, tier TEXT NOT NULL,"
    " bytes INTEGER NOT NULL, mtime TEXT, mtime_ns INTEGER NOT NULL, sha256 TEXT,"
    " status TEXT NOT NULL, error TEXT, reason TEXT,"
    " pages INTEGER NOT NULL, pages_total INTEGER NOT NULL,"
    " pages_failed INTEGER NOT NULL, pages_without_text INTEGER NOT NULL,"
    " garbled INTEGER NOT NULL,"
    " title TEXT, author TEXT, language TEXT, created TEXT,"
    " engine TEXT, text_bytes INTEGER NOT NULL, seconds REAL,"
    " output_bytes INTEGER, output_mtime_ns INTEGER,"
    " UNIQUE(path, output));"
    "CREATE INDEX documents_output ON documents(output) WHERE output <> '';"
    "CREATE INDEX documents_renamed ON documents(path) WHERE renamed;"
    "CREATE TABLE page_errors("
    " document INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,"
    " first INTEGER NOT NULL, last INTEGER NOT NULL,"
    " error TEXT NOT NULL, reason TEXT NOT NULL,"
    " PRIMARY KEY(document, first)) WITHOUT ROWID;"
    "CREATE TABLE metadata("
    " document INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,"
    " position INTEGER NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL,"
    " PRIMARY KEY(document, position)) WITHOUT ROWID;"
    "CREATE TABLE bookmarks("
    " document INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,"
    " position INTEGER NOT NULL, depth INTEGER NOT NULL, page INTEGER,"
    " title TEXT NOT NULL,"
    " PRIMARY KEY(document, position)) WITHOUT ROWID;";

static const char schema_pages[] =
    "CREATE TABLE pages("
    " id INTEGER PRIMARY KEY,"
    " document INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,"
    " page INTEGER NOT NULL,"
    " part INTEGER NOT NULL DEFAULT 0," /* of a page of many megabytes */
    " text TEXT NOT NULL,"
    " UNIQUE(document, page, part));"
    "CREATE VIRTUAL TABLE search USING fts5("
    " text, content='pages', content_rowid='id', tokenize='%s');"
    /* What a transaction adds is merged once: a MiB, as FTS5 has it, is full after
     * some hundred pages, and took a tenth of a run. */
    "INSERT INTO search(search, rank) VALUES('hashsize', 16777216);"
    "CREATE TRIGGER pages_insert AFTER INSERT ON pages BEGIN"
    " INSERT INTO search(rowid, text) VALUES(new.id, new.text); END;"
    "CREATE TRIGGER pages_delete AFTER DELETE ON pages BEGIN"
    " INSERT INTO search(search, rowid, text)"
    " VALUES('delete', old.id, old.text); END;"
    "CREATE TRIGGER pages_update AFTER UPDATE ON pages BEGIN"
    " INSERT INTO search(search, rowid, text)"
    " VALUES('delete', old.id, old.text);"
    " INSERT INTO search(rowid, text) VALUES(new.id, new.text); END;";

static int schema_create(struct database *d, enum schema_kind kind, struct error *e)
{
    if (database_run(d, schema_manifest, e) != 0)
        return -1;
    if (kind != SCHEMA_MANIFEST) {
        char sql[sizeof schema_pages + 64];
        snprintf(sql, sizeof sql, schema_pages,
                 kind == SCHEMA_CORPUS_TRIGRAMS ? "trigram"
                                                : "unicode61 remove_diacritics 2");
        if (database_run(d, sql, e) != 0)
            return -1;
    }
    char pragmas[96];
    snprintf(pragmas, sizeof pragmas,
             "PRAGMA application_id = %d; PRAGMA user_version = %d",
             SCHEMA_APPLICATION, SCHEMA_VERSION);
    return database_run(d, pragmas, e);
}

/* 0: D is ours, and can be read; -1 and E: it is not. */
static int schema_check(struct database *d, struct error *e)
{
    int64_t application, version;
    if (database_number(d, "PRAGMA application_id", &application, e) != 0 ||
        database_number(d, "PRAGMA user_version", &version, e) != 0)
        return -1;
    if (application != SCHEMA_APPLICATION)
        return error_set(e, ERROR_OUTPUT, "%s is a database of another program",
                         d->path);
    if (version != SCHEMA_VERSION)
        return error_set(e, ERROR_OUTPUT,
                         "%s is of another version of this program (%lld, not %d)",
                         d->path, (long long)version, SCHEMA_VERSION);
    return 0;
}

int schema_has_pages(struct database *d, struct error *e)
{
    int64_t count;
    if (schema_check(d, e) != 0 ||
        database_number(d, "SELECT count(*) FROM sqlite_schema"
                           " WHERE type = 'table' AND name = 'pages'", &count, e) != 0)
        return -1;
    return count > 0;
}

/* 0: D, which has tables, is of KIND; -1 and E. */
static int schema_is_of(struct database *d, enum schema_kind kind, struct error *e)
{
    int pages = schema_has_pages(d, e);
    if (pages < 0)
        return -1;
    if (pages != (kind != SCHEMA_MANIFEST))
        return error_set(e, ERROR_OUTPUT, "%s %s", d->path,
                         pages ? "holds text, and is no manifest"
                               : "is a manifest, and holds no text");
    int64_t trigrams = 1;
    if (kind == SCHEMA_CORPUS_TRIGRAMS &&
        database_number(d, "SELECT count(*) FROM sqlite_schema WHERE name = 'search'"
                           " AND sql LIKE '%tokenize=''trigram%'", &trigrams, e) != 0)
        return -1;
    return trigrams ? 0
                    : error_set(e, ERROR_OUTPUT, "%s is there, and indexed by words: "
                                "--fts=trigram is for a new database", d->path);
}

static int schema_count(struct database *d, int64_t *tables, struct error *e)
{
    return database_number(d, "SELECT count(*) FROM sqlite_schema", tables, e);
}

int schema_apply(struct database *d, enum schema_kind kind, struct error *e)
{
    int64_t tables;
    /* Nothing of somebody else's database changes. */
    if (schema_count(d, &tables, e) != 0 ||
        (tables > 0 && schema_is_of(d, kind, e) != 0) || database_use_log(d, e) != 0)
        return -1;
    if (tables > 0)
        return 0;
    /* Whoever comes second in a race finds the tables. */
    if (database_begin(d, e) != 0 || schema_count(d, &tables, e) != 0 ||
        (tables > 0 ? schema_is_of(d, kind, e) : schema_create(d, kind, e)) != 0)
        return -1;
    return database_commit(d, e);
}
