/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-map.c - files in memory, also when they shrink meanwhile. */
#include <config.h>

#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/map.h"

#define MIB ((size_t)1 << 20)

/* An unlinked file of SIZE bytes, byte I being I % 251 + 1. */
static int make_file(size_t size)
{
    char name[] = "./map-XXXXXX";
    int fd = mkstemp(name);
    unsigned char *data = malloc(size + 1);

    cr_assert_geq(fd, 0);
    cr_assert_not_null(data);
    unlink(name);
    for (size_t i = 0; i < size; i++)
        data[i] = (unsigned char)(i % 251 + 1);
    cr_assert_eq(write(fd, data, size), (ssize_t)size);
    free(data);
    return fd;
}

static void check_bytes(const struct map *m, size_t from, size_t to)
{
    const unsigned char *data = map_data(m);

    for (size_t i = from; i < to; i++) {
        if (data[i] != i % 251 + 1)
            cr_assert_fail("byte %zu is %d", i, data[i]);
    }
}

static void check_zeros(const struct map *m, size_t from, size_t to)
{
    const unsigned char *data = map_data(m);

    for (size_t i = from; i < to; i++) {
        if (data[i] != 0)
            cr_assert_fail("byte %zu is %d", i, data[i]);
    }
}

TestSuite(map, .init = map_install_guard);

Test(map, holds_files_of_all_sizes)
{
    static const size_t sizes[] = {1, 100, 65535, 65536, 65537, 3 << 20};

    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        int fd = make_file(sizes[i]);
        struct error e = {0};
        struct map *m = map_create(fd, &e);

        close(fd);
        cr_assert_not_null(m, "%s", e.detail);
        cr_assert_eq(map_size(m), sizes[i]);
        check_bytes(m, 0, sizes[i]);
        cr_assert_not(map_was_cut(m));
        map_destroy(m);
    }
    map_destroy(NULL);
}

Test(map, empty_file_has_data)
{
    int fd = make_file(0);
    struct map *m = map_create(fd, NULL);

    close(fd);
    cr_assert_not_null(m);
    cr_assert_eq(map_size(m), 0);
    cr_assert_not_null(map_data(m));
    cr_assert_not(map_was_cut(m));
    map_destroy(m);
}

Test(map, refuses_what_is_not_a_file)
{
    struct error e = {0};
    int fd = open(".", O_RDONLY);

    cr_assert_null(map_create(fd, &e));
    cr_assert_eq(e.kind, ERROR_UNREADABLE);
    close(fd);
    cr_assert_null(map_create(-1, &e));
    cr_assert_eq(e.kind, ERROR_IO);
}

Test(map, descriptor_without_read_right)
{
    struct error e = {0};
    char name[] = "./map-XXXXXX";
    int fd = mkstemp(name);
    int write_only = open(name, O_WRONLY);

    unlink(name);
    cr_assert_eq(ftruncate(fd, 200 << 10), 0);
    cr_assert_null(map_create(write_only, &e));
    cr_assert_eq(e.kind, ERROR_IO);
    close(fd);
    close(write_only);
}

Test(map, lost_pages_become_zeros)
{
    int fd = make_file(MIB);
    struct map *m = map_create(fd, NULL);

    cr_assert_not_null(m);
    check_bytes(m, 0, 10000);
    cr_assert_eq(ftruncate(fd, 128 << 10), 0);
    cr_assert_not(map_was_cut(m));
    /* From the middle, then what is before it: several faults. */
    check_zeros(m, 700000, MIB);
    cr_assert(map_was_cut(m));
    check_bytes(m, 0, 128 << 10);
    check_zeros(m, 128 << 10, MIB);
    cr_assert(map_was_cut(m));
    map_destroy(m);
    close(fd);
}

Test(map, tells_a_read_error_from_a_file_that_was_cut)
{
    struct error e = {0};
    int fd = make_file(MIB);
    struct map *m = map_create(fd, NULL);

    cr_assert_not_null(m);
    cr_assert_eq(ftruncate(fd, 128 << 10), 0);
    check_zeros(m, 700000, MIB);
    cr_assert_eq(map_lost(m, fd, &e), -1);
    cr_assert_eq(e.kind, ERROR_IO);
    cr_assert_eq(e.sys_errno, 0);
    cr_assert_not(error_may_pass(&e));
    /* As long as it was: the bytes are there, and yet were not to be had. */
    cr_assert_eq(ftruncate(fd, MIB), 0);
    cr_assert_eq(map_lost(m, fd, &e), -1);
    cr_assert_eq(e.kind, ERROR_IO);
    cr_assert_eq(e.sys_errno, EIO);
    cr_assert(error_may_pass(&e));
    map_destroy(m);
    close(fd);
}

