/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-machine.c - load, memory and pressure in made-up roots, and of this machine. */
#include <config.h>

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/machine.h"
#include "root.h"

TestSuite(machine, .init = make_root, .fini = remove_root);

Test(machine, an_empty_root_tells_nothing)
{
    struct machine *m = machine_create(root);
    struct machine_sample s;
    machine_look(m, 1, 0, &s);
    machine_look(m, 2, 0.5, &s);
    cr_expect_eq(s.cpus, 1);
    cr_expect_eq(s.busy, 0.5, "what is our own is busy");
    cr_expect_eq(s.memory_available, UINT64_MAX);
    cr_expect_eq(s.memory_pressure, 0);
    cr_expect_eq(s.descriptors, 0);
    machine_destroy(m);
}

Test(machine, cpus_are_ours_and_others)
{
    struct machine *m = machine_create(root);
    struct machine_sample s;
    long hertz = sysconf(_SC_CLK_TCK);
    char text[512];
    put("proc/stat", "cpu  0 0 0 0\ncpu0 100 0 100 1000 50 0 0 0 0 0\n"
                     "cpu1 200 0 0 1000 0 0 0 0 0 0\nprocs_running 3\n");
    put("proc/loadavg", "2.50 1.00 0.50 3/100 4242\n");
    machine_look(m, 10, 5, &s);
    cr_expect_eq(s.busy, 0);
    cr_expect_eq(s.cpus, 2);
    cr_expect_eq(s.runnable, 3);
    cr_expect_eq(s.load, 2.5);
    /* Two seconds: one CPU busy throughout, half of it stolen; the other half. */
    snprintf(text, sizeof text, "cpu  0 0 0 0\ncpu0 %ld 0 100 1000 50 0 0 %ld 0 0\n"
             "cpu1 %ld 0 0 2000 0 0 0 0 0 0\nprocs_running 5\n", 100 + hertz, hertz,
             200 + hertz);
    put("proc/stat", text);
    machine_look(m, 12, 6, &s);
    cr_expect_float_eq(s.busy, 1.5, 1e-9);
    cr_expect_float_eq(s.own, 0.5, 1e-9);
    machine_destroy(m);
}

Test(machine, memory_is_that_of_the_machine)
{
    struct machine *m = machine_create(root);
    struct machine_sample s;
    put("proc/meminfo", "MemTotal:  8192 kB\nMemFree: 1 kB\nMemAvailable:  4096 kB\n");
    machine_look(m, 1, 0, &s);
    cr_expect_eq(s.memory_total, 8192 * 1024);
    cr_expect_eq(s.memory_available, 4096 * 1024);
    machine_destroy(m);
}

Test(machine, the_tightest_group_counts)
{
    struct machine *m = machine_create(root);
    struct machine_sample s;
    put("proc/meminfo", "MemTotal:  8192 kB\nMemAvailable:  4096 kB\n");
    put("proc/self/cgroup", "0::/a/b\n");
    put("sys/fs/cgroup/a/b/memory.max", "max\n");
    put("sys/fs/cgroup/a/memory.max", "2097152\n");
    put("sys/fs/cgroup/a/memory.current", "1572864\n");
    put("sys/fs/cgroup/a/memory.stat", "anon 1\ninactive_file 524288\n");
    put("sys/fs/cgroup/a/b/memory.pressure", "some avg10=25.00 avg60=0.00 total=1\n");
    put("proc/pressure/memory", "some avg10=1.00 avg60=0.00 total=1\n");
    put("proc/pressure/cpu", "some avg10=50.00 avg60=0.00 total=1\n");
    machine_look(m, 1, 0, &s);
    cr_expect_eq(s.memory_total, 2097152);
    cr_expect_eq(s.memory_available, 1048576, "page cache not in use is free");
    cr_expect_eq(s.memory_pressure, 0.25, "the group's");
    cr_expect_eq(s.cpu_pressure, 0.5, "the machine's, where the group has none");
    machine_destroy(m);
}

Test(machine, groups_of_the_first_version_count_too)
{
    struct machine *m = machine_create(root);
    struct machine_sample s;
    put("proc/meminfo", "MemTotal:  8192 kB\nMemAvailable:  4096 kB\n");
    put("proc/self/cgroup", "5:memory:/box\n1:cpu:/\n");
    put("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
    put("sys/fs/cgroup/memory/box/memory.limit_in_bytes", "1048576\n");
    put("sys/fs/cgroup/memory/box/memory.usage_in_bytes", "2000000\n");
    machine_look(m, 1, 0, &s);
    cr_expect_eq(s.memory_total, 1048576);
    cr_expect_eq(s.memory_available, 0, "more in use than there may be");
    machine_destroy(m);
}

Test(machine, this_one_is_told)
{
    struct machine *m = machine_create("");
    struct machine_sample s;
    machine_look(m, clock_now(), clock_cpu(), &s);
    usleep(50000);
    machine_look(m, clock_now(), clock_cpu(), &s);
    cr_expect_geq(s.cpus, 1);
    cr_expect_geq(s.runnable, 1);
    cr_expect_geq(s.busy, s.own);
    cr_expect_lt(s.memory_available, s.memory_total);
    cr_expect_gt(s.descriptors, 0);
    cr_expect_lt(s.descriptors, 1);
    machine_destroy(m);
}
