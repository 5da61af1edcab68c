/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-worker.c - the bytes are what workers do while documents are opened and
 * read with them (puppet.h), after a head that says what is asked of them.
 * Whatever they do, a lane keeps the promises of lane.h. */
#include <config.h>

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"
#include "lane/fallback.h"
#include "lane/worker.h"
#include "layout/layout.h"
#include "fuzz.h"
#include "puppet.h"

#define HEAD 6
#define PAGES_MAX 12
/* Workers that may be started for one document: two for opening it, two for
 * each page, and one for each request before which the last one spoke up. */
#define STARTS(pages) (2 + 2 * (pages) + 3)
/* Seconds of a page that nobody is to wait for: a patient puppet is never
 * silent but at its end. */
#define PATIENCE 5.0

const char *const fuzz_corpus[] = { NULL };

enum worker_flag {
    FLAG_SPLITS = 1,
    FLAG_KEEPS_MARKS = 2,
    FLAG_REQUIRE = 4,  /* --sandbox=require */
    FLAG_PATIENT = 8,  /* the page's time is long; else it is over at once */
    FLAG_NO_TIME = 16, /* the document's time is over at once */
    FLAG_PASSWORD = 32,
    FLAG_MIXED = 64 /* every second document needs other libraries */
};

static uint8_t flags; /* of this run */

static void must_be_worker_error(const struct error *e)
{
    fuzz_must_be_error(e);
    if (e->kind == ERROR_TIMEOUT)
        fuzz_must(!(flags & FLAG_PATIENT) || flags & FLAG_NO_TIME);
}

struct worker_sink {
    struct lane_output out; /* first, so that it can be cast back */
    const struct format *format;
    const int *pages;
    int count, done, sound;
    int calls_left; /* then it takes no more; -1: no end */
    bool stopped;
};

static int sink_count(struct worker_sink *sink)
{
    fuzz_must(!sink->stopped);
    sink->stopped = sink->calls_left == 0;
    if (sink->calls_left > 0)
        sink->calls_left--;
    return sink->stopped ? -1 : 0;
}

static int sink_text(struct lane_output *out, int page, const char *text, size_t size)
{
    struct worker_sink *sink = (struct worker_sink *)out;
    fuzz_must(sink->done < sink->count && page == sink->pages[sink->done]);
    fuzz_must(size > 0 && utf8_valid_prefix(text, size) == size);
    if (!(sink->format->flags & FORMAT_KEEPS_MARKS))
        fuzz_must(!memchr(text, '\f', size) && !memchr(text, '\0', size));
    return sink_count(sink);
}

static int sink_page_done(struct lane_output *out, int page, const struct error *e)
{
    struct worker_sink *sink = (struct worker_sink *)out;
    fuzz_must(sink->done < sink->count && page == sink->pages[sink->done]);
    fuzz_must(out->flags <= (LAYOUT_NO_TEXT | LAYOUT_GARBLED) && (!e || !out->flags));
    if (e)
        must_be_worker_error(e);
    sink->sound += !e;
    sink->done++;
    return sink_count(sink);
}

/* --- in place of the lane in this process --- */

/* What it must never be asked for: set for each document. */
static const struct budget *here_budget;
static enum sandbox_mode here_sandbox;

static void here_may_parse(const struct lane_document *document)
{
    fuzz_must(document->budget == here_budget);
    fuzz_must(!budget_is_suspect(here_budget));
    fuzz_must(here_sandbox != SANDBOX_REQUIRE);
    fuzz_must(puppet.refused && puppet.starts >= puppet.refused);
}

struct fallback *fallback_create(void)
{
    return NULL;
}

int fallback_open(struct fallback *f, const struct lane_document *document,
                  struct format_info *info, struct error *e)
{
    (void)f;
    fuzz_must_be_error(e);
    here_may_parse(document);
    info->pages = 1;
    return 0;
}

int fallback_pages(struct fallback *f, const struct lane_document *document,
                   const int *pages, int count, struct lane_output *out,
                   const struct error *why, struct error *e)
{
    (void)f, (void)e;
    int rc = 0;
    fuzz_must_be_error(why);
    here_may_parse(document);
    for (int i = 0; rc == 0 && i < count; i++)
        rc = out->page_done(out, pages[i], NULL);
    return rc;
}