Test(map, only_the_map_that_shrank_is_marked)
{
    int fds[3];
    struct map *maps[3];

    for (int i = 0; i < 3; i++) {
        fds[i] = make_file(MIB - 5);
        maps[i] = map_create(fds[i], NULL);
    }
    cr_assert_eq(ftruncate(fds[1], 0), 0);
    check_zeros(maps[1], 0, MIB - 5);
    check_bytes(maps[0], 0, MIB - 5);
    check_bytes(maps[2], 0, MIB - 5);
    for (int i = 0; i < 3; i++) {
        cr_assert_eq(map_was_cut(maps[i]), i == 1);
        map_destroy(maps[i]);
        close(fds[i]);
    }
}

Test(map, marks_do_not_outlive_a_map)
{
    int fd = make_file(MIB);

    for (int i = 0; i < 100; i++) {
        struct map *m = map_create(fd, NULL);

        cr_assert_not(map_was_cut(m));
        cr_assert_eq(ftruncate(fd, 4096), 0);
        check_zeros(m, 4096, MIB);
        cr_assert(map_was_cut(m));
        map_destroy(m);
        cr_assert_eq(ftruncate(fd, (off_t)MIB), 0);
    }
    close(fd);
}

Test(map, more_maps_than_slots)
{
    enum { MANY = 4200 };
    static struct map *maps[MANY];
    int fd = make_file(64 << 10);

    for (int i = 0; i < MANY; i++) {
        maps[i] = map_create(fd, NULL);
        cr_assert_not_null(maps[i]);
    }
    check_bytes(maps[0], 0, 64 << 10);
    check_bytes(maps[MANY - 1], 0, 64 << 10);
    cr_assert_eq(ftruncate(fd, 0), 0);
    check_zeros(maps[0], 0, 64 << 10);
    check_zeros(maps[4095], 0, 64 << 10);
    check_bytes(maps[MANY - 1], 0, 64 << 10); /* read, so still whole */
    for (int i = 0; i < MANY; i++)
        map_destroy(maps[i]);
    close(fd);
}

static void *map_and_lose(void *unused)
{
    (void)unused;
    for (int i = 0; i < 200; i++) {
        int fd = make_file(100000);
        struct map *m = map_create(fd, NULL);

        if (i % 2 == 0) {
            cr_assert_eq(ftruncate(fd, 0), 0);
            check_zeros(m, 0, 100000);
        } else {
            check_bytes(m, 0, 100000);
        }
        cr_assert_eq(map_was_cut(m), i % 2 == 0);
        map_destroy(m);
        close(fd);
    }
    return NULL;
}

Test(map, threads_lose_their_own_pages)
{
    pthread_t threads[4];

    for (int i = 0; i < 4; i++)
        cr_assert_eq(pthread_create(&threads[i], NULL, map_and_lose, NULL), 0);
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
}

Test(map, other_bus_errors_still_kill, .signal = SIGBUS)
{
    int fd = make_file(MIB);
    volatile char *p = mmap(NULL, MIB, PROT_READ, MAP_PRIVATE, fd, 0);

    cr_assert_neq(p, MAP_FAILED);
    cr_assert_eq(ftruncate(fd, 0), 0);
    cr_assert_eq(p[0], 1);
}

Test(map, sent_bus_errors_still_kill, .signal = SIGBUS)
{
    kill(getpid(), SIGBUS);
    pause();
}

/* Small files move to a map of their own, others with their pages. */
Test(map, is_extended)
{
    static const size_t sizes[] = {0, 100, 4096, 65536, (3 << 20) + 5};

    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct error e = {0};
        int fd = make_file(sizes[i]);
        struct map *m = map_create(fd, &e);
        size_t at = 0;

        cr_assert_not_null(m);
        unsigned char *room = map_extend(m, MIB, &at);
        cr_assert_not_null(room);
        cr_assert_geq(at, sizes[i]);
        cr_assert_eq(room, map_data(m) + at);
        cr_assert_eq(map_size(m), sizes[i]);
        check_bytes(m, 0, sizes[i]);
        check_zeros(m, sizes[i], at + MIB);
        memset(room, 'x', MIB);
        map_trim(m, 5);
        cr_assert_eq(room[4], 'x');
        check_bytes(m, 0, sizes[i]);
        map_destroy(m);
        close(fd);
    }
}

Test(map, is_guarded_where_it_moved_to)
{
    struct error e = {0};
    int fd = make_file(MIB);
    struct map *m = map_create(fd, &e);
    size_t at = 0;
    unsigned char *room = map_extend(m, MIB, &at);

    cr_assert_not_null(room);
    memset(room, 'x', MIB);
    cr_assert_eq(ftruncate(fd, 4096), 0);
    check_bytes(m, 0, 4096);
    check_zeros(m, 4096, MIB);
    cr_assert(map_was_cut(m));
    cr_assert_eq(room[MIB - 1], 'x');
    map_destroy(m);
    close(fd);
}

Test(map, is_not_extended_without_end)
{
    struct error e = {0};
    int fd = make_file(100);
    struct map *m = map_create(fd, &e);
    size_t at;

    cr_assert_null(map_extend(m, SIZE_MAX / 2, &at));
    cr_assert_null(map_extend(m, SIZE_MAX, &at));
    check_bytes(m, 0, 100);
    map_destroy(m);
    close(fd);
}
