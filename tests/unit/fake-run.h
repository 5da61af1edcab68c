/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fake-run.h - a run of the scheduler with formats and lanes of its own, over
 * files whose first line says what a lane makes of them. */
#ifndef TESTS_UNIT_FAKE_RUN_H
#define TESTS_UNIT_FAKE_RUN_H

#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <omp.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "base/clock.h"
#include "format/format.h"
#include "sched/sched.h"
#include "sink/sink.h"

#define LINES 8 /* of a page's text, as a rule */
/* Seconds that nothing takes but what hangs, on however busy a machine. */
#define PATIENCE 100

/* Bids by the first word; the library's registry is left out of the link. */
static int bid_split(const struct peek *p)
{
    return p->head_size > 6 && memcmp(p->head, "split ", 6) == 0 ? 100 : 0;
}

static int bid_whole(const struct peek *p)
{
    return p->head_size > 6 && memcmp(p->head, "whole ", 6) == 0 ? 100 : 0;
}

static int bid_permit(const struct peek *p)
{
    return p->head_size > 6 && memcmp(p->head, "permit", 6) == 0 ? 100 : 0;
}

static const struct format format_split = {
    .name = "split", .media_type = "x/split", .extensions = "",
    .flags = FORMAT_SPLITS, .bid = bid_split,
};
static const struct format format_whole = {
    .name = "whole", .media_type = "x/whole", .extensions = "",
    .bid = bid_whole,
};
static const struct format format_permit = {
    .name = "permit", .media_type = "x/permit", .extensions = "",
    .flags = FORMAT_NEEDS_PERMIT, .bid = bid_permit,
};
const struct format *const format_registry[] = {
    &format_split, &format_whole, &format_permit, NULL,
};

/* What a file's first line says. */
struct script {
    char kind[8];
    int pages, lines;
    int fail;  /* each page that this divides fails half way; 0: none */
    int delay; /* microseconds at most, for a page */
};

static bool read_script(int fd, struct script *script)
{
    char line[64] = "";

    return pread(fd, line, sizeof line - 1, 0) > 0 &&
           sscanf(line, "%7s %d %d %d %d", script->kind, &script->pages,
                  &script->lines, &script->fail, &script->delay) == 5;
}

static bool page_fails(const struct script *script, int page)
{
    return script->fail && page % script->fail == 0;
}

static void page_text(struct buffer *b, const struct script *script,
                      const char *path, int page)
{
    int lines = page_fails(script, page) ? script->lines / 2 : script->lines;

    for (int i = 0; i < lines; i++)
        buffer_printf(b, "%s page %d line %d\n", path, page, i);
}

/* What the lanes see of each document, by ordinal. */
#define DOCUMENTS 4096
static struct {
    atomic_int opens;          /* ever */
    atomic_int at_once, most;  /* lanes with it open */
    atomic_int running, peak;  /* lanes at its pages */
} seen[DOCUMENTS];
static atomic_int permits_used, permits_most;
static atomic_int heavy_open, heavy_most; /* documents of any lane */
static atomic_int pages_run;
/* What a lane must not meet: assertions belong to the main thread. */
static atomic_int wrongs;
/* Called before each page, in the lane. */
static void (*on_page)(uint64_t id, int page);

static void raise_to(atomic_int *most, int value)
{
    int old = *most;

    while (value > old && !atomic_compare_exchange_weak(most, &old, value))
        continue;
}

struct fake_handle {
    struct fake_handle *next;
    const struct lane_document *document; /* borrowed until close */
    uint64_t id;
    struct script script;
};

struct fake_lane {
    struct lane lane;
    struct fake_handle *handles;
    unsigned seed;
};

static struct fake_handle *fake_find(struct fake_lane *l, uint64_t id)
{
    struct fake_handle *h = l->handles;

    while (h && h->id != id)
        h = h->next;
    return h;
}

static struct fake_handle *fake_handle(struct fake_lane *l,
                                       const struct lane_document *d)
{
    struct fake_handle *h = fake_find(l, d->id);
    struct script script = {0};

    if (h || !read_script(d->fd, &script) || script.pages < 0)
        return h;
    h = xcalloc(1, sizeof *h);
    *h = (struct fake_handle){l->handles, d, d->id, script};
    l->handles = h;
    seen[d->id].opens++;
    raise_to(&seen[d->id].most, ++seen[d->id].at_once);
    if (d->format == &format_permit)
        raise_to(&permits_most, ++permits_used);
    if (seen[d->id].at_once == 1 && d->format == &format_split)
        raise_to(&heavy_most, ++heavy_open);
    return h;
}

