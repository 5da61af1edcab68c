/* SPDX-License-Identifier: GPL-3.0-or-later */
/* limits.c - limits come from ulimit, control groups and tables of the kernel's;
 * of threads the only way to know is to try. */
#include <config.h>

#include "base/limits.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"

/* Without /proc: the standard streams, and what the libraries may have. */
#define LIMITS_OPEN_UNKNOWN 16

/* Pauses of 10, 20, ... ms up to half a second. */
#define LIMITS_PAUSE_FIRST 10
#define LIMITS_PAUSE_MOST 500
#define LIMITS_ATTEMPTS 26

/* Up to 0.2 s in steps of 0.1 ms. */
#define LIMITS_BURY_NS 100000
#define LIMITS_BURY_ATTEMPTS 2000

void limits_raise_descriptors(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

static int limits_open(void)
{
    DIR *dir = opendir("/proc/self/fd");
    if (!dir)
        return LIMITS_OPEN_UNKNOWN;
    int count = -3; /* ".", "..", and the directory itself */
    while (readdir(dir))
        count++;
    closedir(dir);
    return count;
}

int limits_descriptors(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur > INT_MAX)
        return INT_MAX;
    int left = (int)limit.rlim_cur - limits_open();
    return left > 0 ? left : 0;
}

struct limits_thread {
    pthread_t thread;
    pid_t id; /* the kernel's */
    pthread_mutex_t *lock;
};

/* Lives until the lock is free. */
static void *limits_thread(void *arg)
{
    struct limits_thread *t = arg;
    t->id = gettid();
    pthread_mutex_lock(t->lock);
    pthread_mutex_unlock(t->lock);
    return NULL;
}

/* A thread that was joined counts until the kernel has forgotten it. */
static void limits_bury(const struct limits_thread *t)
{
    for (int i = 0; i < LIMITS_BURY_ATTEMPTS && tgkill(getpid(), t->id, 0) == 0; i++)
        nanosleep(&(struct timespec){ .tv_nsec = LIMITS_BURY_NS }, NULL);
}

int limits_threads(int wanted)
{
    pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    struct limits_thread *threads = xcalloc((size_t)wanted + 1, sizeof *threads);
    int count = 0;
    pthread_mutex_lock(&lock);
    for (; count < wanted; count++) {
        threads[count].lock = &lock;
        if (pthread_create(&threads[count].thread, NULL, limits_thread,
                           &threads[count]) != 0)
            break;
    }
    pthread_mutex_unlock(&lock);
    for (int i = 0; i < count; i++)
        pthread_join(threads[i].thread, NULL);
    for (int i = 0; i < count; i++)
        limits_bury(&threads[i]);
    pthread_mutex_destroy(&lock);
    free(threads);
    return count;
}

bool limits_wait_descriptor(int errnum, int *attempt)
{
    if ((errnum != EMFILE && errnum != ENFILE) || *attempt == LIMITS_ATTEMPTS)
        return false;
    long ms = LIMITS_PAUSE_MOST;
    if (*attempt < 6)
        ms = (long)LIMITS_PAUSE_FIRST << *attempt;
    ++*attempt;
    nanosleep(&(struct timespec){ .tv_nsec = ms * 1000000 }, NULL);
    return true;
}
