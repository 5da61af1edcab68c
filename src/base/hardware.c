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

#include "base/cgroup.h"

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

static int limit_v2(int best, const char *directory)
{
    char line[64];
    long long quota, period;

    /* "max 100000" has no number in front and so no limit. */
    if (cgroup_read_line(directory, "cpu.max", line, sizeof line) &&
        sscanf(line, "%lld %lld", &quota, &period) == 2)
        best = limit_by_quota(best, quota, period);
    return best;
}

static int limit_v1(int best, const char *directory)
{
    char quota[64], period[64];

    if (cgroup_read_line(directory, "cpu.cfs_quota_us", quota, sizeof quota) &&
        cgroup_read_line(directory, "cpu.cfs_period_us", period, sizeof period))
        best = limit_by_quota(best, strtoll(quota, NULL, 10),
                              strtoll(period, NULL, 10));
    return best;
}

static void limit_visit(void *ctx, const char *directory, bool v2)
{
    int *best = ctx;
    *best = v2 ? limit_v2(*best, directory) : limit_v1(*best, directory);
}

int hardware_cpus_at(const char *fs_root, int affinity)
{
    int best = affinity;
    cgroup_each(fs_root, "cpu", limit_visit, &best);
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