static int fake_open(struct lane *lane, const struct lane_document *d,
                     struct format_info *info, struct error *e)
{
    struct fake_handle *h = fake_handle((struct fake_lane *)lane, d);

    if (!h)
        return error_set(e, ERROR_DAMAGED, "no script");
    metadata_add(&info->metadata, "title", d->path);
    info->pages = h->script.pages;
    return 0;
}

static int fake_page(struct fake_lane *l, struct fake_handle *h, int page,
                     struct lane_output *out)
{
    struct buffer text = {0};
    struct error e;
    int rc = 0;

    if (h->script.delay)
        usleep((unsigned)rand_r(&l->seed) % (unsigned)h->script.delay);
    if (on_page)
        on_page(h->id, page);
    pages_run++;
    page_text(&text, &h->script, h->document->path, page);
    for (size_t at = 0, size; rc == 0 && at < text.size; at += size) {
        size = text.size - at < 5000 ? text.size - at : 5000;
        rc = out->text(out, page, text.data + at, size);
    }
    buffer_free(&text);
    if (rc != 0)
        return rc;
    error_set(&e, ERROR_DAMAGED, "bad page");
    return out->page_done(out, page, page_fails(&h->script, page) ? &e : NULL);
}

static int fake_pages(struct lane *lane, const struct lane_document *d,
                      const int *pages, int count, struct lane_output *out,
                      struct error *e)
{
    struct fake_lane *l = (struct fake_lane *)lane;
    struct fake_handle *h = fake_handle(l, d);
    int rc = 0;

    if (!h)
        return error_set(e, ERROR_DAMAGED, "no script");
    raise_to(&seen[d->id].peak, ++seen[d->id].running);
    for (int i = 0; rc == 0 && i < count; i++)
        rc = fake_page(l, h, pages[i], out);
    seen[d->id].running--;
    return rc;
}

static void fake_close(struct lane *lane, uint64_t id)
{
    struct fake_lane *l = (struct fake_lane *)lane;

    for (struct fake_handle **p = &l->handles, *h; (h = *p); p = &h->next) {
        if (h->id != id)
            continue;
        *p = h->next;
        /* The document is as it was when it was opened. */
        wrongs += h->document->id != id || h->document->path[0] == '\0';
        if (h->document->format == &format_permit)
            permits_used--;
        if (--seen[id].at_once == 0 && h->document->format == &format_split)
            heavy_open--;
        free(h);
        return;
    }
}

static atomic_int rests;
static useconds_t rest_time; /* that a lane takes to rest */

static void fake_rest(struct lane *lane)
{
    wrongs += ((struct fake_lane *)lane)->handles != NULL;
    usleep(rest_time);
    rests++;
}

static uint64_t fake_memory(struct lane *lane)
{
    (void)lane;
    return 64 << 20;
}

static void fake_destroy(struct lane *lane)
{
    wrongs += ((struct fake_lane *)lane)->handles != NULL;
    free(lane);
}

static struct lane *fake_create(void *ctx)
{
    static const struct lane_ops ops = {
        .open = fake_open, .pages = fake_pages, .close = fake_close,
        .rest = fake_rest, .memory = fake_memory, .destroy = fake_destroy,
    };
    static atomic_uint seeds;
    struct fake_lane *l = xcalloc(1, sizeof *l);

    (void)ctx;

    l->lane.ops = &ops;
    l->seed = ++seeds;
    return &l->lane;
}

/* A run: what goes in, and what came out. */
static struct run {
    int lanes, split, permits;
    bool by_completion;
    void (*begin)(void), (*end)(void); /* called about sched_run; or NULL */
    struct buffer paths; /* each with a NUL */
    size_t count;
    int out; /* of the stream; -1: a file in memory */
    struct sched *sched;
    struct metrics *metrics;
    int rc, writer_rc;
    struct error error;
    double seconds;
    struct buffer output;
    struct {
        int count; /* of results */
        enum status status;
        enum error_kind kind;
        int pages, failed;
        enum tier tier;
    } results[DOCUMENTS];
} run;

static void start(int lanes, int split)
{
    for (int i = 0; i < DOCUMENTS; i++)
        seen[i].opens = seen[i].most = seen[i].peak = 0;
    permits_most = heavy_most = pages_run = 0;
    run = (struct run){.lanes = lanes, .split = split, .permits = 2, .out = -1};
}

static void finish(void)
{
    buffer_free(&run.paths);
    buffer_free(&run.output);
}

static void add_path(const char *path)
{
    buffer_append(&run.paths, path, strlen(path) + 1);
    run.count++;
}

static char scratch[] = "./test-sched-XXXXXX";

