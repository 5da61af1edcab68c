/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-frame.c - frames through a socket pair, whole, in pieces and wrong. */
#include <config.h>

#include <criterion/criterion.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/utf8.h"
#include "lane/awake.h"
#include "lane/frame.h"

static int pair[2];
static struct frame_reader reader;
static struct buffer built;

static void begin(void)
{
    cr_assert_eq(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair), 0);
    frame_reader_init(&reader, pair[1]);
}

static void end(void)
{
    frame_reader_clear(&reader);
    buffer_free(&built);
    close(pair[0]);
    close(pair[1]);
}

TestSuite(frame, .init = begin, .fini = end, .timeout = 300);

static double soon(void)
{
    return clock_now() + 0.1;
}

static struct frame receive(void)
{
    struct frame frame = { 0 };
    cr_assert_eq(frame_receive(&reader, clock_now() + 100, &frame), FRAME_GOT);
    return frame;
}

/* What is built, as a frame that was received. */
static struct frame_cursor cursor(void)
{
    struct frame frame = { FRAME_INFO, built.data + 8, built.size - 8 };
    return frame_cursor(&frame);
}

Test(frame, numbers_and_strings)
{
    frame_begin(&built, FRAME_REQUEST);
    frame_put_u64(&built, UINT64_MAX - 1);
    frame_put_u32(&built, 77);
    frame_put_string(&built, "");
    frame_put_string(&built, "grün");
    cr_assert_eq(frame_send(pair[0], &built, -1, true), 0);
    struct frame frame = receive();
    cr_assert_eq(frame.type, FRAME_REQUEST);
    struct frame_cursor c = frame_cursor(&frame);
    cr_assert_eq(frame_get_u64(&c), UINT64_MAX - 1);
    cr_assert_eq(frame_get_u32(&c), 77);
    char *empty = frame_get_string(&c, 10), *text = frame_get_string(&c, 5);
    cr_assert_str_eq(empty, "");
    cr_assert_str_eq(text, "grün");
    cr_assert_not(c.bad);
    cr_assert_eq(frame_get_u32(&c), 0);
    cr_assert(c.bad, "there is no more");
    cr_assert_eq(frame_get_u64(&c), 0);
    free(empty);
    free(text);
}

/* Strings that are too long, longer than what is left, or hold a NUL. */
Test(frame, bad_strings)
{
    static const struct { uint32_t size; const char *bytes; size_t count; } bad[] = {
        { 5, "abcde", 5 }, { 4, "abc", 3 }, { UINT32_MAX, "abc", 3 },
        { 3, "a\0b", 3 }, { 1, "", 0 },
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        frame_begin(&built, FRAME_INFO);
        frame_put_u32(&built, bad[i].size);
        buffer_append(&built, bad[i].bytes, bad[i].count);
        struct frame_cursor c = cursor();
        char *text = frame_get_string(&c, 4);
        cr_assert(c.bad, "string %zu", i);
        cr_assert_str_eq(text, "");
        free(text);
    }
}

Test(frame, errors)
{
    struct error e = { 0 }, got;
    error_set(&e, ERROR_DAMAGED, "no such page: %d", 7);
    e.sys_errno = 5;
    frame_begin(&built, FRAME_PAGE);
    frame_put_error(&built, &e);
    frame_put_error(&built, NULL);
    struct frame_cursor c = cursor();
    cr_assert(frame_get_error(&c, &got));
    cr_assert_eq(got.kind, ERROR_DAMAGED);
    cr_assert_eq(got.sys_errno, 5);
    cr_assert_str_eq(got.detail, "no such page: 7");
    cr_assert_not(frame_get_error(&c, &got));
    cr_assert_not(c.bad);
    cr_assert_eq(got.kind, ERROR_NONE);
}

/* Kinds that are not a parser's to find, and numbers that are no kinds. */
Test(frame, errors_that_lie)
{
    static const uint32_t kinds[] = {
        ERROR_CRASH, ERROR_TIMEOUT, ERROR_OOM, ERROR_SANDBOX, ERROR_KILLED,
        ERROR_OUTPUT, ERROR_INTERRUPTED, ERROR_FILTERED, ERROR_CYCLE, ERROR_KINDS,
        UINT32_MAX,
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct error got;
        frame_begin(&built, FRAME_PAGE);
        frame_put_u32(&built, kinds[i]);
        frame_put_u32(&built, 0);
        frame_put_string(&built, "a lie");
        struct frame_cursor c = cursor();
        cr_assert_not(frame_get_error(&c, &got));
        cr_assert(c.bad, "kind %u", kinds[i]);
    }
}

