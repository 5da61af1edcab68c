/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stats.c - the totals; rows are dumped one by one as they come,
 * so that a run of any length needs the memory of one. */
#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "base/clock.h"
#include "base/diag.h"
#include "base/hardware.h"
#include "document/record.h"
#include "run/stats.h"
#include "sink/spill.h"

#define STATS_ROWS_MEMORY ((size_t)1 << 20)

struct stats {
    const char *path;
    struct spill *spill;
    struct spill_queue rows;
    bool any;
    struct error error; /* of the first row that could not be kept */
};

/* The folder that PATH's file is made in; to be freed. */
static char *stats_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == path ? xstrdup("/")
           : slash       ? xstrndup(path, (size_t)(slash - path))
                         : xstrdup(".");
}

/* "-" and what exists without being a regular file (/dev/fd/3, a FIFO). */
static bool stats_is_direct(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && !S_ISREG(st.st_mode);
}

/* 0, or an errno: why PATH cannot be written. */
static int stats_check(const char *path)
{
    struct stat st;
    if (!*path)
        return ENOENT;
    if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
        return EISDIR;
    if (stats_is_direct(path))
        return access(path, W_OK) ? errno : 0;
    char *folder = stats_folder(path);
    int errnum = access(folder, W_OK | X_OK) ? errno : 0;
    free(folder);
    return errnum;
}

