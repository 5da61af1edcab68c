/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-frame.c - the bytes are what a worker sends. The first one says in what
 * pieces they come. */
#include <config.h>

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/utf8.h"
#include "document/result.h"
#include "lane/frame.h"
#include "layout/layout.h"
#include "fuzz.h"

/* Pieces fit the socket's buffer, so that one thread can be both ends. */
#define PIECE_MAX 65536
/* Long gone, so that receiving never waits. */
#define DEADLINE 1e-9

const char *const fuzz_corpus[] = { NULL };

/* What was taken for sound is sound once more when it is sent on. */
static void frame_again(const struct format_info *info)
{
    struct buffer b = { 0 };
    frame_begin(&b, FRAME_INFO);
    frame_put_info(&b, info);
    struct frame frame = { FRAME_INFO, b.data + 8, b.size - 8 };
    struct frame_cursor c = frame_cursor(&frame);
    struct format_info again = { 0 };
    fuzz_must(frame_get_info(&c, &again) && c.left == 0);
    fuzz_must(again.pages == info->pages);
    fuzz_must(again.flaw.kind == info->flaw.kind);
    fuzz_must(!strcmp(again.flaw.detail, info->flaw.detail));
    fuzz_must(again.metadata.count == info->metadata.count);
    metadata_clear(&again.metadata);
    buffer_free(&b);
}

static void frame_look(const struct frame *frame)
{
    struct frame_cursor c = frame_cursor(frame);
    struct format_info info = { 0 };
    char why[READER_WHY];
    struct error e;
    fuzz_must(frame->size <= FRAME_BODY_MAX);
    switch (frame->type) {
    case FRAME_INFO:
        if (frame_get_info(&c, &info)) {
            fuzz_must_be_info(&info);
            frame_again(&info);
        }
        metadata_clear(&info.metadata);
        break;
    case FRAME_PAGE:
        frame_get_u32(&c);
        if (frame_get_error(&c, &e))
            fuzz_must_be_error(&e);
        fuzz_must(frame_get_flags(&c, why) < RESULT_FLAGS_END);
        fuzz_must(strlen(why) < READER_WHY);
        break;
    case FRAME_DONE:
        if (frame_get_error(&c, &e))
            fuzz_must_be_error(&e);
        break;
    case FRAME_HELLO:
    case FRAME_CLOSE:
        frame_get_u64(&c);
        frame_get_u32(&c);
        break;
    default:
        while (!c.bad) {
            char *text = frame_get_string(&c, 64);
            fuzz_must(strlen(text) <= 64);
            free(text);
        }
    }
    fuzz_must(c.left <= frame->size);
    fuzz_must(c.at + c.left == frame->body + frame->size);
}

/* All frames that are there; false when no more can come. */
static int frame_drain(struct frame_reader *reader)
{
    struct frame frame;
    for (;;) {
        enum frame_got got = frame_receive(reader, DEADLINE, &frame);
        if (got != FRAME_GOT)
            return got == FRAME_LATE;
        frame_look(&frame);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    int fds[2];
    if (size == 0)
        return 0;
    fuzz_must(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) == 0);
    struct frame_reader reader;
    frame_reader_init(&reader, fds[0]);
    /* 1 to 128 bytes, or all that fit. */
    size_t piece = data[0] < 128 ? (size_t)data[0] + 1 : PIECE_MAX;
    int goes_on = 1;
    for (size_t at = 1; goes_on && at < size;) {
        size_t n = size - at < piece ? size - at : piece;
        ssize_t sent = send(fds[1], data + at, n, MSG_NOSIGNAL);
        fuzz_must(sent > 0);
        at += (size_t)sent;
        goes_on = frame_drain(&reader);
    }
    close(fds[1]);
    fuzz_must(!goes_on || !frame_drain(&reader));
    frame_reader_clear(&reader);
    close(fds[0]);
    return 0;
}
