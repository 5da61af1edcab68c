/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-writer.c - the writer's queue: order, bounds, waiting, and what becomes
 * of everything when the sink fails. */
#include <config.h>

#include <criterion/criterion.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "sink/writer.h"

static struct probe {
    struct sink sink;
    struct sink_report report;
    int texts, ends, flushes, nulls;
    atomic_int idles;
    int fail_text, fail_end; /* at that call; 0: never */
    bool fail_idle, fail_flush;
    int reported, culprits, unreached;
    bool holds; /* waits for the gate before each text */
    sem_t gate;
    struct buffer log;
    atomic_int destroyed;
    atomic_int taken; /* texts that the sink has begun */
} probe;
static atomic_int failures;

static int probe_text(struct sink *sink, struct result *r, int page,
                      const char *text, size_t size, bool end_of_page,
                      struct error *e)
{
    struct probe *p = (struct probe *)sink;

    p->taken++;
    p->nulls += text == NULL;
    if (p->holds)
        sem_wait(&p->gate);
    if (++p->texts == p->fail_text)
        return error_set(e, ERROR_OUTPUT, "text failed");
    if (p->log.size < 1 << 20)
        buffer_printf(&p->log, "%d.%d:%.*s%s ", (int)r->item.ordinal, page,
                      size > 20 ? 20 : (int)size, text,
                      end_of_page ? "|" : "");
    return 0;
}

static int probe_end(struct sink *sink, struct result *r, struct error *e)
{
    struct probe *p = (struct probe *)sink;

    if (++p->ends == p->fail_end) {
        error_set(e, ERROR_OUTPUT, "end failed");
        sink_lose(sink, r, e);
        return -1;
    }
    sink->horizon = r->item.ordinal + 101;
    sink->report->finished(sink->report, r);
    return 0;
}

static int probe_idle(struct sink *sink, struct error *e)
{
    struct probe *p = (struct probe *)sink;

    p->idles++;
    return p->fail_idle ? error_set(e, ERROR_OUTPUT, "idle failed") : 0;
}

static int probe_flush(struct sink *sink, struct error *e)
{
    struct probe *p = (struct probe *)sink;

    p->flushes++;
    return p->fail_flush ? error_set(e, ERROR_OUTPUT, "flush failed") : 0;
}

static void probe_finished(struct sink_report *report, struct result *r)
{
    (void)report;
    probe.reported++;
    if (r->lost && r->error.kind == ERROR_OUTPUT)
        probe.culprits++;
    else if (r->lost)
        probe.unreached += r->error.kind == ERROR_INTERRUPTED;
    result_destroy(r);
}

static void on_fail(void *ctx)
{
    failures += ctx == &probe;
}

static struct writer *setup(void)
{
    static const struct sink_ops ops = {
        .text = probe_text, .end = probe_end, .idle = probe_idle,
        .flush = probe_flush,
    };
    struct error e = {0};

    probe.report.finished = probe_finished;
    sink_init(&probe.sink, &ops, &probe.report);
    probe.sink.horizon = 100;
    sem_init(&probe.gate, 0, 0);

    struct writer *w = writer_create(&probe.sink, on_fail, &probe, &e);

    cr_assert_not_null(w);
    return w;
}

static struct result *make(uint64_t ordinal)
{
    struct item item = {.ordinal = ordinal, .path = xstrdup("x")};

    return result_create(&item);
}

static int put(struct writer *w, struct result *r, int page, const char *text,
               size_t size)
{
    struct chunk c = {0};

    chunk_text(&c, page, text, size);
    chunk_end_page(&c, page);
    int rc = writer_put(w, r, &c);
    cr_assert_null(c.text.data);
    cr_assert_null(c.marks);
    return rc;
}

static void done(void)
{
    buffer_free(&probe.log);
    sem_destroy(&probe.gate);
}

