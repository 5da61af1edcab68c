/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz.c - a document from open to close, with every promise of format.h
 * checked on the way. */
#include <config.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "fuzz.h"

/* Enough to come behind the first page, and little enough for many runs. */
#define FUZZ_PAGES 40

void fuzz_check(int ok, const char *what, const char *file, int line)
{
    if (ok)
        return;
    fprintf(stderr, "%s:%d: broken promise: %s\n", file, line, what);
    abort();
}

static bool fuzz_is_line(const char *text, size_t most)
{
    size_t size = strlen(text);
    return size < most && utf8_valid_prefix(text, size) == size &&
           !strpbrk(text, "\n\r");
}

void fuzz_must_be_error(const struct error *e)
{
    fuzz_must(e->kind > ERROR_NONE && e->kind < ERROR_KINDS);
    fuzz_must(e->detail[0] != '\0');
    fuzz_must(fuzz_is_line(e->detail, ERROR_DETAIL));
}

void fuzz_must_be_info(const struct format_info *info)
{
    fuzz_must(info->pages >= 1);
    if (info->flaw.kind != ERROR_NONE)
        fuzz_must_be_error(&info->flaw);
    fuzz_must(info->metadata.count <= METADATA_ENTRIES_MAX);
    for (size_t i = 0; i < info->metadata.count; i++) {
        const struct metadata_entry *entry = &info->metadata.entries[i];
        fuzz_must(entry->value[0] != '\0');
        fuzz_must(fuzz_is_line(entry->value, METADATA_VALUE_MAX + 1));
        size_t key = 0;
        while (metadata_keys[key] && strcmp(metadata_keys[key], entry->key))
            key++;
        fuzz_must(metadata_keys[key] != NULL);
    }
}

struct fuzz_sink {
    struct emit emit; /* first, so that it can be cast back */
    enum fuzz_text kind;
    char last;
    bool in_member;
};

/* Every third member is not wanted. */
static int fuzz_begin(struct emit *emit, const struct member *member)
{
    struct fuzz_sink *sink = (struct fuzz_sink *)emit;
    fuzz_must(!sink->in_member);
    fuzz_must(member->size >= -1);
    sink->in_member = !member->name || strlen(member->name) % 3 != 0;
    return sink->in_member ? 0 : 1;
}

static int fuzz_data(struct emit *emit, const void *data, size_t size)
{
    fuzz_must(((struct fuzz_sink *)emit)->in_member);
    fuzz_must(data != NULL || size == 0);
    return 0;
}

static int fuzz_end(struct emit *emit, const struct error *e)
{
    struct fuzz_sink *sink = (struct fuzz_sink *)emit;
    fuzz_must(sink->in_member);
    if (e)
        fuzz_must_be_error(e);
    sink->in_member = false;
    return 0;
}

static int fuzz_take(struct emit *emit, const char *text, size_t size)
{
    struct fuzz_sink *sink = (struct fuzz_sink *)emit;
    if (sink->kind == FUZZ_UTF8)
        fuzz_must(utf8_valid_prefix(text, size) == size);
    if (size > 0)
        sink->last = text[size - 1];
    return 0;
}

void fuzz_document(const struct format *format, const uint8_t *data, size_t size,
                   const char *name, const char *password, enum fuzz_text text)
{
    struct format_input input = {
        .data = data, .size = size, .name = name, .password = password,
    };
    struct format_info info = { 0 };
    struct error e = { 0 };
    struct format_document *document = format->open(&input, &info, &e);
    if (document) {
        fuzz_must_be_info(&info);
        int most = info.pages < FUZZ_PAGES ? info.pages : FUZZ_PAGES;
        for (int page = 1; page <= most; page++) {
            struct fuzz_sink sink = {
                .emit = { .text = fuzz_take, .member_begin = fuzz_begin,
                          .member_data = fuzz_data, .member_end = fuzz_end },
                .kind = text, .last = '\n',
            };
            error_clear(&e);
            if (format->page(document, page, &sink.emit, &e) < 0)
                fuzz_must_be_error(&e);
            fuzz_must(sink.last == '\n' && !sink.in_member);
        }
    } else {
        fuzz_must_be_error(&e);
    }
    format->close(document);
    metadata_clear(&info.metadata);
}
