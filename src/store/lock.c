/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lock.c - flock(2) on a file that names its owner. The file is removed by the
 * owner; so whoever gets the lock looks whether it is on the file that has the
 * name. */
#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "store/lock.h"

/* Removed under our feet as often at most. */
#define LOCK_ATTEMPTS 100
/* How often to look whether what a dead owner leaves is gone. */
#define LOCK_WAITS 40
#define LOCK_PAUSE 50 /* ms */

static long lock_read_owner(int fd)
{
    char text[32];
    ssize_t size = pread(fd, text, sizeof text - 1, 0);
    if (size <= 0)
        return 0;
    text[size] = '\0';
    return strtol(text, NULL, 10);
}

static bool lock_has_name(int fd, const char *path)
{
    struct stat held, named;
    return fstat(fd, &held) == 0 && stat(path, &named) == 0 &&
           held.st_dev == named.st_dev && held.st_ino == named.st_ino;
}

/* Whether flock failed since there is no such thing here. */
static bool lock_is_unknown(int errnum)
{
    return errnum == ENOLCK || errnum == ENOSYS || errnum == ENOTSUP ||
           errnum == EINVAL;
}

/* flock that waits for processes which the owner of FD's lock was starting when it
 * was killed: until they become another program they have it too. 0, or an
 * errno. */
static int lock_flock(int fd)
{
    for (int i = 0; flock(fd, LOCK_EX | LOCK_NB) != 0; i++) {
        long owner;
        if (errno != EWOULDBLOCK)
            return errno;
        owner = lock_read_owner(fd);
        if (i == LOCK_WAITS || owner <= 0 || kill((pid_t)owner, 0) == 0 ||
            errno != ESRCH)
            return EWOULDBLOCK;
        poll(NULL, 0, LOCK_PAUSE);
    }
    return 0;
}

static int lock_refuse(int fd, const char *output, struct error *e)
{
    long owner = lock_read_owner(fd);
    close(fd);
    if (owner > 0)
        return error_set(e, ERROR_OUTPUT, "another run, process %ld, writes to %s",
                         owner, output);
    return error_set(e, ERROR_OUTPUT, "another run writes to %s", output);
}

/* Empty, or a number. */
static bool lock_is_ours(int fd)
{
    struct stat st;
    return fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
           (st.st_size == 0 || (st.st_size < 32 && lock_read_owner(fd) > 0));
}

int lock_take(struct lock *l, const char *path, const char *output, struct error *e)
{
    *l = (struct lock){ .fd = -1 };
    for (int i = 0; i < LOCK_ATTEMPTS; i++) {
        int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
        if (fd < 0)
            return error_set_errno(e, ERROR_OUTPUT, errno, "cannot make a lock beside %s",
                                   output);
        int errnum = lock_flock(fd);
        if (errnum == EWOULDBLOCK)
            return lock_refuse(fd, output, e);
        if (errnum && !lock_is_unknown(errnum)) {
            close(fd);
            return error_set_errno(e, ERROR_OUTPUT, errnum, "cannot lock %s", output);
        }
        if (!lock_is_ours(fd)) {
            close(fd);
            return error_set(e, ERROR_OUTPUT, "%s is no lock of ours", path);
        }
        if (!lock_has_name(fd, path)) {
            close(fd);
            continue;
        }
        l->fd = fd;
        l->path = xstrdup(path);
        char text[32];
        int size = snprintf(text, sizeof text, "%ld\n", (long)getpid());
        /* Without it others say less, no more. */
        if (ftruncate(fd, 0) == 0)
            (void)!pwrite(fd, text, (size_t)size, 0);
        return 0;
    }
    return error_set(e, ERROR_OUTPUT, "another run writes to %s", output);
}

long lock_owner(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    long owner = 0;
    if (fd < 0)
        return 0;
    if (flock(fd, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK)
        owner = lock_read_owner(fd);
    close(fd);
    return owner;
}

void lock_release(struct lock *l)
{
    if (l->fd < 0)
        return;
    unlink(l->path);
    close(l->fd);
    free(l->path);
    *l = (struct lock){ .fd = -1 };
}