Test(chunk, marks_pages)
{
    struct chunk c = {0}, moved = {0};

    chunk_text(&c, 1, "ab", 2);
    chunk_text(&c, 1, "c", 1);
    chunk_end_page(&c, 1);
    chunk_end_page(&c, 2); /* without text */
    for (int page = 3; page < 40; page++) {
        chunk_text(&c, page, "xy", 2);
        chunk_end_page(&c, page);
    }
    chunk_text(&c, 40, "open", 4);
    cr_assert_eq(c.mark_count, 40);
    cr_assert_eq(c.marks[0].end, 3);
    cr_assert(c.marks[0].complete);
    cr_assert_eq(c.marks[1].end, 3);
    cr_assert(c.marks[1].complete);
    cr_assert_eq(c.marks[39].page, 40);
    cr_assert_not(c.marks[39].complete);
    cr_assert_eq(c.marks[39].end, c.text.size);
    chunk_move(&moved, &c);
    cr_assert_null(c.marks);
    chunk_free(&c);
    chunk_free(&moved);
    cr_assert_null(moved.text.data);
}

Test(writer, keeps_the_order_and_flushes)
{
    struct writer *w = setup();
    struct result *a = make(0), *b = make(1);
    struct error e = {0};
    struct chunk c = {0};

    cr_assert_eq(writer_admit(w, a), 0);
    cr_assert_eq(writer_admit(w, b), 0);
    put(w, a, 1, "one", 3);
    put(w, b, 1, "uno", 3);
    put(w, a, 2, "", 0);
    chunk_text(&c, 3, "half", 4);
    writer_put(w, a, &c);
    put(w, a, 3, "rest", 4);
    writer_end(w, a);
    writer_end(w, b);
    cr_assert_eq(writer_finish(w, &e), 0);
    cr_assert_str_eq(buffer_string(&probe.log),
                     "0.1:one| 1.1:uno| 0.2:| 0.3:half 0.3:rest| ");
    cr_assert_eq(probe.ends, 2);
    cr_assert_eq(probe.flushes, 1);
    cr_assert_eq(probe.nulls, 0);
    cr_assert_eq(failures, 0);
    done();
}

static void wait_for(atomic_int *value, int wanted)
{
    double begin = clock_now();

    while (*value < wanted && clock_now() - begin < 100)
        usleep(100);
    cr_assert_geq(*value, wanted);
}

/* A thread that puts until it is told not to, or COUNT times. */
struct putter {
    struct writer *writer;
    struct result *result;
    size_t size;
    int count;
    atomic_int put;
    int rc;
};

static void *put_many(void *arg)
{
    struct putter *p = arg;
    char *text = xcalloc(1, p->size + 1);

    memset(text, 'x', p->size);
    for (int i = 0; p->rc == 0 && i < p->count; i++) {
        p->rc = put(p->writer, p->result, i + 1, text, p->size);
        p->put++;
    }
    free(text);
    return NULL;
}

static void check_bound(size_t size, int count, int most)
{
    probe.holds = true;
    struct writer *w = setup();
    struct putter p = {.writer = w, .result = make(0), .size = size,
                       .count = count};
    struct error e = {0};
    pthread_t thread;

    pthread_create(&thread, NULL, put_many, &p);
    wait_for(&p.put, most);
    usleep(50000);
    cr_assert_leq(p.put, most + 1, "%d were put", p.put);
    for (int i = 0; i < count; i++)
        sem_post(&probe.gate);
    pthread_join(thread, NULL);
    cr_assert_eq(p.rc, 0);
    writer_end(w, p.result);
    cr_assert_eq(writer_finish(w, &e), 0);
    cr_assert_eq(probe.texts, count);
    done();
}

Test(writer, bounds_entries, .timeout = 300)
{
    check_bound(1, 12000, 10000);
}

Test(writer, bounds_bytes, .timeout = 300)
{
    check_bound((size_t)1 << 20, 100, 32);
}

Test(writer, takes_an_entry_of_any_size_when_empty, .timeout = 300)
{
    check_bound((size_t)40 << 20, 4, 1);
}

Test(writer, admits_up_to_the_horizon, .timeout = 300)
{
    struct writer *w = setup();
    struct error e = {0};

    for (uint64_t i = 0; i < 5000; i++) {
        struct result *r = make(i);

        cr_assert_eq(writer_admit(w, r), 0);
        writer_end(w, r);
    }
    cr_assert_eq(writer_finish(w, &e), 0);
    cr_assert_eq(probe.ends, 5000);
    done();
}

static void *abandon_soon(void *arg)
{
    usleep(50000);
    writer_abandon(arg);
    return NULL;
}

