/* SPDX-License-Identifier: GPL-3.0-or-later */
/* broken.c - preloaded by tests: an output that breaks amid a run. From the
 * BROKEN_FROM-th (1) on, all calls BROKEN_CALL ("write", "pwrite", "fsync",
 * "rename", "link", "truncate" or "open") for files whose path has the part BROKEN
 * fail with BROKEN_ERRNO (EIO). */
#include <config.h>

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static atomic_int broken_count;
/* A worker may not look up names, and has no outputs. */
static bool broken_is_worker;

__attribute__((constructor)) static void broken_start(int argc, char **argv)
{
    broken_is_worker = argc == 2 && !strcmp(argv[1], "--worker");
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

/* Whether CALL may fail at all. */
static bool broken_is(const char *call)
{
    const char *broken = getenv("BROKEN_CALL");
    return broken && !strcmp(broken, call) && getenv("BROKEN") && !broken_is_worker;
}

/* Whether CALL for PATH fails; sets errno. */
static bool broken_fails(const char *call, const char *path)
{
    const char *from = getenv("BROKEN_FROM"), *number = getenv("BROKEN_ERRNO");
    if (!broken_is(call) || !strstr(path, getenv("BROKEN")) ||
        ++broken_count < (from ? atoi(from) : 1))
        return false;
    errno = number ? atoi(number) : EIO;
    return true;
}

static bool broken_fd_fails(const char *call, int fd)
{
    char link[64], path[4096];
    if (!broken_is(call))
        return false;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    int errnum = errno;
    ssize_t size = readlink(link, path, sizeof path - 1);
    errno = errnum;
    if (size < 0)
        return false;
    path[size] = '\0';
    return broken_fails(call, path);
}

ssize_t write(int fd, const void *data, size_t size)
{
    return broken_fd_fails("write", fd) ? -1 : NEXT(write)(fd, data, size);
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t at)
{
    return broken_fd_fails("pwrite", fd) ? -1 : NEXT(pwrite)(fd, data, size, at);
}

ssize_t pwrite64(int fd, const void *data, size_t size, off_t at)
{
    return broken_fd_fails("pwrite", fd) ? -1 : NEXT(pwrite64)(fd, data, size, at);
}

int fsync(int fd)
{
    return broken_fd_fails("fsync", fd) ? -1 : NEXT(fsync)(fd);
}

int fdatasync(int fd)
{
    return broken_fd_fails("fsync", fd) ? -1 : NEXT(fdatasync)(fd);
}

int ftruncate(int fd, off_t size)
{
    return broken_fd_fails("truncate", fd) ? -1 : NEXT(ftruncate)(fd, size);
}

int linkat(int from, const char *path, int to, const char *name, int flags)
{
    return broken_fails("link", name) ? -1 : NEXT(linkat)(from, path, to, name, flags);
}

int renameat(int from, const char *path, int to, const char *name)
{
    return broken_fails("rename", name) ? -1 : NEXT(renameat)(from, path, to, name);
}

int renameat2(int from, const char *path, int to, const char *name, unsigned flags)
{
    return broken_fails("rename", name) ? -1
                                        : NEXT(renameat2)(from, path, to, name, flags);
}

static mode_t broken_mode(int flags, va_list args)
{
    return flags & (O_CREAT | __O_TMPFILE) ? va_arg(args, mode_t) : 0;
}

int open(const char *path, int flags, ...)
{
    va_list args;
    va_start(args, flags);
    mode_t mode = broken_mode(flags, args);
    va_end(args);
    return broken_fails("open", path) ? -1 : NEXT(open)(path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    va_list args;
    va_start(args, flags);
    mode_t mode = broken_mode(flags, args);
    va_end(args);
    return broken_fails("open", path) ? -1 : NEXT(open64)(path, flags, mode);
}
