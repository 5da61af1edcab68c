/* SPDX-License-Identifier: GPL-3.0-or-later */
/* enqueue.c - how long those who hand documents to the writer of a database wait for
 * it while its disk is slow.
 *
 *   enqueue DATABASE DOCUMENTS PER_SECOND MILLISECONDS
 *
 * MILLISECONDS is what each write and sync of SQLite takes longer. Prints the median,
 * the 99th percentile and the longest wait, in milliseconds, and the documents per
 * second that were written in all. */
#include <config.h>

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "sink/sqlite.h"
#include "sink/writer.h"

static double enqueue_slow; /* seconds */

static void enqueue_pause(double seconds)
{
    if (seconds > 0)
        usleep((useconds_t)(seconds * 1e6));
}

static ssize_t enqueue_pwrite(int fd, const void *data, size_t size, off_t at)
{
    enqueue_pause(enqueue_slow);
    return pwrite(fd, data, size, at);
}

static int enqueue_sync(int fd)
{
    enqueue_pause(enqueue_slow);
    return fdatasync(fd);
}

static void enqueue_slow_down(void)
{
    sqlite3_initialize();
    sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
    vfs->xSetSystemCall(vfs, "pwrite64", (sqlite3_syscall_ptr)enqueue_pwrite);
    vfs->xSetSystemCall(vfs, "pwrite", (sqlite3_syscall_ptr)enqueue_pwrite);
    vfs->xSetSystemCall(vfs, "fsync", (sqlite3_syscall_ptr)enqueue_sync);
}

static void enqueue_finished(struct sink_report *report, struct result *result)
{
    (void)report;
    result_destroy(result);
}

static void enqueue_failed(void *ctx)
{
    (void)ctx;
    fprintf(stderr, "enqueue: the sink failed\n");
    exit(1);
}

/* A document of one page, as a lane hands it over. Returns the seconds it took. */
static double enqueue_document(struct writer *w, uint64_t ordinal)
{
    struct item item = { .ordinal = ordinal, .path = xasprintf("%llu.txt",
                         (unsigned long long)ordinal), .bytes = 2000 };
    struct result *r = result_create(&item);
    struct chunk chunk = { 0 };
    for (int i = 0; i < 40; i++)
        chunk_text(&chunk, 1, "some words of a page that is not read ", 38);
    chunk_end_page(&chunk, 1);
    r->pages = r->pages_total = 1;
    result_conclude(r);
    double start = clock_now();
    writer_admit(w, r);
    writer_put(w, r, &chunk);
    writer_end(w, r);
    return clock_now() - start;
}

static int enqueue_compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    if (argc != 5) {
        fprintf(stderr, "usage: enqueue DATABASE DOCUMENTS PER_SECOND MILLISECONDS\n");
        return 2;
    }
    size_t count = strtoul(argv[2], NULL, 10);
    double pause = 1 / strtod(argv[3], NULL);
    enqueue_slow = strtod(argv[4], NULL) / 1000;
    enqueue_slow_down();
    struct error e = { 0 };
    struct manifest_config config = { argv[1], SCHEMA_CORPUS, "enqueue", true };
    struct manifest *m = manifest_open(&config, &e);
    struct sink_report report = { enqueue_finished };
    struct sink *sink =
        m ? sink_create_sqlite(m, NULL, argv[1], (size_t)64 << 20, &report, &e) : NULL;
    struct writer *w = sink ? writer_create(sink, enqueue_failed, NULL, &e) : NULL;
    if (!w) {
        fprintf(stderr, "enqueue: %s\n", e.detail);
        return 1;
    }
    double *waits = xcalloc(count + 1, sizeof *waits);
    double start = clock_now();
    for (size_t i = 0; i < count; i++) {
        waits[i] = enqueue_document(w, i);
        enqueue_pause(start + (double)(i + 1) * pause - clock_now());
    }
    int rc = writer_finish(w, &e);
    double seconds = clock_now() - start;
    qsort(waits, count, sizeof *waits, enqueue_compare);
    printf("%.4f %.4f %.4f %.0f\n", waits[count / 2] * 1000,
           waits[count * 99 / 100] * 1000, waits[count - 1] * 1000,
           (double)count / seconds);
    free(waits);
    sink_destroy(sink);
    manifest_close(m);
    return rc == 0 ? 0 : 1;
}
