/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hardware.h - what this machine lets this process use. */
#ifndef EXTRACT_BASE_HARDWARE_H
#define EXTRACT_BASE_HARDWARE_H

#include <stdint.h>

/* CPUs that this process may use: the affinity mask, then the smallest CPU
 * quota on the way from its cgroup to the root (v2 cpu.max, v1
 * cpu.cfs_quota_us / cpu.cfs_period_us), rounded up. At least 1. */
int hardware_cpus(void);

/* The same against another root than "/", for tests: FS_ROOT/proc/self/cgroup
 * and FS_ROOT/sys/fs/cgroup are read, AFFINITY stands for the mask's count. */
int hardware_cpus_at(const char *fs_root, int affinity);

/* Peak resident memory in bytes of this process. */
uint64_t hardware_peak_memory(void);

/* The same of the child that had most, of those that were waited for. */
uint64_t hardware_peak_memory_of_children(void);

#endif
