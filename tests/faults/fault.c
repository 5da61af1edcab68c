/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fault.c - a format for tests alone, whose documents say how the parser is
 * to misbehave: "%FAULT", a command to run when it is opened on the same line,
 * then a command for each page on a line of its own, up to a NUL. */
#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <poll.h>
#include <seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/alloc.h"
#include "format/registry.h"
#include "lane/serve.h"
#include "layout/layout.h"
#include "tests/faults/faulty-frames.h"

#define FAULT_MAGIC "%FAULT"
/* What the program is called as a worker (spawn.c). */
#define FAULT_WORKER "extract"

struct format_document {
    char **lines; /* the first is what opening does */
    int pages;
    const unsigned char *end; /* the last byte of the file */
};

static int fault_bid(const struct peek *peek)
{
    size_t size = strlen(FAULT_MAGIC);
    return peek->head_size > size && !memcmp(peek->head, FAULT_MAGIC, size) ? 100
                                                                          : 0;
}

static _Noreturn void fault_spin(void)
{
    for (volatile unsigned i = 0;; i++)
        continue;
}

static void fault_crash(const char *how)
{
    if (!strcmp(how, "SEGV"))
        *(volatile char *)0 = 1;
    else if (!strcmp(how, "ABRT"))
        abort();
    else if (!strcmp(how, "ILL"))
        __builtin_trap();
    else if (!strcmp(how, "FPE"))
        raise(SIGFPE);
    else if (!strcmp(how, "BUS"))
        raise(SIGBUS);
    else if (!strcmp(how, "KILL"))
        raise(SIGKILL);
    else if (!strcmp(how, "TERM"))
        raise(SIGTERM);
}

/* Takes memory until there is no more; returns the last block, or NULL. */
static void *fault_take_all(void)
{
    void *chain = NULL;
    for (;;) {
        size_t size = (size_t)1 << 20;
        char *p = malloc(size);
        if (!p)
            return chain;
        memset(p, 1, size);
        memcpy(p, &chain, sizeof chain);
        chain = p;
    }
}

static void fault_free_all(void *chain)
{
    while (chain) {
        void *next;
        memcpy(&next, chain, sizeof next);
        free(chain);
        chain = next;
    }
}

/* The ways in which parsers take what they are not given. */
static void fault_alloc(const char *how)
{
    if (!strcmp(how, "realloc")) {
        char *p = NULL;
        for (size_t size = 1 << 16;; size *= 2) {
            char *q = realloc(p, size);
            if (!q)
                abort();
            p = q;
            memset(p, 1, size);
        }
    }
    if (!strcmp(how, "own")) {
        for (;;)
            memset(xmalloc(1 << 20), 1, 1 << 20);
    }
    if (!strcmp(how, "glib")) {
        for (;;)
            memset(g_malloc(1 << 20), 1, 1 << 20);
    }
    void *all = fault_take_all();
    if (!strcmp(how, "null"))
        *(volatile char *)malloc((size_t)1 << 40) = 1;
    if (!strcmp(how, "survive")) {
        fault_free_all(all);
        return;
    }
    abort();
}

static unsigned fault_recurse(unsigned depth)
{
    volatile char room[4096];
    room[depth % sizeof room] = (char)depth;
    return depth == 0xffffffff ? 0 : fault_recurse(depth + 1) + (unsigned)room[0];
}

