/* SPDX-License-Identifier: GPL-3.0-or-later */
/* alloc.h - allocation that cannot return NULL, for our own small needs.
 * Sizes that come from a document are checked against a limit first and then
 * go through malloc or a library, which may fail. */
#ifndef EXTRACT_BASE_ALLOC_H
#define EXTRACT_BASE_ALLOC_H

#include <stddef.h>

/* Each ends the program with exit status 3 and a message when memory is out.
 * Products that overflow count as out of memory. Free with free(). */
void *xmalloc(size_t size) __attribute__((malloc, returns_nonnull));
void *xcalloc(size_t count, size_t size) __attribute__((malloc, returns_nonnull));
void *xrealloc_array(void *p, size_t count, size_t size)
    __attribute__((returns_nonnull));
char *xstrdup(const char *s) __attribute__((malloc, returns_nonnull));
char *xstrndup(const char *s, size_t size) __attribute__((malloc, returns_nonnull));
char *xasprintf(const char *format, ...)
    __attribute__((malloc, returns_nonnull, format(printf, 1, 2)));

#endif
