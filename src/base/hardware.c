/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hardware.c - CPUs by affinity and cgroup quota. A container with two CPUs'
 * worth of quota on a 64-core machine is throttled when 64 threads run. */
#include <config.h>

#include "base/hardware.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/alloc.h"

/* CPU sets grow up to this many CPUs; Linux itself stops at 8192 (x86). */
#define CPUS_FIRST 1024
#define CPUS_LAST (1 << 20)

/* The smaller of BEST and the CPUs that QUOTA in each PERIOD (both in
 * microseconds) pays for, rounded up: half a CPU is one thread. */
static int limit_by_quota(int best, long long quota, long long period)
{
    if (quota <= 0 || period <= 0)
        return best; /* v1 says -1 for "no limit" */

    long long cpus = quota / period + (quota % period != 0);

    return cpus < best ? (int)cpus : best;
}

/* The first line of DIRECTORY/NAME. False when there is none. */
static bool read_line(const char *directory, const char *name, char *line,
                      int size)
{
    char *path = xasprintf("%s/%s", directory, name);
    FILE *f = fopen(path, "re");

    free(path);
    if (!f)
        return false;

    bool found = fgets(line, size, f) != NULL;

    fclose(f);
    return found;
}

static int limit_v2(int best, const char *directory)
{
    char line[64];
    long long quota, period;

    /* "max 100000" has no number in front and so no limit. */
    if (read_line(directory, "cpu.max", line, sizeof line) &&
        sscanf(line, "%lld %lld", &quota, &period) == 2)
        best = limit_by_quota(best, quota, period);
    return best;
}

static int limit_v1(int best, const char *directory)
{
    char quota[64], period[64];

    if (read_line(directory, "cpu.cfs_quota_us", quota, sizeof quota) &&
        read_line(directory, "cpu.cfs_period_us", period, sizeof period))
        best = limit_by_quota(best, strtoll(quota, NULL, 10),
                              strtoll(period, NULL, 10));
    return best;
}

/* Applies LIMIT to MOUNT/GROUP and all directories above it up to MOUNT.
 * Inside a container GROUP may be a path of the host's, of which only MOUNT
 * itself is there; what does not exist sets no limit. */
static int limit_upwards(int best, const char *mount, const char *group,
                         int (*limit)(int best, const char *directory))
{
    char *path = xasprintf("%s%s", mount, group);
    size_t mount_length = strlen(mount);

    for (size_t end = strlen(path); end > mount_length;) {
        best = limit(best, path);
        while (end > mount_length && path[end - 1] != '/')
            end--;
        while (end > mount_length && path[end - 1] == '/')
            end--;
        path[end] = '\0';
    }
    best = limit(best, mount);
    free(path);
    return best;
}

/* Whether the comma-separated LIST of controllers has "cpu" in it. */
static bool has_cpu(const char *list)
{
    for (;;) {
        size_t length = strcspn(list, ",");

        if (length == 3 && memcmp(list, "cpu", 3) == 0)
            return true;
        if (list[length] == '\0')
            return false;
        list += length + 1;
    }
}

/* LINE: "0::/group" (v2) or "4:cpu,cpuacct:/group" (v1), see cgroups(7). */
static int limit_by_line(int best, const char *fs_root, char *line)
{
    char *controllers = strchr(line, ':');
    char *group = controllers ? strchr(controllers + 1, ':') : NULL;

    if (!group)
        return best;
    *controllers++ = '\0';
    *group++ = '\0';
    group[strcspn(group, "\n")] = '\0';
    /* "/../x" is a group outside of our cgroup namespace: not in our mount. */
    if (strstr(group, "/.."))
        group = strchr(group, '\0');

    const char *names[] = {controllers, "cpu", "cpu,cpuacct"};
    int count = controllers[0] == '\0' ? 1 : 3;

    if (count > 1 && !has_cpu(controllers))
        return best;
    for (int i = 0; i < count; i++) {
        char *mount = xasprintf("%s/sys/fs/cgroup%s%s", fs_root,
                                names[i][0] ? "/" : "", names[i]);

        best = limit_upwards(best, mount, group,
                             count > 1 ? limit_v1 : limit_v2);
        free(mount);
    }
    return best;
}

int hardware_cpus_at(const char *fs_root, int affinity)
{
    int best = affinity;
    char *path = xasprintf("%s/proc/self/cgroup", fs_root);
    FILE *f = fopen(path, "re");
    char *line = NULL;
    size_t size = 0;

    free(path);
    if (f) {
        while (getline(&line, &size, f) > 0)
            best = limit_by_line(best, fs_root, line);
        free(line);
        fclose(f);
    }
    return best > 1 ? best : 1;
}

/* CPUs in the affinity mask of this thread. */
static int count_affinity(void)
{
    for (int cpus = CPUS_FIRST; cpus <= CPUS_LAST; cpus *= 2) {
        cpu_set_t *set = CPU_ALLOC((size_t)cpus);
        size_t size = CPU_ALLOC_SIZE((size_t)cpus);

        if (!set)
            break;

        int failed = sched_getaffinity(0, size, set);
        int count = failed ? 0 : CPU_COUNT_S(size, set);

        CPU_FREE(set);
        if (!failed)
            return count;
        if (errno != EINVAL) /* EINVAL: the kernel's mask is larger */
            break;
    }

    long online = sysconf(_SC_NPROCESSORS_ONLN);

    return online > 0 && online < INT_MAX ? (int)online : 1;
}

int hardware_cpus(void)
{
    return hardware_cpus_at("", count_affinity());
}

/* VmHWM counts from exec on. ru_maxrss does not: it starts at the peak of the
 * process that started us, and serves only where /proc is not there. */
uint64_t hardware_peak_memory(void)
{
    FILE *f = fopen("/proc/self/status", "re");
    uint64_t kib = 0;
    char line[256];

    if (f) {
        while (fgets(line, sizeof line, f)) {
            if (sscanf(line, "VmHWM: %" SCNu64 " kB", &kib) == 1)
                break;
        }
        fclose(f);
    }
    if (kib == 0) {
        struct rusage usage;

        if (getrusage(RUSAGE_SELF, &usage) == 0 && usage.ru_maxrss > 0)
            kib = (uint64_t)usage.ru_maxrss;
    }
    return kib * 1024;
}

uint64_t hardware_peak_memory_of_children(void)
{
    struct rusage usage;

    if (getrusage(RUSAGE_CHILDREN, &usage) != 0)
        return 0;
    return (uint64_t)usage.ru_maxrss * 1024;
}
