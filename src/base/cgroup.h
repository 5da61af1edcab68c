/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cgroup.h - the control groups that this process is in, see cgroups(7). */
#ifndef EXTRACT_BASE_CGROUP_H
#define EXTRACT_BASE_CGROUP_H

#include <stdbool.h>

/* Called for a directory of a group; V2: of the unified hierarchy. */
typedef void cgroup_visit(void *ctx, const char *directory, bool v2);

/* Calls VISIT for each group of CONTROLLER ("cpu", "memory") that this process is in,
 * the innermost first, up to the mount; of the unified hierarchy too. Against another
 * root than "" (which is "/"), for tests: FS_ROOT/proc/self/cgroup and
 * FS_ROOT/sys/fs/cgroup are read. Inside a container the group may be a path of the
 * host's, of which only the mount itself is there: what does not exist is visited all
 * the same, and has no files. */
void cgroup_each(const char *fs_root, const char *controller, cgroup_visit *visit,
                 void *ctx);

/* The first line of DIRECTORY/NAME, without its line feed. False: there is none. */
bool cgroup_read_line(const char *directory, const char *name, char *line, int size);

#endif
