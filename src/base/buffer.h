/* SPDX-License-Identifier: GPL-3.0-or-later */
/* buffer.h - growable bytes, owned by whoever holds the struct.
 * A zeroed struct is an empty buffer. */
#ifndef EXTRACT_BASE_BUFFER_H
#define EXTRACT_BASE_BUFFER_H

#include <stdarg.h>
#include <stddef.h>

struct buffer {
    char *data;  /* not NUL-terminated; NULL while capacity is 0 */
    size_t size; /* bytes in use */
    size_t capacity;
};

/* Makes room for EXTRA more bytes; what follows cannot fail then.
 * Ends the program when memory is out (see alloc.h). */
void buffer_reserve(struct buffer *b, size_t extra);

void buffer_append(struct buffer *b, const void *data, size_t size);
void buffer_append_char(struct buffer *b, char c);
void buffer_append_string(struct buffer *b, const char *s);
void buffer_printf(struct buffer *b, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void buffer_vprintf(struct buffer *b, const char *format, va_list args)
    __attribute__((format(printf, 2, 0), nonnull(2)));

/* Empties B and keeps its memory. */
void buffer_clear(struct buffer *b);

/* Moves the content of FROM to the emptied TO; FROM is an empty buffer then. */
void buffer_move(struct buffer *to, struct buffer *from);

/* The bytes as a NUL-terminated string, which stays B's. */
const char *buffer_string(struct buffer *b);

void buffer_free(struct buffer *b);

#endif
