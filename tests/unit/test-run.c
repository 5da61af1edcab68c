/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-run.c - how a run ends when the world is against it. */
#include <config.h>

#include <criterion/criterion.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/signals.h"
#include "cli/settings.h"
#include "run/run.h"

static char scratch[] = "./test-run-XXXXXX";

static void setup(void)
{
    cr_assert_not_null(mkdtemp(scratch));
    cr_assert_eq(chdir(scratch), 0);

    FILE *file = fopen("a.txt", "w");

    for (int i = 0; i < 20000; i++)
        fprintf(file, "This is line %d.\n", i);
    fclose(file);
    cr_assert_eq(mkfifo("fifo", 0600), 0);
}

static void teardown(void)
{
    char command[64];

    cr_assert_eq(chdir(".."), 0);
    snprintf(command, sizeof command, "rm -rf %s", scratch);
    cr_assert_eq(system(command), 0);
}

TestSuite(run, .init = setup, .fini = teardown, .timeout = 300);

static int go(int argc, char *const *argv)
{
    struct settings settings;

    cr_assert_eq(settings_parse(argc, argv, &settings), -1);

    int status = run(&settings);

    settings_destroy(&settings);
    return status;
}

#define GO(...)                                                               \
    go((int)(sizeof((char *[]){__VA_ARGS__}) / sizeof(char *)),               \
       (char *[]){__VA_ARGS__, NULL})

Test(run, to_its_end)
{
    struct stat from, to;

    cr_assert_eq(GO("extract", "-q", "-j", "2", "-o", "tree", "a.txt"),
                 EXIT_STATUS_OK);
    cr_assert_eq(stat("a.txt", &from), 0);
    cr_assert_eq(stat("tree/a.txt.txt", &to), 0);
    cr_assert_eq(to.st_size, from.st_size + 1);
}

/* "ulimit -f" is an error of the output, and not the end of the program. */
Test(run, a_limit_on_the_size_of_files)
{
    struct rlimit limit = {100000, 100000};

    cr_assert_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    cr_assert_eq(GO("extract", "-q", "-o", "tree", "a.txt"), EXIT_STATUS_RUN);
    cr_assert_neq(access("tree/a.txt.txt", F_OK), 0);
}

/* The wait status of a process that does WORK, which is to die of it. */
static int fate(void (*work)(void))
{
    pid_t pid = fork();
    int status;

    if (pid == 0) {
        signal(SIGINT, SIG_DFL); /* ignored in jobs in the background */
        work();
        _exit(99);
    }
    cr_assert_gt(pid, 0);
    /* Hanging is one of the ways to fail. */
    for (int i = 0; i < 20000; i++) {
        if (waitpid(pid, &status, WNOHANG) == pid)
            return status;
        usleep(10000);
    }
    kill(pid, SIGKILL);
    waitpid(pid, &status, 0);
    return status;
}

static void print_to_nobody(void)
{
    int list = open("fifo", O_RDWR), ends[2];

    if (list < 0 || pipe(ends) != 0 || dup2(ends[1], STDOUT_FILENO) < 0)
        return;
    close(ends[0]);
    close(ends[1]);
    dprintf(list, "a.txt\n");
    GO("extract", "-q", "-T", "fifo");
}

/* The reader of the output is gone, and the list has not come to its end. */
Test(run, a_closed_pipe_while_the_list_waits)
{
    int status = fate(print_to_nobody);

    cr_assert(WIFSIGNALED(status), "status %x", (unsigned)status);
    cr_assert_eq(WTERMSIG(status), SIGPIPE);
}

/* Whether the main thread is held up in opening a file, as far as the system
 * lets us see. */
static bool waits_in_open(void)
{
    long call = -1;
    FILE *file = fopen("/proc/self/syscall", "r");

    if (!file)
        return usleep(500000) == 0;
    (void)!fscanf(file, "%ld", &call);
    fclose(file);
    return call == SYS_openat;
}

static void *interrupt(void *arg)
{
    /* The text is out, and the run waits for a reader of its statistics. */
    while (access("tree/a.txt.txt", F_OK) != 0 || !waits_in_open())
        usleep(10000);
    kill(getpid(), SIGINT);
    while (!signals_caught())
        usleep(10000);
    /* What that thread does then would have nothing to stop. */
    usleep(100000);
    close(open("fifo", O_RDONLY | O_NONBLOCK));
    return arg;
}

static void be_interrupted(void)
{
    sigset_t set, old;
    pthread_t thread;

    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    pthread_sigmask(SIG_BLOCK, &set, &old);
    pthread_create(&thread, NULL, interrupt, NULL);
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    signal(SIGPIPE, SIG_IGN);
    GO("extract", "-q", "-o", "tree", "--stats=fifo", "a.txt");
}

/* A signal that comes when all that it would stop is gone. */
Test(run, interrupted_at_the_very_end)
{
    int status = fate(be_interrupted);

    cr_assert(WIFSIGNALED(status), "status %x", (unsigned)status);
    cr_assert_eq(WTERMSIG(status), SIGINT);
    cr_assert_eq(access("tree/a.txt.txt", F_OK), 0);
}
