/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-spill.c - bytes that wait, in memory and past the limit in a file. */
#include <config.h>

#include <criterion/criterion.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "sink/spill.h"

static char scratch[] = "./test-spill-XXXXXX";

static void setup(void)
{
    cr_assert_not_null(mkdtemp(scratch));
    setenv("TMPDIR", scratch, 1);
}

static void teardown(void)
{
    /* Fails when something was left in it. */
    cr_assert_eq(rmdir(scratch), 0);
}

TestSuite(spill, .init = setup, .fini = teardown);

/* The descriptor of the temporary file, or -1. */
static int temporary(void)
{
    char *folder = realpath(scratch, NULL);
    int found = -1;

    for (int fd = 3; fd < 64; fd++) {
        char link[64], target[PATH_MAX + 1] = "";

        snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
        if (readlink(link, target, PATH_MAX) > 0 &&
            strncmp(target, folder, strlen(folder)) == 0)
            found = fd;
    }
    free(folder);
    return found;
}

static int gather(void *ctx, const char *data, size_t size, struct error *e)
{
    (void)e;
    buffer_append(ctx, data, size);
    return 0;
}

static void check(struct spill *s, struct spill_queue *q, const char *data,
                  size_t size)
{
    struct buffer b = {0};
    struct error e = {0};

    cr_assert_eq(spill_replay(s, q, gather, &b, &e), 0, "%s", e.detail);
    cr_assert_eq(b.size, size, "%zu bytes, not %zu", b.size, size);
    cr_assert(size == 0 || memcmp(b.data, data, size) == 0);
    cr_assert_null(q->first);
    buffer_free(&b);
}

Test(spill, no_file_before_it_is_needed)
{
    struct spill *s = spill_create(1 << 20);
    struct spill_queue q = {0}, none = {0};
    struct error e = {0};
    char *data = xcalloc(1, 1 << 20);

    cr_assert_eq(spill_store(s, &q, "", 0, &e), 0);
    cr_assert_eq(spill_store(s, &q, data, 1 << 20, &e), 0);
    cr_assert_eq(temporary(), -1);
    cr_assert_eq(spill_store(s, &q, "x", 1, &e), 0);
    cr_assert_neq(temporary(), -1);
    data = realloc(data, (1 << 20) + 1);
    data[1 << 20] = 'x';
    check(s, &none, NULL, 0);
    check(s, &q, data, (1 << 20) + 1);
    free(data);
    spill_destroy(s);
    spill_destroy(NULL);
    cr_assert_eq(temporary(), -1);
}

/* What is stored in many queues by turns, against plain buffers. */
static void check_model(size_t limit, size_t most)
{
    enum { QUEUES = 20 };
    struct spill *s = spill_create(limit);
    struct spill_queue queues[QUEUES] = {0};
    struct buffer models[QUEUES] = {0};
    struct error e = {0};
    unsigned seed = (unsigned)limit + 3;
    char *data = xcalloc(1, most + 1);

    for (int step = 0; step < 5000; step++) {
        int q = rand_r(&seed) % QUEUES;
        size_t size = (size_t)rand_r(&seed) % (step % 3 ? 40 : most);

        memset(data, 'a' + step % 26, size);
        cr_assert_eq(spill_store(s, &queues[q], data, size, &e), 0);
        buffer_append(&models[q], data, size);
        if (step % 17 == 0) {
            check(s, &queues[q], models[q].data, models[q].size);
            buffer_clear(&models[q]);
        } else if (step % 41 == 0) {
            spill_drop(s, &queues[q]);
            buffer_clear(&models[q]);
        }
    }
    for (int q = 0; q < QUEUES; q++) {
        check(s, &queues[q], models[q].data, models[q].size);
        buffer_free(&models[q]);
    }
    spill_destroy(s);
    free(data);
}

Test(spill, gives_back_what_was_stored)
{
    check_model(0, 5000);
    check_model(1000, 5000);
    check_model(100000, 5000);
    check_model(500000, 300000);
    check_model(SIZE_MAX, 5000);
}

