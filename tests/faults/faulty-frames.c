/* SPDX-License-Identifier: GPL-3.0-or-later */
/* faulty-frames.c - frames that no honest worker sends, each wrong in one way
 * and well-formed in all others. */
#include <config.h>

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "document/result.h"
#include "lane/frame.h"
#include "lane/serve.h"
#include "tests/faults/faulty-frames.h"

static void faulty_send(struct buffer *b)
{
    if (frame_send(SERVE_FD, b, -1, false) != 0)
        _exit(1);
}

static void faulty_raw(const void *data, size_t size)
{
    if (write(SERVE_FD, data, size) < 0)
        _exit(1);
}

static void faulty_text(struct buffer *b, const char *text, size_t size)
{
    frame_begin(b, FRAME_TEXT);
    buffer_append(b, text, size);
    faulty_send(b);
}

static void faulty_page(struct buffer *b, int page, enum error_kind kind,
                        uint32_t flags)
{
    struct error e = { .kind = kind, .detail = "a lie" };
    frame_begin(b, FRAME_PAGE);
    frame_put_u32(b, (uint32_t)page);
    frame_put_error(b, &e);
    frame_put_u32(b, flags);
    /* That another engine has read it, and why. */
    if (flags >> RESULT_REASON_SHIFT)
        frame_put_string(b, "for a \x1b[31mreason");
    faulty_send(b);
}

static void faulty_done(struct buffer *b)
{
    frame_begin(b, FRAME_DONE);
    frame_put_error(b, NULL);
    faulty_send(b);
}

static void faulty_info(struct buffer *b, uint32_t pages)
{
    frame_begin(b, FRAME_INFO);
    frame_put_u32(b, pages);
    frame_put_string(b, "");
    frame_put_error(b, NULL);
    frame_put_u32(b, 0);
    faulty_send(b);
}

/* The same bytes in each run. */
static void faulty_random(void)
{
    unsigned char bytes[4096];
    uint32_t state = 2463534242u;
    for (size_t i = 0; i < sizeof bytes; i++) {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        bytes[i] = (unsigned char)state;
    }
    faulty_raw(bytes, sizeof bytes);
}

static void faulty_flood(struct buffer *b, bool large)
{
    static char text[1 << 16];
    memset(text, 'x', sizeof text);
    for (;;)
        faulty_text(b, text, large ? sizeof text : 0);
}

/* With descriptors that nobody asked for. */
static void faulty_descriptors(struct buffer *b)
{
    for (int i = 0; i < 1000; i++) {
        frame_begin(b, FRAME_TEXT);
        /* A user has so many on their way, by the limit on open files. */
        while (frame_send(SERVE_FD, b, 0, false) != 0) {
            if (errno != ETOOMANYREFS)
                _exit(1);
            poll(NULL, 0, 1);
        }
    }
}

/* Its own end of the socket as a gift, so that its death would not show. */
static void faulty_own_end(struct buffer *b)
{
    frame_begin(b, FRAME_TEXT);
    frame_send(SERVE_FD, b, SERVE_FD, false);
    _exit(9);
}

/* A member, or a part of one. */
static void faulty_member(struct buffer *b, const char *part)
{
    if (!strcmp(part, "begin") || !strcmp(part, "twice")) {
        for (int i = 0; i < 1 + !strcmp(part, "twice"); i++) {
            frame_begin(b, FRAME_MEMBER);
            frame_put_u64(b, 0);
            frame_put_u64(b, 0);
            frame_put_string(b, "x.txt");
            faulty_send(b);
        }
    } else if (!strcmp(part, "data")) {
        frame_begin(b, FRAME_DATA);
        faulty_send(b);
    } else {
        frame_begin(b, FRAME_WHOLE);
        frame_put_error(b, NULL);
        faulty_send(b);
    }
}

/* The page's end, and then its own. */
static void faulty_last_words(struct buffer *b, int page)
{
    faulty_page(b, page, ERROR_NONE, 0);
    _exit(9);
}

void faulty_frame(const char *how, int page)
{
    struct buffer b = { 0 };
    static const uint32_t huge[2] = { INT_MAX, FRAME_TEXT };
    static const uint32_t unknown[2] = { 0, 77 };
    static const uint32_t cut[3] = { 100, FRAME_TEXT, 0x20202020 };
    if (!strcmp(how, "late")) {
        poll(NULL, 0, 2500);
        faulty_random();
    } else if (!strcmp(how, "random")) {
        faulty_random();
    } else if (!strcmp(how, "wrong-page")) {
        faulty_page(&b, page + 7, ERROR_NONE, 0);
    } else if (!strcmp(how, "flags")) {
        faulty_page(&b, page, ERROR_NONE, 4);
    } else if (!strcmp(how, "reason")) {
        faulty_page(&b, page, ERROR_NONE, READER_FONT << RESULT_REASON_SHIFT);
    } else if (!strcmp(how, "huge")) {
        faulty_raw(huge, sizeof huge);
    } else if (!strcmp(how, "unknown")) {
        faulty_raw(unknown, sizeof unknown);
    } else if (!strcmp(how, "cut")) {
        faulty_raw(cut, sizeof cut);
        _exit(0);
    } else if (!strcmp(how, "stalled")) {
        faulty_raw(cut, sizeof cut);
        for (;;)
            poll(NULL, 0, 1000);
    } else if (!strcmp(how, "info")) {
        faulty_info(&b, 3);
    } else if (!strcmp(how, "info-none")) {
        faulty_info(&b, 0);
    } else if (!strcmp(how, "info-negative")) {
        faulty_info(&b, UINT32_MAX);
    } else if (!strcmp(how, "utf8")) {
        faulty_text(&b, "\xff\xfe", 2);
    } else if (!strcmp(how, "mark")) {
        faulty_text(&b, "a\fb", 3);
    } else if (!strcmp(how, "nul")) {
        faulty_text(&b, "a\0b", 3);
    } else if (!strcmp(how, "done")) {
        faulty_done(&b);
    } else if (!strcmp(how, "hello")) {
        frame_begin(&b, FRAME_HELLO);
        faulty_send(&b);
    } else if (!strcmp(how, "interrupted")) {
        faulty_page(&b, page, ERROR_INTERRUPTED, 0);
    } else if (!strcmp(how, "output")) {
        faulty_page(&b, page, ERROR_OUTPUT, 0);
    } else if (!strcmp(how, "twice")) {
        /* The page ends; what the parser sends after it is one too many. */
        faulty_text(&b, "once\n", 5);
        faulty_page(&b, page, ERROR_NONE, 0);
        faulty_done(&b);
    } else if (!strcmp(how, "flood")) {
        faulty_flood(&b, true);
    } else if (!strcmp(how, "flood-empty")) {
        faulty_flood(&b, false);
    } else if (!strcmp(how, "descriptors")) {
        faulty_descriptors(&b);
    } else if (!strcmp(how, "last-words")) {
        faulty_last_words(&b, page);
    } else if (!strncmp(how, "member-", 7)) {
        faulty_member(&b, how + 7);
    } else if (!strcmp(how, "own-end")) {
        faulty_own_end(&b);
    }
    buffer_free(&b);
}