/* A file of SIZE bytes at least; the tiers below go by KiB. */
static void add(const char *kind, int pages, int lines, int fail, int delay,
                off_t size)
{
    char path[128];

    snprintf(path, sizeof path, "%s/%04zu-%s", scratch, run.count, kind);

    FILE *file = fopen(path, "w");

    cr_assert_not_null(file);
    fprintf(file, "%s %d %d %d %d\n", kind, pages, lines, fail, delay);
    cr_assert_eq(fclose(file), 0);
    if (size > 64)
        cr_assert_eq(truncate(path, size), 0);
    add_path(path);
}

static void report_finished(struct sink_report *report, struct result *r)
{
    uint64_t i = r->item.ordinal;

    (void)report;
    run.results[i].count++;
    run.results[i].status = r->status;
    run.results[i].kind = r->error.kind;
    run.results[i].pages = r->pages;
    run.results[i].failed = r->pages_failed;
    run.results[i].tier = r->tier;
    metrics_finish(run.metrics, r);
    result_destroy(r);
}

static void writer_failed(void *ctx)
{
    (void)ctx;
    sched_abort(run.sched);
}

static void read_output(int fd)
{
    struct stat st;

    cr_assert_eq(fstat(fd, &st), 0);
    buffer_reserve(&run.output, (size_t)st.st_size);
    cr_assert_eq(pread(fd, run.output.data, (size_t)st.st_size, 0), st.st_size);
    run.output.size = (size_t)st.st_size;
}

static void go(void)
{
    struct sink_report report = {report_finished};
    int fd = run.out >= 0 ? run.out : memfd_create("out", MFD_CLOEXEC);
    struct sink *sink = sink_create_stream(fd, !run.by_completion, 1 << 20,
                                           &report);
    struct error e = {0};
    const char **paths = xcalloc(run.count + 1, sizeof *paths);
    const char *path = run.paths.data;

    run.metrics = metrics_create(run.lanes);
    struct writer *writer = writer_create(sink, writer_failed, NULL, &e);
    cr_assert_not_null(writer);

    struct sched_config config = {
        .lanes = run.lanes,
        .split_pages = run.split,
        .permits = run.permits,
        .limits = {{1 << 10, 4 << 10, 16 << 10, 64 << 10},
                   {10, 50, 200, 1000}},
        .lane_create = fake_create,
    };

    run.sched = sched_create(&config, writer, run.metrics);
    for (size_t i = 0; i < run.count; i++, path += strlen(path) + 1)
        paths[i] = path;

    struct source_config inputs = {
        .paths = paths, .path_count = run.count, .wake_fd = -1,
    };
    struct source *source = source_create(&inputs);
    double begin = clock_now();

    if (run.begin)
        run.begin();
    run.rc = sched_run(run.sched, source, &run.error);
    if (run.end)
        run.end();
    run.seconds = clock_now() - begin;
    source_destroy(source);
    run.writer_rc = writer_finish(writer, &run.error);
    sched_destroy(run.sched);
    sink_destroy(sink);
    if (run.out < 0) {
        read_output(fd);
        close(fd);
    }
    free(paths);
    cr_assert_eq(wrongs, 0);
}

static void go_and_drop(void)
{
    go();
    metrics_destroy(run.metrics);
}

/* Appends what document I is to give. */
static void expect(struct buffer *b, size_t i)
{
    const char *path = run.paths.data;
    struct script script;

    while (i--)
        path += strlen(path) + 1;

    int fd = open(path, O_RDONLY);

    if (fd >= 0 && read_script(fd, &script) &&
        strcmp(script.kind, "other") != 0)
        for (int page = 1; page <= script.pages; page++) {
            page_text(b, &script, path, page);
            buffer_append_char(b, '\f');
        }
    if (fd >= 0)
        close(fd);
}

static void check_output(const struct buffer *expected)
{
    cr_assert_eq(run.output.size, expected->size, "%zu bytes, not %zu",
                 run.output.size, expected->size);
    cr_assert(memcmp(run.output.data, expected->data, expected->size) == 0);
}

static void check_one_result_each(void)
{
    for (size_t i = 0; i < run.count; i++)
        cr_assert_eq(run.results[i].count, 1, "item %zu has %d results", i,
                     run.results[i].count);
}

static void make_scratch(void)
{
    strcpy(scratch + strlen(scratch) - 6, "XXXXXX");
    cr_assert_not_null(mkdtemp(scratch));
}

static void remove_scratch(void)
{
    char *command = xasprintf("rm -rf %s", scratch);

    cr_assert_eq(system(command), 0);
    free(command);
}

TestSuite(sched, .init = make_scratch, .fini = remove_scratch, .timeout = 600);

#endif
