/* SPDX-License-Identifier: GPL-3.0-or-later */
/* serve.c - a loop over requests. The documents are opened and kept by a local
 * lane, so that both kinds of isolation run the same code. */
#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <locale.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/diag.h"
#include "base/map.h"
#include "base/priority.h"
#include "lane/frame.h"
#include "lane/lane.h"
#include "lane/memory.h"
#include "lane/sandbox.h"
#include "lane/serve.h"

/* Longest path and password that a request may hold. */
#define SERVE_STRING_MAX 65536

struct serve {
    struct frame_reader in;
    struct buffer out;  /* frames that are not yet sent */
    struct buffer text; /* of the page, not yet sent */
    struct lane *lane;
};

struct serve_output {
    struct lane_output out;
    struct serve *serve;
    int left; /* pages of the request that are not done */
};

bool serve_is_worker(int argc, char **argv)
{
    return argc == 2 && !strcmp(argv[1], SERVE_ARGUMENT);
}

/* The parent is gone, or the socket is: there is nobody to work for. */
static _Noreturn void serve_leave(void)
{
    _exit(0);
}

/* A message wakes the parent, which may take as long as a small page: what comes at
 * once goes in one. */
static void serve_begin(struct serve *s, enum frame_type type)
{
    if (s->out.size)
        frame_add(&s->out, type);
    else
        frame_begin(&s->out, type);
}

static void serve_send(struct serve *s)
{
    if (frame_send(SERVE_FD, &s->out, -1, false) != 0)
        serve_leave();
    buffer_clear(&s->out);
}

static void serve_put_text(struct serve *s)
{
    if (!s->text.size)
        return;
    serve_begin(s, FRAME_TEXT);
    buffer_append(&s->out, s->text.data, s->text.size);
    buffer_clear(&s->text);
}

static int serve_text(struct lane_output *out, int page, const char *text,
                      size_t size)
{
    struct serve *s = ((struct serve_output *)out)->serve;
    (void)page;
    while (size) {
        size_t room = FRAME_BODY_MAX - s->text.size;
        size_t part = size < room ? size : room;
        buffer_append(&s->text, text, part);
        text += part;
        size -= part;
        if (s->text.size == FRAME_BODY_MAX) {
            serve_put_text(s);
            serve_send(s);
        }
    }
    return 0;
}

/* The parent has to have a page before the next one is tried, which may be the end
 * of us. */
static int serve_page_done(struct lane_output *out, int page, const struct error *e)
{
    struct serve_output *o = (struct serve_output *)out;
    struct serve *s = o->serve;
    serve_put_text(s);
    serve_begin(s, FRAME_PAGE);
    frame_put_u32(&s->out, (uint32_t)page);
    frame_put_error(&s->out, e);
    frame_put_flags(&s->out, out->flags, out->why);
    if (--o->left > 0)
        serve_send(s);
    memory_forgive();
    return 0;
}

/* The parent takes any member, and drops what it does not want. */
static int serve_member_begin(struct lane_output *out, int page,
                              const struct member *member)
{
    struct serve *s = ((struct serve_output *)out)->serve;
    (void)page;
    serve_begin(s, FRAME_MEMBER);
    frame_put_u64(&s->out, (uint64_t)member->size);
    frame_put_u64(&s->out, (uint64_t)member->mtime_ns);
    frame_put_string(&s->out, member->name);
    serve_send(s);
    return 0;
}

static int serve_member_data(struct lane_output *out, const void *data, size_t size)
{
    struct serve *s = ((struct serve_output *)out)->serve;
    const char *p = data;
    while (size) {
        size_t part = size < FRAME_BODY_MAX ? size : FRAME_BODY_MAX;
        serve_begin(s, FRAME_DATA);
        buffer_append(&s->out, p, part);
        serve_send(s);
        p += part;
        size -= part;
    }
    return 0;
}

static int serve_member_end(struct lane_output *out, const struct error *e)
{
    struct serve *s = ((struct serve_output *)out)->serve;
    serve_begin(s, FRAME_WHOLE);
    frame_put_error(&s->out, e);
    serve_send(s);
    return 0;
}

/* What a request says, with its own copies of the strings. */
struct serve_request {
    struct lane_document document;
    struct format_options options;
    char *format, *name, *password;
    int *pages;
    int count;
};

static bool serve_read_request(struct serve *s, const struct frame *frame,
                               struct serve_request *q)
{
    struct frame_cursor c = frame_cursor(frame);
    q->document.id = frame_get_u64(&c);
    q->format = frame_get_string(&c, 64);
    q->name = frame_get_string(&c, SERVE_STRING_MAX);
    if (frame_get_u32(&c))
        q->password = frame_get_string(&c, SERVE_STRING_MAX);
    frame_get_options(&c, &q->options);
    q->document.members = frame_get_u32(&c) != 0;
    uint32_t count = frame_get_u32(&c);
    if (c.bad || count > FRAME_PAGES_MAX || s->in.passed < 0)
        return false;
    q->count = (int)count;
    q->pages = xcalloc(count + 1, sizeof *q->pages);
    for (uint32_t i = 0; i < count; i++)
        q->pages[i] = (int)frame_get_u32(&c);
    q->document.fd = s->in.passed;
    s->in.passed = -1;
    q->document.path = q->name;
    q->document.password = q->password;
    q->document.options = &q->options;
    q->document.format = format_find(q->format);
    return !c.bad && q->document.format;
}

