/* SPDX-License-Identifier: GPL-3.0-or-later */
/* frame.h - the protocol between a process lane and its worker: frames over a
 * stream socket, a header of two 32-bit numbers (size and type, in the
 * machine's order, since both ends are the same program) and a body. What
 * comes from a worker is hostile: every length is checked. */
#ifndef EXTRACT_LANE_FRAME_H
#define EXTRACT_LANE_FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"
#include "format/format.h"
#include "pdf/reader.h"

enum frame_type {
    /* To the worker. HELLO comes first, once; REQUEST carries a descriptor. */
    FRAME_HELLO = 1, /* u64 memory limit, u32 sandbox mode, string format:
                        whose libraries it needs; "": all */
    FRAME_REQUEST,   /* u64 id, string format, name, password
                        (u32 1 before it when there is one), options, u32
                        members are wanted, u32 count, pages */
    FRAME_CLOSE,     /* u64 id */
    /* From the worker. */
    FRAME_READY, /* string: what of the sandbox is missing; "" when nothing */
    FRAME_INFO,  /* u32 pages, string engine, error flaw, u32 count,
                   (string key, string)...  */
    FRAME_TEXT,  /* the text itself */
    FRAME_PAGE,  /* u32 page, error, u32 flags, and when these have a reason a
                    string: in words */
    /* A member of the page at work: begin, bytes in pieces, end. Text may come
     * in between; the page ends after it. */
    FRAME_MEMBER, /* u64 size and mtime_ns of struct member, string name */
    FRAME_DATA,   /* the bytes themselves */
    FRAME_WHOLE,  /* error: why it is not */
    FRAME_DONE,  /* the request is through; error: the document was not opened */
    FRAME_TRAP   /* u32 system call that the sandbox forbids; then it dies */
};

/* A longer body is garbage; texts are cut into pieces below it. */
#define FRAME_BODY_MAX ((size_t)1 << 20)
/* Pages in one request: its frame has to fit the socket's buffer whole, so
 * that sending never waits for a worker. */
#define FRAME_PAGES_MAX 4096

struct frame {
    enum frame_type type;
    const char *body; /* valid until the next receive */
    size_t size;
};

/* Building a frame: begin, put, send. What is to go with it is added behind it before
 * it is sent: add, put. */
void frame_begin(struct buffer *b, enum frame_type type);
void frame_add(struct buffer *b, enum frame_type type);
void frame_put_u32(struct buffer *b, uint32_t value);
void frame_put_u64(struct buffer *b, uint64_t value);
void frame_put_string(struct buffer *b, const char *text);
void frame_put_error(struct buffer *b, const struct error *e); /* NULL: none */
void frame_put_info(struct buffer *b, const struct format_info *info);
void frame_put_flags(struct buffer *b, unsigned flags, const char *why); /* or NULL */
void frame_put_options(struct buffer *b, const struct format_options *options);

/* Sends the frame in B, and what was added, with the descriptor PASS unless it is -1. Waits while
 * the socket is full, unless NOW. 0, or -1: the other end is gone, or full. */
int frame_send(int fd, struct buffer *b, int pass, bool now);

/* Reading a body: a cursor that goes bad, and stays so, when it is asked for
 * more than there is. Bad reads give 0 and "". */
struct frame_cursor {
    const char *at;
    size_t left;
    bool bad;
};

struct frame_cursor frame_cursor(const struct frame *frame);
uint32_t frame_get_u32(struct frame_cursor *c);
uint64_t frame_get_u64(struct frame_cursor *c);
/* A copy, at most MOST bytes long and without NULs inside; to be freed. */
char *frame_get_string(struct frame_cursor *c, size_t most);
/* True when there was one; its sentence is valid UTF-8, its kind one that
 * parsing may end in: the others are the parent's to find. */
bool frame_get_error(struct frame_cursor *c, struct error *e);
/* True when it is sound: pages from 1 to INT_MAX, known keys, and so on. */
bool frame_get_info(struct frame_cursor *c, struct format_info *info);
/* The same: known words, an engine that is there (its name is static). */
bool frame_get_options(struct frame_cursor *c, struct format_options *options);
/* What is said of a page's text: known flags, and in WHY the words that go with them, ASCII
 * without controls; "": none. */
unsigned frame_get_flags(struct frame_cursor *c, char why[READER_WHY]);

/* The receiving end. */
struct frame_reader {
    int fd;
    char *data; /* FRAME_BODY_MAX and a header */
    size_t start, end;
    bool takes;  /* descriptors, which is the worker's part: set after init. The
                    parent has no use for any, and one of the worker's own end
                    would hide its death. */
    int passed;  /* the last descriptor that came along; -1: none */
    size_t late; /* bytes read after a deadline, one after the other */
};

enum frame_got {
    FRAME_GOT,
    FRAME_CLOSED,  /* the other end is gone */
    FRAME_LATE,    /* nothing until the deadline */
    FRAME_GARBAGE  /* not our protocol */
};

void frame_reader_init(struct frame_reader *r, int fd);
void frame_reader_clear(struct frame_reader *r); /* the fd stays open */

/* The next frame. DEADLINE is a clock_now() moment; 0: waits for ever. What
 * had arrived before it counts, also when it is read later (we may have been
 * stopped, or busy): as much as a socket holds, not a flood without end. */
enum frame_got frame_receive(struct frame_reader *r, double deadline,
                             struct frame *frame);

/* Whether something is here that was received and not yet given out. */
bool frame_has_more(const struct frame_reader *r);

/* Lets what comes lie for so many SECONDS, unless the other end goes. */
void frame_rest(const struct frame_reader *r, double seconds);

/* Whether there is something to receive, or the other end is gone. */
bool frame_is_pending(const struct frame_reader *r);

#endif
