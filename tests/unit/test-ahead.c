/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-ahead.c - what counts of files that are read ahead, and that they are. */
#include <config.h>

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "sched/ahead.h"

#define FILE_SIZE ((size_t)1 << 20)

static char name[] = "ahead-XXXXXX";

static void make_file(void)
{
    static const char block[4096] = "text";
    int fd = mkstemp(name);
    cr_assert_geq(fd, 0);
    for (size_t i = 0; i < FILE_SIZE / sizeof block; i++)
        cr_assert_eq(write(fd, block, sizeof block), (ssize_t)sizeof block);
    cr_assert_eq(fsync(fd), 0);
    close(fd);
}

static void remove_file(void)
{
    unlink(name);
}

/* Pages of the file that are in memory. */
static size_t resident(void)
{
    static unsigned char there[FILE_SIZE / 4096];
    size_t page = (size_t)sysconf(_SC_PAGESIZE), count = 0;
    int fd = open(name, O_RDONLY);
    void *map = mmap(NULL, FILE_SIZE, PROT_READ, MAP_SHARED, fd, 0);
    cr_assert_neq(map, MAP_FAILED);
    cr_assert_eq(mincore(map, FILE_SIZE, there), 0);
    for (size_t i = 0; i < FILE_SIZE / page; i++)
        count += there[i] & 1;
    munmap(map, FILE_SIZE);
    close(fd);
    return count;
}

Test(ahead, only_so_much_is_asked_for, .init = make_file, .fini = remove_file)
{
    struct ahead a = {0};
    cr_assert_eq(ahead_ask(&a, name, 0), 0U);
    cr_assert_eq(ahead_ask(&a, name, 1000), 1000U);
    cr_assert_eq(ahead_ask(&a, name, UINT64_MAX), AHEAD_OF_ONE);
    uint64_t sum = a.bytes;
    for (uint64_t got; (got = ahead_ask(&a, name, AHEAD_OF_ONE)) > 0;)
        sum += got;
    cr_assert_leq(sum, AHEAD_OF_ALL);
    cr_assert_gt(sum + AHEAD_OF_ONE, AHEAD_OF_ALL);
    ahead_give_back(&a, AHEAD_OF_ONE);
    cr_assert_eq(ahead_ask(&a, name, AHEAD_OF_ONE), AHEAD_OF_ONE);
    ahead_give_back(&a, sum);
    cr_assert_eq(a.bytes, 0U);
}

Test(ahead, what_cannot_be_read_counts_nothing)
{
    struct ahead a = {0};
    cr_assert_eq(ahead_ask(&a, "no/such/file", 1000), 0U);
    cr_assert_eq(mkfifo("ahead.fifo", 0600), 0);
    cr_assert_eq(ahead_ask(&a, "ahead.fifo", 1000), 0U);
    unlink("ahead.fifo");
    cr_assert_eq(a.bytes, 0U);
}

/* Where the file system lets go of a file's pages (tmpfs does not). */
Test(ahead, the_file_comes_into_memory, .init = make_file, .fini = remove_file)
{
    struct ahead a = {0};
    int fd = open(name, O_RDONLY);
    posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
    close(fd);
    size_t before = resident();
    if (before > 0)
        cr_skip_test("the file stays in memory");
    ahead_ask(&a, name, FILE_SIZE);
    struct timespec pause = { .tv_nsec = 10000000 };
    for (int i = 0; i < 500 && resident() < FILE_SIZE / 8192; i++)
        nanosleep(&pause, NULL);
    cr_assert_geq(resident(), FILE_SIZE / 8192);
}
