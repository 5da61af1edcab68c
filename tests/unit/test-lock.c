/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-lock.c - one at a time; whoever dies holds nothing. */
#include <config.h>

#include <criterion/criterion.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/lock.h"

static char path[] = "./test-lock-XXXXXX";
static struct lock lock;
static struct error error;

static void setup(void)
{
    int fd = mkstemp(path);

    cr_assert_geq(fd, 0);
    close(fd);
    cr_assert_eq(unlink(path), 0);
    lock = (struct lock){ .fd = -1 };
}

static void teardown(void)
{
    lock_release(&lock);
    unlink(path);
}

TestSuite(lock, .init = setup, .fini = teardown);

static int take(void)
{
    return lock_take(&lock, path, "the output", &error);
}

/* A process that has the lock, which is to be killed. */
static pid_t other(void)
{
    int ready[2];
    char byte;

    cr_assert_eq(pipe(ready), 0);
    pid_t pid = fork();
    if (pid == 0) {
        if (take() == 0)
            (void)!write(ready[1], "x", 1);
        pause();
        _exit(0);
    }
    close(ready[1]);
    cr_assert_eq(read(ready[0], &byte, 1), 1);
    close(ready[0]);
    return pid;
}

static void end(pid_t pid)
{
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
}

Test(lock, is_taken_and_released)
{
    cr_assert_eq(lock_owner(path), 0);
    cr_assert_eq(take(), 0);
    cr_assert_eq(lock_owner(path), (long)getpid());
    lock_release(&lock);
    cr_assert_neq(access(path, F_OK), 0, "the file is gone");
    lock_release(&lock);
    cr_assert_eq(take(), 0, "and can be taken again");
}

Test(lock, is_refused_with_the_number_of_its_owner)
{
    pid_t pid = other();
    char wanted[64];

    cr_assert_eq(lock_owner(path), (long)pid);
    cr_assert_eq(take(), -1);
    cr_assert_eq(lock.fd, -1);
    snprintf(wanted, sizeof wanted, "process %ld,", (long)pid);
    cr_assert_not_null(strstr(error.detail, wanted), "%s", error.detail);
    cr_assert_not_null(strstr(error.detail, "the output"), "%s", error.detail);
    end(pid);
}

Test(lock, dies_with_its_owner)
{
    end(other());
    cr_assert_eq(access(path, F_OK), 0, "the file stays");
    cr_assert_eq(lock_owner(path), 0);
    cr_assert_eq(take(), 0);
    cr_assert_eq(lock_owner(path), (long)getpid());
}

Test(lock, is_waited_for_when_only_a_child_of_its_owner_has_it)
{
    pid_t pid = fork();

    if (pid == 0) {
        /* Not become another program yet, as when its parent is killed amid that. */
        if (take() == 0 && fork() == 0)
            usleep(300000);
        _exit(0);
    }
    waitpid(pid, NULL, 0);
    cr_assert_eq(take(), 0, "%s", error.detail);
    cr_assert_eq(lock_owner(path), (long)getpid());
}

Test(lock, tells_of_an_owner_that_says_no_number)
{
    pid_t pid = other();

    cr_assert_eq(truncate(path, 0), 0);
    cr_assert_eq(take(), -1);
    cr_assert_not_null(strstr(error.detail, "another run"), "%s", error.detail);
    end(pid);
}

Test(lock, names_what_cannot_be_locked)
{
    cr_assert_eq(symlink("/etc/passwd", path), 0);
    cr_assert_eq(take(), -1, "a link is not followed");
    cr_assert_eq(error.kind, ERROR_OUTPUT);
    cr_assert_not_null(strstr(error.detail, "the output"), "%s", error.detail);
}
