/* SPDX-License-Identifier: GPL-3.0-or-later */
/* guard.c - write(2) may be cut by a SIGKILL, and nothing of the killed process
 * can mend that. The kernel closes its end of a pipe when the last of its
 * threads is gone; then the guard, this program started again in a session of
 * its own, looks where the last whole record ended. */
#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/diag.h"
#include "sink/guard.h"

extern char **environ;

struct guard {
    _Atomic uint64_t *mark;
    bool shared;            /* with the process; else there is none */
    int pipe;               /* our end, which nobody writes to; -1: none */
    pid_t pid;              /* 0: there is no process */
};

/* 0, or an errno. FDS are the process's, from GUARD_FILE_FD on. */
static int guard_spawn(pid_t *pid, const int *fds)
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    sigset_t none, all;
    char *argv[] = { (char *)"extract", (char *)GUARD_ARGUMENT, NULL };
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&attributes);
    int rc = 0;
    /* Who waits for the end of our standard output does not wait for it. */
    for (int fd = 0; rc == 0 && fd < GUARD_FILE_FD; fd++)
        rc = posix_spawn_file_actions_addopen(&files, fd, "/dev/null", O_RDWR, 0);
    for (int i = 0; rc == 0 && i < 3; i++)
        rc = posix_spawn_file_actions_adddup2(&files, fds[i], GUARD_FILE_FD + i);
    if (rc == 0)
        rc = posix_spawn_file_actions_addclosefrom_np(&files, GUARD_PIPE_FD + 1);
    /* What ends a whole process group or session is not to end it. */
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID |
                                              POSIX_SPAWN_SETSIGMASK |
                                              POSIX_SPAWN_SETSIGDEF);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    if (rc == 0)
        rc = posix_spawn(pid, "/proc/self/exe", &files, &attributes, argv, environ);
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
    return rc;
}

/* Starts the process of G, which shares MEMORY. 0, or an errno. */
static int guard_start_process(struct guard *g, int fd, int memory)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return errno;
    int from[] = { fd, memory, ends[0] }, fds[3], rc = 0;
    /* Above those that they become, or one would close another. */
    for (int i = 0; i < 3; i++) {
        fds[i] = fcntl(from[i], F_DUPFD_CLOEXEC, GUARD_PIPE_FD + 1);
        if (fds[i] < 0 && rc == 0)
            rc = errno;
    }
    if (rc == 0)
        rc = guard_spawn(&g->pid, fds);
    for (int i = 0; i < 3; i++)
        if (fds[i] >= 0)
            close(fds[i]);
    close(ends[0]);
    if (rc == 0)
        g->pipe = ends[1];
    else
        close(ends[1]);
    return rc;
}

struct guard *guard_start(int fd)
{
    struct guard *g = xcalloc(1, sizeof *g);
    void *page = MAP_FAILED;
    g->pipe = -1;
    int memory = memfd_create("extract-guard", MFD_CLOEXEC);
    int rc = memory < 0 || ftruncate(memory, sizeof *g->mark) != 0 ? errno : 0;
    if (rc == 0) {
        page = mmap(NULL, sizeof *g->mark, PROT_READ | PROT_WRITE, MAP_SHARED,
                    memory, 0);
        rc = page == MAP_FAILED ? errno : 0;
    }
    g->shared = page != MAP_FAILED;
    g->mark = !g->shared ? xcalloc(1, sizeof *g->mark) : page;
    *g->mark = UINT64_MAX;
    if (rc == 0)
        rc = guard_start_process(g, fd, memory);
    if (memory >= 0)
        close(memory);
    if (rc != 0)
        diag_note(NULL, "no guard for the output: %s", strerror(rc));
    return g;
}

_Atomic uint64_t *guard_mark(struct guard *guard)
{
    return guard->mark;
}

void guard_stop(struct guard *g)
{
    if (!g)
        return;
    if (g->pid) {
        /* It may not even have started yet, and is not waited for. */
        kill(g->pid, SIGKILL);
        while (waitpid(g->pid, NULL, 0) < 0 && errno == EINTR)
            ;
        close(g->pipe);
    }
    if (g->shared)
        munmap(g->mark, sizeof *g->mark);
    else
        free(g->mark);
    free(g);
}

bool guard_is_guard(int argc, char **argv)
{
    return argc == 2 && !strcmp(argv[1], GUARD_ARGUMENT);
}

int guard_serve(void)
{
    struct stat file, end;
    uint64_t mark = UINT64_MAX;
    char byte;
    if (fstat(GUARD_FILE_FD, &file) != 0 || !S_ISREG(file.st_mode) ||
        fstat(GUARD_PIPE_FD, &end) != 0 || !S_ISFIFO(end.st_mode)) {
        diag_error(NULL, "%s is for the program itself", GUARD_ARGUMENT);
        return 2;
    }
    static const int ignored[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM };
    for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++)
        signal(ignored[i], SIG_IGN);
    (void)!chdir("/"); /* keeps no file system busy */
    while (read(GUARD_PIPE_FD, &byte, 1) < 0 && errno == EINTR)
        ;
    /* The size as it is now, not as it was. */
    if (pread(GUARD_MARK_FD, &mark, sizeof mark, 0) != sizeof mark ||
        fstat(GUARD_FILE_FD, &file) != 0)
        return 1;
    if ((uint64_t)file.st_size > mark)
        return ftruncate(GUARD_FILE_FD, (off_t)mark) != 0;
    return 0;
}
