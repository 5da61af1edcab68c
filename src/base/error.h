/* SPDX-License-Identifier: GPL-3.0-or-later */
/* error.h - the one error struct: what went wrong with a document, a page
 * or the run, as a kind that is counted and a sentence for people. */
#ifndef EXTRACT_BASE_ERROR_H
#define EXTRACT_BASE_ERROR_H

#include <stdbool.h>

/* Kinds are counted in --stats under error_kind_name(). Keep the table in
 * error.c in step. */
enum error_kind {
    ERROR_NONE = 0,
    ERROR_MISSING,     /* no such file */
    ERROR_UNREADABLE,  /* permission denied, not a regular file */
    ERROR_IO,          /* read error; see sys_errno */
    ERROR_EMPTY,       /* zero bytes */
    ERROR_TRUNCATED,   /* the end of the file is missing */
    ERROR_DAMAGED,     /* the parser gave up, or repaired what it could */
    ERROR_MISLABELLED, /* the content is not what the name says */
    ERROR_ENCRYPTED,   /* needs a password that was not given, or DRM */
    ERROR_UNKNOWN,     /* not a document of any known type */
    ERROR_UNSUPPORTED, /* a known type that this build does not extract */
    ERROR_FILTERED,    /* of a type that --type leaves out */
    ERROR_UNCHANGED,   /* nothing to do: an earlier run did it */
    ERROR_GONE,        /* it was there a moment ago, and was removed */
    ERROR_NO_PAGES,    /* none of the pages asked for exist */
    ERROR_CYCLE,       /* a directory that contains itself */
    ERROR_LIMIT,       /* a bound against hostile input was reached */
    ERROR_MEMORY,      /* out of memory */
    ERROR_CRASH,       /* the page killed the parser */
    ERROR_TIMEOUT,     /* it took longer than it may */
    ERROR_OOM,         /* it needs more memory than it may have */
    ERROR_SANDBOX,     /* the parser did what the sandbox forbids */
    ERROR_KILLED,      /* the parser was killed from outside, again and again */
    ERROR_OUTPUT,      /* the output cannot be written */
    ERROR_INTERRUPTED, /* not reached: the run was stopped before */
    ERROR_INTERNAL,    /* a part of the program misbehaved */
    ERROR_KINDS        /* how many there are */
};

/* Bytes for the sentence, its NUL included; longer ones are cut. */
#define ERROR_DETAIL 240

struct error {
    enum error_kind kind;
    int sys_errno;             /* 0 where no system call is to blame */
    char detail[ERROR_DETAIL]; /* valid UTF-8, one line, no full stop */
};

/* Fills E (which may be NULL) and returns -1, so that a function can say
 * `return error_set(...)`. The sentence is cut at ERROR_DETAIL, between two
 * characters; control characters and bytes that are not UTF-8 become '?'. E
 * may be among the arguments. */
int error_set(struct error *e, enum error_kind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same for a failed system call: the kind follows from ERRNUM (ENOENT is
 * missing, EACCES unreadable, ENOMEM memory, else KIND; ERROR_OUTPUT stays
 * what it is), and strerror is appended to the sentence as ": No such file
 * ...", whole even when the sentence is cut. An empty FORMAT gives strerror
 * alone. */
int error_set_errno(struct error *e, enum error_kind kind, int errnum,
                    const char *format, ...)
    __attribute__((format(printf, 4, 5)));

void error_clear(struct error *e);

/* Whether the same call may well succeed a moment later: EIO, EAGAIN, ENOMEM,
 * ETXTBSY, ESTALE, or a worker that was ended from outside. */
bool error_may_pass(const struct error *e);

/* "missing", "encrypted", ...: lower case, stable, for --stats. */
const char *error_kind_name(enum error_kind kind);

#endif
