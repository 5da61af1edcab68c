/* SPDX-License-Identifier: GPL-3.0-or-later */
/* error.c - fills the error struct; its sentence may quote hostile bytes, so
 * it is made one line of valid UTF-8 here, once for all who print it. */
#include <config.h>

#include "base/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

static const char *const kind_names[ERROR_KINDS] = {
    [ERROR_NONE] = "none",
    [ERROR_MISSING] = "missing",
    [ERROR_UNREADABLE] = "unreadable",
    [ERROR_IO] = "io",
    [ERROR_EMPTY] = "empty",
    [ERROR_TRUNCATED] = "truncated",
    [ERROR_DAMAGED] = "damaged",
    [ERROR_MISLABELLED] = "mislabelled",
    [ERROR_ENCRYPTED] = "encrypted",
    [ERROR_UNKNOWN] = "unknown",
    [ERROR_UNSUPPORTED] = "unsupported",
    [ERROR_FILTERED] = "filtered",
    [ERROR_UNCHANGED] = "unchanged",
    [ERROR_GONE] = "gone",
    [ERROR_NO_PAGES] = "no-pages",
    [ERROR_CYCLE] = "cycle",
    [ERROR_LIMIT] = "limit",
    [ERROR_MEMORY] = "memory",
    [ERROR_CRASH] = "crash",
    [ERROR_TIMEOUT] = "timeout",
    [ERROR_OOM] = "oom",
    [ERROR_SANDBOX] = "sandbox",
    [ERROR_KILLED] = "killed",
    [ERROR_OUTPUT] = "output",
    [ERROR_INTERRUPTED] = "interrupted",
    [ERROR_INTERNAL] = "internal",
};

/* Makes TEXT printable in place, and at most ROOM bytes without its NUL. */
static void tidy(char *text, size_t room)
{
    size_t size = strlen(text);

    for (size_t i = 0; i < size;) {
        i += utf8_valid_prefix(text + i, size - i);
        if (i < size && i < room)
            text[i] = '?';
        i += i < size;
    }
    if (size > room) {
        size = utf8_valid_prefix(text, room);
        text[size] = '\0';
    }
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)text[i];

        if (c < 0x20 || c == 0x7f) {
            text[i] = '?';
        } else if (c == 0xc2 && (unsigned char)text[i + 1] < 0xa0) {
            text[i] = '?'; /* C1: some terminals obey those too */
            text[++i] = '?';
        }
    }
}

/* ROOM leaves bytes of DETAIL free for what is appended. */
static void set_sentence(char detail[ERROR_DETAIL], size_t room,
                         const char *format, va_list args)
{
    /* A character is 4 bytes at most: one that is cut here is past the end
     * of DETAIL too. Not DETAIL itself: the arguments may point there. */
    char text[ERROR_DETAIL + 4];

    if (vsnprintf(text, sizeof text, format, args) < 0)
        text[0] = '\0';
    tidy(text, room);
    memcpy(detail, text, strlen(text) + 1);
}

int error_set(struct error *e, enum error_kind kind, const char *format, ...)
{
    if (!e)
        return -1;

    va_list args;

    va_start(args, format);
    set_sentence(e->detail, ERROR_DETAIL - 1, format, args);
    va_end(args);
    e->kind = kind;
    e->sys_errno = 0;
    return -1;
}

static enum error_kind kind_of_errno(int errnum, enum error_kind kind)
{
    if (kind == ERROR_OUTPUT)
        return kind;
    switch (errnum) {
    case ENOENT:
    case ENOTDIR:
        return ERROR_MISSING;
    case EACCES:
    case EPERM:
        return ERROR_UNREADABLE;
    case ENOMEM:
        return ERROR_MEMORY;
    default:
        return kind;
    }
}

int error_set_errno(struct error *e, enum error_kind kind, int errnum,
                    const char *format, ...)
{
    if (!e)
        return -1;

    /* Static strings, untranslated as our own sentences are. */
    const char *reason = strerrordesc_np(errnum);
    char unknown[32];

    if (!reason) {
        snprintf(unknown, sizeof unknown, "Unknown error %d", errnum);
        reason = unknown;
    }

    size_t reserved = strlen(reason) + strlen(": ");
    va_list args;

    va_start(args, format);
    set_sentence(e->detail, ERROR_DETAIL - 1 - reserved, format, args);
    va_end(args);

    size_t size = strlen(e->detail);

    snprintf(e->detail + size, ERROR_DETAIL - size, "%s%s",
             size > 0 ? ": " : "", reason);
    e->kind = kind_of_errno(errnum, kind);
    e->sys_errno = errnum;
    return -1;
}

void error_clear(struct error *e)
{
    *e = (struct error){0};
}

bool error_may_pass(const struct error *e)
{
    if (e->kind == ERROR_KILLED)
        return true;
    switch (e->sys_errno) {
    case EIO:
    case EAGAIN:
    case ENOMEM:
    case ETXTBSY:
    case ESTALE:
        return true;
    default:
        return false;
    }
}

const char *error_kind_name(enum error_kind kind)
{
    return kind_names[kind];
}
