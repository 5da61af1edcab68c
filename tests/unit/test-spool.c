/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-spool.c - a member's bytes come back as they went in, for reading alone. */
#include <config.h>

#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sched/spool.h"

static void check(size_t size, size_t piece, bool in_file)
{
    struct spool s;
    struct error e = {0};
    unsigned char *bytes = malloc(size + 1), *back = malloc(size + 1);
    for (size_t i = 0; i < size; i++)
        bytes[i] = (unsigned char)(i * 7 + i / 256);
    spool_init(&s);
    for (size_t done = 0; done < size; done += piece)
        cr_assert_eq(spool_append(&s, bytes + done,
                                  size - done < piece ? size - done : piece, &e), 0);
    cr_expect_eq(s.size, size);
    cr_expect_eq(s.fd >= 0, in_file);
    for (int i = 0; i < 2; i++) {
        int fd = spool_open(&s, &e);
        cr_assert(fd >= 0);
        cr_expect_eq(pread(fd, back, size + 1, 0), (ssize_t)size);
        cr_expect_eq(memcmp(bytes, back, size), 0);
        cr_expect(write(fd, "x", 1) < 0 && errno == EBADF);
        close(fd);
    }
    spool_clear(&s);
    cr_expect_eq(s.fd, -1);
    free(bytes);
    free(back);
}

Test(spool, in_memory_and_in_a_file)
{
    check(0, 1, false);
    check(10, 3, false);
    check(SPOOL_MEMORY, 65536, false);
    check(SPOOL_MEMORY + 1, 65536, true);
    check(3 * SPOOL_MEMORY, 1 << 20, true);
}

Test(spool, no_room_is_an_error)
{
    struct spool s;
    struct error e = {0};
    char *bytes = calloc(SPOOL_MEMORY + 1, 1);
    setenv("TMPDIR", "/nonexistent", 1);
    spool_init(&s);
    cr_expect_eq(spool_append(&s, bytes, SPOOL_MEMORY + 1, &e), -1);
    cr_expect_eq(e.kind, ERROR_MISSING);
    spool_clear(&s);
    free(bytes);
}
