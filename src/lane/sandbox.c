/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sandbox.c - Landlock keeps the file system away but stops neither UDP nor
 * fork, so seccomp allows only the calls that parsing needs. */
#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/sanitized.h"
#include "lane/sandbox.h"

/* Descriptors: three for /dev/null, the socket, two documents, and what
 * poppler opens of its data for a moment. */
#define SANDBOX_FILES 32
/* What RLIMIT_STACK is by default: where it is more, a recursion without end
 * would take memory that RLIMIT_DATA does not count. */
#define SANDBOX_STACK ((rlim_t)8 << 20)

static void sandbox_lacks(struct buffer *missing, const char *layer)
{
    if (missing->size)
        buffer_append_string(missing, ", ");
    buffer_append_string(missing, layer);
}

static void sandbox_limit(__rlimit_resource_t resource, rlim_t value, const char *name,
                          struct buffer *missing)
{
    struct rlimit limit;
    if (getrlimit(resource, &limit) != 0) {
        sandbox_lacks(missing, name);
        return;
    }
    /* Never more than it is. */
    if (value > limit.rlim_cur)
        value = limit.rlim_cur;
    limit = (struct rlimit){ value, value };
    if (setrlimit(resource, &limit) != 0)
        sandbox_lacks(missing, name);
}

/* RLIMIT_DATA, for RLIMIT_AS would count the mapped document (441 of 930 pages
 * of a manual failed under it). */
static void sandbox_limits(uint64_t memory_limit, struct buffer *missing)
{
    sandbox_limit(RLIMIT_CORE, 0, "core limit", missing);
    sandbox_limit(RLIMIT_FSIZE, 0, "file size limit", missing);
    sandbox_limit(RLIMIT_NOFILE, SANDBOX_FILES, "descriptor limit", missing);
    if (!BUILT_WITH_SANITIZER)
        sandbox_limit(RLIMIT_DATA, (rlim_t)memory_limit, "memory limit", missing);
    if (!BUILT_WITH_SANITIZER)
        sandbox_limit(RLIMIT_STACK, SANDBOX_STACK, "stack limit", missing);
}

/* No new processes: seccomp forbids clone, and this binds where it does not
 * (it never binds root). */
static void sandbox_no_processes(struct buffer *missing)
{
    if (!BUILT_WITH_SANITIZER)
        sandbox_limit(RLIMIT_NPROC, 0, "process limit", missing);
}

/* Reading below PATH, when it is there. */
static int sandbox_landlock_allow(int ruleset, const char *path)
{
    int fd = open(path, O_PATH | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT || errno == ENOTDIR ? 0 : -1;
    struct landlock_path_beneath_attr beneath = {
        .allowed_access =
            LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR,
        .parent_fd = fd,
    };
    long rc = syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH,
                      &beneath, 0);
    close(fd);
    return rc == 0 ? 0 : -1;
}

static void sandbox_landlock(struct buffer *missing)
{
    /* All of the first version: every kernel that has Landlock knows these. */
    struct landlock_ruleset_attr attributes = {
        .handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1,
    };
    /* What parsers were seen to open, over 973 hostile PDFs and all charsets:
     * poppler's encodings and CMaps, and iconv's modules. */
    static const char *const readable[] = {
        "/usr/share/poppler", "/usr/lib/" SANDBOX_TRIPLET "/gconv",
        "/usr/lib/gconv", "/usr/lib64/gconv",
    };
    int ruleset = (int)syscall(SYS_landlock_create_ruleset, &attributes,
                               sizeof attributes, 0);
    bool good = ruleset >= 0;
    for (size_t i = 0; good && i < sizeof readable / sizeof *readable; i++)
        good = sandbox_landlock_allow(ruleset, readable[i]) == 0;
    good = good && syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
    if (ruleset >= 0)
        close(ruleset);
    if (!good)
        sandbox_lacks(missing, "Landlock");
}

static void (*sandbox_on_trap)(int);

static void sandbox_trapped(int signum, siginfo_t *info, void *context)
{
    (void)signum, (void)context;
    sandbox_on_trap(info->si_syscall);
    _exit(1);
}

/* Calls that parsing, text conversion and the way out after an abort were
 * seen to make. */
