/* SPDX-License-Identifier: GPL-3.0-or-later */
/* frame.c - frames are built in a buffer, each behind eight bytes that are to be its
 * header, and read through a window as large as the longest frame. */
#include <config.h>

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "lane/frame.h"

#define FRAME_HEADER (2 * sizeof(uint32_t))
#define FRAME_WINDOW (FRAME_HEADER + FRAME_BODY_MAX)
/* More than a socket holds (net.core.wmem_max is 208 KiB as a rule). */
#define FRAME_LATE_MAX FRAME_WINDOW

/* The size of the frame that is being built, which is the last one. */
#define FRAME_OPEN UINT32_MAX

static void frame_start(struct buffer *b, enum frame_type type)
{
    frame_put_u32(b, FRAME_OPEN);
    frame_put_u32(b, (uint32_t)type);
}

static void frame_finish(struct buffer *b)
{
    uint32_t size;
    for (size_t at = 0; at < b->size; at += FRAME_HEADER + size) {
        memcpy(&size, b->data + at, sizeof size);
        if (size == FRAME_OPEN) {
            size = (uint32_t)(b->size - at - FRAME_HEADER);
            memcpy(b->data + at, &size, sizeof size);
        }
    }
}

void frame_begin(struct buffer *b, enum frame_type type)
{
    buffer_clear(b);
    frame_start(b, type);
}

void frame_add(struct buffer *b, enum frame_type type)
{
    frame_finish(b);
    frame_start(b, type);
}

void frame_put_u32(struct buffer *b, uint32_t value)
{
    buffer_append(b, &value, sizeof value);
}

void frame_put_u64(struct buffer *b, uint64_t value)
{
    buffer_append(b, &value, sizeof value);
}

void frame_put_string(struct buffer *b, const char *text)
{
    size_t size = strlen(text);
    frame_put_u32(b, (uint32_t)size);
    buffer_append(b, text, size);
}

/* Sends what MESSAGE describes, once. */
static ssize_t frame_send_some(int fd, const char *data, size_t size, int pass,
                               bool now)
{
    union {
        struct cmsghdr header;
        char room[CMSG_SPACE(sizeof(int))];
    } control;
    struct iovec part = { (char *)data, size };
    struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1 };
    if (pass >= 0) {
        message.msg_control = &control;
        message.msg_controllen = sizeof control.room;
        struct cmsghdr *c = CMSG_FIRSTHDR(&message);
        c->cmsg_level = SOL_SOCKET;
        c->cmsg_type = SCM_RIGHTS;
        c->cmsg_len = CMSG_LEN(sizeof pass);
        memcpy(CMSG_DATA(c), &pass, sizeof pass);
    }
    return sendmsg(fd, &message, MSG_NOSIGNAL | (now ? MSG_DONTWAIT : 0));
}

int frame_send(int fd, struct buffer *b, int pass, bool now)
{
    frame_finish(b);
    for (size_t done = 0; done < b->size;) {
        ssize_t n = frame_send_some(fd, b->data + done, b->size - done, pass, now);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return -1;
        done += (size_t)n;
        pass = -1;
    }
    return 0;
}

struct frame_cursor frame_cursor(const struct frame *frame)
{
    return (struct frame_cursor){ frame->body, frame->size, false };
}

static void frame_get(struct frame_cursor *c, void *value, size_t size)
{
    if (c->left < size)
        c->bad = true;
    if (c->bad)
        return;
    memcpy(value, c->at, size);
    c->at += size;
    c->left -= size;
}

uint32_t frame_get_u32(struct frame_cursor *c)
{
    uint32_t value = 0;
    frame_get(c, &value, sizeof value);
    return value;
}

uint64_t frame_get_u64(struct frame_cursor *c)
{
    uint64_t value = 0;
    frame_get(c, &value, sizeof value);
    return value;
}

char *frame_get_string(struct frame_cursor *c, size_t most)
{
    size_t size = frame_get_u32(c);
    if (size > most || size > c->left || memchr(c->at, '\0', size))
        c->bad = true;
    if (c->bad)
        return xstrdup("");
    char *text = xstrndup(c->at, size);
    c->at += size;
    c->left -= size;
    return text;
}

