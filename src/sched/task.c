/* SPDX-License-Identifier: GPL-3.0-or-later */
/* task.c - the steps of one document that no lane is needed for, and its
 * opening in the first lane. */
#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/backoff.h"
#include "base/clock.h"
#include "base/digest.h"
#include "base/limits.h"
#include "sched/saved.h"
#include "sched/task.h"

/* What a document's time limit grows by. A dense page takes 3 ms and a MiB of
 * input 20 ms, so that a slow machine under load is still far from these. */
#define TASK_SECONDS_PER_PAGE 1.0
#define TASK_SECONDS_PER_MIB 1.0

struct task *task_create(struct result *result, const struct tier_limits *limits)
{
    struct task *t = xcalloc(1, sizeof *t);
    t->result = result;
    t->document.fd = -1;
    spool_init(&t->spool);
    t->document.id = result->item.ordinal;
    t->path = xstrdup(result->item.path);
    t->document.path = t->path;
    t->document.budget = &t->budget;
    result->tier = classify(limits, result->item.bytes, 0);
    t->class = gate_class_of(result->tier);
    return t;
}

static void task_close_file(struct task *t)
{
    if (t->document.fd >= 0)
        close(t->document.fd);
    t->document.fd = -1;
}

static int task_open_file(struct task *t, struct stat *st)
{
    struct error *e = &t->result->error;
    if (t->within) {
        t->document.fd = spool_open(&t->spool, e);
        t->document.bytes = t->result->item.bytes;
        return t->document.fd < 0 ? -1 : 0;
    }
    /* Without waiting for a FIFO's writer that took the file's place. */
    t->document.fd = open(t->document.path,
                          O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (t->document.fd < 0 || fstat(t->document.fd, st) != 0)
        return error_set_errno(e, ERROR_IO, errno, "%s", "");
    if (!S_ISREG(st->st_mode))
        return error_set(e, ERROR_UNREADABLE, "not a regular file");
    t->document.bytes = (uint64_t)st->st_size;
    t->result->item.bytes = (uint64_t)st->st_size;
    return 0;
}

/* Archives are, for what may be in them. */
static bool task_is_wanted(const struct format *format,
                           const struct format *const *types, size_t count)
{
    if (format && format->flags & FORMAT_ARCHIVE)
        return true;
    for (size_t i = 0; i < count; i++)
        if (types[i] == format)
            return true;
    return count == 0;
}

/* Opens the file and looks at it. */
static int task_look(struct task *t, struct detection *found)
{
    struct stat st;
    error_clear(&t->result->error);
    if (task_open_file(t, &st) != 0)
        return -1;
    if (t->detected)
        return 0;
    return detect_file(t->document.fd, t->document.bytes, t->document.path, found,
                       &t->result->error);
}

int task_detect(struct task *t, const struct format *const *types,
                size_t type_count, int retries)
{
    struct result *r = t->result;
    struct error known = r->error; /* of a detection before it was parked */
    struct detection found = { 0 };
    if (r->started == 0)
        r->started = clock_now();
    for (int attempt = 0, waits = 0; task_look(t, &found) != 0;) {
        task_close_file(t);
        if (limits_wait_descriptor(r->error.sys_errno, &waits))
            continue;
        if (attempt == retries || !error_may_pass(&r->error))
            return -1;
        backoff_pause(attempt++);
    }
    if (t->detected) {
        r->error = known;
        return 0;
    }
    r->media_type = found.media_type;
    if (found.format) {
        r->media_type = found.format->media_type;
        r->format = found.format->name;
    }
    if (!task_is_wanted(found.format, types, type_count))
        return error_set(&r->error, ERROR_FILTERED, "of a type not asked for");
    r->error = t->flaw.kind != ERROR_NONE ? t->flaw : found.error;
    if (!found.format)
        return -1;
    t->document.format = found.format;
    t->detected = true;
    r->bare = found.format->flags & FORMAT_ARCHIVE;
    t->needs_permit = found.format->flags & FORMAT_NEEDS_PERMIT;
    return 0;
}

int task_hash(struct task *t, const atomic_bool *stop, int retries)
{
    struct result *r = t->result;
    struct error e = { 0 };
    if (t->document.fd < 0 || r->sha256[0])
        return 0;
    for (int attempt = 0; digest_sha256(t->document.fd, t->document.bytes, stop,
                                        r->sha256, &e) != 0;) {
        if (attempt == retries || !error_may_pass(&e)) {
            r->error = e;
            return -1;
        }
        backoff_pause(attempt++);
    }
    return 0;
}

int task_open(struct task *t, struct lane *lane, const struct tier_limits *limits,
              const struct pages *pages, struct writer *writer, unsigned window,
              int retries)
{
    struct result *r = t->result;
    struct format_info info = { 0 };
    struct error e = { 0 };
    t->budget.limit += TASK_SECONDS_PER_MIB * (double)(r->item.bytes >> 20);
    for (int attempt = 0; lane_open(lane, &t->document, &info, &e) != 0; attempt++) {
        metadata_clear(&info.metadata);
        info = (struct format_info){ 0 };
        if (attempt == retries || !error_may_pass(&e)) {
            r->error = e;
            return -1;
        }
        error_clear(&e);
        backoff_pause(attempt);
    }
    metadata_move(&r->metadata, &info.metadata);
    r->engine = info.engine;
    if (info.flaw.kind != ERROR_NONE)
        r->error = info.flaw;
    r->pages_total = info.pages;
    r->tier = classify(limits, r->item.bytes, info.pages);
    t->budget.limit += TASK_SECONDS_PER_PAGE * info.pages;
    t->total = pages_wanted(pages, info.pages);
    if (t->total == 0)
        return error_set(&r->error, ERROR_NO_PAGES,
                         "none of the pages asked for exist (it has %d)",
                         info.pages);
    merge_init(&t->merge, r, writer, pages, window);
    t->merge.bare = r->bare;
    t->merging = true;
    return 0;
}

void task_recover(struct task *t, const struct journals *journals)
{
    struct journal *journal = journal_open(journals, t->result);
    if (journal)
        t->claimed = saved_recover(journal, &t->merge, t->total);
}

bool task_has_range(const struct task *t)
{
    return !t->given_up && t->claimed < t->total && merge_has_room(&t->merge);
}

struct range *task_claim(struct task *t, int most, int lanes)
{
    int left = t->total - t->claimed;
    /* Half of an even share of what is left, so that the last ranges are
     * short and the lanes end together; four pages at least, since each
     * range costs a hand-over. */
    int share = left / (2 * lanes);
    int count = share > 4 ? share : 4;
    if (!(t->document.format->flags & FORMAT_SPLITS) || count > most)
        count = most;
    if (count > left)
        count = left;
    struct range *range = merge_claim(&t->merge, t->claimed, count);
    t->claimed += count;
    return range;
}

void task_close(struct task *t)
{
    task_close_file(t);
    if (t->merging)
        merge_clear(&t->merge);
    t->merging = false;
    t->total = 0;
    t->result->started = 0;
}

struct result *task_conclude(struct task *t)
{
    struct result *r = t->result;
    if (r->started > 0)
        r->seconds = clock_now() - r->started;
    if (t->merging) {
        /* Not whole, whatever its pages say. */
        if (t->cut || t->claimed < t->total)
            error_set(&r->error, ERROR_INTERRUPTED, "stopped half way");
        merge_clear(&t->merge);
    }
    result_conclude(r);
    t->result = NULL;
    return r;
}

void task_leave_nest(struct task *t)
{
    if (t->within)
        nest_leave(t->within, t->entry);
}

void task_destroy(struct task *t)
{
    task_close_file(t);
    spool_clear(&t->spool);
    nest_release(t->nest);
    nest_release(t->within);
    free(t->path);
    free(t);
}
