/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdffile.h - a PDF file that a test puts together. */
#ifndef EXTRACT_TESTS_PDFFILE_H
#define EXTRACT_TESTS_PDFFILE_H

#include "base/buffer.h"
#include "pdf/syntax.h"

struct file {
    struct buffer b;
    size_t offsets[64];
    int count; /* objects, 0 among them */
};

/* The zlib stream of DATA; its size. */
size_t deflate(const void *data, size_t length, unsigned char *out, size_t room);

void file_begin(struct file *f);
void file_object(struct file *f, const char *body);
/* KEYS stand before Length, LENGTH in place of it unless NULL. */
void file_stream(struct file *f, const char *keys, const char *length, const char *text);
/* The same of bytes as they are. */
void file_bytes(struct file *f, const char *keys, const char *length, const void *data,
                size_t size);
/* The table of COUNT objects, 0 among them. */
void put_table(struct buffer *b, const size_t *offsets, size_t count,
               const char *trailer);
void file_end(struct file *f, const char *trailer);
struct span file_span(const struct file *f);

#endif
