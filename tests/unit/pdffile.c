/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdffile.c - objects in the order of their numbers, then a table. */
#include <config.h>

#include "pdffile.h"

#include <criterion/criterion.h>
#include <libdeflate.h>
#include <string.h>

size_t deflate(const void *data, size_t length, unsigned char *out, size_t room)
{
    struct libdeflate_compressor *c = libdeflate_alloc_compressor(6);
    size_t size = libdeflate_zlib_compress(c, data, length, out, room);
    libdeflate_free_compressor(c);
    cr_assert_gt(size, 0U);
    return size;
}

void file_begin(struct file *f)
{
    *f = (struct file){ .count = 1 };
    buffer_append_string(&f->b, "%PDF-1.5\n");
}

void file_object(struct file *f, const char *body)
{
    f->offsets[f->count] = f->b.size;
    buffer_printf(&f->b, "%d 0 obj\n%s\nendobj\n", f->count++, body);
}

void file_bytes(struct file *f, const char *keys, const char *length, const void *data,
                size_t size)
{
    f->offsets[f->count] = f->b.size;
    buffer_printf(&f->b, "%d 0 obj\n<<%s/Length ", f->count++, keys);
    if (length)
        buffer_append_string(&f->b, length);
    else
        buffer_printf(&f->b, "%zu", size);
    buffer_append_string(&f->b, ">>\nstream\n");
    buffer_append(&f->b, data, size);
    buffer_append_string(&f->b, "\nendstream\nendobj\n");
}

void file_stream(struct file *f, const char *keys, const char *length, const char *text)
{
    unsigned char data[512];
    file_bytes(f, keys, length, data, deflate(text, strlen(text), data, sizeof data));
}

void put_table(struct buffer *b, const size_t *offsets, size_t count,
               const char *trailer)
{
    size_t start = b->size;
    buffer_printf(b, "xref\n0 %zu\n0000000000 65535 f \n", count);
    for (size_t i = 1; i < count; i++)
        buffer_printf(b, "%010zu 00000 n \n", offsets[i]);
    buffer_printf(b, "trailer\n<</Root 1 0 R/Size %zu%s>>\nstartxref\n%zu\n%%%%EOF\n",
                  count, trailer, start);
}

void file_end(struct file *f, const char *trailer)
{
    put_table(&f->b, f->offsets, (size_t)f->count, trailer);
}

struct span file_span(const struct file *f)
{
    const unsigned char *data = (const unsigned char *)f->b.data;
    return (struct span){ data, data + f->b.size };
}
