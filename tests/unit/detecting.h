/* SPDX-License-Identifier: GPL-3.0-or-later */
/* detecting.h - what bytes are taken for. */
#ifndef EXTRACT_TESTS_DETECTING_H
#define EXTRACT_TESTS_DETECTING_H

#include <criterion/criterion.h>

#include "detect/detect.h"
#include "format/registry.h"

static inline struct detection detect(const char *name, const void *data,
                                      size_t size)
{
    struct detection found;
    struct peek peek = {.size = size, .name = name};
    peek.head = data;
    peek.head_size = size < PEEK_HEAD ? size : PEEK_HEAD;
    peek.tail_size = size < PEEK_TAIL ? size : PEEK_TAIL;
    peek.tail = (const unsigned char *)data + size - peek.tail_size;
    detect_peek(&peek, &found);
    if (found.format == NULL)
        cr_expect_neq(found.error.kind, ERROR_NONE);
    else
        cr_expect_str_eq(found.media_type, found.format->media_type);
    return found;
}

static inline void expect_type(const char *type, const void *data, size_t size)
{
    struct detection found = detect("x", data, size);
    cr_expect_str_eq(found.media_type != NULL ? found.media_type : "unknown",
                     type, "%.40s", (const char *)data);
}

#define TYPE(type, literal) expect_type(type, literal, sizeof(literal) - 1)

#endif
