/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-ledger.c - values are found again, by other processes too, whatever else
 * is written at the same time, and a cut record is none. */
#include <config.h>

#include <criterion/criterion.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/fingerprints.h"
#include "sink/ledger.h"

#define KEY ((uint64_t)0x123 << 52)

static char scratch[] = "./test-ledger-XXXXXX";
static int directory;

static void setup(void)
{
    cr_assert_not_null(mkdtemp(scratch));
    directory = open(scratch, O_RDONLY | O_DIRECTORY);
    cr_assert_geq(directory, 0);
}

static int remove_one(const char *path, const struct stat *st, int type,
                      struct FTW *ftw)
{
    (void)st, (void)type, (void)ftw;
    return remove(path);
}

static void teardown(void)
{
    close(directory);
    cr_assert_eq(nftw(scratch, remove_one, 16, FTW_DEPTH | FTW_PHYS), 0);
}

TestSuite(ledger, .init = setup, .fini = teardown);

static uint64_t value_of(unsigned n)
{
    return fingerprints_hash('t', &n, sizeof n);
}

static off_t size_of_records(void)
{
    struct stat st;

    cr_assert_eq(fstatat(directory, ".extract/written/123", &st, 0), 0);
    return st.st_size;
}

Test(ledger, finds_what_was_added)
{
    cr_assert_not(ledger_is_there(directory));
    cr_assert_not(ledger_has(directory, KEY, 7));
    ledger_remove(directory, KEY, 7);
    cr_assert_not(ledger_is_there(directory), "looking makes nothing");
    for (unsigned i = 0; i < 10000; i++)
        cr_assert_eq(ledger_add(directory, KEY, value_of(i)), 0);
    cr_assert(ledger_is_there(directory));
    for (unsigned i = 0; i < 10000; i++)
        cr_assert(ledger_has(directory, KEY, value_of(i)), "%u", i);
    cr_assert_not(ledger_has(directory, KEY, value_of(10000)));
    cr_assert_not(ledger_has(directory, KEY + KEY, value_of(0)));
}

Test(ledger, does_not_grow_with_each_run)
{
    for (unsigned run = 0; run < 20; run++) {
        for (unsigned i = 0; i < 5; i++)
            cr_assert_eq(ledger_add(directory, KEY, value_of(run * 5 + i)), 0);
        cr_assert_eq(ledger_add(directory, KEY, value_of(run * 5)), 0);
        for (unsigned i = 0; run && i < 5; i++)
            ledger_remove(directory, KEY, value_of(run * 5 - 5 + i));
    }
    cr_assert_leq(size_of_records(), 10 * 8);
    cr_assert(ledger_has(directory, KEY, value_of(99)));
    cr_assert_not(ledger_has(directory, KEY, value_of(94)));
}

Test(ledger, a_cut_record_is_none)
{
    cr_assert_eq(ledger_add(directory, KEY, value_of(1)), 0);
    cr_assert_eq(ledger_add(directory, KEY, value_of(2)), 0);
    int fd = openat(directory, ".extract/written/123", O_WRONLY);
    cr_assert_eq(ftruncate(fd, 13), 0);
    close(fd);
    cr_assert(ledger_has(directory, KEY, value_of(1)));
    cr_assert_not(ledger_has(directory, KEY, value_of(2)));
    cr_assert_eq(ledger_add(directory, KEY, value_of(3)), 0);
    cr_assert(ledger_has(directory, KEY, value_of(1)));
    cr_assert(ledger_has(directory, KEY, value_of(3)));
    cr_assert_eq(size_of_records(), 16);
}

Test(ledger, several_processes_at_once)
{
    for (unsigned p = 0; p < 4; p++) {
        if (fork() == 0) {
            int rc = 0;
            for (unsigned i = 0; i < 300; i++)
                rc |= ledger_add(directory, KEY, value_of(1000 * p + i));
            _exit(rc != 0);
        }
    }
    for (int status, p = 0; p < 4; p++) {
        cr_assert_gt(wait(&status), 0);
        cr_assert_eq(status, 0);
    }
    for (unsigned p = 0; p < 4; p++)
        for (unsigned i = 0; i < 300; i++)
            cr_assert(ledger_has(directory, KEY, value_of(1000 * p + i)));
}

Test(ledger, says_why_not)
{
    int fd = openat(directory, ".extract", O_WRONLY | O_CREAT, 0666);

    close(fd);
    cr_assert_neq(ledger_add(directory, KEY, 7), 0);
    cr_assert_not(ledger_has(directory, KEY, 7));
}