Test(frame, errors_are_made_printable)
{
    struct error got;
    frame_begin(&built, FRAME_PAGE);
    frame_put_u32(&built, ERROR_DAMAGED);
    frame_put_u32(&built, 0);
    frame_put_string(&built, "\xff\x1b[2J\n");
    struct frame_cursor c = cursor();
    cr_assert(frame_get_error(&c, &got));
    cr_assert_eq(utf8_valid_prefix(got.detail, strlen(got.detail)), strlen(got.detail));
    cr_assert_null(strpbrk(got.detail, "\x1b\n"));
}

/* Several go as one message. */
Test(frame, added)
{
    frame_begin(&built, FRAME_TEXT);
    buffer_append(&built, "hello", 5);
    frame_add(&built, FRAME_TEXT);
    frame_add(&built, FRAME_PAGE);
    frame_put_u32(&built, 7);
    cr_assert_eq(frame_send(pair[0], &built, -1, true), 0);
    struct frame frame = receive();
    cr_assert_eq(frame.type, FRAME_TEXT);
    cr_assert_eq(frame.size, 5);
    cr_assert_eq(memcmp(frame.body, "hello", 5), 0);
    cr_assert_eq(receive().size, 0);
    frame = receive();
    cr_assert_eq(frame.type, FRAME_PAGE);
    struct frame_cursor c = frame_cursor(&frame);
    cr_assert_eq(frame_get_u32(&c), 7);
    cr_assert_eq(c.left, 0);
}

/* Byte by byte, and many at once. */
Test(frame, pieces)
{
    frame_begin(&built, FRAME_TEXT);
    buffer_append(&built, "hello", 5);
    struct buffer raw = { 0 };
    uint32_t header[2] = { 5, FRAME_TEXT };
    buffer_append(&raw, header, sizeof header);
    buffer_append(&raw, "hello", 5);
    struct frame frame;
    for (size_t i = 0; i < raw.size; i++) {
        cr_assert_eq(frame_receive(&reader, soon(), &frame), FRAME_LATE);
        cr_assert_eq(write(pair[0], raw.data + i, 1), 1);
    }
    frame = receive();
    cr_assert_eq(frame.size, 5);
    cr_assert_eq(memcmp(frame.body, "hello", 5), 0);
    for (int i = 0; i < 100; i++)
        cr_assert_eq(frame_send(pair[0], &built, -1, true), 0);
    for (int i = 0; i < 100; i++)
        cr_assert_eq(receive().size, 5);
    buffer_free(&raw);
}

static void *send_longest(void *unused)
{
    (void)unused;
    for (int i = 0; i < 3; i++)
        cr_assert_eq(frame_send(pair[0], &built, -1, false), 0);
    return NULL;
}

Test(frame, longest)
{
    pthread_t thread;
    char *text = malloc(FRAME_BODY_MAX);
    memset(text, 'x', FRAME_BODY_MAX);
    frame_begin(&built, FRAME_TEXT);
    buffer_append(&built, text, FRAME_BODY_MAX);
    cr_assert_eq(pthread_create(&thread, NULL, send_longest, NULL), 0);
    for (int i = 0; i < 3; i++) {
        struct frame frame = receive();
        cr_assert_eq(frame.size, FRAME_BODY_MAX);
        cr_assert_eq(memcmp(frame.body, text, FRAME_BODY_MAX), 0);
    }
    pthread_join(thread, NULL);
    free(text);
}

/* A request with all the pages that it may have fits the socket. */
Test(frame, requests_do_not_wait)
{
    frame_begin(&built, FRAME_REQUEST);
    for (int i = 0; i < FRAME_PAGES_MAX; i++)
        frame_put_u32(&built, (uint32_t)i);
    char path[4096];
    memset(path, 'p', sizeof path - 1);
    path[sizeof path - 1] = '\0';
    frame_put_string(&built, path);
    cr_assert_eq(frame_send(pair[0], &built, -1, true), 0);
    int rc = 0;
    for (int i = 0; rc == 0 && i < 1000; i++)
        rc = frame_send(pair[0], &built, -1, true);
    cr_assert_eq(rc, -1, "a full socket says so at once");
}

