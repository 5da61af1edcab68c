/* SPDX-License-Identifier: GPL-3.0-or-later */
/* frame.c - frames are built in a buffer, each behind eight bytes that are to be its
 * header, and read through a window as large as the longest frame. */
#include <config.h>

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "document/result.h"
#include "format/engine.h"
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

void frame_put_error(struct buffer *b, const struct error *e)
{
    frame_put_u32(b, e ? (uint32_t)e->kind : 0);
    if (!e || e->kind == ERROR_NONE)
        return;
    frame_put_u32(b, (uint32_t)e->sys_errno);
    frame_put_string(b, e->detail);
}

#define FRAME_ENGINES 64
#define FRAME_ENGINE_MAX 255

void frame_put_info(struct buffer *b, const struct format_info *info)
{
    frame_put_u32(b, (uint32_t)info->pages);
    frame_put_string(b, info->engine ? info->engine : "");
    frame_put_error(b, &info->flaw);
    frame_put_u32(b, (uint32_t)info->metadata.count);
    for (size_t i = 0; i < info->metadata.count; i++) {
        frame_put_string(b, info->metadata.entries[i].key);
        frame_put_string(b, info->metadata.entries[i].value);
    }
    frame_put_u32(b, (uint32_t)info->metadata.bookmark_count);
    for (size_t i = 0; i < info->metadata.bookmark_count; i++) {
        const struct bookmark *bookmark = info->metadata.bookmarks + i;
        frame_put_u32(b, (uint32_t)bookmark->page);
        frame_put_u32(b, (uint32_t)bookmark->depth);
        frame_put_string(b, bookmark->title);
    }
}

/* The bits of an option that is on or off. */
#define FRAME_KEEP_HYPHENS 1u
#define FRAME_STRIP_HEADERS 2u
#define FRAME_ANNOTATIONS 4u
#define FRAME_ATTACHMENTS 8u
#define FRAME_NFC 16u
#define FRAME_OPTION_BITS 31u

void frame_put_options(struct buffer *b, const struct format_options *options)
{
    static const struct format_options none;
    const struct format_options *o = options ? options : &none;
    frame_put_u32(b, (uint32_t)o->layout);
    frame_put_u32(b, (o->keep_hyphens ? FRAME_KEEP_HYPHENS : 0) |
                         (o->strip_headers ? FRAME_STRIP_HEADERS : 0) |
                         (o->annotations ? FRAME_ANNOTATIONS : 0) |
                         (o->attachments ? FRAME_ATTACHMENTS : 0) |
                         (o->nfc ? FRAME_NFC : 0));
    frame_put_string(b, o->pdf_engine ? o->pdf_engine : "");
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

/* Those that formats and a lane in this process set. */
static bool frame_is_parsers(uint32_t kind)
{
    switch (kind) {
    case ERROR_MISSING:
    case ERROR_UNREADABLE:
    case ERROR_IO:
    case ERROR_EMPTY:
    case ERROR_TRUNCATED:
    case ERROR_DAMAGED:
    case ERROR_MISLABELLED:
    case ERROR_ENCRYPTED:
    case ERROR_UNKNOWN:
    case ERROR_UNSUPPORTED:
    case ERROR_NO_PAGES:
    case ERROR_LIMIT:
    case ERROR_MEMORY:
    case ERROR_INTERNAL:
        return true;
    default:
        return false;
    }
}

bool frame_get_error(struct frame_cursor *c, struct error *e)
{
    error_clear(e);
    uint32_t kind = frame_get_u32(c);
    if (c->bad || kind == ERROR_NONE)
        return false;
    uint32_t sys_errno = frame_get_u32(c);
    char *detail = frame_get_string(c, ERROR_DETAIL - 1);
    struct buffer clean = { 0 };
    utf8_append_sanitized(&clean, detail, strlen(detail));
    if (!frame_is_parsers(kind) || sys_errno > INT_MAX || clean.size == 0)
        c->bad = true;
    if (!c->bad) {
        error_set(e, (enum error_kind)kind, "%s", buffer_string(&clean));
        e->sys_errno = (int)sys_errno;
    }
    buffer_free(&clean);
    free(detail);
    return !c->bad;
}

/* Keys of metadata are static strings, so one is looked up, never made. */
static const char *frame_key(const char *name)
{
    for (size_t i = 0; metadata_keys[i]; i++)
        if (!strcmp(metadata_keys[i], name))
            return metadata_keys[i];
    return NULL;
}

/* A string for ever that is equal to NAME; NULL for an empty one, and past as many
 * as there are formats, a few times: a worker may send any. */
static const char *frame_engine(const char *name)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static char *known[FRAME_ENGINES];
    const char *found = NULL;
    if (!*name)
        return NULL;
    pthread_mutex_lock(&lock);
    for (int i = 0; i < FRAME_ENGINES && !found; i++) {
        if (!known[i]) {
            struct buffer clean = { 0 };
            utf8_append_sanitized(&clean, name, strlen(name));
            known[i] = xstrdup(buffer_string(&clean));
            found = known[i];
            buffer_free(&clean);
        } else if (!strcmp(known[i], name)) {
            found = known[i];
        }
    }
    pthread_mutex_unlock(&lock);
    return found;
}

