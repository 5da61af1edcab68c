/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-sandbox.c - each way out of the sandbox, from a process in it. */
#include <config.h>

#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/sanitized.h"
#include "lane/memory.h"
#include "lane/sandbox.h"

#define MIB ((uint64_t)1 << 20)
/* Exit statuses of a child: the call that trapped, or one of these. */
#define FINE 250
#define LACKING 251

static void on_trap(int number)
{
    _exit(number < FINE ? number : 249);
}

/* Runs ATTEMPT in a child with a sandbox; what waitpid says. */
static int in_sandbox(enum sandbox_mode mode, void (*attempt)(void))
{
    pid_t pid = fork();
    cr_assert_geq(pid, 0);
    if (pid == 0) {
        struct buffer missing = { 0 };
        memory_watch();
        sandbox_enter(mode, 64 * MIB, on_trap, &missing);
        if (missing.size)
            _exit(LACKING);
        attempt();
        _exit(FINE);
    }
    int status;
    cr_assert_eq(waitpid(pid, &status, 0), pid);
    return status;
}

static void skip_unless_whole(void)
{
    if (BUILT_WITH_SANITIZER)
        cr_skip_test("a sanitizer cannot live in the sandbox");
}

static void fails_with(void (*attempt)(void), int call)
{
    int status = in_sandbox(SANDBOX_AUTO, attempt);
    if (WIFEXITED(status) && WEXITSTATUS(status) == LACKING)
        cr_skip_test("this kernel lacks a layer");
    cr_assert(WIFEXITED(status), "signal %d", WTERMSIG(status));
    cr_assert_eq(WEXITSTATUS(status), call, "%d instead of %d", WEXITSTATUS(status),
                 call);
}

static void try_socket(void) { socket(AF_INET, SOCK_STREAM, 0); }
static void try_fork(void) { syscall(SYS_fork); }
static void try_exec(void) { execl("/bin/true", "true", (char *)NULL); }
static void try_kill(void) { kill(getpid(), SIGTERM); }
static void try_ptrace(void) { syscall(SYS_ptrace, 0, 0, 0, 0); }
static void try_prctl(void) { prctl(PR_GET_DUMPABLE, 0, 0, 0, 0); }
static void try_limit(void)
{
    struct rlimit limit = { RLIM_INFINITY, RLIM_INFINITY };
    setrlimit(RLIMIT_DATA, &limit);
}
static void try_raise_kill(void) { raise(SIGKILL); }
static void try_open_to_write(void) { open("/dev/null", O_WRONLY | O_CLOEXEC); }
static void try_create(void) { open("evil", O_CREAT | O_CLOEXEC, 0666); }
static void try_shared_memory(void)
{
    mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
}
static void try_memfd(void) { memfd_create("evil", 0); }

Test(sandbox, system_calls)
{
    skip_unless_whole();
    fails_with(try_socket, SYS_socket);
#ifdef SYS_fork
    fails_with(try_fork, SYS_fork);
#endif
    fails_with(try_exec, SYS_execve);
    fails_with(try_kill, SYS_kill);
    fails_with(try_ptrace, SYS_ptrace);
    fails_with(try_prctl, SYS_prctl);
    fails_with(try_raise_kill, SYS_tgkill);
    fails_with(try_open_to_write, 249);
    fails_with(try_create, 249);
    fails_with(try_shared_memory, SYS_mmap);
    fails_with(try_memfd, 249);
}



Test(sandbox, limits_stay)
{
    skip_unless_whole();
    int status = in_sandbox(SANDBOX_AUTO, try_limit);
    cr_assert(WIFEXITED(status));
    cr_assert_neq(WEXITSTATUS(status), FINE);
}

static void read_files(void)
{
    static const char *const paths[] = { "/etc/passwd", "/proc/self/environ", "/",
                                         "/dev/zero", "/tmp" };
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        if (open(paths[i], O_RDONLY | O_CLOEXEC) >= 0 || errno != EACCES)
            _exit((int)i);
}

Test(sandbox, files)
{
    skip_unless_whole();
    fails_with(read_files, FINE);
}

/* Compilers know malloc, and drop one that nobody looks at. */
static char *take(size_t size)
{
    char *volatile p = malloc(size);
    return p;
}

static void use_memory(void)
{
    if (take(200 * MIB))
        _exit(1);
    char *some = take(16 * MIB);
    if (!some)
        _exit(2);
    memset(some, 1, 16 * MIB);
}

Test(sandbox, memory)
{
    skip_unless_whole();
    fails_with(use_memory, FINE);
}

static void give_up(void)
{
    if (!take(200 * MIB))
        abort();
}

static void give_up_for_nothing(void)
{
    abort();
}

static void use_null(void)
{
    volatile char *p = take(200 * MIB);
    p[8] = 1;
}

static void forgive(void)
{
    if (!take(200 * MIB))
        memory_forgive();
    abort();
}

Test(sandbox, want_of_memory_is_told_from_a_crash)
{
    skip_unless_whole();
    fails_with(give_up, MEMORY_EXIT);
    fails_with(use_null, MEMORY_EXIT);
    int status = in_sandbox(SANDBOX_AUTO, give_up_for_nothing);
    cr_assert(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
    status = in_sandbox(SANDBOX_AUTO, forgive);
    cr_assert(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
}

static void read_passwd(void)
{
    if (open("/etc/passwd", O_RDONLY | O_CLOEXEC) < 0)
        _exit(1);
    struct rlimit limit;
    if (getrlimit(RLIMIT_CORE, &limit) != 0 || limit.rlim_cur != 0)
        _exit(2);
}

Test(sandbox, off_keeps_the_limits)
{
    int status = in_sandbox(SANDBOX_OFF, read_passwd);
    cr_assert(WIFEXITED(status) && WEXITSTATUS(status) == FINE);
}

Test(sandbox, names)
{
    char *name = sandbox_syscall_name(SYS_socket);
    cr_assert_str_eq(name, "socket");
    free(name);
    name = sandbox_syscall_name(0x7ffffff0);
    cr_assert_str_eq(name, "system call 2147483632");
    free(name);
    name = sandbox_syscall_name(UINT32_MAX);
    cr_assert(*name);
    free(name);
}
