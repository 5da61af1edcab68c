/* SPDX-License-Identifier: GPL-3.0-or-later */
/* diag.c - lines for stderr, each made whole in memory and then written at
 * once, so that lines of several threads or processes do not mix. */
#include <config.h>

#include "base/diag.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"

/* Back to the first column, and erase to the end (ECMA-48 EL). */
#define WIPE "\r\033[K"

static _Atomic(const char *) program_name = "extract";
static atomic_int current_level = DIAG_NORMAL;

/* Guards what is below, and the order of writes to stderr. */
static pthread_mutex_t stderr_lock = PTHREAD_MUTEX_INITIALIZER;
static struct buffer status_line;

void diag_set_program(const char *name)
{
    atomic_store(&program_name, name);
}

const char *diag_program(void)
{
    return atomic_load(&program_name);
}

void diag_set_level(enum diag_level level)
{
    atomic_store(&current_level, (int)level);
}

enum diag_level diag_level(void)
{
    return (enum diag_level)atomic_load(&current_level);
}

/* How many bytes at P, valid UTF-8, are a control character: C0, DEL, or C1
 * (U+0080 to U+009F), which some terminals obey too. 0: it is none. */
static size_t control_at(const char *p)
{
    unsigned char c = (unsigned char)p[0];

    if (c < 0x20 || c == 0x7f)
        return 1;
    return c == 0xc2 && (unsigned char)p[1] < 0xa0 ? 2 : 0;
}

static bool is_printable(const char *text, size_t size)
{
    if (utf8_valid_prefix(text, size) < size)
        return false;
    for (size_t i = 0; i < size; i++) {
        if (control_at(text + i))
            return false;
    }
    return true;
}

static void append_escaped_byte(struct buffer *b, unsigned char c)
{
    static const char controls[] = "\a\b\t\n\v\f\r";
    static const char letters[] = "abtnvfr";
    const char *found = c ? strchr(controls, c) : NULL;

    if (found)
        buffer_printf(b, "\\%c", letters[found - controls]);
    else
        buffer_printf(b, "\\x%02x", c);
}

/* Appends TEXT with what is not printable escaped. QUOTED: for bash's $'..',
 * where backslashes and quotes need an escape too. */
static void append_escaped(struct buffer *b, const char *text, size_t size,
                           bool quoted)
{
    for (size_t i = 0; i < size;) {
        size_t valid = i + utf8_valid_prefix(text + i, size - i);

        while (i < valid) {
            size_t control = control_at(text + i);

            if (control == 0) {
                if (quoted && (text[i] == '\\' || text[i] == '\''))
                    buffer_append_char(b, '\\');
                buffer_append_char(b, text[i++]);
            }
            for (; control > 0; control--)
                append_escaped_byte(b, (unsigned char)text[i++]);
        }
        if (i < size)
            append_escaped_byte(b, (unsigned char)text[i++]);
    }
}

void diag_append_escaped(struct buffer *b, const char *text, size_t size)
{
    append_escaped(b, text, size, false);
}

void diag_append_quoted(struct buffer *b, const char *path)
{
    size_t size = strlen(path);

    if (is_printable(path, size)) {
        buffer_append(b, path, size);
        return;
    }
    buffer_append_string(b, "$'");
    append_escaped(b, path, size, true);
    buffer_append_char(b, '\'');
}

/* All of B to stderr: one write(2) but for signals and full pipes. What
 * cannot be written is lost; there is no other place to say so. */
static void write_all(const struct buffer *b)
{
    size_t done = 0;

    while (done < b->size) {
        ssize_t n = write(STDERR_FILENO, b->data + done, b->size - done);

        if (n > 0)
            done += (size_t)n;
        else if (n < 0 && errno == EAGAIN) /* somebody made it so */
            poll(&(struct pollfd){STDERR_FILENO, POLLOUT, 0}, 1, -1);
        else if (n < 0 && errno != EINTR)
            return;
    }
}

/* Writes LINE between a wiped and a redrawn status line. */
static void write_line(const struct buffer *line)
{
    pthread_mutex_lock(&stderr_lock);
    if (status_line.size == 0) {
        write_all(line);
    } else {
        struct buffer all = {0};

        buffer_append_string(&all, WIPE);
        buffer_append(&all, line->data, line->size);
        buffer_append(&all, status_line.data, status_line.size);
        write_all(&all);
        buffer_free(&all);
    }
    pthread_mutex_unlock(&stderr_lock);
}

static void say(const char *subject, const char *format, va_list args)
{
    int saved_errno = errno;
    struct buffer line = {0}, sentence = {0};

    buffer_append_string(&line, diag_program());
    buffer_append_string(&line, ": ");
    if (subject) {
        diag_append_quoted(&line, subject);
        buffer_append_string(&line, ": ");
    }
    buffer_vprintf(&sentence, format, args);
    append_escaped(&line, sentence.data, sentence.size, false);
    buffer_append_char(&line, '\n');
    write_line(&line);
    buffer_free(&sentence);
    buffer_free(&line);
    errno = saved_errno;
}

void diag_error(const char *subject, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    say(subject, format, args);
    va_end(args);
}

void diag_warning(const char *subject, const char *format, ...)
{
    va_list args;

    if (diag_level() < DIAG_NORMAL)
        return;
    va_start(args, format);
    say(subject, format, args);
    va_end(args);
}

void diag_note(const char *subject, const char *format, ...)
{
    va_list args;

    if (diag_level() < DIAG_VERBOSE)
        return;
    va_start(args, format);
    say(subject, format, args);
    va_end(args);
}

void diag_line(const char *text)
{
    struct buffer line = {0};

    append_escaped(&line, text, strlen(text), false);
    buffer_append_char(&line, '\n');
    write_line(&line);
    buffer_free(&line);
}

void diag_bug_at(const char *file, int line, const char *format, ...)
{
    struct buffer text = {0};
    va_list args;

    /* Without the lock: this thread or a stuck one may hold it. */
    buffer_printf(&text, "%s: bug at %s:%d: ", diag_program(), file, line);
    va_start(args, format);
    buffer_vprintf(&text, format, args);
    va_end(args);
    buffer_append_char(&text, '\n');
    write_all(&text);
    abort();
}

void diag_status(const char *text)
{
    struct buffer draw = {0};

    pthread_mutex_lock(&stderr_lock);
    bool drawn = status_line.size > 0;

    buffer_clear(&status_line);
    if (text)
        buffer_append_string(&status_line, text);
    if (drawn || status_line.size > 0) {
        buffer_append_string(&draw, WIPE);
        buffer_append(&draw, status_line.data, status_line.size);
        write_all(&draw);
    }
    if (status_line.size == 0)
        buffer_free(&status_line);
    pthread_mutex_unlock(&stderr_lock);
    buffer_free(&draw);
}