Test(frame, garbage)
{
    static const uint32_t headers[][2] = {
        { FRAME_BODY_MAX + 1, FRAME_TEXT }, { UINT32_MAX, FRAME_TEXT },
        { 0, 0 }, { 0, FRAME_TRAP + 1 }, { 0, UINT32_MAX },
    };
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        struct frame frame;
        frame_reader_clear(&reader);
        frame_reader_init(&reader, pair[1]);
        cr_assert_eq(write(pair[0], headers[i], 8), 8);
        cr_assert_eq(frame_receive(&reader, soon(), &frame), FRAME_GARBAGE);
    }
}

Test(frame, closed)
{
    struct frame frame;
    uint32_t cut[3] = { 100, FRAME_TEXT, 1 };
    cr_assert_not(frame_is_pending(&reader));
    cr_assert_eq(write(pair[0], cut, sizeof cut), sizeof cut);
    shutdown(pair[0], SHUT_WR);
    cr_assert(frame_is_pending(&reader));
    cr_assert_eq(frame_receive(&reader, soon(), &frame), FRAME_CLOSED);
    frame_begin(&built, FRAME_CLOSE);
    shutdown(pair[1], SHUT_RDWR);
    cr_assert_eq(frame_send(pair[0], &built, -1, true), -1, "no SIGPIPE either");
}

/* What came before the deadline counts after it; a flood does not. */
Test(frame, late)
{
    struct frame frame;
    frame_begin(&built, FRAME_TEXT);
    buffer_append(&built, "hello", 5);
    cr_assert_eq(frame_send(pair[0], &built, -1, true), 0);
    cr_assert_eq(frame_receive(&reader, clock_now() - 10, &frame), FRAME_GOT);
    cr_assert_eq(frame_receive(&reader, clock_now() - 10, &frame), FRAME_LATE);
    static char text[1 << 16];
    frame_begin(&built, FRAME_TEXT);
    buffer_append(&built, text, sizeof text);
    enum frame_got got = FRAME_GOT;
    double past = clock_now() - 10;
    int count = 0;
    for (; got == FRAME_GOT && count < 1000; count++) {
        frame_send(pair[0], &built, -1, false);
        got = frame_receive(&reader, past, &frame);
    }
    cr_assert_eq(got, FRAME_LATE);
    cr_assert_lt(count, 100, "after %d frames", count);
}

/* Of many descriptors one is kept, and closed at the end. */
Test(frame, descriptors)
{
    reader.takes = true;
    for (int i = 0; i < 5; i++) {
        frame_begin(&built, FRAME_CLOSE);
        cr_assert_eq(frame_send(pair[0], &built, 0, true), 0);
        receive();
    }
    struct stat st;
    int passed = reader.passed;
    cr_assert_geq(passed, 0);
    cr_assert_eq(fstat(passed, &st), 0);
    cr_assert(fcntl(passed, F_GETFD) & FD_CLOEXEC);
    frame_reader_clear(&reader);
    cr_assert_neq(fstat(passed, &st), 0);
}

/* Who takes none does not even hold it: not our own other end, say. */
Test(frame, unwanted_descriptors)
{
    struct frame frame;
    frame_begin(&built, FRAME_CLOSE);
    cr_assert_eq(frame_send(pair[0], &built, pair[0], true), 0);
    receive();
    cr_assert_eq(reader.passed, -1);
    close(pair[0]);
    cr_assert_eq(frame_receive(&reader, soon(), &frame), FRAME_CLOSED);
    pair[0] = -1;
}

/* A process that waits for a frame until SECONDS have gone. */
static pid_t wait_for_frame(double seconds)
{
    pid_t pid = fork();
    if (pid != 0)
        return pid;
    struct frame frame;
    double deadline = clock_now() + seconds;
    _exit(awake_receive(&reader, &deadline, &frame) == FRAME_GOT ? 0 : 1);
}

Test(frame, time_in_which_we_are_stopped)
{
    int status;
    pid_t pid = wait_for_frame(5);
    kill(pid, SIGSTOP);
    waitpid(pid, NULL, WUNTRACED);
    sleep(7);
    kill(pid, SIGCONT);
    sleep(1);
    frame_begin(&built, FRAME_CLOSE);
    cr_assert_eq(frame_send(pair[0], &built, -1, true), 0);
    waitpid(pid, &status, 0);
    cr_assert_eq(status, 0);

    pid = wait_for_frame(1.5);
    waitpid(pid, &status, 0);
    cr_assert_eq(WEXITSTATUS(status), 1, "the other end alone is late");
}
