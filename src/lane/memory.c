/* SPDX-License-Identifier: GPL-3.0-or-later */
/* memory.c - a flag for allocations that failed: mimalloc calls us back; else
 * malloc and its kin stand in front of the C library's own (its manual,
 * "Replacing malloc": memory may be freed by the C library's free since it came
 * from there). */
#include <config.h>

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#ifdef HAVE_MIMALLOC
#include <mimalloc.h>
#endif

#include "base/sanitized.h"
#include "lane/memory.h"

static volatile sig_atomic_t memory_failed;

#ifdef HAVE_MIMALLOC
static void memory_on_error(int errnum, void *unused)
{
    (void)unused;
    if (errnum == ENOMEM || errnum == EOVERFLOW)
        memory_failed = 1;
}

/* It would look for NUMA nodes under /sys when it grows, in the sandbox. */
static void memory_watch_allocator(void)
{
    mi_option_set(mi_option_use_numa_nodes, 1);
    mi_register_error(memory_on_error, NULL);
}
#else
static void memory_watch_allocator(void)
{
}
#endif

/* Sanitizers bring an allocator of their own. */
#if defined(HAVE___LIBC_MALLOC) && !defined(HAVE_MIMALLOC) && !BUILT_WITH_SANITIZER
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *p, size_t size);

void *malloc(size_t size)
{
    void *p = __libc_malloc(size);
    if (!p)
        memory_failed = 1;
    return p;
}

void *calloc(size_t count, size_t size)
{
    void *p = __libc_calloc(count, size);
    if (!p)
        memory_failed = 1;
    return p;
}

void *realloc(void *old, size_t size)
{
    void *p = __libc_realloc(old, size);
    if (!p && size)
        memory_failed = 1;
    return p;
}
#endif

/* Fields of what an allocation did not give: within a page or two of NULL. */
#define MEMORY_NULL_BYTES 65536

static void memory_gave_up(int signum, siginfo_t *info, void *context)
{
    (void)context;
    bool blamed = signum != SIGSEGV || (info->si_code > 0 &&
                  (uintptr_t)info->si_addr < MEMORY_NULL_BYTES);
    if (memory_failed && blamed)
        _exit(MEMORY_EXIT);
    signal(signum, SIG_DFL);
    raise(signum);
}

void memory_watch(void)
{
    memory_watch_allocator();
    /* A stack of its own: the other may be what ran out. */
    static char stack[16384];
    stack_t alternative = { .ss_sp = stack, .ss_size = sizeof stack };
    sigaltstack(&alternative, NULL);
    struct sigaction action = { .sa_sigaction = memory_gave_up,
                                .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER };
    sigaction(SIGABRT, &action, NULL);
    sigaction(SIGTRAP, &action, NULL);
    /* A sanitizer's own handler says more. */
    if (!BUILT_WITH_SANITIZER)
        sigaction(SIGSEGV, &action, NULL);
}

void memory_forgive(void)
{
    memory_failed = 0;
}
