/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-signals.c - the first signal asks, the second kills. Each test sends
 * signals to a child of its own. */
#include <config.h>

#include <criterion/criterion.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/signals.h"

static int report[2]; /* a pipe from the child */

static void say(char c)
{
    if (write(report[1], &c, 1) != 1)
        _exit(99);
}

static char hear(void)
{
    char c = '?';

    cr_assert_eq(read(report[0], &c, 1), 1);
    return c;
}

static void on_stop(void *ctx)
{
    say(*(const char *)ctx);
}

static void on_cleanup(void)
{
    say('C');
}

/* A child that runs BODY; the parent hears 'R' once it is ready. */
static pid_t start(void (*body)(void))
{
    cr_assert_eq(pipe(report), 0);

    pid_t child = fork();

    if (child == 0) {
        /* A job in the background has SIGINT ignored, one of nohup SIGHUP. */
        signal(SIGINT, SIG_DFL);
        signal(SIGHUP, SIG_DFL);
        alarm(300);
        body();
        _exit(98);
    }
    close(report[1]);
    cr_assert_eq(hear(), 'R');
    return child;
}

static void check_killed_by(pid_t child, int signum)
{
    int status;

    cr_assert_eq(waitpid(child, &status, 0), child);
    cr_assert(WIFSIGNALED(status), "status %x", (unsigned)status);
    cr_assert_eq(WTERMSIG(status), signum);
}

static void wait_stopped(void)
{
    struct pollfd p = {.fd = signals_fd(), .events = POLLIN};

    if (poll(&p, 1, -1) != 1 || signals_caught() == 0)
        _exit(97);
}

static void orderly(void)
{
    static char mark = 'S';

    if (signals_fd() != -1)
        _exit(96);
    signals_start(on_stop, &mark);
    signals_set_cleanup(on_cleanup);
    if (signals_caught() != 0)
        _exit(95);
    say('R');
    wait_stopped();
    wait_stopped(); /* it stays readable */
    signals_die(signals_caught());
}

static void stuck(void)
{
    static char mark = 'S';

    signals_start(on_stop, &mark);
    signals_set_cleanup(on_cleanup);
    say('R');
    for (;;)
        pause();
}

static void under_nohup(void)
{
    signal(SIGHUP, SIG_IGN);
    signals_start(NULL, NULL);
    say('R');
    wait_stopped();
    if (signals_caught() != SIGTERM)
        _exit(94);
    signals_die(SIGTERM);
}

static void closed_pipe(void)
{
    int ends[2];

    signals_start(NULL, NULL);
    say('R');
    if (pipe(ends) < 0)
        _exit(93);
    close(ends[0]);
    if (write(ends[1], "x", 1) >= 0)
        _exit(92);
    signals_die(SIGPIPE);
}

Test(signals, first_one_asks)
{
    static const int each[] = {SIGINT, SIGTERM, SIGHUP};

    for (size_t i = 0; i < 3; i++) {
        pid_t child = start(orderly);

        kill(child, each[i]);
        check_killed_by(child, each[i]);
        close(report[0]);
    }
}

Test(signals, second_one_cleans_up_and_kills)
{
    pid_t child = start(stuck);

    kill(child, SIGINT);
    cr_assert_eq(hear(), 'S');
    kill(child, SIGTERM);
    cr_assert_eq(hear(), 'C');
    check_killed_by(child, SIGTERM);
}

Test(signals, ignored_ones_stay_ignored)
{
    pid_t child = start(under_nohup);

    kill(child, SIGHUP);
    kill(child, SIGTERM);
    check_killed_by(child, SIGTERM);
}

Test(signals, broken_pipe_is_an_error_until_asked_for)
{
    check_killed_by(start(closed_pipe), SIGPIPE);
}
