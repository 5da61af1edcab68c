/* SPDX-License-Identifier: GPL-3.0-or-later */
/* table.c - see table.h. */
#include <config.h>

#include <glib.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "cli/table.h"

static long long table_number(const json_t *o, const char *key)
{
    return (long long)json_integer_value(json_object_get(o, key));
}

static const char *table_text(const json_t *o, const char *key)
{
    const char *text = json_string_value(json_object_get(o, key));
    return text ? text : "";
}

/* A string of the database, on one line. */
static void table_escaped(struct buffer *b, const json_t *o, const char *key)
{
    const char *text = table_text(o, key);
    diag_append_escaped(b, text, strlen(text));
}

/* The path of ROW, exactly. */
static void table_path(struct buffer *b, const json_t *row)
{
    const char *base64 = table_text(row, "path_base64");
    gsize size = 0;
    guchar *bytes = *base64 ? g_base64_decode(base64, &size) : NULL;
    char *path = bytes ? g_strndup((char *)bytes, size) : g_strdup(table_text(row, "path"));
    diag_append_quoted(b, path);
    g_free(path);
    g_free(bytes);
}

/* Bytes for people: "48.1 MiB". */
static void table_size(struct buffer *b, long long bytes)
{
    static const char units[] = "KMGTPE";
    double size = (double)bytes;
    int unit = -1;
    for (; size >= 1024 && unit + 1 < (int)sizeof units - 1; unit++)
        size /= 1024;
    if (unit < 0)
        buffer_printf(b, "%lld bytes", bytes);
    else
        buffer_printf(b, "%.1f %ciB", size, units[unit]);
}

static void table_totals(struct buffer *b, const json_t *o)
{
    const json_t *documents = json_object_get(o, "documents");
    const json_t *pages = json_object_get(o, "pages");
    const json_t *unfinished = json_object_get(o, "unfinished");
    buffer_printf(b, "documents  %lld: %lld ok, %lld partial, %lld failed, %lld skipped\n",
                  table_number(documents, "total"), table_number(documents, "ok"),
                  table_number(documents, "partial"), table_number(documents, "failed"),
                  table_number(documents, "skipped"));
    buffer_printf(b, "pages      %lld, and %lld failed; %lld without text\n",
                  table_number(pages, "extracted"), table_number(pages, "failed"),
                  table_number(pages, "without_text"));
    buffer_append_string(b, "size       ");
    table_size(b, table_number(o, "bytes"));
    buffer_append_string(b, ", of text ");
    table_size(b, table_number(o, "text_bytes"));
    buffer_append_char(b, '\n');
    if (table_number(unfinished, "documents") == 0)
        return;
    buffer_printf(b, "unfinished %lld large documents, ",
                  table_number(unfinished, "documents"));
    table_size(b, table_number(unfinished, "bytes"));
    buffer_append_string(b, " saved; --resume goes on with them\n");
}

static void table_types(struct buffer *b, const json_t *types)
{
    size_t i;
    json_t *row;
    if (json_array_size(types) == 0)
        return;
    buffer_printf(b, "\n%-10s %10s %10s %8s %8s %8s %10s  %s\n", "type", "documents", "ok",
                  "partial", "failed", "skipped", "pages", "size");
    json_array_foreach (types, i, row) {
        size_t start = b->size;
        table_escaped(b, row, "type");
        buffer_printf(b, "%*s", b->size - start < 10 ? -(int)(10 - (b->size - start)) : 0,
                      "");
        buffer_printf(b, " %10lld %10lld %8lld %8lld %8lld %10lld  ",
                      table_number(row, "documents"), table_number(row, "ok"),
                      table_number(row, "partial"), table_number(row, "failed"),
                      table_number(row, "skipped"), table_number(row, "pages"));
        table_size(b, table_number(row, "bytes"));
        buffer_append_char(b, '\n');
    }
}

static void table_run(struct buffer *b, const json_t *run)
{
    const char *state = table_text(run, "state");
    buffer_printf(b, "%lld  ", table_number(run, "id"));
    table_escaped(b, run, "started");
    if (!strcmp(state, "finished")) {
        buffer_append_string(b, " to ");
        table_escaped(b, run, "finished");
        buffer_printf(b, ": %lld documents, %lld not whole, exit status %lld",
                      table_number(run, "documents"), table_number(run, "failed"),
                      table_number(run, "exit_status"));
    } else if (!strcmp(state, "at work")) {
        buffer_printf(b, ": at work, process %lld", table_number(run, "pid"));
    } else {
        buffer_append_string(b, ": died");
    }
    buffer_append_string(b, "\n   ");
    table_escaped(b, run, "options");
    buffer_append_char(b, '\n');
}

static void table_runs(struct buffer *b, const json_t *runs)
{
    size_t i;
    json_t *row;
    if (json_array_size(runs))
        buffer_append_string(b, "\nlast runs\n");
    json_array_foreach (runs, i, row)
        table_run(b, row);
}

