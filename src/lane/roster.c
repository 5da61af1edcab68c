/* SPDX-License-Identifier: GPL-3.0-or-later */
/* roster.c - a list of process ids, asked for by /proc and by their clocks. */
#include <config.h>

#include "lane/roster.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"

struct roster {
    pthread_mutex_t lock;
    pid_t *pids;
    int count, capacity;
};

struct roster *roster_create(void)
{
    struct roster *r = xcalloc(1, sizeof *r);
    pthread_mutex_init(&r->lock, NULL);
    return r;
}

void roster_add(struct roster *r, pid_t pid)
{
    pthread_mutex_lock(&r->lock);
    if (r->count == r->capacity) {
        r->capacity = 2 * r->capacity + 8;
        r->pids = xrealloc_array(r->pids, (size_t)r->capacity, sizeof *r->pids);
    }
    r->pids[r->count++] = pid;
    pthread_mutex_unlock(&r->lock);
}

void roster_remove(struct roster *r, pid_t pid)
{
    pthread_mutex_lock(&r->lock);
    for (int i = 0; i < r->count; i++)
        if (r->pids[i] == pid)
            r->pids[i--] = r->pids[--r->count];
    pthread_mutex_unlock(&r->lock);
}

uint64_t roster_memory(pid_t pid)
{
    char path[64];
    long page = sysconf(_SC_PAGESIZE);
    unsigned long size, resident = 0, shared = 0;

    snprintf(path, sizeof path, "/proc/%ld/statm", (long)pid);
    FILE *f = fopen(path, "re");
    if (!f)
        return 0;
    if (fscanf(f, "%lu %lu %lu", &size, &resident, &shared) != 3)
        resident = shared = 0;
    fclose(f);
    return resident > shared ? (uint64_t)(resident - shared) * (uint64_t)page : 0;
}

static double roster_cpu(pid_t pid)
{
    clockid_t clock;
    struct timespec t;

    if (clock_getcpuclockid(pid, &clock) != 0 || clock_gettime(clock, &t) != 0)
        return 0;
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

void roster_read(struct roster *r, struct roster_use *use)
{
    *use = (struct roster_use){ 0 };
    pthread_mutex_lock(&r->lock);
    for (int i = 0; i < r->count; i++) {
        uint64_t memory = roster_memory(r->pids[i]);
        use->count++;
        use->cpu += roster_cpu(r->pids[i]);
        use->memory += memory;
        use->largest = memory > use->largest ? memory : use->largest;
    }
    pthread_mutex_unlock(&r->lock);
}

void roster_destroy(struct roster *r)
{
    if (!r)
        return;
    pthread_mutex_destroy(&r->lock);
    free(r->pids);
    free(r);
}
