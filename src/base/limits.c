/* SPDX-License-Identifier: GPL-3.0-or-later */
/* limits.c - limits come from ulimit, control groups and tables of the kernel's;
 * of threads the only way to know is to try, unless all limits are far away. */
#include <config.h>

#include "base/limits.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/backoff.h"

/* Without /proc: the standard streams, and what the libraries may have. */
#define LIMITS_OPEN_UNKNOWN 16

/* Pauses of up to two seconds: some ten in all. */
#define LIMITS_ATTEMPTS 10

/* After some yields up to 0.2 s in steps of 0.1 ms. */
#define LIMITS_BURY_YIELDS 50
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

int limits_open(int *most)
{
    struct rlimit limit;
    if (most)
        *most = getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur <= INT_MAX
                    ? (int)limit.rlim_cur
                    : INT_MAX;
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
    int most;
    int open = limits_open(&most);
    if (most == INT_MAX)
        return INT_MAX;
    return most > open ? most - open : 0;
}

/* Threads of the whole system; INT_MAX: not known. */
static int limits_all_threads(void)
{
    int count = INT_MAX;
    FILE *f = fopen("/proc/loadavg", "re");
    if (!f)
        return INT_MAX;
    if (fscanf(f, "%*s %*s %*s %*d/%d", &count) != 1)
        count = INT_MAX;
    fclose(f);
    return count;
}

/* Whether the control group DIRECTORY may not have COUNT threads. */
static bool limits_group_is_below(const char *directory, long long count)
{
    char *path = xasprintf("%s/pids.max", directory);
    FILE *f = fopen(path, "re");
    long long most;
    bool below = f && fscanf(f, "%lld", &most) == 1 && most < count;
    free(path);
    if (f)
        fclose(f);
    return below;
}

/* The same of our own groups and all above them. LINE is one of
 * /proc/self/cgroup: "0::/group", or "9:pids:/group" of version 1. */
static bool limits_line_is_below(char *line, long long count)
{
    char *list = strchr(line, ':');
    char *group = list ? strchr(list + 1, ':') : NULL;
    if (!group)
        return false;
    *group++ = '\0';
    bool second = list[1] == '\0';
    if (!second && !strstr(list + 1, "pids"))
        return false;
    group[strcspn(group, "\n")] = '\0';
    char *path = xasprintf("/sys/fs/cgroup%s%s", second ? "" : "/pids", group);
    char *top = path + strlen(path) - strlen(group);
    bool below = false;
    for (char *slash; !below && (slash = strrchr(top, '/')); *slash = '\0')
        below = limits_group_is_below(path, count);
    below = below || limits_group_is_below(path, count);
    free(path);
    return below;
}

/* Whether no limit can stand in the way, were all threads of the system ours:
 * then there is no need to try, which takes milliseconds on a busy machine. */
static bool limits_are_far(int wanted)
{
    long long count = (long long)limits_all_threads() + wanted;
    struct rlimit limit;
    if (getrlimit(RLIMIT_NPROC, &limit) != 0 || limit.rlim_cur < (rlim_t)count)
        return false;
    FILE *f = fopen("/proc/self/cgroup", "re");
    char *line = NULL;
    size_t size = 0;
    bool below = !f;
    while (!below && getline(&line, &size, f) > 0)
        below = limits_line_is_below(line, count);
    free(line);
    if (f)
        fclose(f);
    return !below;
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

/* A thread that was joined counts until the kernel has forgotten it, which is
 * a matter of microseconds as a rule. */
static void limits_bury(const struct limits_thread *t)
{
    for (int i = 0; i < LIMITS_BURY_ATTEMPTS && tgkill(getpid(), t->id, 0) == 0; i++) {
        if (i < LIMITS_BURY_YIELDS)
            sched_yield();
        else
            nanosleep(&(struct timespec){ .tv_nsec = LIMITS_BURY_NS }, NULL);
    }
}

int limits_threads(int wanted)
{
    if (limits_are_far(wanted))
        return wanted;
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
    backoff_pause((*attempt)++);
    return true;
}
