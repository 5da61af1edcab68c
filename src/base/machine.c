/* SPDX-License-Identifier: GPL-3.0-or-later */
/* machine.c - the files of /proc and of control groups that tell of load. */
#include <config.h>

#include "base/machine.h"

#include <dirent.h>
#include <inttypes.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/cgroup.h"
#include "base/hardware.h"

struct machine {
    char *root;
    bool masked; /* only the CPUs of MASK are ours */
    cpu_set_t mask;
    double tick; /* seconds */
    bool looked; /* once, with these: */
    double time, busy, own;
};

struct machine *machine_create(const char *fs_root)
{
    struct machine *m = xcalloc(1, sizeof *m);
    long hertz = sysconf(_SC_CLK_TCK);

    m->root = xstrdup(fs_root);
    m->tick = 1.0 / (double)(hertz > 0 ? hertz : 100);
    /* With more CPUs than a set holds it fails, and all count. */
    m->masked = fs_root[0] == '\0' && sched_getaffinity(0, sizeof m->mask, &m->mask) == 0;
    return m;
}

static FILE *machine_open(const struct machine *m, const char *name)
{
    char *path = xasprintf("%s/proc/%s", m->root, name);
    FILE *f = fopen(path, "re");

    free(path);
    return f;
}

/* Seconds that the CPU of LINE, behind its name, was not idle; what a hypervisor gave
 * to others counts as theirs. proc(5): user nice system idle iowait irq softirq steal. */
static double machine_busy_of(const struct machine *m, const char *line)
{
    uint64_t t[8] = { 0 };

    sscanf(line, "%" SCNu64 " %" SCNu64 " %" SCNu64 " %" SCNu64 " %" SCNu64 " %" SCNu64
           " %" SCNu64 " %" SCNu64, t, t + 1, t + 2, t + 3, t + 4, t + 5, t + 6, t + 7);
    return (double)(t[0] + t[1] + t[2] + t[5] + t[6] + t[7]) * m->tick;
}

/* Seconds that our CPUs were busy so far, and how many CPUs there are in all. */
static double machine_read_stat(const struct machine *m, struct machine_sample *s,
                                int *all)
{
    FILE *f = machine_open(m, "stat");
    char line[512];
    double busy = 0;

    *all = 0;
    while (f && fgets(line, sizeof line, f)) {
        int cpu, end = 0;
        /* Not the line of all together, whose name ends before the first number. */
        if (line[3] != ' ' && sscanf(line, "cpu%d %n", &cpu, &end) == 1 && end > 0) {
            ++*all;
            if (!m->masked || (cpu < CPU_SETSIZE && CPU_ISSET((size_t)cpu, &m->mask)))
                busy += machine_busy_of(m, line + end);
        } else {
            sscanf(line, "procs_running %lf", &s->runnable);
        }
    }
    if (f)
        fclose(f);
    return busy;
}

static void machine_read_load(const struct machine *m, struct machine_sample *s)
{
    FILE *f = machine_open(m, "loadavg");

    if (!f)
        return;
    if (fscanf(f, "%lf", &s->load) != 1)
        s->load = 0;
    fclose(f);
}

static void machine_read_meminfo(const struct machine *m, struct machine_sample *s)
{
    FILE *f = machine_open(m, "meminfo");
    char line[256];
    uint64_t kib;

    while (f && fgets(line, sizeof line, f)) {
        if (sscanf(line, "MemTotal: %" SCNu64 " kB", &kib) == 1)
            s->memory_total = kib * 1024;
        else if (sscanf(line, "MemAvailable: %" SCNu64 " kB", &kib) == 1)
            s->memory_available = kib * 1024;
    }
    if (f)
        fclose(f);
}

/* The number behind NAME in DIRECTORY/memory.stat, or 0. */
static uint64_t machine_memory_stat(const char *directory, const char *name)
{
    char *path = xasprintf("%s/memory.stat", directory);
    FILE *f = fopen(path, "re");
    char line[256], key[128];
    uint64_t value, found = 0;

    free(path);
    while (f && fgets(line, sizeof line, f))
        if (sscanf(line, "%127s %" SCNu64, key, &value) == 2 && !strcmp(key, name))
            found = value;
    if (f)
        fclose(f);
    return found;
}