Test(writer, abandon_ends_the_wait, .timeout = 300)
{
    struct writer *w = setup();
    struct result *r = make(100);
    struct error e = {0};
    pthread_t thread;

    pthread_create(&thread, NULL, abandon_soon, w);
    cr_assert_eq(writer_admit(w, r), -1);
    pthread_join(thread, NULL);
    result_destroy(r);
    r = make(0);
    cr_assert_eq(writer_admit(w, r), -1);
    result_destroy(r);
    /* What was admitted before still goes out. */
    r = make(1);
    cr_assert_eq(put(w, r, 1, "a", 1), 0);
    writer_end(w, r);
    cr_assert_eq(writer_finish(w, &e), 0);
    cr_assert_str_eq(buffer_string(&probe.log), "1.1:a| ");
    done();
}

Test(writer, idle_once_when_the_queue_runs_empty, .timeout = 300)
{
    struct writer *w = setup();
    struct result *r = make(0);
    struct error e = {0};

    wait_for(&probe.idles, 1);
    put(w, r, 1, "a", 1);
    wait_for(&probe.idles, 2);
    writer_end(w, r);
    cr_assert_eq(writer_finish(w, &e), 0);
    cr_assert_leq(probe.idles, 3);
    done();
}

/* Threads wait for room, and one to be admitted, when the sink fails. */
static void *admit(void *arg)
{
    struct putter *p = arg;

    p->rc = writer_admit(p->writer, p->result);
    return NULL;
}

static void check_failure(const char *detail)
{
    struct writer *w = setup();
    struct putter putters[4], late = {.writer = w, .result = make(100)};
    struct error e = {0};
    pthread_t threads[4], admitter;

    for (size_t i = 0; i < 4; i++) {
        putters[i] = (struct putter){.writer = w, .result = make(i),
                                     .size = 100, .count = 100000};
        pthread_create(&threads[i], NULL, put_many, &putters[i]);
    }
    pthread_create(&admitter, NULL, admit, &late);
    wait_for(&probe.taken, 1);
    if (probe.holds)
        usleep(50000);
    for (int i = 0; i < 10; i++)
        sem_post(&probe.gate);
    if (probe.fail_end)
        writer_end(w, make(5));
    for (size_t i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
        cr_assert_eq(putters[i].rc, -1);
    }
    pthread_join(admitter, NULL);
    cr_assert_eq(late.rc, -1);
    result_destroy(late.result);
    /* Ends are taken, however many. */
    for (size_t i = 0; i < 4; i++)
        writer_end(w, putters[i].result);
    for (uint64_t i = 0; i < 3000; i++)
        writer_end(w, make(i));
    cr_assert_eq(writer_finish(w, &e), -1);
    cr_assert_str_eq(e.detail, detail);
    cr_assert_eq(failures, 1);
    cr_assert_eq(probe.flushes, 0);
    /* Each is reported, and the one at fault as such. */
    cr_assert_eq(probe.reported, 3004 + (probe.fail_end ? 1 : 0));
    cr_assert_eq(probe.culprits, 1);
    cr_assert_eq(probe.unreached, probe.reported - 1);
    done();
}

Test(writer, text_fails_while_lanes_wait, .timeout = 300)
{
    probe.holds = true;
    probe.fail_text = 5;
    check_failure("text failed");
}

Test(writer, end_fails_while_lanes_wait, .timeout = 300)
{
    probe.fail_end = 1;
    check_failure("end failed");
}

Test(writer, idle_fails, .timeout = 300)
{
    probe.fail_idle = true;

    struct writer *w = setup();
    struct result *r = make(0);
    struct error e = {0};

    wait_for(&failures, 1);
    cr_assert_eq(put(w, r, 1, "a", 1), -1);
    writer_end(w, r);
    cr_assert_eq(writer_finish(w, &e), -1);
    cr_assert_str_eq(e.detail, "idle failed");
    cr_assert_eq(probe.texts, 0);
    done();
}

Test(writer, flush_fails)
{
    probe.fail_flush = true;

    struct writer *w = setup();
    struct error e = {0};

    writer_end(w, make(0));
    cr_assert_eq(writer_finish(w, &e), -1);
    cr_assert_str_eq(e.detail, "flush failed");
    cr_assert_eq(failures, 1);
    done();
}
