/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stats.c - the totals; rows are dumped one by one as they come,
 * so that a run of any length needs the memory of one. */
#include <config.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "base/replace.h"
#include "document/record.h"
#include "run/stats.h"
#include "run/totals.h"
#include "sink/spill.h"

#define STATS_ROWS_MEMORY ((size_t)1 << 20)

struct stats {
    const char *path;
    struct spill *spill;
    struct spill_queue rows;
    bool any;
    struct error error; /* of the first row that could not be kept */
};

/* "-" and what exists without being a regular file (/dev/fd/3, a FIFO). */
static bool stats_is_direct(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode);
}

static int stats_check(const char *path, struct error *e)
{
    if (!stats_is_direct(path))
        return replace_check(path, e);
    return access(path, W_OK) == 0
               ? 0
               : error_set_errno(e, ERROR_OUTPUT, errno, "cannot write %s", path);
}

struct stats *stats_create(const char *path, struct error *e)
{
    if (strcmp(path, "-") != 0 && stats_check(path, e) != 0)
        return NULL;
    struct stats *s = xcalloc(1, sizeof *s);
    s->path = path;
    s->spill = spill_create(STATS_ROWS_MEMORY);
    return s;
}

void stats_add(struct stats *s, const struct result *r)
{
    if (s->error.kind != ERROR_NONE)
        return;
    struct buffer b = { 0 };
    buffer_append_string(&b, s->any ? ",\n  " : "\n  ");
    s->any = true;
    record_dump(&b, record_document(r, RECORD_TIMINGS), JSON_COMPACT);
    spill_store(s->spill, &s->rows, b.data, b.size, &s->error);
    buffer_free(&b);
}

static int stats_out(void *file, const char *data, size_t size, struct error *e)
{
    if (fwrite(data, 1, size, file) != size)
        return error_set_errno(e, ERROR_OUTPUT, errno, "cannot write the statistics");
    return 0;
}

/* RUNNING: without the rows. */
static int stats_print(struct stats *s, const struct metrics_snapshot *totals,
                       bool running, FILE *file, struct error *e)
{
    struct buffer b = { 0 };
    record_dump(&b, totals_json(totals, running), JSON_INDENT(2));
    /* The rows follow as the last member of the object. */
    while (b.size && b.data[b.size - 1] != '}')
        b.size--;
    b.size -= 2;
    buffer_append_string(&b, ",\n  \"results\": [");
    int rc = stats_out(file, b.data, b.size, e);
    buffer_free(&b);
    if (rc == 0 && !running)
        rc = spill_replay(s->spill, &s->rows, stats_out, file, e);
    if (rc == 0)
        rc = stats_out(file, "\n  ]\n}\n", 7, e);
    if (rc == 0 && fflush(file) != 0)
        rc = error_set_errno(e, ERROR_OUTPUT, errno, "cannot write the statistics");
    return rc;
}

static int stats_replace(struct stats *s, const struct metrics_snapshot *totals,
                         bool running, struct error *e)
{
    struct replace r;
    if (replace_begin(&r, s->path, e) != 0)
        return -1;
    int rc = stats_print(s, totals, running, r.file, e);
    return replace_end(&r, rc == 0, e);
}

int stats_show(struct stats *s, const struct metrics_snapshot *totals, struct error *e)
{
    if (strcmp(s->path, "-") == 0 || stats_is_direct(s->path))
        return 0;
    return stats_replace(s, totals, true, e);
}

int stats_write(struct stats *s, const struct metrics_snapshot *totals,
                struct error *e)
{
    if (s->error.kind != ERROR_NONE) {
        *e = s->error;
        return -1;
    }
    if (strcmp(s->path, "-") == 0)
        return stats_print(s, totals, false, stdout, e);
    if (!stats_is_direct(s->path))
        return stats_replace(s, totals, false, e);
    FILE *file = fopen(s->path, "we");
    if (!file)
        return error_set_errno(e, ERROR_OUTPUT, errno, "cannot write %s", s->path);
    int rc = stats_print(s, totals, false, file, e);
    if (fclose(file) != 0 && rc == 0)
        rc = error_set_errno(e, ERROR_OUTPUT, errno, "cannot write %s", s->path);
    return rc;
}

void stats_destroy(struct stats *s)
{
    if (!s)
        return;
    spill_drop(s->spill, &s->rows);
    spill_destroy(s->spill);
    free(s);
}
