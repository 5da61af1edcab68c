/* SPDX-License-Identifier: GPL-3.0-or-later */
/* alloc.c - allocation that ends the program instead of returning NULL.
 * Nothing here may allocate on the way out, so diag.h is of no use. */
#include <config.h>

#include "base/alloc.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#include "base/diag.h"

/* "the run itself failed", as the manual's EXIT STATUS has it. */
#define EXIT_RUN_FAILED 3

static _Noreturn void out_of_memory(void)
{
    static char text[] = ": out of memory\n";
    const char *program = diag_program();
    struct iovec line[2] = {
        {.iov_base = (void *)(uintptr_t)program, .iov_len = strlen(program)},
        {.iov_base = text, .iov_len = sizeof text - 1},
    };

    ssize_t written = writev(STDERR_FILENO, line, 2);
    (void)written; /* there is nobody left to tell */
    /* Not exit(): other threads still run, and handlers may want memory. */
    _exit(EXIT_RUN_FAILED);
}

/* The bytes to ask for: never 0, for which NULL may be the answer, and never
 * more than an object can have, which sanitizers abort on. */
static size_t product(size_t count, size_t size)
{
    size_t bytes;

    if (__builtin_mul_overflow(count, size, &bytes) || bytes > PTRDIFF_MAX)
        out_of_memory();
    return bytes > 0 ? bytes : 1;
}

void *xmalloc(size_t size)
{
    void *p = malloc(product(1, size));

    if (!p)
        out_of_memory();
    return p;
}

void *xcalloc(size_t count, size_t size)
{
    void *p = calloc(1, product(count, size));

    if (!p)
        out_of_memory();
    return p;
}

void *xrealloc_array(void *p, size_t count, size_t size)
{
    void *q = realloc(p, product(count, size));

    if (!q)
        out_of_memory();
    return q;
}

char *xstrdup(const char *s)
{
    return xstrndup(s, strlen(s));
}

char *xstrndup(const char *s, size_t size)
{
    size_t length = strnlen(s, size);
    char *copy = xmalloc(length + 1);

    memcpy(copy, s, length);
    copy[length] = '\0';
    return copy;
}

char *xasprintf(const char *format, ...)
{
    char *s;
    va_list args;

    va_start(args, format);
    int length = vasprintf(&s, format, args);
    va_end(args);
    if (length < 0)
        out_of_memory();
    return s;
}