void fallback_close(struct fallback *f, uint64_t id)
{
    (void)f, (void)id;
}

void fallback_destroy(struct fallback *f)
{
    (void)f;
}

/* --- a run --- */

static void worker_read(struct lane *lane, const struct lane_document *document,
                        const int *pages, int count, int calls)
{
    struct worker_sink sink = {
        .out = { .text = sink_text, .page_done = sink_page_done },
        .format = document->format,
        .pages = pages,
        .count = count,
        .calls_left = calls,
    };
    struct error e = { 0 };
    uint64_t frames = puppet.frames;
    int rc = lane_pages(lane, document, pages, count, &sink.out, &e);
    if (rc == 0)
        fuzz_must(sink.done == count && !sink.stopped);
    else if (!sink.stopped)
        must_be_worker_error(&e);
    /* Nothing is sound that no worker has said so of. */
    if (!puppet.refused)
        fuzz_must((uint64_t)sink.sound <= puppet.frames - frames);
}

static void worker_document(struct lane *lane, const struct lane_document *document,
                            int count, int calls)
{
    static const int pages[PAGES_MAX] = { 1, 2, 3, 4, 6, 8, 9, 12, 200, 201, 202, 300 };
    struct format_info info = { 0 };
    struct error e = { 0 };
    unsigned starts = puppet.starts;
    int rc = lane_open(lane, document, &info, &e);
    if (rc == 0)
        fuzz_must_be_info(&info);
    else
        must_be_worker_error(&e);
    metadata_clear(&info.metadata);
    if (rc == 0 && count > 1)
        worker_read(lane, document, pages, count / 2, calls);
    if (rc == 0)
        worker_read(lane, document, pages + count / 2, count - count / 2, calls);
    lane_close(lane, document->id);
    fuzz_must(puppet.starts - starts <= (unsigned)STARTS(count));
}

static void worker_prepare(void)
{
}

static void worker_run(const uint8_t *head, int fd)
{
    flags = head[0];
    struct format format = {
        .name = "puppet",
        .flags = (flags & FLAG_SPLITS ? FORMAT_SPLITS : 0) |
                 (flags & FLAG_KEEPS_MARKS ? FORMAT_KEEPS_MARKS : 0),
    };
    struct format other = format;
    other.prepare = worker_prepare;
    struct worker_pool pool = {
        .page_timeout = flags & FLAG_PATIENT ? PATIENCE : 0,
        .sandbox = flags & FLAG_REQUIRE ? SANDBOX_REQUIRE : SANDBOX_AUTO,
    };
    int count = 1 + head[1] % PAGES_MAX;
    worker_pool_init(&pool);
    struct lane *lane = lane_create_worker(&pool);
    for (unsigned id = 1; id <= 1u + head[3] % 3; id++) {
        struct budget budget = { .limit = flags & FLAG_NO_TIME ? 1e-9 : 0 };
        struct lane_document document = {
            .id = id, .fd = fd, .bytes = 1, .path = "a.puppet",
            .format = flags & FLAG_MIXED && id % 2 == 0 ? &other : &format,
            .password = flags & FLAG_PASSWORD ? "secret" : NULL, .budget = &budget,
        };
        here_budget = &budget;
        here_sandbox = pool.sandbox;
        worker_document(lane, &document, count, head[2] ? head[2] - 1 : -1);
    }
    lane_destroy(lane);
    worker_pool_clear(&pool);
}

/* The lowest number that is free: a leak would have taken it. */
static int worker_free_descriptor(int fd)
{
    int number = fcntl(fd, F_DUPFD_CLOEXEC, 0);
    close(number);
    return number;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < HEAD)
        return 0;
    puppet = (struct puppet){
        .script = data + HEAD, .left = size - HEAD, .piece = data[4],
        .patient = data[0] & FLAG_PATIENT, .refused = data[5],
    };
    int fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
    int before = worker_free_descriptor(fd);
    worker_run(data, fd);
    fuzz_must(puppet.alive == 0);
    fuzz_must(worker_free_descriptor(fd) == before);
    close(fd);
    return 0;
}