static void table_slowest(struct buffer *b, const json_t *rows)
{
    size_t i;
    json_t *row;
    if (json_array_size(rows))
        buffer_printf(b, "\n%9s %8s  slowest documents\n", "seconds", "pages");
    json_array_foreach (rows, i, row) {
        buffer_printf(b, "%9.3f %8lld  ", json_number_value(json_object_get(row, "seconds")),
                      table_number(row, "pages"));
        table_path(b, row);
        buffer_append_char(b, '\n');
    }
}

static void table_failures(struct buffer *b, const json_t *rows)
{
    size_t i;
    json_t *row;
    if (json_array_size(rows))
        buffer_printf(b, "\n%9s %8s  failures, each with a document that has it\n",
                      "documents", "pages");
    json_array_foreach (rows, i, row) {
        buffer_printf(b, "%9lld ", table_number(row, "documents"));
        if (json_is_integer(json_object_get(row, "pages")))
            buffer_printf(b, "%8lld  ", table_number(row, "pages"));
        else
            buffer_printf(b, "%8s  ", "-");
        table_escaped(b, row, "status");
        buffer_append_string(b, " (");
        table_escaped(b, row, "kind");
        buffer_append_string(b, "): ");
        table_escaped(b, row, "reason");
        buffer_append_string(b, "\n                    ");
        table_path(b, row);
        buffer_append_char(b, '\n');
    }
}

static void table_time(struct buffer *b, double seconds)
{
    /* Nobody runs for a century, and what is no number is none. */
    long s = seconds > 0 && seconds < 4e9 ? (long)seconds : 0;
    buffer_printf(b, "%ld:%02ld:%02ld", s / 3600, s / 60 % 60, s % 60);
}

/* Of a run that watches directories. */
static void table_watch(struct buffer *b, const json_t *watch)
{
    if (!json_is_object(watch))
        return;
    buffer_printf(b, "  watch      %lld directories, %lld changes, %lld paths wait, %lld at "
                  "work%s%s\n",
                  table_number(watch, "directories"), table_number(watch, "events"),
                  table_number(watch, "waiting"), table_number(watch, "at_work"),
                  json_is_true(json_object_get(watch, "paused")) ? "; no more are read"
                                                                 : "",
                  json_is_true(json_object_get(watch, "blind"))
                      ? "; not all directories are told of"
                      : "");
}

static void table_errors(struct buffer *b, json_t *errors)
{
    const char *kind;
    json_t *count;
    const char *between = "  errors     ";
    json_object_foreach (errors, kind, count) {
        buffer_append_string(b, between);
        diag_append_escaped(b, kind, strlen(kind));
        buffer_printf(b, " %lld", (long long)json_integer_value(count));
        between = ", ";
    }
    if (json_object_size(errors))
        buffer_append_char(b, '\n');
}

void table_append_running(struct buffer *b, const json_t *state)
{
    const json_t *documents = json_object_get(state, "documents");
    const json_t *lanes = json_object_get(state, "lanes");
    const json_t *queue = json_object_get(state, "queue");
    const json_t *workers = json_object_get(state, "workers");
    buffer_printf(b, "at work    process %lld, for ", table_number(state, "pid"));
    table_time(b, json_number_value(json_object_get(state, "wall_seconds")));
    buffer_append_string(b, ", as of ");
    table_escaped(b, state, "updated");
    buffer_printf(b, "\n  documents  %lld ok, %lld partial, %lld failed, %lld skipped; "
                  "%lld wait, %lld parked\n",
                  table_number(documents, "ok"), table_number(documents, "partial"),
                  table_number(documents, "failed"), table_number(documents, "skipped"),
                  table_number(queue, "waiting"), table_number(queue, "parked"));
    buffer_printf(b, "  pages      %lld, %.0f a minute of late\n",
                  table_number(state, "pages_so_far"),
                  json_number_value(json_object_get(state, "pages_per_minute_of_late")));
    buffer_printf(b, "  lanes      %lld of %lld at work, %lld idle, %lld parked",
                  table_number(lanes, "active"), table_number(lanes, "count"),
                  table_number(lanes, "idle"), table_number(lanes, "parked"));
    if (*table_text(lanes, "reason")) {
        buffer_append_string(b, " (");
        table_escaped(b, lanes, "reason");
        buffer_append_char(b, ')');
    }
    buffer_append_char(b, '\n');
    table_watch(b, json_object_get(state, "watch"));
    buffer_append_string(b, "  memory     ");
    table_size(b, table_number(state, "memory_bytes"));
    buffer_append_string(b, ", of workers ");
    table_size(b, table_number(workers, "memory_bytes"));
    buffer_append_char(b, '\n');
    table_errors(b, json_object_get(state, "errors"));
}

void table_append(struct buffer *b, const json_t *overview)
{
    table_path(b, overview);
    buffer_append_string(b, json_is_true(json_object_get(overview, "holds_text"))
                                ? ": a database with text, for extract search\n"
                                : ": a manifest\n");
    table_totals(b, overview);
    if (json_is_object(json_object_get(overview, "running")))
        table_append_running(b, json_object_get(overview, "running"));
    table_types(b, json_object_get(overview, "by_type"));
    table_runs(b, json_object_get(overview, "runs"));
    table_slowest(b, json_object_get(overview, "slowest"));
    table_failures(b, json_object_get(overview, "failures"));
}
