/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-detect.c - the bytes are a file of no known type: its head and tail,
 * which the formats and magic.c bid on. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "detect/detect.h"
#include "detect/magic.h"
#include "fuzz.h"

const char *const fuzz_corpus[] = { "corpus/*.*", NULL };

static const char *const names[] = {
    NULL, "", "a", "a.pdf", "a.txt", "a.md", "d.epub/", "d/a.epub", "a.",
};

/* An own piece of memory of the exact size, so that reading past it shows. */
static unsigned char *detect_copy(const uint8_t *data, size_t size)
{
    unsigned char *copy = xmalloc(size > 0 ? size : 1);
    if (size > 0)
        memcpy(copy, data, size);
    return copy;
}

static void detect_bytes(const uint8_t *data, size_t size, size_t head_most,
                         size_t tail_most, uint64_t whole)
{
    size_t head_size = size < head_most ? size : head_most;
    size_t tail_size = size < tail_most ? size : tail_most;
    unsigned char *head = detect_copy(data, head_size);
    unsigned char *tail = detect_copy(data + (size - tail_size), tail_size);
    struct peek peek = {
        .head = head, .head_size = head_size, .tail = tail,
        .tail_size = tail_size, .size = whole,
        .name = names[size % (sizeof names / sizeof names[0])],
    };
    struct detection found;
    detect_peek(&peek, &found);
    if (!found.format)
        fuzz_must_be_error(&found.error);
    fuzz_must(container_zip_type(&peek) != NULL);
    fuzz_must(container_ole_type(&peek) != NULL);
    textual_type(&peek);
    free(head);
    free(tail);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    detect_bytes(data, size, PEEK_HEAD, PEEK_TAIL, size);
    /* As if it were the ends of a file whose middle is left out. */
    detect_bytes(data, size, size / 2, size - size / 2, (uint64_t)1 << 40);
    return 0;
}
