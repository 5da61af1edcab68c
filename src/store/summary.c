/* SPDX-License-Identifier: GPL-3.0-or-later */
/* summary.c - a query for each part; its columns are the keys. */
#include <config.h>

#include <string.h>

#include "document/record.h"
#include "store/summary.h"

#define SUMMARY_STATUSES                                                       \
    " coalesce(sum(status = 'ok'), 0) AS ok,"                                   \
    " coalesce(sum(status = 'partial'), 0) AS partial,"                         \
    " coalesce(sum(status = 'failed'), 0) AS failed,"                           \
    " coalesce(sum(status = 'skipped'), 0) AS skipped"

/* What is asked for, and whether it is one row, or an array. */
static const struct summary_part {
    const char *key; /* NULL: the row's columns stand for themselves */
    bool one;
    const char *sql; /* ?1: how many rows */
} summary_parts[] = {
    { "documents", true,
      "SELECT count(*) AS total," SUMMARY_STATUSES " FROM documents LIMIT ?1" },
    { "pages", true,
      "SELECT coalesce(sum(pages - pages_failed), 0) AS extracted,"
      " coalesce(sum(pages_failed), 0) AS failed,"
      " coalesce(sum(pages_without_text), 0) AS without_text FROM documents LIMIT ?1" },
    { NULL, true,
      "SELECT coalesce(sum(bytes), 0) AS bytes,"
      " coalesce(sum(text_bytes), 0) AS text_bytes FROM documents LIMIT ?1" },
    { "by_type", false,
      "SELECT coalesce(format, 'none') AS type, count(*) AS documents,"
      SUMMARY_STATUSES ", sum(pages) AS pages, sum(bytes) AS bytes FROM documents"
      " GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT max(?1, 100)" },
    { "runs", false,
      "SELECT id, started, finished, pid, version, directory, options, documents,"
      " failed, exit_status FROM runs ORDER BY id DESC LIMIT ?1" },
    { "slowest", false,
      "SELECT path, seconds, pages, bytes, format AS type, status FROM documents"
      " WHERE seconds IS NOT NULL ORDER BY seconds DESC, path LIMIT ?1" },
    /* A document of which all pages failed has the error of the first as its own. */
    { "failures", false,
      "SELECT status, error AS kind, reason, count(*) AS documents, NULL AS pages,"
      " min(path) AS path FROM documents"
      " WHERE status IN ('failed', 'partial') AND error IS NOT NULL GROUP BY 1, 2, 3"
      " UNION ALL "
      "SELECT d.status, p.error, p.reason, count(DISTINCT p.document),"
      " sum(p.last - p.first + 1), min(d.path)"
      " FROM page_errors p JOIN documents d ON d.id = p.document"
      " WHERE d.status = 'partial' GROUP BY 1, 2, 3"
      " ORDER BY documents DESC, kind, reason LIMIT ?1" },
};

static void summary_put(json_t *row, sqlite3_stmt *s, int column)
{
    const char *name = sqlite3_column_name(s, column);
    const char *text;
    switch (sqlite3_column_type(s, column)) {
    case SQLITE_INTEGER:
        json_object_set_new(row, name, json_integer(sqlite3_column_int64(s, column)));
        return;
    case SQLITE_FLOAT:
        json_object_set_new(row, name, json_real(sqlite3_column_double(s, column)));
        return;
    case SQLITE_NULL:
        json_object_set_new(row, name, json_null());
        return;
    default:
        text = (const char *)sqlite3_column_text(s, column);
        if (!strcmp(name, "path"))
            record_put_path(row, text ? text : "");
        else
            json_object_set_new(row, name, record_string(text ? text : ""));
    }
}

/* Adds all rows of S to ARRAY; or, when it is NULL, the columns of one to OBJECT. */
static int summary_step(struct database *d, sqlite3_stmt *s, json_t *array,
                        json_t *object, struct error *e)
{
    int rc;
    while ((rc = database_step(d, s, e)) == SQLITE_ROW) {
        json_t *row = array ? json_object() : object;
        for (int i = 0; i < sqlite3_column_count(s); i++)
            summary_put(row, s, i);
        if (array)
            json_array_append_new(array, row);
    }
    return rc < 0 ? -1 : 0;
}

static int summary_add(struct database *d, const struct summary_part *part, int rows,
                       json_t *summary, struct error *e)
{
    sqlite3_stmt *s = database_prepare(d, part->sql, e);
    if (!s)
        return -1;
    json_t *array = part->one ? NULL : json_array();
    json_t *object = part->one && part->key ? json_object() : NULL;
    sqlite3_bind_int(s, 1, rows);
    int rc = summary_step(d, s, array, object ? object : summary, e);
    sqlite3_finalize(s);
    if (part->key)
        json_object_set_new(summary, part->key, array ? array : object);
    return rc;
}

json_t *summary_read(struct database *d, int rows, struct error *e)
{
    json_t *summary = json_object();
    for (size_t i = 0; i < sizeof summary_parts / sizeof *summary_parts; i++) {
        if (summary_add(d, summary_parts + i, rows, summary, e) != 0) {
            json_decref(summary);
            return NULL;
        }
    }
    return summary;
}