struct stats *stats_create(const char *path, struct error *e)
{
    int errnum = strcmp(path, "-") == 0 ? 0 : stats_check(path);
    if (errnum) {
        error_set_errno(e, ERROR_OUTPUT, errnum, "cannot write %s", path);
        return NULL;
    }
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

static double stats_rate(uint64_t count, double seconds)
{
    return seconds > 0 ? (double)count / seconds * 60 : 0;
}

static json_t *stats_group(const struct metrics_group *g, double wall)
{
    uint64_t total = 0;
    json_t *o = json_object();
    for (int i = 0; i < STATUSES; i++) {
        json_object_set_new(o, status_name((enum status)i),
                            json_integer((json_int_t)g->documents[i]));
        total += g->documents[i];
    }
    json_object_set_new(o, "documents", json_integer((json_int_t)total));
    json_object_set_new(o, "pages", json_integer((json_int_t)g->pages));
    json_object_set_new(o, "bytes", json_integer((json_int_t)g->bytes));
    json_object_set_new(o, "lane_seconds", json_real(g->seconds));
    json_object_set_new(o, "pages_per_minute", json_real(stats_rate(g->pages, wall)));
    return o;
}

static json_t *stats_documents(const struct metrics_snapshot *t)
{
    json_t *o = json_object();
    json_object_set_new(o, "total", json_integer((json_int_t)t->admitted));
    for (int i = 0; i < STATUSES; i++)
        json_object_set_new(o, status_name((enum status)i),
                            json_integer((json_int_t)t->all.documents[i]));
    json_object_set_new(o, "not_reached", json_integer((json_int_t)t->not_reached));
    return o;
}

static json_t *stats_lanes(const struct metrics_snapshot *t)
{
    double all = t->wall_seconds * t->lanes;
    return json_pack("{s:i, s:f, s:f, s:f, s:f}", "count", t->lanes,
                     "busy_seconds", t->lanes_busy_seconds, "busy_share",
                     all > 0 ? t->lanes_busy_seconds / all : 0.0,
                     "idle_share_before_tail", t->lanes_idle_share,
                     "tail_seconds", t->tail_seconds);
}

static json_t *stats_workers(const struct metrics_workers *w)
{
    return json_pack("{s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I}",
                     "started", (json_int_t)w->started,
                     "crashed", (json_int_t)w->crashed,
                     "timed_out", (json_int_t)w->timed_out,
                     "out_of_memory", (json_int_t)w->out_of_memory,
                     "sandboxed", (json_int_t)w->trapped,
                     "killed", (json_int_t)w->killed,
                     "recycled", (json_int_t)w->recycled,
                     "peak_memory_bytes",
                     (json_int_t)hardware_peak_memory_of_children());
}

static json_t *stats_text(uint64_t documents, uint64_t pages)
{
    return json_pack("{s:I, s:I}", "documents", (json_int_t)documents, "pages",
                     (json_int_t)pages);
}

/* Pages that the first PDF engine left to another one, by why; NULL: none. */
static json_t *stats_declined(const struct metrics_snapshot *t)
{
    json_t *o = NULL;
    for (int i = READER_NO_REASON + 1; i < READER_REASONS; i++) {
        if (!t->pages_declined[i])
            continue;
        o = o ? o : json_object();
        json_object_set_new(o, reader_reason_name((enum reader_reason)i),
                            json_integer((json_int_t)t->pages_declined[i]));
    }
    return o;
}

static json_t *stats_totals(const struct metrics_snapshot *t)
{
    uint64_t documents = t->admitted - t->not_reached;
    json_t *o = json_object();
    json_object_set_new(o, "version", json_string(PACKAGE_VERSION));
    json_object_set_new(o, "wall_seconds", json_real(t->wall_seconds));
    json_object_set_new(o, "cpu_seconds", json_real(clock_cpu()));
    json_object_set_new(o, "peak_memory_bytes",
                        json_integer((json_int_t)hardware_peak_memory()));
    json_object_set_new(o, "documents", stats_documents(t));
    json_object_set_new(o, "pages",
                        json_pack("{s:I, s:I}", "extracted",
                                  (json_int_t)t->all.pages, "failed",
                                  (json_int_t)t->pages_failed));
    json_object_set_new(o, "pages_per_minute",
                        json_real(stats_rate(t->all.pages, t->wall_seconds)));
    json_object_set_new(o, "documents_per_minute",
                        json_real(stats_rate(documents, t->wall_seconds)));
    json_object_set_new(o, "text_bytes", json_integer((json_int_t)t->text_bytes));
    json_object_set_new(o, "without_text",
                        stats_text(t->documents_no_text, t->pages_no_text));
    json_object_set_new(o, "garbled",
                        stats_text(t->documents_garbled, t->pages_garbled));
    json_t *declined = stats_declined(t);
    if (declined)
        json_object_set_new(o, "pdf_pages_declined", declined);
    json_t *tiers = json_object();
    for (int i = 0; i < TIERS; i++)
        json_object_set_new(tiers, tier_name((enum tier)i),
                            stats_group(&t->tiers[i], t->wall_seconds));
    json_object_set_new(o, "by_tier", tiers);
    json_t *types = json_object();
    for (int i = 0; i < t->type_count; i++)
        json_object_set_new(types, t->types[i].name,
                            stats_group(&t->types[i].group, t->wall_seconds));
    json_object_set_new(o, "by_type", types);
    json_t *errors = json_object();
    for (int i = ERROR_NONE + 1; i < ERROR_KINDS; i++)
        if (t->errors[i])
            json_object_set_new(errors, error_kind_name((enum error_kind)i),
                                json_integer((json_int_t)t->errors[i]));
    json_object_set_new(o, "errors", errors);
    json_object_set_new(o, "lanes", stats_lanes(t));
    json_object_set_new(o, "workers", stats_workers(&t->workers));
    return o;
}

static int stats_out(void *file, const char *data, size_t size, struct error *e)
{
    if (fwrite(data, 1, size, file) != size)
        return error_set_errno(e, ERROR_OUTPUT, errno, "cannot write the statistics");
    return 0;
}

static int stats_print(struct stats *s, const struct metrics_snapshot *totals,
                       FILE *file, struct error *e)
{
    struct buffer b = { 0 };
    record_dump(&b, stats_totals(totals), JSON_INDENT(2));
    /* The rows follow as the last member of the object. */
    while (b.size && b.data[b.size - 1] != '}')
        b.size--;
    b.size -= 2;
    buffer_append_string(&b, ",\n  \"results\": [");
    int rc = stats_out(file, b.data, b.size, e);
    buffer_free(&b);
    if (rc == 0)
        rc = spill_replay(s->spill, &s->rows, stats_out, file, e);
    if (rc == 0)
        rc = stats_out(file, "\n  ]\n}\n", 7, e);
    if (rc == 0 && fflush(file) != 0)
        rc = error_set_errno(e, ERROR_OUTPUT, errno, "cannot write the statistics");
    return rc;
}

static int stats_replace(struct stats *s, const struct metrics_snapshot *totals,
                         struct error *e)
{
    char *temporary = xasprintf("%s.XXXXXX", s->path);
    int fd = mkostemp(temporary, O_CLOEXEC);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "w");
    if (!file) {
        error_set_errno(e, ERROR_OUTPUT, errno, "cannot write %s", s->path);
        free(temporary);
        return -1;
    }
    mode_t mask = umask(0);
    umask(mask);
    fchmod(fd, 0666 & ~mask);
    int rc = stats_print(s, totals, file, e);
    if (fclose(file) != 0 && rc == 0)
        rc = error_set_errno(e, ERROR_OUTPUT, errno, "cannot write %s", s->path);
    if (rc == 0 && rename(temporary, s->path) != 0)
        rc = error_set_errno(e, ERROR_OUTPUT, errno, "cannot write %s", s->path);
    if (rc != 0)
        unlink(temporary);
    free(temporary);
    return rc;
}

int stats_write(struct stats *s, const struct metrics_snapshot *totals,
                struct error *e)
{
    if (s->error.kind != ERROR_NONE) {
        *e = s->error;
        return -1;
    }
    if (strcmp(s->path, "-") == 0)
        return stats_print(s, totals, stdout, e);
    if (!stats_is_direct(s->path))
        return stats_replace(s, totals, e);
    FILE *file = fopen(s->path, "we");
    if (!file)
        return error_set_errno(e, ERROR_OUTPUT, errno, "cannot write %s", s->path);
    int rc = stats_print(s, totals, file, e);
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