static void serve_request(struct serve *s, const struct frame *frame)
{
    struct serve_request q = { .document.fd = -1 };
    struct serve_output out = {
        .out = { .text = serve_text,
                 .page_done = serve_page_done,
                 .member_begin = serve_member_begin,
                 .member_data = serve_member_data,
                 .member_end = serve_member_end },
        .serve = s,
    };
    struct error e = { 0 };
    /* Our own parent made it, so a bad one is a bug. */
    if (!serve_read_request(s, frame, &q))
        diag_bug("a request that no parent sends");
    if (q.count == 0) {
        struct format_info info = { 0 };
        if (lane_open(s->lane, &q.document, &info, &e) == 0) {
            serve_begin(s, FRAME_INFO);
            frame_put_info(&s->out, &info);
        }
        metadata_clear(&info.metadata);
    } else {
        out.left = q.count;
        lane_pages(s->lane, &q.document, q.pages, q.count, &out.out, &e);
    }
    serve_begin(s, FRAME_DONE);
    frame_put_error(&s->out, &e);
    serve_send(s);
    close(q.document.fd);
    free(q.format);
    free(q.name);
    free(q.password);
    free(q.pages);
}

/* From the SIGSYS handler: nothing but sendmsg and _exit. */
static void serve_trapped(int number)
{
    uint32_t frame[3] = { sizeof(uint32_t), FRAME_TRAP, (uint32_t)number };
    (void)!write(SERVE_FD, frame, sizeof frame);
    _exit(1);
}

/* SIGIO: something happened to the socket. When the parent is gone a busy
 * worker has nobody to work for. (PR_SET_PDEATHSIG would follow the thread
 * that spawned, not the process.) */
static void serve_on_io(int signum)
{
    (void)signum;
    struct pollfd fd = { SERVE_FD, POLLRDHUP, 0 };
    int saved = errno;
    if (poll(&fd, 1, 0) > 0 && (fd.revents & (POLLRDHUP | POLLHUP | POLLERR)))
        _exit(0);
    errno = saved;
}

static void serve_watch_parent(void)
{
    struct sigaction action = { .sa_handler = serve_on_io, .sa_flags = SA_RESTART };
    sigaction(SIGIO, &action, NULL);
    fcntl(SERVE_FD, F_SETOWN, getpid());
    fcntl(SERVE_FD, F_SETFL, O_ASYNC);
}

/* The spawner's mask may be one CPU (OMP_PROC_BIND). */
static void serve_use_all_cpus(void)
{
    cpu_set_t *all = CPU_ALLOC(8192);
    size_t size = CPU_ALLOC_SIZE(8192);
    if (!all)
        return;
    memset(all, 0xff, size);
    sched_setaffinity(0, size, all); /* the cpuset bounds it */
    CPU_FREE(all);
}

/* Everything that the sandbox would forbid later. */
static void serve_prepare(const char *format)
{
    setlocale(LC_CTYPE, "C.UTF-8");
    /* The same zone as without; but then glibc looks whether the file is another one
     * at each mktime(), of which libzip calls one for each member. */
    setenv("TZ", ":/etc/localtime", 0);
    tzset();
    map_install_guard();
    format_prepare(format_find(format));
}

static void serve_hello(struct serve *s)
{
    struct frame frame;
    if (frame_receive(&s->in, 0, &frame) != FRAME_GOT || frame.type != FRAME_HELLO)
        serve_leave();
    struct frame_cursor c = frame_cursor(&frame);
    uint64_t memory_limit = frame_get_u64(&c);
    enum sandbox_mode mode = (enum sandbox_mode)frame_get_u32(&c);
    char *format = frame_get_string(&c, 64);
    serve_prepare(format);
    free(format);
    struct buffer missing = { 0 };
    memory_watch();
    sandbox_enter(mode, memory_limit, serve_trapped, &missing);
    serve_begin(s, FRAME_READY);
    frame_put_string(&s->out, buffer_string(&missing));
    buffer_free(&missing);
    serve_send(s);
}

int serve(void)
{
    struct stat st;
    if (fstat(SERVE_FD, &st) != 0 || !S_ISSOCK(st.st_mode)) {
        diag_error(NULL, "%s is for the program itself", SERVE_ARGUMENT);
        return 2;
    }
    struct serve s = { 0 };
    struct frame frame;
    frame_reader_init(&s.in, SERVE_FD);
    s.in.takes = true;
    priority_lower_session();
    serve_watch_parent();
    serve_use_all_cpus();
    s.lane = lane_create_local();
    serve_hello(&s);
    while (frame_receive(&s.in, 0, &frame) == FRAME_GOT) {
        if (frame.type == FRAME_REQUEST) {
            serve_request(&s, &frame);
        } else if (frame.type == FRAME_CLOSE) {
            struct frame_cursor c = frame_cursor(&frame);
            lane_close(s.lane, frame_get_u64(&c));
        }
    }
    serve_leave();
}