/* A group's limit on memory, and what is left of it. */
static void machine_visit_memory(void *ctx, const char *directory, bool v2)
{
    struct machine_sample *s = ctx;
    char limit_line[64], used_line[64];
    uint64_t limit, used;

    if (!cgroup_read_line(directory, v2 ? "memory.max" : "memory.limit_in_bytes",
                          limit_line, sizeof limit_line) ||
        sscanf(limit_line, "%" SCNu64, &limit) != 1 || limit >= s->memory_total)
        return; /* "max", or more than there is */
    if (!cgroup_read_line(directory, v2 ? "memory.current" : "memory.usage_in_bytes",
                          used_line, sizeof used_line) ||
        sscanf(used_line, "%" SCNu64, &used) != 1)
        return;

    uint64_t cache = machine_memory_stat(directory,
                                         v2 ? "inactive_file" : "total_inactive_file");
    used -= cache < used ? cache : used;
    s->memory_total = limit;
    limit -= used < limit ? used : limit;
    if (limit < s->memory_available)
        s->memory_available = limit;
}

/* The share of "some" in the file of pressure F, which is closed. */
static double machine_pressure(FILE *f)
{
    double percent = 0;

    if (!f)
        return 0;
    if (fscanf(f, "some avg10=%lf", &percent) != 1)
        percent = 0;
    fclose(f);
    return percent / 100;
}

struct machine_group {
    char *path; /* of the innermost group, v2; NULL: none seen so far */
};

static void machine_visit_group(void *ctx, const char *directory, bool v2)
{
    struct machine_group *g = ctx;
    if (v2 && !g->path)
        g->path = xstrdup(directory);
}

static double machine_read_pressure(const struct machine *m, const char *group,
                                    const char *what)
{
    char *path = group ? xasprintf("%s/%s.pressure", group, what) : NULL;
    FILE *f = path ? fopen(path, "re") : NULL;
    char *name = xasprintf("pressure/%s", what);

    free(path);
    if (!f)
        f = machine_open(m, name);
    free(name);
    return machine_pressure(f);
}

static double machine_own_descriptors(const struct machine *m)
{
    struct rlimit limit;
    char *path = xasprintf("%s/proc/self/fd", m->root);
    DIR *d = opendir(path);
    double open = -3; /* ".", "..", and the directory itself */

    free(path);
    if (!d)
        return 0;
    while (readdir(d))
        open++;
    closedir(d);
    return getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur > 0 && open > 0
               ? open / (double)limit.rlim_cur
               : 0;
}

/* proc(5), sys/fs/file-nr: open files, 0, and as many as there may be. */
static double machine_all_descriptors(const struct machine *m)
{
    FILE *f = machine_open(m, "sys/fs/file-nr");
    double open = 0, none, most = 0;

    if (!f)
        return 0;
    if (fscanf(f, "%lf %lf %lf", &open, &none, &most) != 3)
        most = 0;
    fclose(f);
    return most > 0 ? open / most : 0;
}

static void machine_read_groups(const struct machine *m, struct machine_sample *s)
{
    struct machine_group group = { NULL };

    cgroup_each(m->root, "memory", machine_visit_memory, s);
    cgroup_each(m->root, "cpu", machine_visit_group, &group);
    s->cpu_pressure = machine_read_pressure(m, group.path, "cpu");
    s->memory_pressure = machine_read_pressure(m, group.path, "memory");
    s->io_pressure = machine_read_pressure(m, group.path, "io");
    free(group.path);
}

void machine_look(struct machine *m, double now, double own, struct machine_sample *s)
{
    double a, b;
    int all;

    *s = (struct machine_sample){
        .time = now, .memory_available = UINT64_MAX, .memory_total = UINT64_MAX,
    };
    double busy = machine_read_stat(m, s, &all);
    s->cpus = m->root[0] ? hardware_cpus_at(m->root, all > 0 ? all : 1) : hardware_cpus();
    machine_read_load(m, s);
    machine_read_meminfo(m, s);
    machine_read_groups(m, s);
    a = machine_own_descriptors(m);
    b = machine_all_descriptors(m);
    s->descriptors = a > b ? a : b;
    if (m->looked && now > m->time) {
        s->busy = (busy - m->busy) / (now - m->time);
        s->own = (own - m->own) / (now - m->time);
        s->busy = s->busy > s->own ? s->busy : s->own; /* ticks are coarse */
    }
    m->looked = true;
    m->time = now;
    m->busy = busy;
    m->own = own;
}

void machine_destroy(struct machine *m)
{
    if (!m)
        return;
    free(m->root);
    free(m);
}
