/* SPDX-License-Identifier: GPL-3.0-or-later */
/* diag.h - every line that goes to stderr. The user's trouble (report, go on)
 * is diag_error and diag_note; our own bug is diag_bug, which aborts.
 * All calls may come from any thread; a line is written with one write(2). */
#ifndef EXTRACT_BASE_DIAG_H
#define EXTRACT_BASE_DIAG_H

#include "base/buffer.h"

/* How much is said. Errors are always written. */
enum diag_level {
    DIAG_QUIET = -1, /* -q: errors only */
    DIAG_NORMAL = 0, /* warnings too */
    DIAG_VERBOSE = 1 /* -v: notes too */
};

/* The program's name as typed (basename of argv[0]); "extract" until set.
 * Borrows NAME for ever. */
void diag_set_program(const char *name);
const char *diag_program(void);
void diag_set_level(enum diag_level level);
enum diag_level diag_level(void);

/* "PROGRAM: SUBJECT: sentence" on a line; SUBJECT, a path as a rule, may be
 * NULL. Control characters and bytes that are not UTF-8 are shown escaped
 * (diag_append_quoted), so that one message is one line. */
void diag_error(const char *subject, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void diag_warning(const char *subject, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void diag_note(const char *subject, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* A plain line, at every level: what was asked for by an option of its own. */
void diag_line(const char *text);

/* Aborts the program. */
#define diag_bug(...) diag_bug_at(__FILE__, __LINE__, __VA_ARGS__)
_Noreturn void diag_bug_at(const char *file, int line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Appends PATH to B so that it stays one printable line: as it is when it has
 * no control characters and is valid UTF-8, else quoted for bash as $'a\nb\xff'. */
void diag_append_quoted(struct buffer *b, const char *path);

/* Appends SIZE bytes of TEXT to B, those that are not printable escaped in the same
 * way, and nothing else: what is printable stays as it is. */
void diag_append_escaped(struct buffer *b, const char *text, size_t size);

/* A status line (the progress bar) that is redrawn in place: it is wiped
 * before any message and drawn again after it. TEXT is copied; NULL or ""
 * wipes it for good. Only for stderr on a terminal. */
void diag_status(const char *text);

#endif
