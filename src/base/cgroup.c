/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cgroup.c - /proc/self/cgroup, and the directories that it names. */
#include <config.h>

#include "base/cgroup.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

struct cgroup_walk {
    const char *fs_root, *controller;
    cgroup_visit *visit;
    void *ctx;
};

bool cgroup_read_line(const char *directory, const char *name, char *line, int size)
{
    char *path = xasprintf("%s/%s", directory, name);
    FILE *f = fopen(path, "re");

    free(path);
    if (!f)
        return false;

    bool found = fgets(line, size, f) != NULL;

    fclose(f);
    if (found)
        line[strcspn(line, "\n")] = '\0';
    return found;
}

/* Visits MOUNT/GROUP and all directories above it up to MOUNT. */
static void cgroup_upwards(const struct cgroup_walk *w, const char *mount,
                           const char *group, bool v2)
{
    char *path = xasprintf("%s%s", mount, group);
    size_t mount_length = strlen(mount);

    for (size_t end = strlen(path); end > mount_length;) {
        w->visit(w->ctx, path, v2);
        while (end > mount_length && path[end - 1] != '/')
            end--;
        while (end > mount_length && path[end - 1] == '/')
            end--;
        path[end] = '\0';
    }
    w->visit(w->ctx, mount, v2);
    free(path);
}

/* Whether the comma-separated LIST of controllers has NAME in it. */
static bool cgroup_has(const char *list, const char *name)
{
    for (size_t size = strlen(name);;) {
        size_t length = strcspn(list, ",");

        if (length == size && memcmp(list, name, size) == 0)
            return true;
        if (list[length] == '\0')
            return false;
        list += length + 1;
    }
}

/* LINE: "0::/group" (v2) or "4:cpu,cpuacct:/group" (v1). */
static void cgroup_line(const struct cgroup_walk *w, char *line)
{
    char *controllers = strchr(line, ':');
    char *group = controllers ? strchr(controllers + 1, ':') : NULL;

    if (!group)
        return;
    *controllers++ = '\0';
    *group++ = '\0';
    group[strcspn(group, "\n")] = '\0';
    /* "/../x" is a group outside of our cgroup namespace: not in our mount. */
    if (strstr(group, "/.."))
        group = strchr(group, '\0');

    bool v2 = controllers[0] == '\0';
    /* A hierarchy of several is mounted under any of these names. */
    const char *names[] = { v2 ? "" : controllers, w->controller, "cpu,cpuacct" };
    int count = v2 ? 1 : strcmp(w->controller, "cpu") == 0 ? 3 : 2;

    if (!v2 && !cgroup_has(controllers, w->controller))
        return;
    for (int i = 0; i < count; i++) {
        if (i > 0 && strcmp(names[i], names[0]) == 0)
            continue;
        char *mount = xasprintf("%s/sys/fs/cgroup%s%s", w->fs_root,
                                names[i][0] ? "/" : "", names[i]);

        cgroup_upwards(w, mount, group, v2);
        free(mount);
    }
}

void cgroup_each(const char *fs_root, const char *controller, cgroup_visit *visit,
                 void *ctx)
{
    struct cgroup_walk w = { fs_root, controller, visit, ctx };
    char *path = xasprintf("%s/proc/self/cgroup", fs_root);
    FILE *f = fopen(path, "re");
    char *line = NULL;
    size_t size = 0;

    free(path);
    if (!f)
        return;
    while (getline(&line, &size, f) > 0)
        cgroup_line(&w, line);
    free(line);
    fclose(f);
}
