/* SPDX-License-Identifier: GPL-3.0-or-later */
/* buffer.c - growable bytes. Capacity doubles, so that appending N bytes one
 * by one costs N. */
#include <config.h>

#include "base/buffer.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/diag.h"

/* Most buffers hold a path or a message: one allocation then. */
#define BUFFER_FIRST 64

void buffer_reserve(struct buffer *b, size_t extra)
{
    if (extra <= b->capacity - b->size)
        return;

    /* A sum that overflows saturates, and no allocation has that size. */
    size_t needed = extra > SIZE_MAX - b->size ? SIZE_MAX : b->size + extra;
    size_t doubled = b->capacity > SIZE_MAX / 2 ? SIZE_MAX : b->capacity * 2;
    size_t capacity = doubled > needed ? doubled : needed;

    if (capacity < BUFFER_FIRST)
        capacity = BUFFER_FIRST;
    b->data = xrealloc_array(b->data, capacity, 1);
    b->capacity = capacity;
}

void buffer_append(struct buffer *b, const void *data, size_t size)
{
    if (size == 0)
        return; /* DATA may be NULL then, which memcpy does not allow */
    buffer_reserve(b, size);
    memcpy(b->data + b->size, data, size);
    b->size += size;
}

void buffer_append_char(struct buffer *b, char c)
{
    buffer_reserve(b, 1);
    b->data[b->size++] = c;
}

void buffer_append_string(struct buffer *b, const char *s)
{
    buffer_append(b, s, strlen(s));
}

void buffer_vprintf(struct buffer *b, const char *format, va_list args)
{
    va_list again;

    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (length < 0)
        diag_bug("the format \"%s\" cannot be printed", format);

    size_t size = (size_t)length;

    buffer_reserve(b, size + 1); /* vsnprintf ends with a NUL */
    vsnprintf(b->data + b->size, size + 1, format, args);
    b->size += size;
}

void buffer_printf(struct buffer *b, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    buffer_vprintf(b, format, args);
    va_end(args);
}

void buffer_clear(struct buffer *b)
{
    b->size = 0;
}

void buffer_move(struct buffer *to, struct buffer *from)
{
    buffer_free(to);
    *to = *from;
    *from = (struct buffer){0};
}

const char *buffer_string(struct buffer *b)
{
    buffer_reserve(b, 1);
    b->data[b->size] = '\0';
    return b->data;
}

void buffer_free(struct buffer *b)
{
    free(b->data);
    *b = (struct buffer){0};
}
