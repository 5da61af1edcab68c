/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-hardware.c - CPUs by cgroup quota in made-up roots, and the clocks. */
#include <config.h>

#include <criterion/criterion.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/hardware.h"
#include "root.h"

TestSuite(hardware, .init = make_root, .fini = remove_root);

Test(hardware, no_cgroups_leave_the_affinity)
{
    cr_assert_eq(hardware_cpus_at(root, 7), 7);
    cr_assert_eq(hardware_cpus_at(root, 0), 1);
}

Test(hardware, v2_without_limit)
{
    put("proc/self/cgroup", "0::/user.slice/a\n");
    put("sys/fs/cgroup/user.slice/a/cpu.max", "max 100000\n");
    cr_assert_eq(hardware_cpus_at(root, 64), 64);
}

Test(hardware, v2_quota_is_rounded_up)
{
    put("proc/self/cgroup", "0::/a\n");
    put("sys/fs/cgroup/a/cpu.max", "250000 100000\n");
    cr_assert_eq(hardware_cpus_at(root, 64), 3);
    cr_assert_eq(hardware_cpus_at(root, 2), 2);
    put("sys/fs/cgroup/a/cpu.max", "200000 100000\n");
    cr_assert_eq(hardware_cpus_at(root, 64), 2);
    put("sys/fs/cgroup/a/cpu.max", "1000 100000\n");
    cr_assert_eq(hardware_cpus_at(root, 64), 1);
}

Test(hardware, v2_smallest_on_the_way_counts)
{
    put("proc/self/cgroup", "0::/a/b/c\n");
    put("sys/fs/cgroup/a/b/c/cpu.max", "800000 100000\n");
    put("sys/fs/cgroup/a/b/cpu.max", "max 100000\n");
    put("sys/fs/cgroup/a/cpu.max", "300000 100000\n");
    cr_assert_eq(hardware_cpus_at(root, 64), 3);
}

Test(hardware, v2_in_a_container)
{
    /* A namespace shows the own group as the root of the mount. */
    put("proc/self/cgroup", "0::/\n");
    put("sys/fs/cgroup/cpu.max", "400000 100000\n");
    cr_assert_eq(hardware_cpus_at(root, 64), 4);
    /* Without one, the host's path is shown, and only the root is there. */
    put("proc/self/cgroup", "0::/docker/0123\n");
    cr_assert_eq(hardware_cpus_at(root, 64), 4);
}

Test(hardware, v2_outside_of_the_namespace)
{
    put("proc/self/cgroup", "0::/../../x\n");
    put("sys/fs/cgroup/cpu.max", "500000 100000\n");
    put("x/cpu.max", "100000 100000\n");
    cr_assert_eq(hardware_cpus_at(root, 64), 5);
}

Test(hardware, v1_quota)
{
    put("proc/self/cgroup",
        "5:memory:/m\n4:cpu,cpuacct:/a:b/c\n3:cpuset:/s\n1:name=systemd:/\n");
    put("sys/fs/cgroup/cpu,cpuacct/a:b/cpu.cfs_quota_us", "150000\n");
    put("sys/fs/cgroup/cpu,cpuacct/a:b/cpu.cfs_period_us", "100000\n");
    put("sys/fs/cgroup/cpu,cpuacct/a:b/c/cpu.cfs_quota_us", "-1\n");
    put("sys/fs/cgroup/cpu,cpuacct/a:b/c/cpu.cfs_period_us", "100000\n");
    put("sys/fs/cgroup/cpuset/s/cpu.cfs_quota_us", "1\n");
    put("sys/fs/cgroup/cpuset/s/cpu.cfs_period_us", "1\n");
    cr_assert_eq(hardware_cpus_at(root, 64), 2);
}

Test(hardware, v1_mounted_as_cpu)
{
    put("proc/self/cgroup", "4:cpuacct,cpu:/a\n0::/a\n");
    put("sys/fs/cgroup/cpu/a/cpu.cfs_quota_us", "600000\n");
    put("sys/fs/cgroup/cpu/a/cpu.cfs_period_us", "100000\n");
    cr_assert_eq(hardware_cpus_at(root, 64), 6);
}

Test(hardware, nonsense_sets_no_limit)
{
    put("proc/self/cgroup", "nonsense\n0:\n0::\n:::\n\n4:cpu:/a");
    put("sys/fs/cgroup/cpu.max", "99 0\n");
    put("sys/fs/cgroup/cpu/a/cpu.cfs_quota_us", "99\n");
    put("sys/fs/cgroup/cpu/a/cpu.cfs_period_us", "x\n");
    cr_assert_eq(hardware_cpus_at(root, 9), 9);
}

Test(hardware, this_machine)
{
    cpu_set_t one;
    int cpu = sched_getcpu();

    cr_assert_geq(hardware_cpus(), 1);
    cr_assert_geq(cpu, 0);
    CPU_ZERO(&one);
    CPU_SET((size_t)cpu, &one);
    cr_assert_eq(sched_setaffinity(0, sizeof one, &one), 0);
    cr_assert_eq(hardware_cpus(), 1);
}

Test(hardware, peak_memory_grows_with_use)
{
    uint64_t before = hardware_peak_memory();
    size_t size = 64 << 20;
    char *p = xmalloc(size);

    cr_assert_gt(before, 1 << 16);
    for (size_t i = 0; i < size; i += 512)
        ((volatile char *)p)[i] = 1;
    cr_assert_gt(hardware_peak_memory(), before + (32 << 20));
    free(p);
}

Test(clock, runs_forward)
{
    double wall = clock_now();
    double cpu = clock_cpu();

    nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
    cr_assert_geq(clock_now() - wall, 0.02);
    cr_assert_lt(clock_now() - wall, 60);
    while (clock_cpu() < cpu + 0.02)
        continue;
}