void frame_reader_init(struct frame_reader *r, int fd)
{
    *r = (struct frame_reader){ .fd = fd, .data = xmalloc(FRAME_WINDOW), .passed = -1 };
}

void frame_reader_clear(struct frame_reader *r)
{
    if (r->passed >= 0)
        close(r->passed);
    free(r->data);
    *r = (struct frame_reader){ .fd = -1, .passed = -1 };
}

static void frame_keep_passed(struct frame_reader *r, struct msghdr *message)
{
    for (struct cmsghdr *c = CMSG_FIRSTHDR(message); c; c = CMSG_NXTHDR(message, c)) {
        if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS)
            continue;
        size_t count = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (size_t i = 0; i < count; i++) {
            if (r->passed >= 0)
                close(r->passed);
            memcpy(&r->passed, CMSG_DATA(c) + i * sizeof(int), sizeof(int));
        }
    }
}

/* Reads what there is. */
static enum frame_got frame_fill(struct frame_reader *r, double deadline)
{
    union {
        struct cmsghdr header;
        char room[CMSG_SPACE(4 * sizeof(int))];
    } control;
    if (r->start > 0) {
        memmove(r->data, r->data + r->start, r->end - r->start);
        r->end -= r->start;
        r->start = 0;
    }
    struct iovec part = { r->data + r->end, FRAME_WINDOW - r->end };
    struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1 };
    if (r->takes) {
        message.msg_control = &control;
        message.msg_controllen = sizeof control.room;
    }
    ssize_t n = recvmsg(r->fd, &message, MSG_CMSG_CLOEXEC);
    if (n < 0)
        return errno == EINTR || errno == EAGAIN ? FRAME_GOT : FRAME_CLOSED;
    frame_keep_passed(r, &message);
    r->end += (size_t)n;
    r->late = deadline > 0 && clock_now() > deadline ? r->late + (size_t)n : 0;
    if (r->late > FRAME_LATE_MAX)
        return FRAME_LATE;
    return n == 0 ? FRAME_CLOSED : FRAME_GOT;
}

static enum frame_got frame_wait(struct frame_reader *r, double deadline)
{
    struct pollfd fd = { r->fd, POLLIN, 0 };
    for (;;) {
        double left = deadline - clock_now();
        int timeout = deadline == 0   ? -1
                      : left <= 0     ? 0
                      : left > 1000.0 ? 1000000
                                      : (int)(left * 1000) + 1;
        int n = poll(&fd, 1, timeout);
        if (n > 0)
            return FRAME_GOT;
        if (n == 0 && timeout == 0)
            return FRAME_LATE;
        if (n < 0 && errno != EINTR)
            return FRAME_CLOSED;
    }
}

enum frame_got frame_receive(struct frame_reader *r, double deadline,
                             struct frame *frame)
{
    for (;;) {
        uint32_t header[2];
        if (r->end - r->start >= FRAME_HEADER) {
            memcpy(header, r->data + r->start, FRAME_HEADER);
            if (header[0] > FRAME_BODY_MAX || header[1] < FRAME_HELLO ||
                header[1] > FRAME_TRAP)
                return FRAME_GARBAGE;
            if (r->end - r->start - FRAME_HEADER >= header[0]) {
                frame->type = (enum frame_type)header[1];
                frame->body = r->data + r->start + FRAME_HEADER;
                frame->size = header[0];
                r->start += FRAME_HEADER + header[0];
                return FRAME_GOT;
            }
        }
        enum frame_got got = deadline > 0 ? frame_wait(r, deadline) : FRAME_GOT;
        if (got == FRAME_GOT)
            got = frame_fill(r, deadline);
        if (got != FRAME_GOT)
            return got;
    }
}

bool frame_has_more(const struct frame_reader *r)
{
    return r->end > r->start;
}

/* No event is asked for, so only a hang-up ends it. */
void frame_rest(const struct frame_reader *r, double seconds)
{
    struct pollfd fd = { r->fd, 0, 0 };
    struct timespec time = { .tv_nsec = (long)(seconds * 1e9) };
    ppoll(&fd, 1, &time, NULL);
}

bool frame_is_pending(const struct frame_reader *r)
{
    struct pollfd fd = { r->fd, POLLIN, 0 };
    return r->end > r->start || poll(&fd, 1, 0) != 0;
}
