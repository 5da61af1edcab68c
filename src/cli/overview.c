/* SPDX-License-Identifier: GPL-3.0-or-later */
/* overview.c - `extract status`: the summary of an output, with what only the files
 * beside its database tell, as a table or as it is. */
#include <config.h>

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "base/diag.h"
#include "cli/atwork.h"
#include "cli/command.h"
#include "cli/failures.h"
#include "cli/status.h"
#include "cli/table.h"
#include "document/record.h"
#include "store/foreign.h"
#include "store/summary.h"

#define OVERVIEW_ROWS 10

enum overview_option { OVERVIEW_FOLLOW = 'f', OVERVIEW_JSON = 256, OVERVIEW_FAILURES, OVERVIEW_FAILURES0 };

static const struct command_option overview_options[] = {
    { 'n', "rows", "N", "so many rows of each list at most [default: 10]" },
    { OVERVIEW_JSON, "json", NULL, "a JSON object instead of tables" },
    { OVERVIEW_FOLLOW, "follow", NULL, "first show the run that is at work, to its end" },
    { OVERVIEW_FAILURES, "failures", "FILE", "write the paths of failed and partial" },
    { OVERVIEW_FAILURES0, "failures0", "FILE", "the same, each ended by a NUL byte" },
    { 'h', "help", NULL, "show this help" },
    { 0 }
};

static int overview_run(const struct command_line *line);

const struct command command_status = {
    .name = "status",
    .operands = "OUTPUT",
    .summary = "tell what became of the documents of an output",
    .about = "Tell what runs with -o OUTPUT have done: documents by status and type, the "
             "last\nruns, the slowest documents, why others failed. OUTPUT is a directory, a "
             "file\nof records or a database; nothing in it is changed.\n",
    .statuses = "0 it was told, 2 wrong usage, 3 OUTPUT cannot be read",
    .options = overview_options,
    .run = overview_run,
};

/* What a run has come to. PID: the process that is at work on the output, or 0. */
static void overview_put_states(json_t *runs, long pid)
{
    size_t i;
    json_t *run;
    json_array_foreach (runs, i, run) {
        const char *state = !json_is_null(json_object_get(run, "finished")) ? "finished"
                            : i == 0 && pid > 0                             ? "at work"
                                                                            : "died";
        json_object_set_new(run, "state", json_string(state));
    }
}

/* The process at work on the output of the database PATH. Only asked when the last
 * run has no end: to ask is to hold the lock for a moment. */
static long overview_worker(const char *path, const json_t *runs)
{
    const json_t *last = json_array_get(runs, 0);
    return last && json_is_null(json_object_get(last, "finished")) ? atwork_process(path)
                                                                   : 0;
}

/* What is saved of large documents that are not done: files and their bytes. */
static json_t *overview_unfinished(const char *path)
{
    char *name = xasprintf("%s-unfinished", path);
    DIR *folder = opendir(name);
    json_int_t documents = 0, bytes = 0;
    struct stat st;
    for (struct dirent *entry; folder && (entry = readdir(folder));) {
        if (entry->d_name[0] == '.' ||
            fstatat(dirfd(folder), entry->d_name, &st, AT_SYMLINK_NOFOLLOW) != 0)
            continue;
        documents++;
        bytes += (json_int_t)st.st_size;
    }
    if (folder)
        closedir(folder);
    free(name);
    return json_pack("{s:I, s:I}", "documents", documents, "bytes", bytes);
}

/* The list of failures, if one is asked for. 0, or -1 and E. */
static int overview_list(const struct command_line *line, struct database *d,
                         struct error *e)
{
    const char *lines = command_value(line, "failures");
    const char *nuls = command_value(line, "failures0");
    if (lines && failures_write(d, lines, '\n', e) != 0)
        return -1;
    return nuls ? failures_write(d, nuls, '\0', e) : 0;
}

/* Whether standard output is for a list. */
static bool overview_is_list(const struct command_line *line)
{
    const char *lines = command_value(line, "failures");
    const char *nuls = command_value(line, "failures0");
    return (lines && !strcmp(lines, "-")) || (nuls && !strcmp(nuls, "-"));
}

static json_t *overview_read(struct database *d, bool has_pages, int rows,
                             struct error *e)
{
    json_t *summary = summary_read(d, rows, e);
    if (!summary)
        return NULL;
    json_t *runs = json_object_get(summary, "runs");
    json_t *top = json_object();
    record_put_path(top, d->path);
    json_object_set_new(top, "holds_text", json_boolean(has_pages));
    long pid = overview_worker(d->path, runs);
    json_t *state = pid > 0 ? atwork_read(d->path, pid) : NULL;
    overview_put_states(runs, pid);
    if (state)
        json_object_set_new(top, "running", state);
    json_object_update(top, summary);
    json_object_set_new(top, "unfinished", overview_unfinished(d->path));
    json_decref(summary);
    return top;
}

/* The exit status. */
static int overview_print(json_t *overview, const struct command_line *line)
{
    struct buffer b = { 0 };
    if (command_value(line, "json")) {
        record_dump(&b, overview,
                    command_value(line, "follow") ? JSON_COMPACT : JSON_INDENT(2));
        buffer_append_char(&b, '\n');
    } else {
        table_append(&b, overview);
        json_decref(overview);
    }
    int rc = command_print(&b);
    buffer_free(&b);
    return rc == 0 ? EXIT_STATUS_OK : EXIT_STATUS_RUN;
}

static int overview_database(const struct command_line *line, int rows)
{
    struct database d = { 0 };
    struct error e = { 0 };
    bool has_pages;
    json_t *overview = NULL;
    char *path = foreign_locate(line->operands[0], &e);
    if (path && command_value(line, "follow") &&
        atwork_follow(path, command_value(line, "json")) != 0) {
        free(path);
        return EXIT_STATUS_RUN;
    }
    bool good = path && foreign_open(&d, path, &has_pages, &e) == 0 &&
                overview_list(line, &d, &e) == 0;
    if (good && !overview_is_list(line))
        good = (overview = overview_read(&d, has_pages, rows, &e)) != NULL;
    database_close(&d);
    free(path);
    if (!good) {
        diag_error(NULL, "%s", e.detail);
        return EXIT_STATUS_RUN;
    }
    return overview ? overview_print(overview, line)
                    : EXIT_STATUS_OK;
}

static int overview_run(const struct command_line *line)
{
    int rows = command_count(line, "rows", OVERVIEW_ROWS);
    if (rows < 0)
        return EXIT_STATUS_USAGE;
    if (line->operand_count != 1)
        return command_complain(line->command, line->operand_count
                                                   ? "more than one OUTPUT is given"
                                                   : "no OUTPUT is given");
    if (overview_is_list(line) &&
        (command_value(line, "json") ||
         (command_value(line, "failures") && command_value(line, "failures0"))))
        return command_complain(line->command, "only one thing can go to standard output");
    return overview_database(line, rows);
}
