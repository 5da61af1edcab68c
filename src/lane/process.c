/* SPDX-License-Identifier: GPL-3.0-or-later */
/* process.c - a worker counts as started when it has said what its sandbox
 * lacks; until then its death is no document's doing. */
#include <config.h>

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/diag.h"
#include "lane/awake.h"
#include "lane/memory.h"
#include "lane/process.h"
#include "lane/spawn.h"

/* Starting takes 10 ms on a quiet machine. */
#define PROCESS_START_SECONDS 30.0
/* What fails at once may pass, such as a table of processes that is full. A
 * worker that is killed from outside while it starts is no failure: the next
 * one may live, until the time is over. Pauses of 10, 20, ... ms. */
#define PROCESS_ATTEMPTS 6
#define PROCESS_PAUSE_MS 10
#define PROCESS_PAUSE_MOST_MS 320
/* How long the status of a dead worker is waited for, and of one that may just
 * not start. */
#define PROCESS_REAP_SECONDS 5.0
#define PROCESS_ABANDON_SECONDS 0.2

static void process_drop(struct process *p)
{
    roster_remove(p->roster, p->pid);
    close(p->fd);
    frame_reader_clear(&p->in);
    p->pid = 0;
    p->fd = -1;
}

void process_dismiss(struct process *p)
{
    pid_t pid = p->pid;
    int status;
    if (!pid)
        return;
    process_drop(p);
    if (!spawn_wait(pid, 1.0, &status))
        spawn_kill(pid);
}

void process_end(struct process *p)
{
    pid_t pid = p->pid;
    process_drop(p);
    spawn_kill(pid);
}

/* Signals that a parser cannot send to itself in the sandbox. */
static bool process_is_outside(int signum)
{
    return signum == SIGKILL || signum == SIGTERM || signum == SIGINT ||
           signum == SIGHUP || signum == SIGQUIT;
}

bool process_autopsy(struct process *p, struct worker_pool *pool, struct error *e)
{
    int status = 0;
    pid_t pid = p->pid;
    process_drop(p);
    if (!spawn_wait(pid, PROCESS_REAP_SECONDS, &status)) {
        spawn_kill(pid);
        pool->crashed++;
        error_set(e, ERROR_CRASH, "crash: the parser closed its connection");
        return false;
    }
    if (WIFSIGNALED(status)) {
        int signum = WTERMSIG(status);
        const char *name = sigabbrev_np(signum);
        bool outside = process_is_outside(signum);
        if (outside)
            pool->killed++;
        else
            pool->crashed++;
        error_set(e, outside ? ERROR_KILLED : ERROR_CRASH,
                  outside ? "killed: the worker was ended from outside (SIG%s)"
                          : "crash: the parser died of SIG%s",
                  name ? name : "?");
        return outside;
    }
    /* 3 is what our own allocator exits with. */
    if (WEXITSTATUS(status) == MEMORY_EXIT || WEXITSTATUS(status) == 3) {
        pool->out_of_memory++;
        error_set(e, ERROR_OOM, "oom: the parser needs more than %llu MiB",
                  (unsigned long long)(pool->memory_limit >> 20));
        return false;
    }
    pool->crashed++;
    error_set(e, ERROR_CRASH, "crash: the parser exited with status %d",
              WEXITSTATUS(status));
    return false;
}

/* What the sandbox of the new worker lacks. */
static void process_hear(struct worker_pool *pool, const char *missing)
{
    if (*missing && pool->sandbox == SANDBOX_REQUIRE) {
        if (!atomic_exchange(&pool->refused, 1))
            diag_error(NULL, "the sandbox lacks: %s (--sandbox=require)", missing);
    } else if (*missing && !atomic_exchange(&pool->said, 1)) {
        diag_note(NULL, "the sandbox lacks: %s", missing);
    }
}

/* Ends a worker that does not start. True: somebody else had. */
static bool process_abandon(struct process *p)
{
    pid_t pid = p->pid;
    int status;
    process_drop(p);
    if (spawn_wait(pid, PROCESS_ABANDON_SECONDS, &status))
        return WIFSIGNALED(status) && process_is_outside(WTERMSIG(status));
    spawn_kill(pid);
    return false;
}

static int process_greet(struct process *p, struct worker_pool *pool,
                         double *deadline, bool *killed, struct error *e)
{
    struct frame frame;
    frame_begin(&p->out, FRAME_HELLO);
    frame_put_u64(&p->out, pool->memory_limit);
    frame_put_u32(&p->out, (uint32_t)pool->sandbox);
    frame_put_string(&p->out, p->only ? p->only->name : "");
    if (frame_send(p->fd, &p->out, -1, true) != 0 ||
        awake_receive(&p->in, deadline, &frame) != FRAME_GOT ||
        frame.type != FRAME_READY) {
        *killed = process_abandon(p);
        return error_set(e, ERROR_INTERNAL, "a worker does not start");
    }
    struct frame_cursor c = frame_cursor(&frame);
    char *missing = frame_get_string(&c, 1024);
    process_hear(pool, missing);
    free(missing);
    if (pool->refused) {
        /* Before it sees a document. */
        process_end(p);
        return error_set(e, ERROR_SANDBOX, "the sandbox is not complete");
    }
    return 0;
}

static int process_try(struct process *p, struct worker_pool *pool,
                       double *deadline, bool *killed, struct error *e)
{
    *killed = false;
    spawn_reap();
    if (spawn_worker(&p->pid, &p->fd, e) != 0) {
        p->pid = 0;
        return -1;
    }
    roster_add(p->roster, p->pid);
    frame_reader_init(&p->in, p->fd);
    if (process_greet(p, pool, deadline, killed, e) != 0)
        return -1;
    pool->started++;
    return 0;
}

int process_start(struct process *p, struct worker_pool *pool,
                  const struct format *only, bool patient, struct error *e)
{
    p->only = only;
    p->roster = pool->roster;
    double deadline = clock_now() + PROCESS_START_SECONDS;
    long pause = PROCESS_PAUSE_MS;
    int failed = 0;
    bool killed;
    while (process_try(p, pool, &deadline, &killed, e) != 0) {
        failed += !killed;
        if (pool->refused || (!patient && !killed) || failed == PROCESS_ATTEMPTS ||
            clock_now() >= deadline)
            return -1;
        nanosleep(&(struct timespec){ .tv_nsec = pause * 1000000 }, NULL);
        if (pause < PROCESS_PAUSE_MOST_MS)
            pause *= 2;
    }
    return 0;
}
