/* SPDX-License-Identifier: GPL-3.0-or-later */
/* flaky.c - preloaded by tests: looking up, opening or reading a file whose name
 * ends in ".flaky" fails with FLAKY_ERRNO for the first FLAKY_TIMES times in a
 * process, where FLAKY says: "stat", "opendir", "open", "read" or "worker"
 * (reading in a worker). "map": the end of such a file cannot be read the first
 * FLAKY_TIMES times that it is mapped. */
#include <config.h>

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static atomic_int flaky_failed;

static bool flaky_fails(const char *where)
{
    const char *here = getenv("FLAKY"), *times = getenv("FLAKY_TIMES");
    const char *number = getenv("FLAKY_ERRNO");
    if (!here || strcmp(here, where) != 0)
        return false;
    if (flaky_failed++ >= (times ? atoi(times) : 1))
        return false;
    errno = number ? atoi(number) : EIO;
    return true;
}

static bool flaky_is_named(const char *path)
{
    size_t size = strlen(path);
    return size > 6 && !strcmp(path + size - 6, ".flaky");
}

int open(const char *path, int flags, ...)
{
    static int (*next)(const char *, int, ...);
    va_list args;
    va_start(args, flags);
    mode_t mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(args, mode_t) : 0;
    va_end(args);
    if (!next)
        next = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, "open");
    if (flaky_is_named(path) && flaky_fails("open"))
        return -1;
    return next(path, flags, mode);
}

int fstatat(int folder, const char *path, struct stat *st, int flags)
{
    static int (*next)(int, const char *, struct stat *, int);
    if (!next)
        next = (int (*)(int, const char *, struct stat *, int))dlsym(RTLD_NEXT,
                                                                   "fstatat");
    if (flaky_is_named(path) && flaky_fails("stat"))
        return -1;
    return next(folder, path, st, flags);
}

int stat(const char *path, struct stat *st)
{
    return fstatat(AT_FDCWD, path, st, 0);
}

DIR *opendir(const char *path)
{
    static DIR *(*next)(const char *);
    if (!next)
        next = (DIR *(*)(const char *))dlsym(RTLD_NEXT, "opendir");
    return flaky_is_named(path) && flaky_fails("opendir") ? NULL : next(path);
}

static bool flaky_is_open_as(int fd)
{
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t size = readlink(link, path, sizeof path - 1);
    if (size < 0)
        return false;
    path[size] = '\0';
    return flaky_is_named(path);
}

/* A worker cannot look up names: it reads nothing but documents. */
static bool flaky_is_worker(void)
{
    return !strcmp(program_invocation_short_name, "extract");
}

ssize_t pread(int fd, void *data, size_t size, off_t offset)
{
    static ssize_t (*next)(int, void *, size_t, off_t);
    if (!next)
        next = (ssize_t (*)(int, void *, size_t, off_t))dlsym(RTLD_NEXT, "pread");
    if (flaky_is_worker() ? flaky_fails("worker")
               : flaky_is_open_as(fd) && flaky_fails("read"))
        return -1;
    return next(fd, data, size, offset);
}

static void *flaky_map(void *at, size_t size, int prot, int flags, int fd, off_t offset)
{
    return (void *)syscall(SYS_mmap, at, size, prot, flags, fd, offset);
}

/* Nobody else uses the offset of the descriptor, which all processes share that
 * have it: it counts. */
void *mmap(void *at, size_t size, int prot, int flags, int fd, off_t offset)
{
    const size_t page = 4096;
    const char *here = getenv("FLAKY"), *times = getenv("FLAKY_TIMES");
    char *map = flaky_map(at, size, prot, flags, fd, offset);
    if (map == MAP_FAILED || fd < 0 || !here || strcmp(here, "map") != 0 || !times ||
        !(flaky_is_worker() || flaky_is_open_as(fd)) ||
        lseek(fd, 1, SEEK_CUR) > atoi(times))
        return map;
    /* Far behind the end there is nothing: SIGBUS. */
    flaky_map(map + (size - 1) / page * page, page, prot, flags | MAP_FIXED, fd,
              (off_t)1 << 40);
    return map;
}