static const int sandbox_calls[] = {
    SCMP_SYS(read), SCMP_SYS(pread64), SCMP_SYS(lseek), SCMP_SYS(close),
    SCMP_SYS(newfstatat), SCMP_SYS(fstat), SCMP_SYS(stat), SCMP_SYS(statx),
    SCMP_SYS(getdents64), SCMP_SYS(readlink), SCMP_SYS(access),
    SCMP_SYS(faccessat), SCMP_SYS(faccessat2), SCMP_SYS(getcwd),
    SCMP_SYS(recvmsg), SCMP_SYS(sendmsg), SCMP_SYS(poll), SCMP_SYS(ppoll),
    SCMP_SYS(write), SCMP_SYS(writev), SCMP_SYS(munmap),
    SCMP_SYS(mremap), SCMP_SYS(mprotect), SCMP_SYS(madvise), SCMP_SYS(brk),
    SCMP_SYS(futex), SCMP_SYS(sysinfo), SCMP_SYS(getrandom),
    SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday), SCMP_SYS(time),
    SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(getrusage),
    SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sigaltstack), SCMP_SYS(restart_syscall), SCMP_SYS(sched_yield),
    SCMP_SYS(sched_getaffinity), SCMP_SYS(exit), SCMP_SYS(exit_group),
};

/* Signals to itself: the ways of a crash, not those that look like an end from
 * outside. */
static const int sandbox_signals[] = {
    SIGABRT, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGILL,
};

static int sandbox_filter_rules(scmp_filter_ctx filter)
{
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < sizeof sandbox_calls / sizeof *sandbox_calls; i++)
        rc = seccomp_rule_add(filter, SCMP_ACT_ALLOW, sandbox_calls[i], 0);
    /* Opening for reading alone. */
    const scmp_datum_t writing =
        O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND | __O_TMPFILE;
    if (rc == 0)
        rc = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1,
                              SCMP_A2(SCMP_CMP_MASKED_EQ, writing, 0));
    if (rc == 0)
        rc = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(open), 1,
                              SCMP_A1(SCMP_CMP_MASKED_EQ, writing, 0));
    /* Memory that is shared is not counted by RLIMIT_DATA, so none without a
     * file, which can only be one that is open for reading. */
    if (rc == 0)
        rc = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1,
                              SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_TYPE, MAP_PRIVATE));
    if (rc == 0)
        rc = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1,
                              SCMP_A3(SCMP_CMP_MASKED_EQ,
                                      MAP_TYPE | MAP_ANONYMOUS, MAP_SHARED));
    for (size_t i = 0; rc == 0 && i < sizeof sandbox_signals / sizeof *sandbox_signals;
         i++)
        rc = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 2,
                              SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid(), 0),
                              SCMP_A2(SCMP_CMP_EQ, (scmp_datum_t)sandbox_signals[i], 0));
    return rc;
}

static void sandbox_seccomp(void (*on_trap)(int), struct buffer *missing)
{
    struct sigaction action = { .sa_sigaction = sandbox_trapped,
                                .sa_flags = SA_SIGINFO | SA_ONSTACK };
    sandbox_on_trap = on_trap;
    sigaction(SIGSYS, &action, NULL);
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_TRAP);
    int rc = filter ? sandbox_filter_rules(filter) : -ENOMEM;
    if (rc == 0)
        rc = seccomp_load(filter);
    if (rc != 0)
        sandbox_lacks(missing, "seccomp");
    seccomp_release(filter);
}

void sandbox_enter(enum sandbox_mode mode, uint64_t memory_limit,
                   void (*on_trap)(int syscall), struct buffer *missing)
{
    sandbox_limits(memory_limit, missing);
    if (mode == SANDBOX_OFF)
        return;
    sandbox_no_processes(missing);
    /* No core, also where a program takes cores whatever their limit is. */
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        sandbox_lacks(missing, "no_new_privs");
    if (BUILT_WITH_SANITIZER) {
        sandbox_lacks(missing, "Landlock, seccomp (built with a sanitizer)");
        return;
    }
    sandbox_landlock(missing);
    sandbox_seccomp(on_trap, missing);
}

char *sandbox_syscall_name(uint32_t number)
{
    char *name = seccomp_syscall_resolve_num_arch(SCMP_ARCH_NATIVE, (int)number);
    char *copy = name ? xstrdup(name) : xasprintf("system call %u", number);
    free(name);
    return copy;
}
