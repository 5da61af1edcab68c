/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-book.c - the bytes are the members of an EPUB, a comic, an OpenDocument
 * file, or a package (Office Open XML, XPS), each after a line "=== NAME", so that
 * damage reaches what is in them behind the archive's checksums. */
#include <config.h>

#include <string.h>

#include "base/buffer.h"
#include "format/registry.h"
#include "fuzz.h"

/* Parts that are looked at; the rest belongs to the last one. */
#define MEMBERS 64

const char *const fuzz_corpus[] = { NULL };

static uint32_t book_crc(const uint8_t *data, size_t size)
{
    uint32_t crc = 0xffffffff;
    for (size_t i = 0; i < size; i++) {
        crc ^= data[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
    }
    return ~crc;
}

/* COUNT bytes of VALUE, the lowest first. */
static void book_put(struct buffer *b, uint64_t value, int count)
{
    for (; count > 0; count--, value >>= 8)
        buffer_append_char(b, (char)(value & 0xff));
}

/* APPNOTE 4.3.7 and 4.3.12 from "version needed" to "extra field length". */
static void book_put_fields(struct buffer *b, const uint8_t *data, size_t size,
                            size_t name_size)
{
    book_put(b, 10, 2);
    book_put(b, 0, 2);
    book_put(b, 0, 2); /* stored */
    book_put(b, 0x5a210000, 4);
    book_put(b, book_crc(data, size), 4);
    book_put(b, size, 4);
    book_put(b, size, 4);
    book_put(b, name_size, 2);
    book_put(b, 0, 2);
}

static void book_add(struct buffer *zip, struct buffer *directory,
                     const uint8_t *name, size_t name_size,
                     const uint8_t *data, size_t size)
{
    book_put(directory, 0x02014b50, 4);
    book_put(directory, 10, 2);
    book_put_fields(directory, data, size, name_size);
    book_put(directory, 0, 10);
    book_put(directory, zip->size, 4);
    buffer_append(directory, name, name_size);
    book_put(zip, 0x04034b50, 4);
    book_put_fields(zip, data, size, name_size);
    buffer_append(zip, name, name_size);
    buffer_append(zip, data, size);
}

/* The next line that starts a member, or END. */
static const uint8_t *book_mark(const uint8_t *from, const uint8_t *end)
{
    const uint8_t *mark = memmem(from, (size_t)(end - from), "\n=== ", 5);
    return mark ? mark + 1 : end;
}

static int book_split(struct buffer *zip, struct buffer *directory,
                      const uint8_t *data, size_t size)
{
    const uint8_t *end = data + size, *at = data;
    int count = 0;
    if (size < 4 || memcmp(data, "=== ", 4) != 0)
        return 0;
    while (at < end && count < MEMBERS) {
        const uint8_t *name = at + 4;
        const uint8_t *line = memchr(name, '\n', (size_t)(end - name));
        if (!line || line - name > 1000)
            break;
        const uint8_t *next = count + 1 < MEMBERS ? book_mark(line, end) : end;
        const uint8_t *body = line < next ? line + 1 : line;
        if (body > next)
            body = next;
        size_t length = (size_t)(next - body);
        if (next < end && length > 0)
            length--; /* the newline before the mark */
        book_add(zip, directory, name, (size_t)(line - name), body, length);
        count++;
        at = next;
    }
    return count;
}

/* A package begins with its content types; anything else is a book. */
static void book_read(const struct buffer *zip, bool package)
{
    static const struct format *const packages[] = { &format_docx, &format_pptx,
                                                     &format_xlsx, &format_xps,
                                                     NULL };
    static const struct format *const books[] = { &format_epub, &format_odt,
                                                  &format_comic, NULL };
    for (const struct format *const *f = package ? packages : books; *f; f++)
        fuzz_document(*f, (const uint8_t *)zip->data, zip->size, "a", NULL,
                      FUZZ_UTF8);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buffer zip = { 0 }, directory = { 0 };
    int count = book_split(&zip, &directory, data, size);
    size_t start = zip.size, length = directory.size;
    if (count > 0) {
        buffer_append(&zip, directory.data, length);
        book_put(&zip, 0x06054b50, 4);
        book_put(&zip, 0, 4);
        book_put(&zip, (uint64_t)count, 2);
        book_put(&zip, (uint64_t)count, 2);
        book_put(&zip, length, 4);
        book_put(&zip, start, 4);
        book_put(&zip, 0, 2);
        book_read(&zip, size > 5 && data[4] == '[');
    }
    buffer_free(&zip);
    buffer_free(&directory);
    return 0;
}