/* Commands that a sandbox must stop. True: it was one of them. */
static bool fault_escape(const char *command, const char *argument)
{
    if (!strcmp(command, "open-write"))
        close(open(argument, O_WRONLY | O_CREAT | O_CLOEXEC, 0666));
    else if (!strcmp(command, "unlink"))
        unlink(argument);
    else if (!strcmp(command, "socket"))
        close(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    else if (!strcmp(command, "exec"))
        execl("/bin/true", "true", (char *)NULL);
    else if (!strcmp(command, "fork")) {
        if (fork() == 0)
            _exit(0);
    } else if (!strcmp(command, "ptrace"))
        ptrace(PTRACE_TRACEME, 0, NULL, NULL);
    else if (!strcmp(command, "kill-parent"))
        kill(getppid(), SIGKILL);
    else if (!strcmp(command, "kill-sibling"))
        kill(0, SIGTERM);
    else if (!strcmp(command, "shared"))
        mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    else
        return false;
    return true;
}

static int fault_say(struct emit *emit, const char *text)
{
    return emit ? emit->text(emit, text, strlen(text)) : 0;
}

/* open-read PATH: shows what is there, or why it cannot be read. */
static int fault_read(struct emit *emit, const char *path)
{
    char text[200];
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        snprintf(text, sizeof text, "refused: %s\n", strerror(errno));
    else
        snprintf(text, sizeof text, "opened\n");
    if (fd >= 0)
        close(fd);
    return fault_say(emit, text);
}

static int fault_flood(struct emit *emit)
{
    static char line[] = "a flood of text\n";
    while (fault_say(emit, line) == 0)
        continue;
    return -1;
}

/* Shows in /proc/PID/cmdline, which anyone may read, what this worker is at:
 * "wait2", a `wait` on page 2. A worker in its sandbox has no other way to
 * tell the test. */
static void fault_show(const char *command, int page)
{
    static char *name;
    char mark[64] = "";
    if (!name && !strcmp(program_invocation_name, FAULT_WORKER))
        name = program_invocation_name;
    snprintf(mark, sizeof mark, "%s%d", command, page);
    if (name)
        memcpy(name, mark, strlen(FAULT_WORKER));
}

/* Runs one line. PAGE: 0 when the document is opened. */
static int fault_run(const char *line, int page, struct emit *emit, struct error *e)
{
    char command[32] = "";
    int at = 0;
    sscanf(line, "%31s %n", command, &at);
    const char *argument = line + at;
    fault_show(command, page);
    if (!strcmp(command, "text"))
        return fault_say(emit, argument) || fault_say(emit, "\n");
    if (!strcmp(command, "garbled") && emit) {
        emit->flags |= LAYOUT_GARBLED;
        return fault_say(emit, argument);
    }
    if (!strcmp(command, "error"))
        return error_set(e, ERROR_DAMAGED, "%s", argument);
    if (!strcmp(command, "crash"))
        fault_crash(argument);
    else if (!strcmp(command, "spin"))
        fault_spin();
    else if (!strcmp(command, "alloc"))
        fault_alloc(argument);
    else if (!strcmp(command, "stack"))
        fault_recurse(0);
    else if (!strcmp(command, "exit"))
        _exit(atoi(argument));
    else if (!strcmp(command, "open-read"))
        return fault_read(emit, argument);
    else if (!strcmp(command, "flood"))
        return fault_flood(emit);
    else if (!strcmp(command, "frame"))
        faulty_frame(argument, page);
    else if (!strcmp(command, "close")) {
        close(SERVE_FD);
        if (!strcmp(argument, "spin"))
            fault_spin();
    } else if (!strcmp(command, "log"))
        for (;;)
            g_warning("the parser complains");
    else if (!strcmp(command, "wait")) /* until that file is there */
        while (access(argument, F_OK) != 0)
            poll(NULL, 0, 10);
    else if (!strcmp(command, "sleep"))
        poll(NULL, 0, (int)(atof(argument) * 1000)); /* allowed, as sleep is not */
    else if (!strcmp(command, "busy"))
        for (gint64 end = g_get_monotonic_time() + (gint64)(atof(argument) * 1e6);
             g_get_monotonic_time() < end;)
            continue;
    else if (*command && !fault_escape(command, argument))
        return error_set(e, ERROR_DAMAGED, "no such fault: %s", command);
    return fault_say(emit, "still here\n");
}

static struct format_document *fault_open(const struct format_input *input,
                                          struct format_info *info, struct error *e)
{
    struct format_document *d = xcalloc(1, sizeof *d);
    char *text = xstrndup((const char *)input->data, input->size);
    d->lines = g_strsplit(g_strchomp(text), "\n", -1);
    free(text);
    d->pages = (int)g_strv_length(d->lines) - 1;
    d->end = input->data + input->size - 1;
    info->pages = d->pages;
    metadata_add(&info->metadata, "producer", "fault");
    if (d->pages > 0 &&
        fault_run(d->lines[0] + strlen(FAULT_MAGIC), 0, NULL, e) == 0)
        return d;
    g_strfreev(d->lines);
    free(d);
    return NULL;
}

static int fault_page(struct format_document *d, int page, struct emit *emit,
                      struct error *e)
{
    if (page > d->pages)
        return error_set(e, ERROR_DAMAGED, "no such page");
    if (!strcmp(d->lines[page], "read-end"))
        return fault_say(emit, *(const volatile unsigned char *)d->end ? "read\n"
                                                                       : "lost\n");
    return fault_run(d->lines[page], page, emit, e);
}

static void fault_close(struct format_document *d)
{
    g_strfreev(d->lines);
    free(d);
}

/* GLib's messages go where those of PDF go. */
static void fault_prepare(void)
{
    format_pdf.prepare();
}

const struct format format_fault = {
    .name = "fault",
    .media_type = "text/x-fault",
    .extensions = "fault",
    .description = "Faults for tests",
    .flags = FORMAT_SPLITS,
    .bid = fault_bid,
    .open = fault_open,
    .page = fault_page,
    .close = fault_close,
    .prepare = fault_prepare,
};

/* A kernel that answers CALL, with its first argument as in FIRST (-1: any),
 * as if it did not know it. */
static void fault_forget_call(int call, int first, uint32_t error)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    if (first < 0)
        seccomp_rule_add(filter, SCMP_ACT_ERRNO(error), call, 0);
    else
        seccomp_rule_add(filter, SCMP_ACT_ERRNO(error), call, 1,
                         SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)first, 0));
    if (seccomp_load(filter) != 0)
        _exit(77);
    seccomp_release(filter);
}

/* Each of the first COUNT workers, counted by a file, is killed. */
static void fault_killed_at_first(int count)
{
    int fd = open("starts", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    if (fd < 0 || write(fd, "x", 1) != 1 || lseek(fd, 0, SEEK_END) <= count)
        raise(SIGKILL);
    close(fd);
}

/* EXTRACT_FAULT: what goes wrong with every worker before its first request. */
void format_fault_initialize(void)
{
    const char *fault = getenv("EXTRACT_FAULT");
    bool worker = !strcmp(program_invocation_short_name, FAULT_WORKER);
    if (!fault || !worker)
        return;
    if (!strcmp(fault, "no-start"))
        _exit(1);
    else if (!strcmp(fault, "killed"))
        fault_killed_at_first(10);
    else if (!strcmp(fault, "no-landlock"))
        fault_forget_call(SCMP_SYS(landlock_create_ruleset), -1, ENOSYS);
    else if (!strcmp(fault, "no-seccomp")) {
        /* The second filter forbids the loading of a third. */
        fault_forget_call(SCMP_SYS(prctl), PR_SET_SECCOMP, EINVAL);
        fault_forget_call(SCMP_SYS(seccomp), -1, EINVAL);
    }
}
