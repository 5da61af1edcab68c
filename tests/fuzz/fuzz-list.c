/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-list.c - the bytes are a list of names, of lines or of NUL-separated
 * ones by the first byte. A byte 1 stands for very many letters, so that a
 * short input reaches the ends of the buffer. */
#include <config.h>

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "input/list.h"
#include "fuzz.h"

#define MANY (LIST_NAME_MAX / 4)
#define LONGEST ((size_t)1 << 20)

const char *const fuzz_corpus[] = { NULL };

static void list_expand(struct buffer *b, const uint8_t *data, size_t size)
{
    for (size_t i = 0; i < size && b->size < LONGEST; i++) {
        for (int n = 0; data[i] == 1 && n < MANY; n++)
            buffer_append_char(b, 'x');
        if (data[i] != 1)
            buffer_append_char(b, (char)data[i]);
    }
}

/* An entry is what stands between two separators, or it has an error. */
static void list_must_be(const struct list_entry *entry, const char *name, size_t size)
{
    if (size > LIST_NAME_MAX || memchr(name, '\0', size)) {
        fuzz_must_be_error(&entry->error);
        fuzz_must(entry->name[0] != '\0' && strlen(entry->name) <= LIST_NAME_MAX);
    } else {
        fuzz_must(entry->error.kind == ERROR_NONE);
        fuzz_must(strlen(entry->name) == size && !memcmp(entry->name, name, size));
    }
}

static void list_compare(struct list *list, const struct buffer *b, char separator)
{
    struct list_entry entry;
    struct error e = { 0 };
    for (size_t at = 0; at < b->size;) {
        const char *name = b->data + at;
        const char *end = memchr(name, separator, b->size - at);
        size_t size = end ? (size_t)(end - name) : b->size - at;
        at += size + 1;
        if (size == 0)
            continue;
        fuzz_must(list_next(list, &entry, &e) == 1);
        list_must_be(&entry, name, size);
    }
    fuzz_must(list_next(list, &entry, &e) == 0);
    fuzz_must(!list_was_woken(list));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buffer b = { 0 };
    struct error e = { 0 };
    char path[64];
    if (size == 0)
        return 0;
    char separator = data[0] % 2 ? '\n' : '\0';
    list_expand(&b, data + 1, size - 1);
    int fd = memfd_create("list", MFD_CLOEXEC);
    fuzz_must(b.size == 0 || write(fd, b.data, b.size) == (ssize_t)b.size);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    struct list *list = list_open(path, separator, -1, &e);
    fuzz_must(list != NULL);
    list_compare(list, &b, separator);
    list_close(list);
    close(fd);
    buffer_free(&b);
    return 0;
}