/* What was read is given back to the disk while other queues still wait. */
Test(spill, the_file_does_not_only_grow)
{
    struct spill *s = spill_create(0);
    struct spill_queue waits = {0}, q = {0};
    struct error e = {0};
    char *data = xcalloc(1, 1 << 20);
    struct stat st;

    cr_assert_eq(spill_store(s, &waits, "waits", 5, &e), 0);
    for (int i = 0; i < 100; i++) {
        cr_assert_eq(spill_store(s, &q, data, 1 << 20, &e), 0);
        check(s, &q, data, 1 << 20);
    }
    cr_assert_eq(fstat(temporary(), &st), 0);
    cr_assert_lt(st.st_blocks * 512, 4 << 20, "%ld blocks", (long)st.st_blocks);
    check(s, &waits, "waits", 5);
    cr_assert_eq(fstat(temporary(), &st), 0);
    cr_assert_eq(st.st_size, 0);
    /* And it can be used again. */
    cr_assert_eq(spill_store(s, &q, "again", 5, &e), 0);
    check(s, &q, "again", 5);
    free(data);
    spill_destroy(s);
}

Test(spill, memory_is_used_again)
{
    struct spill *s = spill_create(1000);
    struct spill_queue q = {0};
    struct error e = {0};
    char data[1000] = "";

    for (int i = 0; i < 100; i++) {
        cr_assert_eq(spill_store(s, &q, data, sizeof data, &e), 0);
        if (i % 2)
            spill_drop(s, &q);
        else
            check(s, &q, data, sizeof data);
    }
    cr_assert_eq(temporary(), -1);
    spill_destroy(s);
}

static int refuse(void *ctx, const char *data, size_t size, struct error *e)
{
    (void)data, (void)size;
    return --*(int *)ctx < 0 ? error_set(e, ERROR_OUTPUT, "refused") : 0;
}

Test(spill, the_reader_fails)
{
    for (size_t limit = 0; limit <= 1 << 20; limit += 1 << 18) {
        struct spill *s = spill_create(limit);
        struct spill_queue q = {0};
        struct error e = {0};
        char *data = xcalloc(1, 300000);
        int calls = 2;

        for (int i = 0; i < 3; i++)
            cr_assert_eq(spill_store(s, &q, data, 300000, &e), 0);
        cr_assert_eq(spill_replay(s, &q, refuse, &calls, &e), -1);
        cr_assert_str_eq(e.detail, "refused");
        cr_assert_eq(calls, -1);
        spill_drop(s, &q);
        spill_destroy(s);
        free(data);
    }
}

Test(spill, no_folder_for_the_file)
{
    struct spill *s = spill_create(0);
    struct spill_queue q = {0};
    struct error e = {0};

    setenv("TMPDIR", "./none/such", 1);
    cr_assert_eq(spill_store(s, &q, "x", 1, &e), -1);
    cr_assert_eq(e.kind, ERROR_OUTPUT);
    cr_assert_eq(e.sys_errno, ENOENT);
    cr_assert_not_null(strstr(e.detail, "./none/such"));
    cr_assert_null(q.first);
    spill_destroy(s);
}

Test(spill, the_disk_is_full)
{
    struct spill *s = spill_create(10);
    struct spill_queue q = {0};
    struct error e = {0};
    struct rlimit limit = {100000, 100000};
    char *data = xcalloc(1, 60000);

    signal(SIGXFSZ, SIG_IGN);
    cr_assert_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    cr_assert_eq(spill_store(s, &q, "x", 1, &e), 0);
    cr_assert_eq(spill_store(s, &q, data, 60000, &e), 0);
    cr_assert_eq(spill_store(s, &q, data, 60000, &e), -1);
    cr_assert_eq(e.kind, ERROR_OUTPUT);
    cr_assert_eq(e.sys_errno, EFBIG);
    spill_drop(s, &q);
    spill_destroy(s);
    free(data);
}
