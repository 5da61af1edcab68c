/* SPDX-License-Identifier: GPL-3.0-or-later */
/* spawn.c - posix_spawn of /proc/self/exe: a bare fork of a process with an
 * OpenMP team would hang in its first region. */
#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/priority.h"
#include "lane/serve.h"
#include "lane/spawn.h"

/* Most are gone in 2 ms; others are reaped later. */
#define SPAWN_KILL_SECONDS 0.02

extern char **environ;

/* Those that were ended and not waited for. */
static pthread_mutex_t spawn_lock = PTHREAD_MUTEX_INITIALIZER;
static pid_t *spawn_pending;
static size_t spawn_pending_count, spawn_pending_capacity;

/* 0, or an errno. */
static int spawn_program(pid_t *pid, int socket)
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    sigset_t none, all;
    char *argv[] = { (char *)"extract", (char *)SERVE_ARGUMENT, NULL };
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawn_file_actions_init(&files);
    /* A session, and so a group, of its own when it stands back: see priority.h. */
    short group = priority_is_low() ? POSIX_SPAWN_SETSID : POSIX_SPAWN_SETPGROUP;
    posix_spawnattr_init(&attributes);
    int rc = 0;
    for (int fd = 0; rc == 0 && fd < 3; fd++)
        rc = posix_spawn_file_actions_addopen(&files, fd, "/dev/null", O_RDWR, 0);
    if (rc == 0)
        rc = posix_spawn_file_actions_adddup2(&files, socket, SERVE_FD);
    if (rc == 0)
        rc = posix_spawn_file_actions_addclosefrom_np(&files, SERVE_FD + 1);
    posix_spawnattr_setflags(&attributes, group | POSIX_SPAWN_SETSIGMASK |
                                              POSIX_SPAWN_SETSIGDEF);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    if (rc == 0)
        rc = posix_spawn(pid, "/proc/self/exe", &files, &attributes, argv, environ);
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
    return rc;
}

/* Who ignored SIGCHLD before us left us children without a status. */
static void spawn_expect_children(void)
{
    signal(SIGCHLD, SIG_DFL);
}

/* FD above SERVE_FD: dup2 to itself would keep close-on-exec, and below it is
 * a standard stream that was closed when we were started. -1: there is none. */
static int spawn_raise(int fd)
{
    if (fd > SERVE_FD)
        return fd;
    int other = fcntl(fd, F_DUPFD_CLOEXEC, SERVE_FD + 1);
    close(fd);
    return other;
}

int spawn_worker(pid_t *pid, int *fd, struct error *e)
{
    int pair[2];
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, spawn_expect_children);
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
        return error_set_errno(e, ERROR_INTERNAL, errno, "no socket for a worker");
    int ours = spawn_raise(pair[0]), its = spawn_raise(pair[1]);
    int rc = ours < 0 || its < 0 ? EMFILE : spawn_program(pid, its);
    if (its >= 0)
        close(its);
    if (rc != 0) {
        if (ours >= 0)
            close(ours);
        return error_set_errno(e, ERROR_INTERNAL, rc, "cannot start a worker");
    }
    *fd = ours;
    return 0;
}

static void spawn_forget(pid_t pid)
{
    pthread_mutex_lock(&spawn_lock);
    if (spawn_pending_count == spawn_pending_capacity) {
        spawn_pending_capacity = spawn_pending_capacity * 2 + 8;
        spawn_pending = xrealloc_array(spawn_pending, spawn_pending_capacity,
                                       sizeof *spawn_pending);
    }
    spawn_pending[spawn_pending_count++] = pid;
    pthread_mutex_unlock(&spawn_lock);
}

bool spawn_wait(pid_t pid, double seconds, int *status)
{
    /* A process that held gigabytes takes a while to be gone (0.2 s for 2 GB);
     * one that hangs in the kernel may never be. */
    double deadline = clock_now() + seconds;
    int fd = (int)syscall(SYS_pidfd_open, pid, 0);
    pid_t done;
    for (;;) {
        double left = deadline - clock_now();
        int ms = left > 0 ? (int)(left * 1000) + 1 : 0;
        /* Without a pidfd (no descriptor is free) we look now and then. */
        if (fd >= 0)
            poll(&(struct pollfd){ fd, POLLIN, 0 }, 1, ms);
        done = waitpid(pid, status, WNOHANG);
        if (done != 0 || left <= 0)
            break;
        if (fd < 0)
            poll(NULL, 0, ms < 5 ? ms : 5);
    }
    if (fd >= 0)
        close(fd);
    return done == pid;
}

void spawn_kill(pid_t pid)
{
    int status;
    kill(pid, SIGKILL);
    if (!spawn_wait(pid, SPAWN_KILL_SECONDS, &status))
        spawn_forget(pid);
}

void spawn_reap(void)
{
    pthread_mutex_lock(&spawn_lock);
    size_t kept = 0;
    for (size_t i = 0; i < spawn_pending_count; i++)
        if (waitpid(spawn_pending[i], NULL, WNOHANG) == 0)
            spawn_pending[kept++] = spawn_pending[i];
    spawn_pending_count = kept;
    if (kept == 0) {
        free(spawn_pending);
        spawn_pending = NULL;
        spawn_pending_capacity = 0;
    }
    pthread_mutex_unlock(&spawn_lock);
}
