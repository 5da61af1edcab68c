/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-markup.c - the bytes are XHTML, or HTML that only looks like it: the
 * way from any charset through libxml2 or the soup to text. */
#include <config.h>

#include <string.h>

#include "base/utf8.h"
#include "format/entities.h"
#include "format/markup.h"
#include "fuzz.h"

/* A text may be this many times as long as its markup, and a bit. */
#define GROWTH 8
#define GROWTH_START 4096

const char *const fuzz_corpus[] = { NULL };

/* Bytes of markup that DATA comes to with its own entities, at most. */
static size_t grown(const uint8_t *data, size_t size)
{
    struct buffer source = { 0 };
    buffer_append(&source, data, size);
    if (markup_decode(&source) && source.size &&
        memmem(source.data, source.size, "<!ENTITY", 8))
        size += ENTITIES_TOTAL + ENTITIES_VALUE;
    buffer_free(&source);
    return size;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buffer source = { 0 }, text = { 0 };
    struct error e = { 0 };
    buffer_append(&source, data, size);
    if (markup_render(&source, &text, &e) < 0)
        fuzz_must_be_error(&e);
    fuzz_must(text.size <= GROWTH * grown(data, size) + GROWTH_START);
    if (text.size > 0) {
        fuzz_must(utf8_valid_prefix(text.data, text.size) == text.size);
        fuzz_must(text.data[text.size - 1] == '\n');
        fuzz_must(!memchr(text.data, '\0', text.size));
    }
    buffer_free(&source);
    buffer_free(&text);
    return 0;
}