static void frame_get_bookmarks(struct frame_cursor *c, struct format_info *info)
{
    uint32_t count = frame_get_u32(c);
    for (uint32_t i = 0; !c->bad && i < count; i++) {
        uint32_t page = frame_get_u32(c), depth = frame_get_u32(c);
        char *title = frame_get_string(c, METADATA_BOOKMARK_MAX);
        if (page > (uint32_t)info->pages || depth > METADATA_BOOKMARK_DEPTH ||
            !metadata_add_bookmark(&info->metadata, title, (int)page, (int)depth))
            c->bad = true;
        free(title);
    }
}

bool frame_get_info(struct frame_cursor *c, struct format_info *info)
{
    uint32_t pages = frame_get_u32(c);
    char *engine = frame_get_string(c, FRAME_ENGINE_MAX);
    info->engine = c->bad ? NULL : frame_engine(engine);
    free(engine);
    frame_get_error(c, &info->flaw);
    uint32_t count = frame_get_u32(c);
    if (pages < 1 || pages > INT_MAX || count > METADATA_ENTRIES_MAX)
        c->bad = true;
    info->pages = (int)pages;
    for (uint32_t i = 0; !c->bad && i < count; i++) {
        char *name = frame_get_string(c, 64);
        char *value = frame_get_string(c, METADATA_VALUE_MAX);
        const char *key = frame_key(name);
        if (key)
            metadata_add(&info->metadata, key, value);
        else
            c->bad = true;
        free(name);
        free(value);
    }
    frame_get_bookmarks(c, info);
    return !c->bad;
}

bool frame_get_options(struct frame_cursor *c, struct format_options *options)
{
    uint32_t layout = frame_get_u32(c), bits = frame_get_u32(c);
    char *name = frame_get_string(c, 64);
    const struct engine *engine = *name ? engine_find(name) : NULL;
    if (layout > FORMAT_PHYSICAL ||
        bits > FRAME_OPTION_BITS || (*name && !engine))
        c->bad = true;
    free(name);
    if (c->bad)
        return false;
    *options = (struct format_options){
        .layout = (enum format_layout)layout,
        .keep_hyphens = bits & FRAME_KEEP_HYPHENS,
        .strip_headers = bits & FRAME_STRIP_HEADERS,
        .annotations = bits & FRAME_ANNOTATIONS,
        .attachments = bits & FRAME_ATTACHMENTS,
        .nfc = bits & FRAME_NFC,
        .pdf_engine = engine ? engine->name : NULL,
    };
    return true;
}

unsigned frame_get_flags(struct frame_cursor *c)
{
    uint32_t flags = frame_get_u32(c);
    if (flags >= RESULT_FLAGS_END ||
        (flags & ((1u << RESULT_REASON_SHIFT) - 1)) > (LAYOUT_NO_TEXT | LAYOUT_GARBLED))
        c->bad = true;
    return c->bad ? 0 : flags;
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
